"""What the figures of the tables say against each other and against common sense."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from gongkai.core.checks.examined import Examined
from gongkai.core.checks.lines import short
from gongkai.core.checks.patterns import compiled
from gongkai.core.checks.relations import Judgement, Verdict, judge, number, sentence
from gongkai.core.checks.rules import enforces, rule
from gongkai.core.extraction.normal import normal
from gongkai.core.extraction.reading import Finding, ReadCell
from gongkai.core.forms import FilledForm, Place, State

YUAN: Mapping[str, int] = {"元": 1, "千元": 1_000, "万元": 10_000, "亿元": 100_000_000}
INCOMPLETE = {Verdict.TOTAL_BLANK: "form.total-blank", Verdict.PARTS_BLANK: "form.parts-blank"}
SHOWN = 4
GAPS = re.compile(r"[\s|]+")
TITLE_YEAR = re.compile(r"^[(（]?\d{4}年?度?[)）]?")
TITLE_REST = re.compile(r"\d{4}|关于|(?:人民)?政府信息|政务公开|信息公开|政务信息")


@enforces("form.total-blank", "form.parts-blank")
def relations(examined: Examined, previous: FilledForm | None) -> Iterator[Finding]:
    """Yield the relations of the form that are broken, and those that lack their total or parts."""
    filled = examined.filled
    if filled is None:
        return
    incomplete: dict[tuple[Verdict, str], list[Judgement]] = defaultdict(list)
    for judgement in judge(filled, previous):
        if _is_open(judgement, examined):
            continue
        identifier = judgement.line.relation.id
        if judgement.verdict is Verdict.BROKEN:
            yield _finding(examined, identifier, [judgement], sentence(judgement, filled))
        elif judgement.verdict in INCOMPLETE:
            incomplete[judgement.verdict, identifier].append(judgement)
    for (verdict, _), judgements in incomplete.items():
        # a whole column of totals left out is one finding
        message = "；".join(sentence(j, filled) for j in judgements[:SHOWN])
        if len(judgements) > SHOWN:
            message += f"；等共 {len(judgements)} 处"
        yield _finding(examined, INCOMPLETE[verdict], judgements, message)


def _is_open(judgement: Judgement, examined: Examined) -> bool:
    """Whether rows that the document does not print at all may account for what is wrong.

    Local tables merge rows or leave some out, and excerpts stop in the middle: what is not there
    is not blank.
    """
    line = judgement.line
    own = [s for s in line.left + line.right if not s.previous]
    replaced = {p for s in own if s.place[:2] in examined.rows for p in s.unless}
    absent = {s.place for s in own if s.place[:2] not in examined.rows} - replaced
    if judgement.verdict is Verdict.BROKEN:
        gap = judgement.left.sum - judgement.right.sum
        lower = line.right if gap > 0 else line.left
        return any(s.place in absent for s in lower) and line.relation.operator == "="
    return not absent.isdisjoint(line.anchors)


def _finding(
    examined: Examined, identifier: str, judgements: list[Judgement], message: str
) -> Finding:
    places = [place for judgement in judgements for place in judgement.places]
    for judgement in judgements:
        if judgement.verdict is not Verdict.BROKEN:
            places += judgement.line.anchors  # the blank itself
    cells = tuple(dict.fromkeys(examined.index[p] for p in places if p in examined.index))
    first = judgements[0]
    return rule(identifier).finding(
        message, left=str(first.left), right=str(first.right), cells=cells, at=examined.spans(cells)
    )


def _one(examined: Examined, identifier: str, index: int, message: str, **sides: str) -> Finding:
    return rule(identifier).finding(
        message,
        cells=(index,),
        at=examined.spans((index,)),
        left=sides.get("left"),
        right=sides.get("right"),
    )


def _figures(examined: Examined) -> Iterator[tuple[int, ReadCell, Decimal]]:
    """Yield the cells of the form that have a figure."""
    form = examined.reading.form
    for index, read in enumerate(examined.reading.cells):
        if form is not None and read.cell.value is not None and read.place in form:
            yield index, read, read.cell.value


@enforces("form.count-negative", "form.count-fraction")
def counts(examined: Examined) -> Iterator[Finding]:
    """Yield counts that nobody can have counted."""
    form = examined.reading.form
    for index, read, value in _figures(examined):
        if form is None or form.kind(read.place) == "money":
            continue
        if value < 0 and form.kind(read.place) == "count":
            yield _one(
                examined,
                "form.count-negative",
                index,
                f"“{read.label}”是 {number(value)}，件数不会是负数",
            )
        if value != value.to_integral_value():
            yield _one(
                examined,
                "form.count-fraction",
                index,
                f"“{read.label}”是 {number(value)}，件数应当是整数",
            )


@enforces("form.unit-missing", "form.unit-impossible", "form.unit-other")
def money(examined: Examined) -> Iterator[Finding]:
    """Yield amounts of money whose unit is missing, other than the form's, or impossible."""
    form = examined.reading.form
    for index, read, value in _figures(examined):
        if form is None or form.kind(read.place) != "money" or not value:
            continue
        printed, prescribed = read.cell.unit, form.unit(read.place)
        choices = form.column(read.place).unit_choices
        if printed is None and prescribed is None and choices:
            yield _one(
                examined,
                "form.unit-missing",
                index,
                f"“{read.label}”填了 {number(value)}，没有写单位，不知道是{'还是'.join(choices)}",
                left=number(value),
            )
        elif printed and prescribed and printed != prescribed:
            yield _one(
                examined,
                "form.unit-other",
                index,
                f"“{read.label}”印的单位是{printed}，表格规定的是{prescribed}",
                left=printed,
                right=prescribed,
            )
        unit = printed or prescribed
        for candidate in (unit,) if unit else choices:
            if (problem := _impossible(examined, read.place, value, candidate)) is not None:
                yield _one(
                    examined,
                    "form.unit-impossible",
                    index,
                    f"“{read.label}”的 {number(value)} 不可能以{candidate}为单位：{problem}",
                    left=f"{number(value)}{candidate}",
                )


def _impossible(examined: Examined, place: Place, value: Decimal, unit: str) -> str | None:
    """Return why *value* cannot be in *unit*, or ``None`` where it can."""
    given = rule("form.unit-impossible").parameters
    if unit not in YUAN:
        return None
    most = given["decimals"].get(unit)
    exponent = value.as_tuple().exponent
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    if most is not None and places > most:
        return f"小数有 {places} 位，比分还细"
    yuan = value * YUAN[unit]
    ceiling = _ceiling(examined, place, given)
    if yuan > ceiling:
        return f"合 {_in_words(yuan)}，超过这类单位一年的上限 {_in_words(ceiling)}"
    return None


def _ceiling(examined: Examined, place: Place, given: Mapping[str, Any]) -> Decimal:
    if place.row in given["rows"]:
        return Decimal(given["rows"][place.row])
    name = agency(examined)
    return next(
        Decimal(item["yuan"]) for item in given["ceilings"] if compiled(item["agency"]).search(name)
    )


def agency(examined: Examined) -> str:
    """Return whose report it is, from the reading or else from its title; empty where unknown."""
    if examined.reading.agency:
        return examined.reading.agency
    title = TITLE_YEAR.sub("", normal(examined.reading.title or "").text.strip())
    return TITLE_REST.split(title)[0].strip()


def _in_words(yuan: Decimal) -> str:
    for name, size in (("亿元", 100_000_000), ("万元", 10_000)):
        if yuan >= size:
            return f"{number(round(yuan / size, 2))} {name}"
    return f"{number(yuan)} 元"


@enforces("form.rulemaking")
def rulemaking(examined: Examined) -> Iterator[Finding]:
    """Yield regulations that a unit without the power to make them claims to have made."""
    name = agency(examined)
    if not compiled(rule("form.rulemaking").parameters["powerless"]).search(name):
        return
    cells = tuple(
        index
        for index, read, value in _figures(examined)
        if read.place.table == "proactive" and read.place.row == "rules" and value
    )
    if cells:
        told = "、".join(number(examined.reading.cells[i].cell.value or Decimal(0)) for i in cells)
        yield rule("form.rulemaking").finding(
            f"{name}没有规章制定权，“规章”一行却填了 {told}，应当核对是不是把一般文件算了进去",
            left=told,
            right="0",
            cells=cells,
            at=examined.spans(cells),
        )


@enforces("form.wrong-year")
def wrong_year(examined: Examined) -> Iterator[Finding]:
    """Yield that the tables follow the form of other years."""
    reading, prescribed = examined.reading, examined.prescribed
    if reading.form is None or prescribed is None or reading.year is None:
        return
    if not reading.form.tables or reading.form is prescribed:
        return
    if reading.year in rule("form.wrong-year").parameters["transition"] or not prescribed.tables:
        return
    cells = tuple(index for index, cell in enumerate(reading.cells) if cell.at)[:1]
    yield rule("form.wrong-year").finding(
        f"{reading.year}年度应当用{prescribed.short}，这份报告的表格是{reading.form.short}",
        left=reading.form.short,
        right=prescribed.short,
        cells=cells,
        at=examined.spans(cells),
    )


@enforces("form.label-cut", "form.not-a-number")
def printing(examined: Examined) -> Iterator[Finding]:
    """Yield headings of columns that lost their end, and signs that stand for figures."""
    reading = examined.reading
    text = GAPS.sub("", examined.text)
    begins = int(rule("form.label-cut").parameters["begins"])
    for table in reading.form.tables if reading.form else ():
        for section in table.sections:
            if not any((table.key, row.key) in examined.rows for row in section.rows):
                continue
            for column in section.columns:
                if column.optional or column.group:
                    continue  # under a group, headings of two lines run into each other
                known = [normal(label).text for label in (column.label, *column.alias)]
                absent = not any(label in text for label in known)
                if absent and len(known[0]) > begins and known[0][:begins] in text:
                    yield rule("form.label-cut").finding(
                        f"“{section.title or table.title}”的表里没有“{column.label}”这个完整的列名",
                        right=column.label,
                    )
    marks = compiled(rule("form.not-a-number").parameters["marks"])
    cells = tuple(i for i, c in enumerate(reading.cells) if marks.fullmatch(c.cell.raw.strip()))
    if cells:
        first = reading.cells[cells[0]]
        yield rule("form.not-a-number").finding(
            f"“{short(first.label)}”填的是“{first.cell.raw.strip()}”，不是数"
            + (f"，这样的共 {len(cells)} 格" if len(cells) > 1 else ""),
            left=first.cell.raw.strip(),
            cells=cells,
            at=examined.spans(cells),
        )


@enforces("form.all-blank", "form.unreadable")
def left_out(examined: Examined) -> Iterator[Finding]:
    """Yield tables without a single figure, and how many cells could not be read."""
    reading = examined.reading
    if reading.form is None:
        return
    for table in reading.form.tables:
        states = [cell.cell.state for cell in reading.cells if cell.place.table == table.key]
        if states and all(state is State.BLANK for state in states):
            yield rule("form.all-blank").finding(f"“{table.title}”的表里一个数也没有填")
    unread = tuple(i for i, c in enumerate(reading.cells) if c.cell.state is State.UNREADABLE)
    if unread:
        told = "、".join(f"“{short(reading.cells[i].label)}”" for i in unread[:3])
        more = f"等 {len(unread)} 格" if len(unread) > 3 else ""
        yield rule("form.unreadable").finding(
            f"{told}{more}读不出确定的数，没有参加核对",
            cells=unread,
            at=examined.spans(unread),
        )
