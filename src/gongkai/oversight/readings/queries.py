"""Questions about the reading room."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from gongkai.core.forms import forms
from gongkai.core.rendering.cleaning import one_line
from gongkai.foundation.permissions import Reader
from gongkai.oversight.readings import policies
from gongkai.oversight.readings.models import Reading

SHOWS = {
    "errors": ("有错误", Q(errors__gt=0)),
    "warnings": ("有疑点", Q(warnings__gt=0)),
    "clean": ("没有发现", Q(state="read", errors=0, warnings=0)),
    "waiting": ("待读取", Q(state="waiting")),
    "unreadable": ("读不了", Q(state="unreadable")),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What a list is narrowed by; what makes no sense is left out."""

    text: str = ""
    year: int | None = None
    form: str = ""
    shows: str = ""

    @classmethod
    def of(cls, query: Any) -> "Filters":
        """Return the filters in a request's *query*."""
        year = query.get("year", "")
        form = query.get("form", "")
        shows = query.get("shows", "")
        return cls(
            text=one_line(query.get("q", ""))[:100],
            year=int(year) if year.isascii() and year.isdigit() and len(year) <= 4 else None,
            form=form if form in {f.key for f in forms()} or form == "none" else "",
            shows=shows if shows in SHOWS else "",
        )

    def __bool__(self) -> bool:
        return bool(self.text or self.year or self.form or self.shows)

    def apply(self, readings: QuerySet[Reading]) -> QuerySet[Reading]:
        """Keep the readings that fit."""
        if self.text:
            readings = readings.filter(
                Q(agency__icontains=self.text)
                | Q(title__icontains=self.text)
                | Q(name__icontains=self.text)
                | Q(source__icontains=self.text)
            )
        if self.year:
            readings = readings.filter(year=self.year)
        if self.form == "none":
            readings = readings.filter(form="", state=Reading.State.READ)
        elif self.form:
            readings = readings.filter(form=self.form)
        if self.shows:
            readings = readings.filter(SHOWS[self.shows][1])
        return readings


def listed(reader: Reader, filters: Filters) -> QuerySet[Reading]:
    """Return the readings of a list, newest first."""
    readings = policies.visible_to(reader).select_related("organisation", "job")
    return filters.apply(readings)


def years(reader: Reader) -> list[int]:
    """Return the years that the room has reports of, newest first."""
    found = policies.visible_to(reader).exclude(year=None).order_by("-year")
    return [year for year in found.values_list("year", flat=True).distinct() if year]


def with_errors(reader: Reader) -> int:
    """Return how many reports still have an error that nobody decided on."""
    return (
        policies.visible_to(reader)
        .filter(findings__level="error", findings__state="open")
        .distinct()
        .count()
    )


def neighbours(reading: Reading, reader: Reader) -> list[Reading]:
    """Return other years of the same agency, for a comparison with one click."""
    if not reading.agency:
        return []
    same = policies.visible_to(reader).filter(agency=reading.agency, state=Reading.State.READ)
    return list(same.exclude(pk=reading.pk).order_by("-year")[:20])
