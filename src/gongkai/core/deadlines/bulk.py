"""Deadlines for a million cases at once: the days only, without steps."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gongkai.core.deadlines.errors import NotInBulk
from gongkai.core.deadlines.limits import Counts, limit_of
from gongkai.core.rulebook import NotYetInForce, Rulebook, national
from gongkai.core.workdays import Calendar, calendar
from gongkai.core.workdays.bulk import Days


@dataclass(frozen=True, slots=True, eq=False)
class DueDays:
    """The last days of many cases.

    Attributes:
        days: For each case the day by which it is due.
        provisional: For each case whether a year on the way has no announced calendar.
    """

    days: Days
    provisional: NDArray[np.bool_]


def due_many(
    key: str, starts: ArrayLike, *, book: Rulebook | None = None, days: Calendar | None = None
) -> DueDays:
    """Return for each of *starts* the day by which something is due, by the law of that day.

    Args:
        key: A limit that counts working days, such as ``application.reply``.
        starts: The days from which the limit runs, as ``datetime64[D]`` or what numpy makes that.
        book: The law data; the national one where left out.
        days: The calendar; all announcements of *book* where left out.

    Raises:
        NotInBulk: The limit does not count working days.
        NotYetInForce: The law of the earliest day set no such limit.
        OutsideBulk: A day is not a date or not covered by the calendar.
    """
    book = book or national()
    bulk = (days or calendar(book)).bulk
    limit = limit_of(key, book)
    if limit.counts is not Counts.WORKING_DAYS or limit.values.ends:
        raise NotInBulk(title=limit.title)
    begun = np.asarray(starts, dtype="datetime64[D]")
    since = np.array([provision.since for provision in limit.values], dtype="datetime64[D]")
    counts = np.array([int(provision.value) for provision in limit.values])
    place = np.searchsorted(since, begun, side="right") - 1
    if place.size and place.min() < 0:
        raise NotYetInForce(day=begun.min(), since=limit.values.since)
    due = bulk.after(begun, counts.take(place))
    return DueDays(due, bulk.provisional_between(begun + 1, due))
