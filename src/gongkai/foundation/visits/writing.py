"""Counts go into the database: all that gathered in a few seconds, in one short transaction."""

import logging
from collections import Counter, defaultdict
from datetime import date, timedelta
from multiprocessing import util
from threading import Event, Lock, Thread

from django.conf import settings
from django.db import close_old_connections, connection, transaction

from gongkai.foundation import clock
from gongkai.foundation.visits.counting import Counts, tally
from gongkai.foundation.visits.models import VisitCount
from gongkai.foundation.visits.registry import EVERYTHING, sources

logger = logging.getLogger(__name__)

EVERY = 5
"""Seconds between two writings: what a process that is killed loses at most."""
DAYS_KEPT = timedelta(days=62)
"""So long days are told apart; then only months are."""
ROWS = 200
"""Rows in one statement."""
UPSERT = (
    "INSERT INTO visits_visitcount (kind, key, day, count) VALUES {rows}"
    " ON CONFLICT (kind, key, day) DO UPDATE SET count = visits_visitcount.count + excluded.count"
)

_starting = Lock()
_over: Event | None = None


def write() -> int:
    """Write what was counted and return how many visits that were; what fails is kept for the next time.

    Addresses that are no public page are dropped here: whoever invents some leaves no trace in the table.
    """
    taken = tally.take()
    if not taken:
        return 0
    try:
        with transaction.atomic():
            rows = _credited(taken)
            add(rows)
    except Exception:
        tally.put_back(taken)
        raise
    return rows_of_everything(rows)


def rows_of_everything(rows: Counts) -> int:
    """Return how many visits *rows* stand for."""
    return sum(count for (kind, key, _), count in rows.items() if (kind, key) == EVERYTHING)


def _credited(counts: Counts) -> Counts:
    """Return *counts* of pages that exist, with what each counts for besides."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for kind, key, _ in counts:
        by_kind[kind].add(key)
    known = sources()
    exist = {kind: known[kind].pages(keys) for kind, keys in by_kind.items() if kind in known}
    rows: Counter[tuple[str, int, date]] = Counter()
    for (kind, key, day), count in counts.items():
        if key in exist.get(kind, ()):
            for place in {(kind, key), EVERYTHING, *exist[kind][key]}:
                rows[(*place, day)] += count
    return dict(rows)


def add(rows: Counts) -> None:
    """Add *rows* to what is in the database already, in one order, so that processes never block each other."""
    told = [(*place, count) for place, count in sorted(rows.items())]
    with connection.cursor() as cursor:
        for at in range(0, len(told), ROWS):
            part = told[at : at + ROWS]
            values = [value for row in part for value in row]
            cursor.execute(UPSERT.format(rows=", ".join(["(%s, %s, %s, %s)"] * len(part))), values)


def fold() -> int:
    """Put the days that are long past together by month; return how many rows went away."""
    old = VisitCount.objects.filter(day__lt=clock.today() - DAYS_KEPT).exclude(day__day=1)
    gone = 0
    with transaction.atomic():
        months: Counter[tuple[str, int, date]] = Counter()
        for kind, key, day, count in old.values_list("kind", "key", "day", "count").iterator():
            months[kind, key, day.replace(day=1)] += count
            gone += 1
        old.delete()
        add(dict(months))
    return gone


def begin() -> None:
    """See to it that what this process counts is written: every few seconds, and when it ends."""
    global _over  # noqa: PLW0603  # one thread a process, whoever asks first
    if _over is not None or not settings.GONGKAI_WRITE_VISITS:
        return
    with _starting:
        if _over is not None:
            return
        _over = Event()
        Thread(target=_keep_writing, args=(_over,), name="gongkai-visits", daemon=True).start()
        # runs at the end of a main process and of a server's child process alike; atexit only in the former
        util.Finalize(None, _end, exitpriority=10)


def _keep_writing(over: Event) -> None:
    while not over.wait(EVERY):
        _write_quietly()


def _end() -> None:
    if _over is not None:
        _over.set()
    _write_quietly()


def _write_quietly() -> None:
    try:
        write()
    except Exception:  # a database that is away for a moment
        logger.exception("visits could not be written")
    finally:
        close_old_connections()
