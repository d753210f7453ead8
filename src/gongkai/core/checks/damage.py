"""What copying, converting and old templates have left in the text."""

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator
from itertools import combinations

from gongkai.core.checks.examined import Examined
from gongkai.core.checks.patterns import around, compiled, patterns
from gongkai.core.checks.rules import enforces, rule
from gongkai.core.checks.tables import agency
from gongkai.core.extraction.document import Span
from gongkai.core.extraction.reading import Finding

SHOWN = 3
MOST = 200
"""Places of one kind of damage that are kept; how many there are is told."""
LEAP = 2024


def _found(examined: Examined, identifier: str) -> Iterator[re.Match[str]]:
    for pattern in patterns(rule(identifier)):
        yield from pattern.finditer(examined.text)


def _told(
    examined: Examined, identifier: str, what: str, matches: Iterable[re.Match[str]]
) -> Iterator[Finding]:
    """Yield one finding for all the places of one kind of damage, quoting the first."""
    spans = sorted({match.span() for match in matches})
    if not spans:
        return
    quoted = list(dict.fromkeys(around(examined.text, *span) for span in spans[:MOST]))
    told = "”、“".join(quoted[:SHOWN])
    more = f"，共 {len(spans)} 处" if len(spans) > SHOWN else ""
    yield rule(identifier).finding(
        f"{what}：“{told}”{more}",
        left=quoted[0],
        at=tuple(examined.span(*span) for span in spans[:MOST]),
    )


@enforces("text.placeholder", "text.cut", "text.advert", "text.mojibake")
def scars(examined: Examined) -> Iterator[Finding]:
    """Yield blanks nobody filled in, broken sentences, advertisements and garbled characters."""
    for identifier, what in (
        ("text.placeholder", "模板里的空没有填"),
        ("text.cut", "句子残缺"),
        ("text.advert", "混进了广告文字"),
        ("text.mojibake", "有乱码"),
    ):
        yield from _told(examined, identifier, what, _found(examined, identifier))


@enforces("text.date")
def dates(examined: Examined) -> Iterator[Finding]:
    """Yield dates that lost a character, and days that do not exist."""
    day = compiled(rule("text.date").parameters["day"])
    wrong = [m for m in day.finditer(examined.text) if not _exists(int(m[1]), int(m[2]))]
    yield from _told(examined, "text.date", "日期写坏了", [*_found(examined, "text.date"), *wrong])


def _exists(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(LEAP, month)[1]


@enforces("text.pinyin", "text.converted")
def conversions(examined: Examined) -> Iterator[Finding]:
    """Yield what sites that convert pages have done to the text as printed."""
    original = examined.reading.text
    for identifier, key, what in (
        ("text.pinyin", "pattern", "多音字后面插进了拼音"),
        ("text.converted", "words", "繁简或用词是机器转换的"),
    ):
        given = rule(identifier).parameters
        spans = [m.span() for m in compiled(given[key]).finditer(original)]
        if len(spans) >= given["least"]:
            words = "”、“".join(dict.fromkeys(original[a:b] for a, b in spans[:SHOWN]))
            yield rule(identifier).finding(
                f"{what}，如“{words}”，共 {len(spans)} 处",
                left=words,
                at=tuple(Span(*span) for span in spans[:MOST]),
            )


@enforces("text.mixed-self")
def mixed_self(examined: Examined) -> Iterator[Finding]:
    """Yield names for oneself that cannot both be right."""
    given = rule("text.mixed-self").parameters
    places: dict[str, list[re.Match[str]]] = {}
    for match in compiled(given["pattern"]).finditer(examined.text):
        places.setdefault(match[1], []).append(match)
    allowed = {frozenset(pair) for pair in given["allowed"]}
    townships, organs = set(given["township"]), set(given["organ"]) | {"办", "中心"}
    for one, other in combinations(places, 2):
        both_townships = {one, other} <= townships
        both_organs = {one, other} <= organs
        crossed = {one, other} & townships and {one, other} & organs
        if frozenset((one, other)) in allowed or not (both_townships or both_organs or crossed):
            continue
        first, second = places[one], places[other]
        yield rule("text.mixed-self").finding(
            f"同一份报告里又称“我{one}”（{len(first)} 处）又称“我{other}”（{len(second)} 处）："
            f"“{around(examined.text, *min(first, second, key=len)[0].span())}”",
            left=f"我{one}",
            right=f"我{other}",
            at=tuple(examined.span(*m.span()) for m in (*first[:MOST], *second[:MOST])),
        )


@enforces("text.vague")
def vague(examined: Examined) -> Iterator[Finding]:
    """Yield exact figures that call themselves approximate."""
    given = rule("text.vague").parameters
    matches = [
        match
        for match in compiled(given["pattern"]).finditer(examined.text)
        if int(re.sub(r"\D", "", match[0]) or 0) >= given["least"]
    ]
    yield from _told(examined, "text.vague", "确数后面又加“多”“余”", matches)


@enforces("text.no-agency")
def no_agency(examined: Examined) -> Iterator[Finding]:
    """Yield that neither title nor text says whose report it is."""
    if not agency(examined) and examined.text.strip():
        yield rule("text.no-agency").finding("标题和正文里都没有单位的全称")
