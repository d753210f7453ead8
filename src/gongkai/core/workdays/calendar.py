"""Counting working days."""

from bisect import bisect_left
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import accumulate, compress, islice
from typing import TYPE_CHECKING

from gongkai.core.refusal import Refusal

if TYPE_CHECKING:
    from gongkai.core.workdays.bulk import Bulk

FIRST, LAST = date(1990, 1, 1), date(2099, 12, 31)
MONDAY_TO_SUNDAY = bytes([1, 1, 1, 1, 1, 0, 0])
A_DAY = timedelta(days=1)


class OutsideCalendar(Refusal):
    """{day}超出日历范围（1990年至2099年）；请检查日期是否写错。"""


@dataclass(frozen=True)
class Calendar:
    """Days off and make-up working days; every other day is what its weekday says.

    Attributes:
        days_off: Days on which offices are closed.
        make_up_days: Days at a weekend on which offices are open.
        announced: The years whose arrangement is known. A day of any other year is *provisional*:
            it is judged by its weekday alone, and whoever shows it says 暂估.
    """

    days_off: Collection[date] = field(repr=False)
    make_up_days: Collection[date] = field(repr=False)
    announced: Collection[int] = ()

    def is_workday(self, day: date) -> bool:
        """Tell whether offices are open on *day*."""
        return bool(self._flags[self._index(day)])

    def is_provisional(self, day: date) -> bool:
        """Tell whether the arrangement of the year of *day* is not known."""
        return day.year not in self.announced

    def after(self, day: date, count: int) -> date:
        """Return the *count*-th working day after *day*; *day* itself is not counted.

        Raises:
            ValueError: *count* is less than one.
            OutsideCalendar: The day or the result is before 1990 or after 2099.
        """
        if count < 1:
            raise ValueError(count)
        position = self._passed[self._index(day)] + count - 1
        if position >= len(self._workdays):
            raise OutsideCalendar(day=f"{day}之后第{count}个工作日")
        return self._workdays[position]

    def between(self, first: date, last: date) -> int:
        """Return how many working days there are after *first*, up to and including *last*.

        The result is negative when *last* comes before *first*.
        """
        return self._passed[self._index(last)] - self._passed[self._index(first)]

    def days(
        self, after: date, count: int, *, skipping: Collection[date] = frozenset()
    ) -> tuple[date, ...]:
        """Return the first *count* working days after a day that are not in *skipping*."""
        later = islice(self._workdays, self._passed[self._index(after)], None)
        found = tuple(islice((day for day in later if day not in skipping), count))
        if len(found) < count:
            raise OutsideCalendar(day=f"{after}之后第{count}个工作日")
        return found

    def on_or_after(self, day: date) -> date:
        """Return *day* if offices are open on it, otherwise the next day on which they are."""
        position = bisect_left(self._workdays, day)
        if day < FIRST or position >= len(self._workdays):
            raise OutsideCalendar(day=day)
        return self._workdays[position]

    def provisional_between(self, first: date, last: date) -> bool:
        """Tell whether any day from *first* to *last* is provisional."""
        return any(year not in self.announced for year in range(first.year, last.year + 1))

    @cached_property
    def bulk(self) -> "Bulk":
        """The same calendar for numpy arrays of days."""
        from gongkai.core.workdays.bulk import Bulk  # noqa: PLC0415  # numpy only where wanted

        return Bulk.of(FIRST, self._flags, self.announced)

    @staticmethod
    def _index(day: date) -> int:
        if not FIRST <= day <= LAST:
            raise OutsideCalendar(day=day)
        return day.toordinal() - FIRST.toordinal()

    @cached_property
    def _flags(self) -> bytearray:
        length = LAST.toordinal() - FIRST.toordinal() + 1
        flags = bytearray(MONDAY_TO_SUNDAY * (length // 7 + 2))
        flags = flags[FIRST.weekday() :][:length]
        _mark(flags, self.days_off, 0)
        _mark(flags, self.make_up_days, 1)
        return flags

    @cached_property
    def _passed(self) -> list[int]:
        return list(accumulate(self._flags))

    @cached_property
    def _workdays(self) -> list[date]:
        start = FIRST.toordinal()
        return [date.fromordinal(start + i) for i in compress(range(len(self._flags)), self._flags)]


def _mark(flags: bytearray, days: Iterable[date], flag: int) -> None:
    for day in days:
        if FIRST <= day <= LAST:
            flags[day.toordinal() - FIRST.toordinal()] = flag
