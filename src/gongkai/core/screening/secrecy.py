"""Marks of secrecy: 密级, 工作秘密, 内部. A word such as 机密 in a sentence is no mark."""

import re

from gongkai.core.screening.passage import Passage
from gongkai.core.screening.rules import ScreeningRule, enforces, rule

TEACHING = re.compile(r"[“\"「『]")


@enforces("secrecy.mark", "secrecy.mentioned", "secrecy.alone")
def marks(passage: Passage) -> None:
    """Find marks of state secrecy in their three forms, and classifications that stand alone."""
    found, alone, mentioned = (
        rule("secrecy.mark"),
        rule("secrecy.alone"),
        rule("secrecy.mentioned"),
    )
    for pattern in found.patterns():
        for match in pattern.finditer(passage.text):
            if not passage.free(*match.span()):
                continue
            if _explained(passage, found, match):
                words = "这里在说明密级怎么标，没有当作密级标志"
                passage.report(mentioned, *match.span(), words)
            else:
                passage.report(found, *match.span(), f"有国家秘密标志“{_plain(match)}”")
    for pattern in alone.patterns():
        for match in pattern.finditer(passage.text):
            start, end = _stripped(match)
            if passage.free(start, end):
                passage.report(alone, start, end, f"“{_plain(match)}”单独写成一行，像是密级标志")


@enforces("secrecy.work-secret", "secrecy.internal")
def internal(passage: Passage) -> None:
    """Find marks of work secrets and of internal papers."""
    work, inner = rule("secrecy.work-secret"), rule("secrecy.internal")
    for pattern in work.patterns():
        for match in pattern.finditer(passage.text):
            start, end = _stripped(match)
            if passage.free(start, end):
                passage.report(work, start, end, f"有工作秘密标志“{_plain(match)}”")
    excludes, reach = inner.pattern("excludes"), int(inner.parameters["reach"])
    for pattern in inner.patterns():
        for match in pattern.finditer(passage.text):
            start, end = _stripped(match)
            near = passage.before(start, reach) + passage.after(end, reach // 2)
            if passage.free(start, end) and not excludes.search(near):
                passage.report(inner, start, end, f"有内部标志“{_plain(match)}”")


def _explained(passage: Passage, found: ScreeningRule, match: re.Match[str]) -> bool:
    """Whether the words around say that a mark is being explained, not made."""
    reach = int(found.parameters["reach"])
    around = passage.before(match.start(), reach) + passage.after(match.end(), reach)
    return bool(found.pattern("explains").search(around))


def _stripped(match: re.Match[str]) -> tuple[int, int]:
    whole = match.group()
    return match.start() + len(whole) - len(whole.lstrip()), match.start() + len(whole.rstrip())


def _plain(match: re.Match[str]) -> str:
    return " ".join(match.group().split())
