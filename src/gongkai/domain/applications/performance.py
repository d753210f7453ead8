"""How units keep the time: of what they decided in a period, how much on time, and after how many working days.

The days are those that count: working days after the day of receipt, without those that the law does not count
(征求第三方意见等，补正和缴费以前). All cases of all units are worked out at once, in arrays.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from gongkai.core.workdays import calendar
from gongkai.domain.applications.tallies import working_days

Numbers: TypeAlias = NDArray[np.float64]
MIDDLE, MOST = 0.5, 0.9
COLUMNS = 6
"""What ``tallies.working_days`` tells of a case."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What one unit, or all together, decided in a period.

    Attributes:
        unit: Its key; 0 for all together.
        decided: How many cases.
        in_time: How many of them on time.
        extended: How many were extended.
        paused: In how many the clock stood still for some days.
        median: Working days after which half of them were decided.
        most: Working days after which nine of ten were decided.
    """

    unit: int
    decided: int
    in_time: int
    extended: int
    paused: int
    median: float
    most: float

    @property
    def late(self) -> int:
        """Return how many were late."""
        return self.decided - self.in_time

    @property
    def rate(self) -> float:
        """Return the share that was on time, in per cent."""
        return 100 * self.in_time / self.decided if self.decided else 0


@dataclass(frozen=True, slots=True)
class Performance:
    """All units with something decided, those with most late first; and all together."""

    units: Sequence[Measured]
    together: Measured | None


def measure(units: Any, first: date, last: date) -> Performance:
    """Return how *units*, keys or a query for them, kept the time from *first* to *last*; one query."""
    rows = list(working_days(units, first, last))
    if not rows:
        return Performance([], None)
    flat = np.fromiter(chain.from_iterable(rows), dtype=object, count=len(rows) * COLUMNS)
    unit, received, decided, paused, extended, in_time = flat.reshape(-1, COLUMNS).T
    bulk = calendar().bulk
    passed = bulk.between(received.astype("datetime64[D]"), decided.astype("datetime64[D]"))
    paused = paused.astype(np.int64)
    days = np.maximum(passed - paused, 0)
    facts = [in_time.astype(bool), extended.astype(bool), paused > 0]
    keys = unit.astype(np.int64)
    found = _grouped(keys, days, facts)
    found.sort(key=lambda one: (-one.late, -one.most, -one.decided, one.unit))
    (together,) = _grouped(np.zeros_like(keys), days, facts)
    return Performance(found, together)


def _grouped(
    keys: NDArray[np.int64], days: NDArray[Any], facts: Sequence[NDArray[np.bool_]]
) -> list[Measured]:
    order = np.lexsort((days, keys))
    values = days[order].astype(np.float64)
    unit, starts, counts = np.unique(keys[order], return_index=True, return_counts=True)
    sums = [np.add.reduceat(fact[order].astype(np.int64), starts) for fact in facts]
    middle, most = (_quantile(values, starts, counts, share) for share in (MIDDLE, MOST))
    columns = [column.tolist() for column in (unit, counts, *sums, middle, most)]
    return [Measured(*told) for told in zip(*columns, strict=True)]


def _quantile(values: Numbers, starts: NDArray[Any], counts: NDArray[Any], share: float) -> Numbers:
    """Return the quantile of each group of sorted *values*, between two neighbours in proportion."""
    place = starts + (counts - 1) * share
    below = np.floor(place).astype(np.int64)
    above = np.ceil(place).astype(np.int64)
    found: Numbers = values[below] + (values[above] - values[below]) * (place - below)
    return found
