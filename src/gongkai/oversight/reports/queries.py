"""Questions about reports."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q

from gongkai.core.forms import FilledForm, Form, forms_of_year
from gongkai.oversight.reports.models import Cell, Edition, Report, Round, Status
from gongkai.oversight.reports.models.report import FINISHED, STATUS_IN_WORDS, ReportQuerySet


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
        states=tuple((s.value, STATUS_IN_WORDS[s], counts[s.value]) for s in FORWARD),
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


def rounds_progress(rounds: Iterable[Round]) -> dict[int, dict[str, Any]]:
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
    return {row["round"]: dict(row) for row in rows}
