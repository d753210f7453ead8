"""Where a figure comes from: down to units, declarations, records and people."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db.models import Count, Q, Sum

from gongkai.core.forms import Place
from gongkai.core.indicators import UnknownIndicator, indicator
from gongkai.foundation.figures import Period, Record, cell_sources, sources
from gongkai.oversight.reports.models import Cell, Entry, Report, Tier
from gongkai.oversight.reports.models.report import FINISHED
from gongkai.oversight.reports.tiers import tier_title
from gongkai.oversight.statistics.models import Declaration

SHOWN = 200
FIRST = 20
"""Records shown beside a cell; the figure's own page has all of them."""


@dataclass(frozen=True, slots=True)
class Level:
    """The units of one level, and how many of them stand by their figures.

    Attributes:
        total: Sum of one cell over those units, where it was asked for.
    """

    tier: str
    title: str
    units: int
    ready: int
    total: Decimal | None = None
    filled: int = 0

    @property
    def missing(self) -> int:
        """Return how many have not confirmed."""
        return self.units - self.ready


def breakdown(report: Report, place: Place | None = None) -> list[Level]:
    """Return the levels of units below *report*; one query, a second one with a *place*."""
    rows = (
        Report.objects.filter(above=report)
        .order_by()
        .values("tier")
        .annotate(asked=Count("pk"), ready=Count("pk", filter=Q(status__in=FINISHED)))
    )
    sums: dict[str, Any] = {}
    if place is not None:
        told = (
            Cell.objects.filter(
                report__above=report,
                report__status__in=FINISHED,
                place=str(place),
                value__isnull=False,
            )
            .order_by()
            .values("report__tier")
            .annotate(total=Sum("value"), filled=Count("pk"))
        )
        sums = {row["report__tier"]: row for row in told}
    level = report.organisation.level
    found = [
        Level(
            row["tier"],
            tier_title(level, Tier(row["tier"])),
            row["asked"],
            row["ready"],
            sums.get(row["tier"], {}).get("total"),
            sums.get(row["tier"], {}).get("filled", 0),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: one.tier != Tier.SAME)


def residuals(report: Report) -> list[Cell]:
    """Return the cells whose figure is not what the units and the unit itself add up to."""
    cells = report.cells.filter(Q(rolled__isnull=False) | Q(own__isnull=False)).select_related("by")
    return [cell for cell in cells if cell.residual]


@dataclass(frozen=True, slots=True)
class Origin:
    """Everything there is to say about one cell.

    Attributes:
        cell: ``None`` where nobody ever put anything there.
        levels: What each level of units adds up to, in a report that rolls up.
        units: The units' cells, largest first.
        silent: Confirmed units that left the cell blank.
        records: The first of the records behind a computed figure.
        more: Whether there are others.
        declaration: What a figure taken from statistics was declared as.
        label: Row and column in words.
    """

    place: Place
    label: str
    unit: str
    cell: Cell | None
    levels: Sequence[Level]
    units: Sequence[Cell]
    silent: int
    records: Sequence[Record]
    declaration: Declaration | None
    indicator_title: str
    entries: Sequence[Entry]
    last_year: Decimal | None = None
    more: bool = False

    @property
    def stale(self) -> bool:
        """Tell whether the units add up to something else by now than when they were rolled up."""
        if self.cell is None or self.cell.rolled is None:
            return False
        now = sum((level.total or Decimal() for level in self.levels), Decimal())
        return now != self.cell.rolled


def origin(report: Report, place: Place, *, rolls_up: bool) -> Origin:
    """Return where the figure in *place* of *report* comes from; a constant number of queries."""
    form = report.form_facts
    cell = report.cells.filter(place=str(place)).select_related("by").first()
    levels = breakdown(report, place) if rolls_up else []
    units = _units(report, place) if rolls_up else []
    key = str(cell.origin.get("indicator", "")) if cell else ""
    source = str(cell.origin.get("cells", "")) if cell else ""
    records = _of_cell(report, place, source) if source else _records(report, key)
    return Origin(
        place=place,
        label=form.label(place),
        unit=(cell.unit if cell else "") or form.unit(place) or "",
        cell=cell,
        levels=levels,
        units=units,
        silent=sum(level.ready for level in levels) - sum(level.filled for level in levels),
        records=records[: SHOWN if source else FIRST],
        more=not source and len(records) > FIRST,
        declaration=_declaration(cell),
        indicator_title=cell_sources()[source].title if source in cell_sources() else _title(key),
        entries=list(cell.entries.select_related("by")[:SHOWN]) if cell else [],
    )


def _units(report: Report, place: Place) -> list[Cell]:
    return list(
        Cell.objects.filter(
            report__above=report,
            report__status__in=FINISHED,
            place=str(place),
            value__isnull=False,
        )
        .select_related("report__organisation", "by")
        .order_by("-value", "report__organisation__path")[:SHOWN]
    )


def _records(report: Report, key: str) -> list[Record]:
    source = sources().get(key)
    if source is None:
        return []
    answers = source.ask([report.organisation_id], Period(report.year))
    answer = answers.get(report.organisation_id)
    return list(islice(answer.records(), FIRST + 1)) if answer else []


def _of_cell(report: Report, place: Place, key: str) -> list[Record]:
    """Return the records behind a cell of a table that records fill."""
    source = cell_sources().get(key)
    if source is None:
        return []
    told = source.ask([report.organisation_id], Period(report.year), report.form)
    answer = told.get(report.organisation_id, {}).get(str(place))
    return list(islice(answer.records(), SHOWN + 1)) if answer else []


def _declaration(cell: Cell | None) -> Declaration | None:
    key = cell.origin.get("declaration") if cell else None
    return Declaration.objects.filter(pk=key).select_related("by").first() if key else None


def _title(key: str) -> str:
    try:
        return indicator(key).title if key else ""
    except UnknownIndicator:
        return key
