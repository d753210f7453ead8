"""How many of what, of which unit, in which channel: from published totals down to single items, always the same."""

from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate
from math import gcd

from scripts.replay.published import Group, Published

EARLIEST = date(2008, 5, 1)
"""The Regulations of 2007 took effect; nothing is dated before."""
STRIDE = 0.6180339887
"""A golden step through a row of items visits each once and mixes them well."""


@dataclass(frozen=True, slots=True)
class Thing:
    """An item to be.

    Attributes:
        serial: Which invented notice it carries.
        normative: It is a normative document.
        open: It is made public; otherwise it is kept after its review.
        outlet: The indicator of the one channel in which it was made public; empty for the website.
        category: Key of its class; empty where the report has none.
    """

    serial: int
    day: date
    normative: bool = False
    open: bool = True
    outlet: str = ""
    category: str = ""


@dataclass(frozen=True)
class Plan:
    """A year to be built: the published figures, and over how many units they spread."""

    key: str
    published: Published
    units: tuple[int, ...]

    @cached_property
    def rows(self) -> list[tuple[int, int, int]]:
        """Level, serial of the first item of the year, and number of items, by unit in order."""
        found, first = [], 0
        for level, (group, count) in enumerate(zip(self.published.groups, self.units, strict=True)):
            for share in shared(group.total, [1 / (n + 3) for n in range(count)]):
                found.append((level, first, share))
                first += share
        return found

    def things(self, unit: int) -> Iterator[Thing]:
        """Yield what the unit numbered *unit* is to have, earlier years first, what is kept last."""
        level, first, count = self.rows[unit]
        told = self.published
        earlier = shared(told.before, [1 / (n + 3) for n in range(len(self.rows))])
        start = told.total + sum(earlier[:unit])
        past = (date(told.year - 1, 12, 31) - EARLIEST).days + 1
        for at in range(start, start + earlier[unit]):
            yield Thing(at, EARLIEST + timedelta(days=_spot(at, max(past, told.before)) % past))
        outlets = _Deal(told.channels)
        categories = _Deal(told.categories)
        before = sum(group.total for group in told.groups[:level])
        group = told.groups[level]
        for at in range(first, first + count):
            yield Thing(
                at,
                _day(told.year, at),
                normative=_spot(at - before, group.total) < group.opened,
                outlet=outlets.of(at),
                category=categories.of(at),
            )
        yield from self._kept(unit, level, group)

    def _kept(self, unit: int, level: int, group: Group) -> Iterator[Thing]:
        """Yield the normative documents of *unit* that were made and not made public."""
        mine = [at for at, row in enumerate(self.rows) if row[0] == level]
        kept = shared(group.issued - group.opened, [1.0] * len(mine))[mine.index(unit)]
        start = self.published.total + self.published.before + unit * 1000
        for at in range(start, start + kept):
            yield Thing(at, _day(self.published.year, at), normative=True, open=False)

    def scaled(self, divisor: int) -> "Plan":
        """Return the same plan a *divisor*-th as large; what added up still does."""
        told = self.published
        groups = [
            Group(
                round(g.total / divisor),
                issued := round(g.issued / divisor),
                min(issued, round(g.opened / divisor)),
            )
            for g in told.groups
        ]
        total = sum(group.total for group in groups)
        return replace(
            self,
            published=replace(
                told,
                own=groups[0],
                lower=groups[1] if len(groups) > 1 else None,
                channels=_share_out(total, told.channels),
                categories=_share_out(total, told.categories),
                before=round(told.before / divisor),
            ),
            units=tuple(max(2, round(count / divisor**0.5)) for count in self.units),
        )


def shared(total: int, weights: Sequence[float]) -> list[int]:
    """Share *total* out by *weights*, whole numbers that add up to it."""
    whole = sum(weights)
    exact = [total * weight / whole for weight in weights]
    shares = [int(part) for part in exact]
    last = sorted(range(len(weights)), key=lambda at: (shares[at] - exact[at], at))
    for at in last[: total - sum(shares)]:
        shares[at] += 1
    return shares


def _share_out(total: int, parts: Mapping[str, int]) -> dict[str, int]:
    return dict(zip(parts, shared(total, list(parts.values())), strict=True)) if parts else {}


class _Deal:
    """Deals items out to parts so that each gets exactly its number, well mixed."""

    def __init__(self, parts: Mapping[str, int]) -> None:
        self._names = list(parts)
        self._ends = list(accumulate(parts.values()))

    def of(self, at: int) -> str:
        if not self._names:
            return ""
        return self._names[bisect(self._ends, _spot(at, self._ends[-1]))]


def _spot(at: int, count: int) -> int:
    """Return the place of item *at* in a row of *count* that is well mixed and has each place once."""
    if count < 2:
        return 0
    step = max(1, int(count * STRIDE))
    while gcd(step, count) != 1:
        step += 1
    return at * step % count


def _day(year: int, at: int) -> date:
    first = date(year, 1, 1)
    return first + timedelta(days=_spot(at, (date(year + 1, 1, 1) - first).days))
