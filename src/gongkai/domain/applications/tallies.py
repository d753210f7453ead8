"""Counting applications: the few questions that every figure of this area is made of.

Each application counts once where it came in and once where it was decided: on the day of receipt and on the
day of the decision in its first round. What was open at the beginning or at the end of a period is what came in
by then and was not decided by then. So "new and carried in" and "decided and carried out" are the same
applications, whatever happened to them: they balance by construction.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet

from gongkai.domain.applications.models import Application

NEW: Final = "new"
CARRIED_IN: Final = "carried_in"
DECIDED: Final = "decided"
CARRIED_OUT: Final = "carried_out"


def conditions(first: date, last: date) -> Mapping[str, Q]:
    """Return what each of the four counts asks of an application, from *first* to *last*."""
    received = Q(received__isnull=False)
    undecided_at_end = Q(decided=None) | Q(decided__gt=last)
    undecided_before = Q(decided=None) | Q(decided__gte=first)
    return {
        NEW: Q(received__range=(first, last)),
        CARRIED_IN: received & Q(received__lt=first) & undecided_before,
        DECIDED: received & Q(decided__range=(first, last)),
        CARRIED_OUT: received & Q(received__lte=last) & undecided_at_end,
    }


def of_units(units: Sequence[int]) -> QuerySet[Application]:
    """Return the applications to *units*; all there are where there is no need to choose."""
    return Application.objects.filter(organisation__in=units).order_by()


@dataclass(frozen=True, slots=True)
class Group:
    """Applications of one unit that are alike in everything that is counted."""

    unit: int
    kind: str
    channel: str
    outcome: str
    extended: bool


def tally(units: Sequence[int], first: date, last: date) -> Mapping[str, Counter[Group]]:
    """Return how many of each group came in, were carried over, and were decided; one look at the rows."""
    asked = conditions(first, last)
    counts = {f"n_{name}": Count("pk", filter=condition) for name, condition in asked.items()}
    # whatever counts came in by the end and was not decided before the beginning
    rows = of_units(units).filter(asked[NEW] | asked[CARRIED_IN])
    told: dict[str, Counter[Group]] = {name: Counter() for name in asked}
    fields = ("organisation", "kind", "channel", "outcome", "extended")
    for unit, kind, channel, outcome, extended, *found in rows.values_list(*fields).annotate(
        **counts
    ):
        for name, n in zip(asked, found, strict=True):
            if n:
                apart = (outcome, extended) if name == DECIDED else ("", False)
                told[name][Group(unit, kind, channel, *apart)] += n
    return told


def keeping(units: Sequence[int], last: date) -> list[int]:
    """Return those of *units* that have had an application by *last*: only they have figures."""
    rows = of_units(units).filter(received__lte=last)
    return sorted(rows.values_list("organisation", flat=True).distinct())


def working_days(units: Sequence[int], first: date, last: date) -> QuerySet[Application, Any]:
    """Return what the time taken is worked out from, for what was decided from *first* to *last*."""
    found = of_units(units).filter(conditions(first, last)[DECIDED])
    return found.values_list(
        "organisation", F("received"), F("decided"), "paused", "extended", "in_time"
    )
