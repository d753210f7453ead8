"""Which charts a report has: those of ``charts.yaml``, over the years and over units."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import yaml

from gongkai.core.forms import FilledForm
from gongkai.core.indicators import Indicator, indicator
from gongkai.foundation.charts import Chart, Kind, Series


@dataclass(frozen=True, slots=True)
class Plan:
    """A chart that every organisation has: which indicators, drawn how."""

    key: str
    title: str
    kind: Kind
    indicators: tuple[Indicator, ...]

    @property
    def unit(self) -> str:
        """Return the unit that the indicators share."""
        return self.indicators[0].unit


@cache
def plans() -> tuple[Plan, ...]:
    """Return the charts in the order of ``charts.yaml``."""
    raw = yaml.safe_load(Path(__file__).with_name("charts.yaml").read_text(encoding="utf-8"))
    return tuple(
        Plan(key, facts["title"], facts["kind"], tuple(map(indicator, facts["indicators"])))
        for key, facts in raw.items()
    )


def over_years(by_year: Mapping[int, FilledForm]) -> list[Chart]:
    """Return the charts of one organisation over the years, those without any number left out.

    A year between the first and the last that has no report stays as a gap. Where two eras do not
    count the same thing the line breaks, and a note says why.
    """
    if not by_year:
        return []
    years = range(min(by_year), max(by_year) + 1)
    charts = (_over_years(plan, by_year, years) for plan in plans())
    return [chart for chart in charts if chart]


def over_units(plan: Plan, units: Sequence[tuple[str, FilledForm]], *, key: str = "") -> Chart:
    """Return a chart that sets units side by side, in the order given."""
    series = tuple(
        Series(_short(plan, item), tuple(item.value(filled) for _, filled in units))
        for item in plan.indicators
    )
    kept = tuple(s for s in series if any(v is not None for v in s.values))
    kind: Kind = "stack" if len(kept) > 1 else "bar"
    names = tuple(name for name, _ in units)
    return Chart(key or plan.key, plan.title, plan.unit, kind, "单位", names, kept)


def _over_years(plan: Plan, by_year: Mapping[int, FilledForm], years: range) -> Chart:
    series: list[Series] = []
    notes: dict[str, None] = {}
    for item in plan.indicators:
        runs = list(_runs(item, by_year))
        for run in runs:
            era = by_year[run[0]].form.short if len(runs) > 1 else ""
            values = tuple(item.value(by_year[y]) if y in run else None for y in years)
            if any(value is not None for value in values):
                series.append(Series(_short(plan, item), values, era))
        if len(runs) > 1 and item.note:
            notes[f"{item.title}：{item.note}"] = None
    return Chart(
        plan.key,
        plan.title,
        plan.unit,
        plan.kind,
        "年度",
        tuple(str(year) for year in years),
        tuple(series),
        tuple(notes),
    )


def _runs(item: Indicator, by_year: Mapping[int, FilledForm]) -> Iterator[list[int]]:
    """Yield the years in runs within which *item* counts the same thing."""
    known = [y for y in sorted(by_year) if item.value(by_year[y]) is not None]
    run: list[int] = known[:1]
    for before, after in pairwise(known):
        if not item.comparable(by_year[before].form.key, by_year[after].form.key):
            yield run
            run = []
        run.append(after)
    if run:
        yield run


def _short(plan: Plan, item: Indicator) -> str:
    """Return the name of *item* without what the title of the chart says already."""
    return item.title.removeprefix(f"{plan.title}：").removesuffix("数量")
