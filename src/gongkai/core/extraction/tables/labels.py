"""Recognising the labels of a form in whatever way a document spells them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache

from gongkai.core.extraction.normal import normal
from gongkai.core.forms import Column, Form, Row

HAN = r"\u3400-\u4dbf\u4e00-\u9fff〇"
_NOT_HAN = re.compile(rf"[^{HAN}]+")
ENUMERATOR = r"(?:[一二三四五六七八九十]{1,3}\s*[、.,:]|\(\s*[一二三四五六七八九十]{1,3}\s*\)|\(?\s*\d{1,2}\s*\)?\s*[、.,:)]|[①-⑳㈠-㈩])"
_ENUMERATOR = re.compile(rf"\s*{ENUMERATOR}\s*")
_AMONG = re.compile(r"\s*其中\s*[:,]?\s*")
_PARENTHESIS = re.compile(
    rf"\((?=[^()]*[{HAN}])(?!\s*[一二三四五六七八九十]{{1,3}}\s*\))[^()]{{1,300}}\)"
)
_UNIT_ONLY = re.compile(r"\(\s*(?:单位)?\s*:?\s*(?:万元|亿元|元|件|条|项|次|个|人)\s*\)")

TERMS = {"档案": "文件", "资讯": "信息", "程式": "程序", "其它": "其他", "机关": "机关"}
"""Words that conversion to and from Taiwan usage exchanges, and spellings that offices mix."""

SIMILAR = 0.84
AHEAD = 0.08
"""A damaged label is taken for the one it resembles most, if no other comes near."""

MIN_PART = 4
"""Letters of a label that must be there where the rest is cut off."""

MAX_MORE = 2
"""Letters that a label may have more than the form's: 数, 情况, 事项. More may mean something else."""


MAX_LABEL = 400
"""Characters of a cell that are looked at; what is longer is no label."""


def masked(text: str) -> str:
    """Return normalised *text* with explanations in brackets blanked out, as long as before.

    ``（二）`` stays, ``（区分处理的，只计这一情形）`` goes, and with it the figures inside.
    """

    def blank(match: re.Match[str]) -> str:
        found = match.group()
        return found if _UNIT_ONLY.fullmatch(found) else " " * len(found)

    for _ in range(3):  # brackets inside brackets
        shorter = _PARENTHESIS.sub(blank, text)
        if shorter == text:
            break
        text = shorter
    return text


def enumerator(label: str) -> str:
    """Return the number in front of a label: ``2.``, ``（三）``, ``一、`` … normalised, or nothing."""
    match = re.match(ENUMERATOR, normal(label).text)
    return match.group() if match else ""


def number_pattern(number: str) -> re.Pattern[str] | None:
    """Return what finds the *number* of a label right before it, however it is punctuated."""
    core = re.sub(r"[^\d一二三四五六七八九十]", "", number)
    return re.compile(rf"\(?\s*{core}\s*[、.,:)][\s|]*$") if core else None


@lru_cache(maxsize=8_192)
def canonical(label: str) -> str:
    """Return the Chinese characters of *label* that tell it from others."""
    text = masked(normal(label).text)
    previous = None
    while previous != text:
        previous = text
        text = _AMONG.sub("", text, count=1) if _AMONG.match(text) else text
        text = _ENUMERATOR.sub("", text, count=1) if _ENUMERATOR.match(text) else text
    return terms(_NOT_HAN.sub("", text))


def terms(han: str) -> str:
    """Return *han* with exchanged words put right."""
    for taiwan, mainland in TERMS.items():
        han = han.replace(taiwan, mainland)
    return han


@dataclass(frozen=True)
class Labels:
    """The ways in which the members of a set may be labelled."""

    names: tuple[tuple[str, str], ...]  # canonical label, key
    exact: bool = False  # take no label for one that it only resembles

    @lru_cache(maxsize=8_192)  # noqa: B019  # there is one of these for each set of a form
    def find(self, text: str) -> str | None:
        """Return the key that *text* labels: spelled out, cut off, or slightly damaged; else ``None``."""
        label = text[:MAX_LABEL]
        bare = _UNIT_ONLY.sub("", normal(label).text)
        return self._find(canonical(label)) or self._find(canonical(bare))

    def _find(self, wanted: str) -> str | None:
        if not wanted:
            return None
        for name, key in self.names:
            if name == wanted:
                return key
        return self._part(wanted) or (None if self.exact else self._similar(wanted))

    def _part(self, wanted: str) -> str | None:
        if len(wanted) < MIN_PART:
            return None
        keys = {
            key
            for name, key in self.names
            if (name.startswith(wanted) and not (self.exact and len(name) - len(wanted) > MAX_MORE))
            or (
                len(name) >= MIN_PART
                and wanted.startswith(name)
                and len(wanted) - len(name) <= MAX_MORE
            )
        }
        return keys.pop() if len(keys) == 1 else None

    def _similar(self, wanted: str) -> str | None:
        if len(wanted) < MIN_PART:
            return None
        best: dict[str, float] = {}
        for name, key in self.names:
            if abs(len(name) - len(wanted)) * 3 <= len(name) and not _opposed(name, wanted):
                ratio = SequenceMatcher(None, name, wanted, autojunk=False).ratio()
                best[key] = max(best.get(key, 0), ratio)
        ranked = sorted(best.items(), key=lambda item: -item[1])
        if not ranked or ranked[0][1] < SIMILAR:
            return None
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < AHEAD:
            return None
        return ranked[0][0]


def _opposed(name: str, wanted: str) -> bool:
    """Whether one says no where the other says yes."""
    return any((word in name) != (word in wanted) for word in ("不", "无", "未", "非"))


def labels_of(members: Iterable[Row | Column], *, exact: bool = False) -> Labels:
    """Return the labels and aliases of rows or columns."""
    return Labels(
        names=tuple(
            (name, member.key)
            for member in members
            for label in (member.label, *member.alias)
            if (name := canonical(label))
        ),
        exact=exact,
    )


@cache
def row_labels(form: Form, table: str) -> Labels:
    """Return the labels of all rows of a table."""
    printed = form.table(table)
    # a table of dozens of like-sounding rows leaves no room for resemblance
    return labels_of(printed.rows.values(), exact=printed.layout == "numbered")


@cache
def column_labels(form: Form, table: str) -> Labels:
    """Return the labels of all columns of a table."""
    return labels_of(c for section in form.table(table).sections for c in section.columns)


def distinct_prefix(name: str, others: Sequence[str], least: int = MIN_PART) -> str:
    """Return the shortest beginning of *name*, of at least *least* letters, that no other has."""
    for length in range(min(least, len(name)), len(name)):
        start = name[:length]
        if not any(other != name and start in other for other in others):
            return start
    return name
