"""Yearly tallies of units: kept, found outdated, made anew.

Whoever changes what is shown of a unit gives it another mark in the same transaction. A tally remembers the mark
that it was counted under, read before counting: it can be behind, and then it is known to be, but never wrong.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any

from gongkai.domain.directory.models import Column
from gongkai.domain.information import tallies
from gongkai.domain.information.events import shown
from gongkai.oversight.statistics.models.tally import TallyMark, YearTally, fresh_mark

BATCH = 500
OWN = "#"
"""Begins the key of a column of a unit's own, which no preset names."""
PARTS = ("column", "topic", "genre")


def listen() -> None:
    """Hear of every change of what the public sees."""
    shown.connect(_shown, dispatch_uid="statistics-shown")


def _shown(organisations: set[int], **_: Any) -> None:
    """Mark the tallies of *organisations* as outdated, inside the transaction of the change."""
    marks = [TallyMark(organisation_id=key, mark=fresh_mark()) for key in sorted(organisations)]
    TallyMark.objects.bulk_create(
        marks, update_conflicts=True, unique_fields=["organisation"], update_fields=["mark"]
    )


@dataclass(slots=True)
class Sum:
    """Several tallies together.

    Attributes:
        months: Counts by month.
        parts: For ``column``, ``topic`` and ``genre`` the counts by key, of the months asked for.
    """

    months: Counter[int] = field(default_factory=Counter)
    parts: dict[str, Counter[str]] = field(default_factory=lambda: {p: Counter() for p in PARTS})

    def add(self, counts: dict[str, Any], last: int) -> None:
        """Add the tally *counts*; its parts up to the month *last*."""
        for text, told in counts.items():
            month = int(text)
            self.months[month] += told["n"]
            if month <= last:
                for part in PARTS:
                    held = self.parts[part]
                    for key, count in told[part].items():
                        held[key] += count

    def merge(self, other: "Sum") -> None:
        """Add *other*."""
        self.months.update(other.months)
        for part in PARTS:
            self.parts[part].update(other.parts[part])


GROUP = 50
"""Units whose sums are kept together."""
MOST_KEPT = 1000
"""Sums that a process keeps; the oldest are dropped."""
Name = tuple[int, int, tuple[tuple[int, int], ...]]
"""Of a sum: year, last month, and the units with their marks."""
_kept: dict[Name, Sum] = {}
_keeping = Lock()


def year_sum(keys: Sequence[int], year: int, *, last: int = 12) -> Sum:
    """Return what the units in *keys* made public in *year*; the parts of it up to the month *last*.

    The sums of some units at a time are kept in memory under their marks: of three thousand units only those are read
    among which something changed. What never had a mark is not kept.
    """
    marks = _marks(keys)
    marked = sorted(key for key in keys if marks.get(key))
    groups = [marked[at : at + GROUP] for at in range(0, len(marked), GROUP)]
    names = [(year, last, tuple((key, marks[key]) for key in group)) for group in groups]
    sums = {name: _kept.get(name) for name in names}
    fresh = {name: Sum() for name, known in sums.items() if known is None}
    sum_of = {key: held for name, held in fresh.items() for key, _ in name[2]}
    total = Sum()
    wanted = [key for key in keys if key in sum_of or not marks.get(key)]
    for unit, counts in _current(wanted, year):
        sum_of.get(unit, total).add(counts, last)
    _keep(fresh)
    for known in (*sums.values(), *fresh.values()):
        if known is not None:
            total.merge(known)
    return total


def _keep(fresh: Mapping[Name, Sum]) -> None:
    with _keeping:
        _kept.update(fresh)
        for name in list(_kept)[: max(0, len(_kept) - MOST_KEPT)]:
            del _kept[name]


def _marks(keys: Sequence[int]) -> dict[int, int]:
    return dict(TallyMark.objects.filter(pk__in=keys).values_list("pk", "mark"))


def months_by_unit(keys: Sequence[int], year: int) -> dict[int, dict[int, int]]:
    """Return how much each of *keys* made public in each month of *year*."""
    return {
        unit: {int(month): told["n"] for month, told in counts.items()}
        for unit, counts in _current(keys, year)
    }


def _current(keys: Sequence[int], year: int) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the tallies of *keys* by unit, those that are outdated or missing made anew."""
    marks = _marks(keys)
    kept = YearTally.objects.filter(organisation__in=keys, year=year)
    outdated = set(keys)
    for unit, mark, counts in kept.values_list("organisation", "mark", "counts"):
        if mark == marks.get(unit, 0):
            outdated.discard(unit)
            yield unit, counts
    if outdated:
        fresh = counted(sorted(outdated), year)
        rows = [
            YearTally(organisation_id=unit, year=year, mark=marks.get(unit, 0), counts=counts)
            for unit, counts in fresh.items()
        ]
        YearTally.objects.bulk_create(
            rows,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["organisation", "year"],
            update_fields=["mark", "counts"],
        )
        yield from fresh.items()


def counted(keys: Sequence[int], year: int) -> dict[int, dict[str, Any]]:
    """Return the tallies of *keys* as the items have it now."""
    found = tallies.made_public(keys, date(year, 1, 1), date(year, 12, 31))
    rows = found.values_list("organisation", "published_on", "column", "topic", "genre")
    cells: dict[int, Counter[tuple[int, Any, str, str]]] = {key: Counter() for key in keys}
    for unit, day, column, topic, genre in rows.iterator(chunk_size=5000):
        month = day.month  # type: ignore[union-attr]  # what was made public has a day
        cells[unit][month, column, topic.partition("-")[0], genre] += 1
    columns = {column for cell in cells.values() for _, column, _, _ in cell}
    names = _presets(column for column in columns if column)
    return {unit: _tally(cell, names) for unit, cell in cells.items()}


def _presets(columns: Iterable[int]) -> dict[int | None, str]:
    names: dict[int | None, str] = {None: ""}
    keys = sorted(columns)
    for first in range(0, len(keys), 10_000):
        some = Column.objects.filter(pk__in=keys[first : first + 10_000]).order_by()
        names |= {pk: key or f"{OWN}{pk}" for pk, key in some.values_list("pk", "key")}
    return names


def _tally(
    cell: Counter[tuple[int, Any, str, str]], names: dict[int | None, str]
) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for (month, column, topic, genre), count in cell.items():
        here = told.setdefault(str(month), {"n": 0, **{part: {} for part in PARTS}})
        here["n"] += count
        for part, key in zip(PARTS, (names[column], topic, genre), strict=True):
            here[part][key] = here[part].get(key, 0) + count
    return told


def wrong(keys: Sequence[int], year: int) -> list[int]:
    """Return the units whose tally passes for current and is not what the items say."""
    marks = _marks(keys)
    kept = YearTally.objects.filter(organisation__in=keys, year=year)
    held = {t.organisation_id: t.counts for t in kept if t.mark == marks.get(t.organisation_id, 0)}
    now = counted(sorted(held), year)
    return [unit for unit, counts in held.items() if counts != now[unit]]
