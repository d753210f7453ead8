"""This report against an earlier one of the same unit."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from gongkai.core.checks.examined import Examined
from gongkai.core.checks.relations import number
from gongkai.core.checks.rules import enforces, rule
from gongkai.core.extraction.normal import normal
from gongkai.core.extraction.reading import Finding, Reading

CUMULATIVE = "cumulative"
THIS_YEAR = "value"


def follows(reading: Reading, previous: Reading) -> bool:
    """Whether *previous* is the report of the year before; assumed where a year is unknown."""
    if reading.year is None or previous.year is None:
        return True
    return reading.year == previous.year + 1


def _by_label(reading: Reading, column: str) -> Mapping[str, tuple[int, Decimal]]:
    """Return the figures of a column by row, in words that survive another year's printing."""
    return {
        normal(read.label.rpartition(" / ")[0] or read.label).text: (index, read.cell.value)
        for index, read in enumerate(reading.cells)
        if read.place.column == column and read.cell.value is not None
    }


@enforces("years.cumulative-back", "years.cumulative-below", "years.cumulative-sum")
def cumulative(examined: Examined, previous: Reading | None) -> Iterator[Finding]:
    """Yield totals since the beginning that are less than they were, or do not grow by the year's figure."""
    now = _by_label(examined.reading, CUMULATIVE)
    year = _by_label(examined.reading, THIS_YEAR)
    before = _by_label(previous, CUMULATIVE) if previous else {}
    for label, (index, total) in now.items():
        this = year.get(label)
        if this and total < this[1]:
            yield _between(
                examined,
                "years.cumulative-below",
                (index, this[0]),
                f"“{label}”历年累计 {number(total)}，比本年的 {number(this[1])} 还小",
                total,
                this[1],
            )
        if previous is None or label not in before:
            continue
        earlier = before[label][1]
        when = f"{previous.year}年报告" if previous.year else "以前的报告"
        if total < earlier:
            yield _between(
                examined,
                "years.cumulative-back",
                (index,),
                f"“{label}”历年累计 {number(total)}，{when}已经是 {number(earlier)}，累计数不会倒退",
                total,
                earlier,
            )
        elif this and follows(examined.reading, previous) and earlier + this[1] != total:
            yield _between(
                examined,
                "years.cumulative-sum",
                (index, this[0]),
                f"“{label}”历年累计 {number(total)}，{when}的 {number(earlier)} 加本年 {number(this[1])} 应当是 {number(earlier + this[1])}",
                total,
                earlier + this[1],
            )


def _between(  # noqa: PLR0913, PLR0917  # the parts of a comparison
    examined: Examined,
    identifier: str,
    cells: tuple[int, ...],
    message: str,
    left: Decimal,
    right: Decimal,
) -> Finding:
    return rule(identifier).finding(
        message, left=number(left), right=number(right), cells=cells, at=examined.spans(cells)
    )


@enforces("years.same-figures")
def same_figures(examined: Examined, previous: Reading) -> Iterator[Finding]:
    """Yield tables whose figures are last year's, all of them."""
    least = int(rule("years.same-figures").parameters["figures"])
    form = examined.reading.form
    before = {c.place: c.cell.value for c in previous.cells}
    for table in form.tables if form else ():
        here = [(i, c) for i, c in enumerate(examined.reading.cells) if c.place.table == table.key]
        told = tuple(i for i, c in here if c.cell.value)
        there = [p for p, value in before.items() if p.table == table.key and value]
        same = all(before.get(c.place) == c.cell.value for _, c in here)
        if len(told) >= least and len(there) == len(told) and same:
            yield rule("years.same-figures").finding(
                f"“{table.title}”的表与{previous.year or '上一'}年的报告一个数也不差（{len(told)} 个不为零的数）",
                cells=told,
                at=examined.spans(told),
            )


@enforces("years.jump")
def jumps(examined: Examined, previous: Reading) -> Iterator[Finding]:
    """Yield totals that are very many times larger or smaller than last year's."""
    given = rule("years.jump").parameters
    before = {c.place: c.cell.value for c in previous.cells}
    form = examined.reading.form
    for index, read in enumerate(examined.reading.cells):
        now, then = read.cell.value, before.get(read.place)
        if not now or not then or form is None or read.place not in form:
            continue
        column = form.column(read.place)
        if read.place.table == "requests" and not column.total:
            continue  # the totals tell it
        small, large = sorted((abs(now), abs(then)))
        if large >= given["least"] and large >= small * given["times"]:
            yield _between(
                examined,
                "years.jump",
                (index,),
                f"“{read.label}”今年 {number(now)}，上一年度 {number(then)}，相差悬殊，请核对",
                now,
                then,
            )
