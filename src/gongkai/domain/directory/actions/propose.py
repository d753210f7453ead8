"""Items that may fulfil obligations, found by the machine for a person to confirm."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from gongkai.core.directories.matching import Candidate, Duty, Pool
from gongkai.domain.directory.models import Fulfilment, Obligation
from gongkai.domain.directory.periods import bounds
from gongkai.foundation import clock

BEFORE = timedelta(days=31)
"""How long before its period an item may have become public and still be meant."""
RECENT = timedelta(days=3)
LAST = (3, 31)
"""Month and day of the next year until which items are looked for."""
AT_ONCE = 200
"""Units at a time."""


def propose(units: Iterable[int], *, year: int, items: Iterable[int] | None = None) -> int:
    """Propose items for what *units* owe in *year*; return how many proposals are new.

    What was decided before is not asked again.

    Args:
        units: Keys of the organisations.
        year: The year of the obligations.
        items: Only these items; all public ones of the units where left out.
    """
    keys = sorted(set(units))
    made = 0
    for start in range(0, len(keys), AT_ONCE):
        made += _propose(keys[start : start + AT_ONCE], year, items)
    return made


def propose_recent() -> int:
    """Propose what became public in the last days; done by the clock every hour."""
    today = clock.today()
    years = years_open(today)
    rows = public_items().filter(published_on__gte=today - RECENT)
    units: dict[int, list[int]] = defaultdict(list)
    for key, unit in rows.values_list("pk", "organisation_id").iterator(chunk_size=2000):
        units[unit].append(key)
    owing = set(
        Obligation.objects.owed()
        .filter(unit__in=list(units), year__in=years)
        .order_by()
        .values_list("unit", flat=True)
        .distinct()
    )
    items = [key for unit in owing for key in units[unit]]
    return sum(propose(owing, year=year, items=items) for year in years)


def years_open(day: date) -> list[int]:
    """Return the years for whose obligations items are looked for on *day*.

    What is owed for the end of a year becomes public at the beginning of the next.
    """
    return [year for year in (day.year - 1, day.year) if day <= _last_of(year)]


def _last_of(year: int) -> date:
    return date(year + 1, *LAST)


def _propose(units: Sequence[int], year: int, items: Iterable[int] | None) -> int:
    candidates = _candidates(units, year, items)
    if not candidates:
        return 0
    asked = Fulfilment.objects.filter(obligation=OuterRef("pk"))
    owed = (
        Obligation.objects.owed()
        .filter(unit__in=list(candidates), year=year)
        .exclude(Exists(asked.filter(status=Fulfilment.Status.PROPOSED)))
        .select_related("entry")
    )
    known = set(
        Fulfilment.objects.filter(obligation__unit__in=list(candidates), obligation__year=year)
        .values_list("obligation", "item")
    )  # fmt: skip
    pools = {unit: Pool([facts for _, facts in rows]) for unit, rows in candidates.items()}
    fresh = []
    for obligation in owed.iterator(chunk_size=2000):
        there = candidates[obligation.unit_id]
        for place, found in pools[obligation.unit_id].best(duty_of(obligation)):
            item = there[place][0]
            if (obligation.pk, item) not in known:
                fresh.append(
                    Fulfilment(
                        obligation=obligation,
                        item_id=item,
                        score=found.score,
                        reasons="；".join(found.reasons),
                    )
                )
    with transaction.atomic():
        Fulfilment.objects.bulk_create(fresh, batch_size=1000, ignore_conflicts=True)
    return len(fresh)


def _candidates(
    units: Sequence[int], year: int, items: Iterable[int] | None
) -> dict[int, list[tuple[int, Candidate]]]:
    rows = public_items().filter(
        organisation__in=units,
        published_on__gte=date(year, 1, 1) - BEFORE,
        published_on__lte=_last_of(year),
    )
    if items is not None:
        rows = rows.filter(pk__in=list(items))
    found: dict[int, list[tuple[int, Candidate]]] = defaultdict(list)
    facts = rows.order_by("-published_on", "-pk").values_list(
        "pk", "organisation_id", "column_id", "title", "published_on"
    )
    for key, unit, column, title, day in facts.iterator(chunk_size=2000):
        found[unit].append((key, Candidate(unit, column, title, day)))
    return found


def duty_of(obligation: Obligation) -> Duty:
    """Return what matters of *obligation* for finding items."""
    entry = obligation.entry
    first, last = bounds(obligation.period)
    if obligation.formed:
        first, last = obligation.formed, date(obligation.year, 12, 31) + timedelta(days=90)
    else:
        first -= BEFORE
        last = max(last, obligation.due or last) + timedelta(days=90 if obligation.due else 0)
    words = tuple(
        text for text in (entry.first, entry.second, entry.third, obligation.occasion) if text
    )
    return Duty(obligation.unit_id, obligation.column_id, words, first, last)


def public_items() -> Any:
    """Return the items that everybody may see, through the one key that leads up to them."""
    model: Any = Fulfilment._meta.get_field("item").related_model
    return model.objects.public()
