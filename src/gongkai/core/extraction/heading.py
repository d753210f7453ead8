"""What a report says of itself: its title, whose it is, and the year it accounts for."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.core.extraction.document import Document
from gongkai.core.extraction.normal import NormalText, normal
from gongkai.core.forms import Form, form

FIRST_YEAR, LAST_YEAR = 2003, 2060
HEAD = 3_000
"""Characters in which a title stands."""

_YEAR = re.compile(r"(?<!\d)(20[0-5]\d)\s*年?度?")
_CHINESE_YEAR = re.compile(
    r"二[〇○0零oO]([〇○0零oO一二三四五六七八九十])([〇○0零oO一二三四五六七八九])年"
)
_REPORT = r"信息公开[^\S\n]*(?:工作)?[^\S\n]*(?:年度)?[^\S\n]*(?:工作)?[^\S\n]*(?:情况)?(?:的)?[^\S\n]*(?:年度报告|年[^\S\n]*度[^\S\n]*报[^\S\n]*告|工作报告|总结报告|报告|年报)"
_TITLE = re.compile(rf"[^\n|。;,《》“”<>]{{0,60}}?(?:政府|政务)?{_REPORT}(?:\([^()]{{0,10}}\))?")
_MENTION = re.compile(r"关于|根据|按照|要求|规定|通知|本报告|公布|如下|条例|格式|制度|专栏")
_LABELLED = re.compile(
    r"^\s*(?:(?:标题|题名|名称|信息名称|文件名称)\s*[:|]\s*|标\s*题\s*(?=\S{2,30}(?:20\d\d|政府信息)))"
)
_PERIOD = re.compile(
    r"(?:统计|数据|期限|时限|时间|区间)[^。\n]{0,30}?(20\d\d)\s*年?\s*1\s*月\s*1\s*日"
)
_ORGAN = (
    r"人民政府(?:办公室|办公厅)?|管理委员会|管委会|街道办事处|办事处|委员会|管理局|局|厅|办公室|办公厅|中心|支队|总队|大队"
    r"|研究院|医院|学院|大学|学校|集团|公司|银行|政府|督察组|委|署|部"
)
_PLACE = r"省|自治区|自治州|地区|盟|市|县|区|旗|州|镇|乡|街道"
_PUBLISHER = re.compile(
    r"(?:发布机构|发布单位|公开部门|发文机构|发文机关|制发机关|信息来源|公开责任部门)\s*[:|]\s*(?P<agency>[^\s|:,。;]{2,30})"
)
_NAME = re.compile(rf"(?P<agency>[\u4e00-\u9fff()、]{{1,30}}?(?:{_ORGAN}|{_PLACE}))$")
_COMPILED = re.compile(
    rf"由(?P<agency>[\u4e00-\u9fff]{{2,25}}?(?:{_ORGAN}|{_PLACE}))(?:组织|负责|根据|依据|按照|汇总)?(?:编制|编写|撰写)"
)
_SIGNED = re.compile(
    rf"\n[^\S\n]*(?P<agency>[\u4e00-\u9fff]{{3,25}}(?:{_ORGAN}))[^\S\n]*\n?[^\S\n]*20\d\d\s*年\s*\d{{1,2}}\s*月\s*\d{{1,2}}\s*日"
)
_ANNOUNCED = re.compile(
    rf"(?:现将|现公布|现发布|现公开|特?向社会公布|特?向社会公开|现向社会公布|现公告)(?:20\d\d年度?)?"
    rf"(?P<agency>[\u4e00-\u9fff]{{1,30}}?(?:{_ORGAN}|{_PLACE}))(?:的)?20\d\d年度?[^,。;\n]{{0,12}}(?:公开|年度报告)"
)
_ANNOUNCED_OF_YEAR = re.compile(
    rf"(?:现将|公布|发布|公开|公告)20\d\d年度?(?P<agency>[\u4e00-\u9fff]{{2,30}}?(?:{_ORGAN}|{_PLACE}))(?:的)?"
    r"(?=(?:政府|政务)?信息公开)"
)
_SHORT = re.compile(r"^(?:[省州旗县区]|市(?!中区))")
"""区卫生局: an authority of some district, which one the words leave open."""
_ZONE = re.compile(r"(?:实验|开发|高新|示范|园|合作|保税|度假|新|风景|管理)区$")
_CHAPTER = re.compile(r"(?:^|[\s。])[一二三四五六七八九十]{1,2}\s*、\s*([^\n。]{2,40})")
_TITLED = re.compile(r"(?m)^[^\S\n]*(概述|[\u4e00-\u9fff、]{4,28}(?:情况|措施|问题|事项))[^\S\n]*$")
_VAGUE = re.compile(r"^(?:本|我|该|全|各|某|国务院|中华人民共和国|上级|政府信息|关于)")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a report says of itself; ``None`` for what it does not say."""

    title: str | None
    agency: str | None
    year: int | None


def heading(document: Document, matched: NormalText) -> Heading:
    """Return title, agency and year of a report.

    The year is the one accounted for, never that of publication. The agency is given only where the
    document names it: a wrong one is worse than none.
    """
    text = matched.text
    title, before = _title(document, text)
    return Heading(title, _agency(title, before, text), _year(title, text))


def _title(document: Document, text: str) -> tuple[str | None, str]:
    """Return the title and the line above it."""
    head = _arabic_years(text[:HEAD])
    candidates: list[tuple[int, str, str]] = []
    for piece, above in _pieces(head):
        if (found := _TITLE.fullmatch(piece)) and not _MENTION.search(piece):
            line = re.sub(r"^.*[:@>]", "", found.group()).strip(" -—_·*#")
            score = 3 * bool(_YEAR.search(line)) + 2 * ("年度报告" in line.replace(" ", ""))
            signed = _YEAR.match(line) and _named(above, text)
            candidates.append((score + 2 + bool(signed), line, above))
    if document.title:
        page_title = _arabic_years(normal(document.title).text)
        for piece in [page_title, *re.split(r"[-_|—]", page_title)]:
            if (found := _TITLE.search(piece)) and _YEAR.search(found.group()):
                candidates.append((6, found.group().strip(), ""))
                break
    best = max(candidates, key=lambda c: c[0], default=None)
    if best is None:
        return None, ""
    title = re.sub(r"(?<![a-zA-Z]) +| +(?![a-zA-Z])", "", best[1])
    if _YEAR.match(title) and (authority := _named(best[2], text)):
        title = authority + title
    return title, best[2]


def _pieces(head: str) -> Iterator[tuple[str, str]]:
    """Yield whatever may be a title, and the line above: whole lines, cells, words of a long line."""
    above = ""
    for line in head.split("\n"):
        for cell in re.split(r"[|\t]", line):
            piece = _LABELLED.sub("", cell).strip(" -—_·*#")
            if 8 <= len(piece) <= 70:
                yield piece, above
            elif len(piece) > 70:
                yield from ((word, "") for word in piece.split() if 8 <= len(word) <= 70)
                yield from ((quoted, "") for quoted in re.findall(r"《([^《》]{8,60})》", piece))
        above = line.strip() or above


def _arabic_years(text: str) -> str:
    """Write 二〇二一年 as 2021年."""
    digits = {
        "一": 1,
        "二": 2,
        "三": 3,
        "四": 4,
        "五": 5,
        "六": 6,
        "七": 7,
        "八": 8,
        "九": 9,
        "十": 1,
    }

    def spell(match: re.Match[str]) -> str:
        return f"20{digits.get(match[1], 0)}{digits.get(match[2], 0)}年"

    return _CHINESE_YEAR.sub(spell, text)


def _year(title: str | None, text: str) -> int | None:
    for place in (title or "", "".join(_PERIOD.findall(text[: 2 * HEAD])[:1])):
        if found := _YEAR.search(place):
            return _plausible(int(found[1]))
    own = re.findall(r"(20\d\d)\s*年度?\s*(?:政府)?信息公开", _arabic_years(text[:HEAD]))
    told = re.findall(r"(?<!\d)(20\d\d)\s*年(?!\s*\d{1,2}\s*月)", _arabic_years(text))
    counted = Counter(own or told)
    if not counted:
        return None
    (first, most), *others = counted.most_common(2)
    if others and others[0][1] == most:
        return None
    return _plausible(int(first))


def _plausible(year: int) -> int | None:
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def _agency(title: str | None, above: str, text: str) -> str | None:
    if title:
        own = re.split(r"(?:20\d\d\s*年|年度|政府信息|政务|信息公开)", title)[0]
        own = re.sub(r"^(?:20\d\d\s*年度?)", "", own)
        if not own.strip():
            own = re.split(
                r"(?:政府信息|政务公开|信息公开)", re.sub(r"^20\d\d\s*年?度?", "", title)
            )[0]
        for name in (own, above):
            if found := _named(name, text):
                return found
    for pattern in (_COMPILED, _ANNOUNCED, _ANNOUNCED_OF_YEAR, _PUBLISHER, _SIGNED):
        match = pattern.search(text)
        name = match["agency"] if match and not _SHORT.match(match["agency"]) else ""
        if found := _named(name, text):
            return found
    return None


def _named(name: str, text: str) -> str | None:
    """Return the full name of an authority, or ``None`` where *name* is none."""
    name = re.sub(r"\s+", "", name).strip("()")
    match = _NAME.search(name)
    if not match or _VAGUE.match(match["agency"]):
        return None
    agency = match["agency"].strip("()、")
    if re.search(rf"(?:{_ORGAN})$", agency):
        return agency
    if _ZONE.search(agency):
        return next(
            (
                agency + end
                for end in ("管委会", "管理委员会")
                if re.search(rf"{agency}(?:党工委)?{end}", text)
            ),
            None,
        )
    if agency.endswith("街道"):
        return agency + "办事处"
    return agency + "人民政府" if re.search(rf"(?:{_PLACE})$", agency) else None


NARRATIVE = "narrative-2008"
FIRST_OF_FORMATS = 2019
CHAPTERS = 3
"""Required chapters by which a report without tables is known for one of the narrative kind."""
CHAPTERS_THEN = 2
"""So many are enough in the years when there was no other form."""


def narrative_form(matched: NormalText, year: int | None) -> Form | None:
    """Return the narrative form where a report without tables has its chapters, else ``None``.

    The forms of 2019 and 2021 have chapters of the same names: of their years, a report that has lost its
    tables follows none that can be told.
    """
    if year is not None and year >= FIRST_OF_FORMATS:
        return None
    narrative = form(NARRATIVE)
    lines = _CHAPTER.findall(matched.text) + _TITLED.findall(matched.text)
    numbered = {_letters(line) for line in lines}
    found = sum(
        any(_letters(name) in line for line in numbered for name in (h.label, *h.alias))
        for h in narrative.headings
    )
    only = year is not None and narrative.years[0] <= year <= (narrative.years[1] or year)
    return narrative if found >= (CHAPTERS_THEN if only else CHAPTERS) else None


def _letters(text: str) -> str:
    return re.sub(r"[^\u4e00-\u9fff]|政府信息|[的和]", "", text)
