"""Asking for numbers of visits."""

from collections.abc import Collection, Mapping
from datetime import date

from django.db.models import Exists, Sum
from django.db.models.functions import ExtractMonth

from gongkai.foundation.visits.models import VisitCount
from gongkai.foundation.visits.registry import Place


def totals(kind: str, keys: Collection[int]) -> dict[int, int]:
    """Return how often each of *keys* was ever visited; what never was is left out."""
    rows = VisitCount.objects.filter(kind=kind, key__in=keys).order_by().values_list("key")
    return dict(rows.annotate(n=Sum("count")))


def between(kind: str, keys: Collection[int], first: date, last: date) -> dict[int, int]:
    """Return how often each of *keys* was visited from *first* to *last*, which are whole months."""
    rows = VisitCount.objects.filter(kind=kind, key__in=keys, day__range=(first, last))
    return dict(rows.order_by().values_list("key").annotate(n=Sum("count")))


def by_month(kind: str, keys: Collection[int], year: int) -> Mapping[int, int]:
    """Return the visits of all of *keys* together in each month of *year* that had any."""
    rows = VisitCount.objects.filter(kind=kind, key__in=keys, day__year=year).order_by()
    return dict(
        rows.annotate(month=ExtractMonth("day")).values_list("month").annotate(n=Sum("count"))
    )


def most(
    kind: str,
    first: date,
    last: date,
    *,
    among: Exists | None = None,
    limit: int = 50,
) -> list[tuple[int, int]]:
    """Return keys and visits of what was visited most from *first* to *last*, the most visited first.

    Args:
        kind: What is looked at.
        first: First day of a month.
        last: Last day of a month.
        among: Whether one is looked at, asked of ``OuterRef("key")``: only what was visited is asked about.
        limit: How many.
    """
    rows = VisitCount.objects.filter(kind=kind, day__range=(first, last))
    if among is not None:
        rows = rows.filter(among)
    told = rows.order_by().values_list("key").annotate(n=Sum("count")).order_by("-n", "key")
    return list(told[:limit])


def total(place: Place) -> int:
    """Return how often one page was ever visited."""
    kind, key = place
    return totals(kind, [key]).get(key, 0)


def since() -> date | None:
    """Return the day or month of the first visit that was counted, ``None`` before there is one."""
    first = VisitCount.objects.filter(kind="all").order_by("day").values_list("day", flat=True)[:1]
    return next(iter(first), None)
