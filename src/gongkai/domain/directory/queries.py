"""Questions about columns and obligations."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, F, Max, Min, Q, QuerySet

from gongkai.core.directories import criteria, days_of
from gongkai.domain.directory.models import Column, Fulfilment, Obligation, State
from gongkai.domain.directory.models.obligation import ObligationQuerySet, condition
from gongkai.foundation import clock

MADE = "apply"
"""The part of the section that the platform itself writes, from the guide: never blank."""


@dataclass(frozen=True, slots=True)
class Holding:
    """What stands in a column now.

    Attributes:
        count: Public items.
        newest: When the newest of them became public.
    """

    count: int = 0
    newest: date | None = None


def holdings(columns: Iterable[int] | None = None, **where: Any) -> dict[int, Holding]:
    """Return what stands in *columns*, one query; columns with nothing are left out.

    Args:
        columns: Their keys; all that *where* keeps when left out.
        where: Conditions on columns, such as ``organisation=3``.
    """
    rows = Column.objects.filter(items__live=True, **where)
    if columns is not None:
        rows = rows.filter(pk__in=list(columns))
    found = rows.order_by().values_list("pk").annotate(
        count=Count("items"), newest=Max("items__published_on")
    )  # fmt: skip
    return {key: Holding(count, newest) for key, count, newest in found}


def mark_of(column: Column, holding: Holding, day: date) -> str:
    """Return ``blank``, ``stale`` or nothing for an open column, by the criteria of inspection."""
    if not column.live or not column.holds_items or column.section == MADE:
        return ""
    if not holding.count:
        return "blank"
    most = days_of(column.freshness)
    old = most and holding.newest and (day - holding.newest).days > most
    return "stale" if old else ""


@dataclass(frozen=True, slots=True)
class Health:
    """How the columns of a unit stand against the criteria of inspection.

    Attributes:
        blank: Open columns with nothing in them.
        late: Columns that were not updated in their time, by rule of update.
        fails: Keys of the criteria that make the whole site fail.
    """

    blank: int
    late: Mapping[str, int]
    fails: tuple[str, ...]


def health(units: Iterable[int] | None = None, day: date | None = None) -> dict[int, Health]:
    """Return how the columns of *units* stand, two queries for any number of them.

    Units without columns are left out.
    """
    day = day or clock.today()
    columns = Column.objects.open().holding_items().exclude(section=MADE)
    if units is not None:
        columns = columns.filter(organisation__in=list(units))
    facts = columns.order_by().values_list("organisation_id", "freshness").annotate(
        columns=Count("pk")
    )  # fmt: skip
    known: dict[int, dict[str, int]] = defaultdict(dict)
    for unit, freshness, count in facts:
        known[unit][freshness] = count
    filled, fresh = _filled(columns, day)
    return {
        unit: _health(unit, counts, filled.get(unit, 0), fresh) for unit, counts in known.items()
    }


def _filled(
    columns: QuerySet[Column], day: date
) -> tuple[Mapping[int, int], Mapping[tuple[int, str], tuple[int, int]]]:
    """Return by unit how many columns hold something, and by unit and rule how many are up to date."""
    rows = (
        columns.filter(items__live=True)
        .order_by()
        .values_list("pk", "organisation_id", "freshness")
        .annotate(newest=Max("items__published_on"))
    )
    filled: dict[int, int] = defaultdict(int)
    fresh: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0, 0])
    for _, unit, freshness, newest in rows:
        filled[unit] += 1
        most = days_of(freshness)
        late = bool(most and (day - newest).days > most)
        fresh[unit, freshness][late] += 1
    return filled, {key: (in_time, late) for key, (in_time, late) in fresh.items()}


def _health(
    unit: int,
    counts: Mapping[str, int],
    filled: int,
    fresh: Mapping[tuple[int, str], tuple[int, int]],
) -> Health:
    blank = sum(counts.values()) - filled
    late = {rule: fresh.get((unit, rule), (0, 0))[1] for rule in counts if rule}
    known = criteria()
    fails = []
    together = sum(late.get(rule, 0) for rule in ("dynamic", "notice"))
    if together >= known["dynamic"].limit:
        fails.append("dynamic")
    if sum(late.values()) >= known["stale"].limit:
        fails.append("stale")
    if blank >= known["blank"].limit:
        fails.append("blank")
    return Health(blank, late, tuple(fails))


class Tally(NamedTuple):
    """How a number of obligations stand.

    Attributes:
        total: All but the waived ones.
        done: Fulfilled, in time or late.
        late: Fulfilled late.
        overdue: Not fulfilled though the day has passed.
        soon: Due soon.
    """

    total: int = 0
    done: int = 0
    late: int = 0
    overdue: int = 0
    soon: int = 0

    @property
    def share(self) -> float | None:
        """The part that is fulfilled, 0 to 1; nothing where nothing is owed."""
        return self.done / self.total if self.total else None

    @property
    def percent(self) -> int | None:
        """The same in hundredths, rounded down so that 100 means all."""
        return self.done * 100 // self.total if self.total else None

    def plus(self, other: "Tally") -> "Tally":
        """Return both together."""
        return Tally(
            self.total + other.total,
            self.done + other.done,
            self.late + other.late,
            self.overdue + other.overdue,
            self.soon + other.soon,
        )


def _counts(day: date) -> dict[str, Count]:
    # the names must not be those of fields, which the conditions speak of; units stand in the index
    return {
        "number_in_all": Count("unit", filter=Q(waived=False)),
        "number_done": Count("unit", filter=Q(waived=False, done__isnull=False)),
        "number_late": Count("unit", filter=condition(State.LATE, day)),
        "number_overdue": Count("unit", filter=condition(State.OVERDUE, day)),
        "number_soon": Count("unit", filter=condition(State.SOON, day)),
    }


def coverage(
    obligations: ObligationQuerySet, *by: str, day: date | None = None
) -> dict[tuple[Any, ...], Tally]:
    """Return how *obligations* stand by the named columns, such as ``"unit", "field"``; one query."""
    counts = _counts(day or clock.today())
    rows = obligations.order_by().values_list(*by).annotate(**counts)
    width = len(by)
    return {tuple(row[:width]): Tally(*row[width:]) for row in rows}


def tally(obligations: ObligationQuerySet, day: date | None = None) -> Tally:
    """Return how *obligations* stand all together."""
    counts = obligations.order_by().aggregate(**_counts(day or clock.today()))
    return Tally(*counts.values())


def due_by_day(
    obligations: ObligationQuerySet, first: date, last: date
) -> dict[date, list[Obligation]]:
    """Return the obligations due from *first* to *last* by day, one query."""
    found: dict[date, list[Obligation]] = defaultdict(list)
    rows = (
        obligations.due_between(first, last)
        .select_related("entry", "unit")
        .order_by("due", "unit__path", "pk")
    )
    for row in rows:
        if row.due:
            found[row.due].append(row)
    return dict(found)


def due_by_unit(
    obligations: ObligationQuerySet, day: date | None = None
) -> Sequence[Mapping[str, Any]]:
    """Return by unit how much is overdue, due today and due within the week, the worst first."""
    day = day or clock.today()
    week = day + timedelta(days=6 - day.weekday())
    rows = (
        obligations.owed()
        .filter(due__lte=week)
        .order_by()
        .values(key=F("unit_id"), name=F("unit__name"), short=F("unit__short"))
        .annotate(
            overdue=Count("pk", filter=Q(due__lt=day)),
            today=Count("pk", filter=Q(due=day)),
            week=Count("pk", filter=Q(due__gt=day)),
            oldest=Min("due"),
        )
        .order_by("-overdue", "-today", "-week", "unit__path")
    )
    return list(rows)


def waiting_proposals(
    fulfilments: QuerySet[Fulfilment],
) -> QuerySet[Fulfilment]:
    """Return the proposals that wait for a person, those of what is due first in front."""
    return (
        fulfilments.filter(
            status=Fulfilment.Status.PROPOSED,
            obligation__done=None,
            obligation__waived=False,
            item__live=True,
        )
        .select_related("obligation__entry", "obligation__unit", "item")
        .order_by(F("obligation__due").asc(nulls_last=True), "obligation", "-score", "pk")
    )
