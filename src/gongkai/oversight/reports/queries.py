"""Questions about reports."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, F, Max, Q, Sum

from gongkai.core.forms import FilledForm, Form, Place, form, forms_of_year
from gongkai.oversight.reports.models import Cell, Edition, Report, Round, Status
from gongkai.oversight.reports.models.report import FINISHED, ReportQuerySet

if TYPE_CHECKING:
    from gongkai.domain.organisations.models import Organisation


def filled(report: Report, cells: Iterable[Cell] | None = None) -> FilledForm:
    """Return the form as it stands; one query unless the *cells* are handed in."""
    found = report.cells.all() if cells is None else cells
    return FilledForm(
        report.form_facts, {c.where: c.cell for c in found}, report.year, report.agency
    )


def last_year(report: Report) -> FilledForm | None:
    """Return the same unit's report of the year before, as published if it was; two queries."""
    before = {"organisation": report.organisation_id, "year": report.year - 1}
    edition = (
        Edition.objects.filter(**{f"report__{key}": value for key, value in before.items()})
        .order_by("-number")
        .first()
    )
    if edition is not None:
        return edition.filled()
    found = Report.objects.filter(**before).select_related("organisation").first()
    return None if found is None else filled(found)


def form_of(year: int) -> Form | None:
    """Return the form prescribed for the report of *year*, or ``None`` where there was none."""
    known = forms_of_year(year)
    return known[-1] if known else None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round is.

    Attributes:
        states: How many reports are in each state, in the order of the states, with its words.
    """

    total: int
    states: tuple[tuple[str, str, int], ...]
    overdue: int
    with_errors: int

    @property
    def issued(self) -> int:
        """Return how many are published."""
        return next((count for key, _, count in self.states if key == Status.ISSUED), 0)


def progress(reports: ReportQuerySet, day: date) -> Progress:
    """Return how far *reports* are, one query."""
    counts = reports.aggregate(
        total=Count("pk"),
        overdue=Count("pk", filter=~Q(status=Status.ISSUED) & Q(due__lt=day)),
        with_errors=Count("pk", filter=Q(errors__gt=0)),
        **{status.value: Count("pk", filter=Q(status=status)) for status in FORWARD},
    )
    return Progress(
        total=counts["total"],
        states=tuple((s.value, str(s.label), counts[s.value]) for s in FORWARD),
        overdue=counts["overdue"],
        with_errors=counts["with_errors"],
    )


FORWARD = (Status.FILLING, *FINISHED)
"""The states in the order that a report goes through them."""


def units_of(report: Report) -> ReportQuerySet:
    """Return the reports that are rolled up into *report*, in the order of the tree."""
    return (
        Report.objects.filter(above=report)
        .select_related("organisation")
        .order_by("organisation__path")
    )


def rolls_up(report: Report) -> bool:
    """Tell whether other units report to this one."""
    return Report.objects.filter(above=report).exists()


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one unit put into a cell of the report above it."""

    report: Report
    cell: Cell | None


@dataclass(frozen=True, slots=True)
class Lineage:
    """Where a rolled-up figure comes from.

    Attributes:
        by_tier: The sum of each tier, with its words and how many units it has.
        units: The units that have a figure, largest first; at most as many as asked for.
        silent: How many units left the cell blank, or have not confirmed it yet.
    """

    by_tier: tuple[tuple[str, Decimal | None, int], ...]
    units: tuple[Contribution, ...]
    more: int
    silent: int
    own: Decimal | None
    residual: Decimal | None
    stale: bool = False
    """The units' figures add up to something else by now."""
    now: Decimal = field(default=Decimal())


def last_entries(report: Report) -> Mapping[str, int]:
    """Return the version of each cell by place."""
    return dict(report.cells.values_list("place", "version"))


def current_edition(report: Report) -> Edition | None:
    """Return the newest edition."""
    return report.editions.prefetch_related("files").order_by("-number").first()


def rounds_progress(rounds: Iterable[Round]) -> dict[int, dict[str, int]]:
    """Return for each round how many reports it has and how many are published, one query."""
    rows = (
        Report.objects.filter(round__in=list(rounds))
        .values("round")
        .annotate(
            total=Count("pk"),
            issued=Count("pk", filter=Q(status=Status.ISSUED)),
            errors=Count("pk", filter=Q(errors__gt=0)),
            due=Max("due"),
        )
    )
    return {row["round"]: row for row in rows}


def value_in(report: Report, place: Place) -> Decimal | None:
    """Return one figure of *report*."""
    return (
        report.cells.filter(place=str(place)).annotate(v=F("value")).values_list("v", flat=True)
    ).first()


def sums_by_tier(report: Report, place: Place) -> list[dict[str, object]]:
    """Return the sum and the number of confirmed units of each tier, one query."""
    return list(
        Cell.objects.filter(
            report__above=report, report__status__in=FINISHED, place=str(place), value__isnull=False
        )
        .values("report__tier")
        .annotate(total=Sum("value"), units=Count("pk"))
        .order_by("-report__tier")
    )


def agency_tree(top: "Organisation") -> str:
    """Return the path below which a round asks."""
    return str(top.path)


def forms_for(year: int) -> list[Form]:
    """Return the form prescribed for *year* first, then the others that local offices still use."""
    prescribed = form_of(year)
    others = [form(key) for key in FORM_KEYS if prescribed is None or key != prescribed.key]
    return ([prescribed] if prescribed else []) + others


FORM_KEYS = ("format-2021", "format-2019", "stat65-2014", "narrative-2008")
