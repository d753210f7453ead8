"""Counting working days for a million cases at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gongkai.core.refusal import Refusal

Days: TypeAlias = NDArray[np.datetime64]


class OutsideBulk(Refusal):
    """有日期超出日历范围（1990年至2099年），或者不是日期；请先剔除。"""


@dataclass(frozen=True, slots=True, eq=False)
class Bulk:
    """A calendar as arrays: one look-up forth, one back.

    Attributes:
        first: The first day covered.
        passed: For each day covered, how many working days there were up to and including it.
        workdays: All working days.
        known: For each day covered, whether the arrangement of its year is known.
    """

    first: np.datetime64
    passed: NDArray[np.int32]
    workdays: Days
    known: NDArray[np.bool_]

    @classmethod
    def of(cls, first: date, flags: bytes | bytearray, announced: Collection[int]) -> "Bulk":
        """Build the arrays from one flag a day, beginning with *first*."""
        start = np.datetime64(first, "D")
        working = np.frombuffer(bytes(flags), dtype=np.uint8)
        days = start + np.arange(len(working))
        years = days.astype("datetime64[Y]").astype(np.int64) + 1970
        return cls(
            first=start,
            passed=np.cumsum(working, dtype=np.int32),
            workdays=days[working.astype(bool)],
            known=np.isin(years, list(announced)),
        )

    def after(self, days: ArrayLike, count: ArrayLike) -> Days:
        """Return the *count*-th working day after each of *days*.

        Args:
            days: Days as ``datetime64[D]``, or what numpy makes into that.
            count: One number for all, or one a day; at least 1.

        Raises:
            OutsideBulk: A day is not a date, or it or its result is not covered.
            ValueError: A count is less than one.
        """
        counts = np.asarray(count)
        if counts.size and counts.min() < 1:
            raise ValueError(count)
        position = self._passed(days) + (counts - 1)
        if position.size and position.max() >= len(self.workdays):
            raise OutsideBulk
        found: Days = self.workdays.take(position)
        return found

    def between(self, first: ArrayLike, last: ArrayLike) -> NDArray[np.int32]:
        """Return how many working days lie after *first*, up to and including *last*."""
        return self._passed(last) - self._passed(first)

    def is_workday(self, days: ArrayLike) -> NDArray[np.bool_]:
        """Tell for each of *days* whether offices are open."""
        index = self._index(days)
        before = np.where(index > 0, self.passed.take(np.maximum(index - 1, 0)), 0)
        return self.passed.take(index) > before

    def provisional_between(self, first: ArrayLike, last: ArrayLike) -> NDArray[np.bool_]:
        """Tell for each pair whether a year from *first* to *last* is not announced."""
        unknown = np.concatenate([[0], np.cumsum(~self.known, dtype=np.int32)])
        return unknown.take(self._index(last) + 1) > unknown.take(self._index(first))

    def _index(self, days: ArrayLike) -> NDArray[np.int64]:
        index: NDArray[np.int64] = (np.asarray(days, dtype="datetime64[D]") - self.first).astype(
            np.int64
        )
        # NaT becomes the smallest integer, so it is caught here too
        if index.size and (index.min() < 0 or index.max() >= len(self.passed)):
            raise OutsideBulk
        return index

    def _passed(self, days: ArrayLike) -> NDArray[np.int32]:
        return self.passed.take(self._index(days))
