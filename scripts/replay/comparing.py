"""Counting what was built, as the report office does, beside what was published."""

from collections.abc import Iterator
from dataclasses import dataclass

from scripts.replay.building import Cast, issue_gazettes
from scripts.replay.plans import Plan

from gongkai.core.forms import Place
from gongkai.core.indicators import indicator
from gongkai.foundation.figures import Period, sources
from gongkai.oversight.reports.actions import confirm, open_round, roll_up, take_figures
from gongkai.oversight.reports.lineage import breakdown, origin
from gongkai.oversight.reports.models import Report, Status, Tier
from gongkai.oversight.reports.queries import form_of
from gongkai.oversight.statistics.queries import figures, figures_of


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what was published, and what the records say."""

    title: str
    published: int
    counted: int

    @property
    def equal(self) -> bool:
        """Tell whether both are the same."""
        return self.published == self.counted


def compare(plan: Plan, cast: Cast) -> list[Row]:
    """Return every figure of *plan* as published and as counted."""
    rows = list(_by_figures(plan, cast))
    form = form_of(plan.published.year)
    if form is not None and form.tables:
        rows += _by_report(plan, compiled(plan, cast))
    return rows


def _by_figures(plan: Plan, cast: Cast) -> Iterator[Row]:
    """Yield what the figures say: of the tree, of its levels, of all units added up."""
    told, period = plan.published, Period(plan.published.year)
    top = figures_of(cast.top.pk, period)
    sums: dict[str, int] = {}
    for (_, key), figure in figures([unit.pk for unit in cast.units], period).items():
        sums[key] = sums.get(key, 0) + int(figure.value)
    if told.gazettes:
        yield Row("政府公报期数", told.gazettes, issue_gazettes(plan, cast))
    yield Row("主动公开政府信息数", told.total, sums["proactive.total"])
    yield Row("其中：本级机关", told.own.total, int(top["proactive.own_level"].value))
    if told.lower:
        yield Row("其中：下级机关", told.lower.total, int(top["proactive.lower_level"].value))
    if told.before:
        yield Row("历年累计", told.total + told.before, sums["proactive.accumulated"])
    for key, count in told.categories.items():
        item = indicator(f"proactive.category.{key}")
        yield Row(item.title.partition("：")[2], count, sums[item.key])
    for key, count in told.channels.items():
        yield Row(indicator(key).title, count, sums[key])
    if told.own.issued:
        issued, opened = (sum(getattr(g, n) for g in told.groups) for n in ("issued", "opened"))
        yield Row("制发规范性文件数", issued, sums["normative.issued"])
        yield Row("主动公开规范性文件数", opened, sums["proactive.normative"])


def compiled(plan: Plan, cast: Cast) -> Report:
    """Have every unit take its figures over and confirm them, and add them up; return the report above."""
    year = plan.published.year
    top = Report.objects.filter(organisation=cast.top, year=year).first()
    if top is None:
        open_round(cast.top, year, by=cast.office)
        top = Report.objects.get(organisation=cast.top, year=year)
    for report in Report.objects.filter(above=top, status=Status.FILLING):
        take_figures(report, by=cast.clerk)
        confirm(report, by=cast.head)
    roll_up(top, by=cast.office)
    return Report.objects.select_related("organisation", "round").get(pk=top.pk)


def _by_report(plan: Plan, top: Report) -> Iterator[Row]:
    """Yield the cells of the report, also by level of units; each is opened down to an item."""
    told, form = plan.published, top.form_facts
    groups = told.groups
    expected = {"proactive.total": [group.total for group in groups]}
    if told.own.issued:
        expected["normative.issued"] = [group.issued for group in groups]
        expected["proactive.normative"] = [group.opened for group in groups]
    cells = {cell.place: cell for cell in top.cells.all()}
    for key, counts in expected.items():
        [place] = indicator(key).places[form.key]
        yield Row(f"汇总表：{form.label(place)}", sum(counts), int(cells[str(place)].value))
        levels = {level.tier: int(level.total or 0) for level in breakdown(top, place)}
        for tier, count in zip((Tier.SAME, Tier.LOWER), counts, strict=False):
            yield Row(f"　{tier.label}", count, levels.get(tier, 0))
    for key, count in told.channels.items():
        [place] = indicator(key).places[form.key]
        yield Row(f"汇总表：{form.label(place)}", count, int(cells[str(place)].value))
    yield _opened(top, indicator("proactive.total").places[form.key][0])


def _opened(top: Report, place: Place) -> Row:
    """Open the largest unit's part of a cell, and count the items behind it."""
    largest = origin(top, place, rolls_up=True).units[0]
    unit = largest.report
    behind = origin(unit, place, rolls_up=False)
    key = behind.cell.origin["indicator"] if behind.cell else ""
    answer = sources()[key].ask([unit.organisation_id], Period(unit.year))[unit.organisation_id]
    return Row("打开数最多的单位，背后的信息条数", int(largest.value), len(list(answer.records())))
