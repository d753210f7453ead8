"""A million twenty-working-day deadlines at once, against two other ways of counting.

Run ``python benchmarks/deadlines.py``. The loop over ``chinesecalendar`` is measured on a sample
and extrapolated; the other two compute everything. All results are compared.
"""

import argparse
import time
from collections.abc import Callable
from datetime import date, timedelta

import chinese_calendar
import numpy as np
from numpy.typing import NDArray

from gongkai.core.deadlines.bulk import due_many
from gongkai.core.workdays import calendar

FIRST, LAST = np.datetime64("2008-05-01"), np.datetime64("2026-11-30")


def best_of(runs: int, work: Callable[[], NDArray[np.datetime64]]) -> tuple[float, NDArray]:
    best, result = float("inf"), None
    for _ in range(runs):
        start = time.perf_counter()
        result = work()
        best = min(best, time.perf_counter() - start)
    assert result is not None
    return best, result


def by_loop(day: date, count: int) -> date:
    while count:
        day += timedelta(days=1)
        count -= chinese_calendar.is_workday(day)
    return day


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--days", type=int, default=20)
    parser.add_argument("--sample", type=int, default=2_000)
    asked = parser.parse_args()

    span = int((LAST - FIRST).astype(int))
    starts = FIRST + np.random.default_rng(2008).integers(0, span, asked.cases)
    ours = calendar()
    began = time.perf_counter()
    bulk = ours.bulk
    built = time.perf_counter() - began
    every = np.arange("2007-01-01", "2028-01-01", dtype="datetime64[D]")
    closed = every[~bulk.is_workday(every)]
    numpys = np.busdaycalendar(weekmask="1111111", holidays=closed)

    seconds, due = best_of(5, lambda: bulk.after(starts, asked.days))
    by_law, replies = best_of(5, lambda: due_many("application.reply", starts).days)
    under_2019 = starts >= np.datetime64("2019-05-15")
    assert asked.days != 20 or (replies == due)[under_2019].all()
    # busday_offset rolls a day off forward and counts it as nought; so it starts on the next day
    theirs, expected = best_of(
        5,
        lambda: np.busday_offset(starts + 1, asked.days - 1, roll="forward", busdaycal=numpys),
    )
    assert (due == expected).all(), "numpy counts otherwise"

    sample = starts[: asked.sample]
    began = time.perf_counter()
    looped = [by_loop(day, asked.days) for day in sample.tolist()]
    loop = (time.perf_counter() - began) / len(sample) * asked.cases
    assert due[: asked.sample].tolist() == looped, "chinesecalendar counts otherwise"

    print(f"{asked.cases:,} deadlines of {asked.days} working days, 2008 to 2026")
    print(f"  gongkai, in bulk             {seconds:10.4f} s   (tables built in {built:.4f} s)")
    print(
        f"  gongkai, each by its law     {by_law:10.4f} s   (15 days until 14 May 2019, 暂估 marked)"
    )
    print(
        f"  numpy.busday_offset          {theirs:10.4f} s   {theirs / seconds:10.1f} times as long"
    )
    print(
        f"  loop over chinesecalendar    {loop:10.1f} s   {loop / seconds:10,.0f} times as long"
        f"   (extrapolated from {len(sample):,})"
    )
    print("  all results equal")
    assert seconds <= theirs, "slower than numpy"


if __name__ == "__main__":
    main()
