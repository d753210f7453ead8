"""Write the pages that are noted as outdated, by one process or several."""

import fcntl
import logging
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import (
    Executor,
    Future,
    ProcessPoolExecutor,
    ThreadPoolExecutor,
    as_completed,
    wait,
)
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import django
from django.conf import settings
from django.db import connection, transaction

from gongkai.core.refusal import Refusal
from gongkai.foundation.publicfiles.actions import GROUP, expand
from gongkai.foundation.publicfiles.models import OutdatedPage
from gongkai.foundation.publicfiles.places import are_kept, root
from gongkai.foundation.publicfiles.registry import is_gathering
from gongkai.foundation.publicfiles.rendering import render_many
from gongkai.foundation.publicfiles.writing import Staged, take_away

logger = logging.getLogger(__name__)

BATCH = 400
"""Pages that are rendered, brought to the disk and put in place together."""
BATCH_OF_LISTS = 100
"""Likewise of pages that show many things: fewer, so that several processes come to an end at one time."""
WORTH_A_PROCESS = 2_000
"""So many pages must wait before a further process is worth starting."""
AHEAD = 2
"""Batches that lie ready for each further process, so that it never waits for this one."""

WRITING = ".writing"
"""Held in the folder by whoever writes pages."""

Row = tuple[str, int]


class NotAllWritten(Refusal):
    """有 {count} 个公开页面没有生成，原因已记入日志。修好后运行 gongkai manage public_pages。"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch.

    Attributes:
        settled: The addresses whose pages are in place.
        failed: Those that could not be rendered.
        left: What stays noted, with the marks that were seen: what failed, and what was touched meanwhile.
    """

    settled: tuple[str, ...]
    failed: tuple[str, ...] = ()
    left: tuple[Row, ...] = ()


def waiting() -> int:
    """Return how many pages wait to be written."""
    return OutdatedPage.objects.count()


def drain(processes: int = 1, *, patient: bool = True) -> Iterator[Outcome]:
    """Write all pages that are noted, yielding what became of each batch.

    One at a time, whoever it is: otherwise two would write the same pages. Who writes goes on with what is noted
    meanwhile, so that whoever is not *patient* may leave it to them, and yields nothing; otherwise they are waited
    for. A page that cannot be rendered stays noted; the others do not wait for it.

    Raises:
        NotAllWritten: At the end, when some pages could not be rendered.
    """
    failed: set[str] = set()
    left: dict[str, int] = {}
    while are_kept():
        with _alone(patient=patient) as mine:
            if not mine:
                break
            _expand_groups()
            for outcome in _settle_all(processes):
                failed = failed.difference(outcome.settled).union(outcome.failed)
                left |= outcome.left
                yield outcome
        # asked when others may write again: they have left to us what came before
        if not _is_more_noted(left):
            break
    if failed:
        raise NotAllWritten(count=len(failed))


@contextmanager
def _alone(*, patient: bool) -> Iterator[bool]:
    """Keep others from writing pages; tell whether nobody else does. A process that dies keeps nobody."""
    root().mkdir(parents=True, exist_ok=True)
    with (root() / WRITING).open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if patient else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True


def _is_more_noted(tried: dict[str, int]) -> bool:
    """Tell whether anything is noted that was not tried with the mark it has."""
    noted = OutdatedPage.objects.values_list("address", "mark").iterator()
    return any(tried.get(address) != mark for address, mark in noted)


def processes_here() -> int:
    """Return how many processes writing may use."""
    return int(settings.GONGKAI_PAGE_PROCESSES) or min(4, os.cpu_count() or 1)


def settle(rows: Sequence[Row]) -> Outcome:
    """Write the pages of *rows* and strike them from the list, unless they were touched meanwhile."""
    marks = dict(rows)
    staged, failed = Staged(), []
    try:
        for address, body in render_many(list(marks)):
            if isinstance(body, Exception):
                logger.error("page %s could not be written", address, exc_info=body)
                failed.append(address)
                take_away([address])
            else:
                staged.add(address, body)
        staged.settle()
        with transaction.atomic():
            # held until the files are in place: a later touch comes after them, and takes them away again
            mine = _still(marks)
            ready = [address for address in staged.fresh if address in mine]
            staged.put(ready)
            OutdatedPage.objects.filter(pk__in=[mine[address] for address in ready]).delete()
    finally:
        staged.drop()
    written = set(ready)
    return Outcome(tuple(ready), tuple(failed), tuple(row for row in rows if row[0] not in written))


def _expand_groups() -> None:
    groups = OutdatedPage.objects.filter(address__contains=GROUP).values_list("address", "mark")
    for name, mark in list(groups):
        expand(name)
        OutdatedPage.objects.filter(address=name, mark=mark).delete()


def _still(marks: dict[str, int]) -> dict[str, int]:
    """Return the keys of the rows that nobody touched since, locked; those being touched now are left out."""
    rows = OutdatedPage.objects.filter(address__in=marks)
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    found = rows.values_list("address", "mark", "pk")
    return {address: key for address, mark, key in found if marks[address] == mark}


def _rows() -> Iterator[list[Row]]:
    """Yield what waits, in batches: first pages of one thing each, then those that show many.

    What is noted meanwhile is found, too, so that a list which changes with every item is not written with every
    item. Lists are taken by address: those of one column lie together, and share what is around them; backwards,
    since those of columns, many and light, are better at the end, when several processes finish.
    """
    noted = OutdatedPage.objects.exclude(address__contains=GROUP)
    last = 0
    unseen = noted
    while True:
        batch: list[Row] = []
        while len(batch) < BATCH:
            rows = noted.filter(pk__gt=last).order_by("pk")[:BATCH]
            found = list(rows.values_list("pk", "address", "mark"))
            if not found:
                break
            last = found[-1][0]
            batch += [(address, mark) for _, address, mark in found if not is_gathering(address)]
        while len(batch) < BATCH_OF_LISTS:
            rows = unseen.order_by("-address")[:BATCH_OF_LISTS]
            listed = list(rows.values_list("address", "mark"))
            if not listed:
                break
            unseen = noted.filter(address__lt=listed[-1][0])
            batch += [row for row in listed if is_gathering(row[0])]
        if not batch:
            return
        yield batch


def _settle_all(processes: int) -> Iterator[Outcome]:
    """Settle everything, here and in up to *processes* - 1 others.

    These take seconds to begin: they are called when enough waits, and nobody waits for them.
    """
    running: set[Future[Outcome]] = set()
    with ExitStack() as begun:
        others, workers, awake = 0, None, None
        for rows in _rows():
            if workers is None and processes > 1:
                others = min(processes - 1, waiting() // WORTH_A_PROCESS)
                if others:
                    workers = begun.enter_context(pool(others))
                    awake = begun.enter_context(ThreadPoolExecutor(1)).submit(_wake, workers)
            done, running = wait(running, timeout=0) if running else (set(), running)
            yield from (future.result() for future in done)
            if workers and awake and awake.done() and len(running) < AHEAD * others:
                running.add(workers.submit(settle, rows))
            else:
                yield settle(rows)
        yield from (future.result() for future in as_completed(running))


def _wake(workers: Executor) -> None:
    """Wait until the first of *workers* has the platform loaded; handing it anything would wait likewise."""
    workers.submit(os.getpid).result()


def pool(processes: int) -> ProcessPoolExecutor:
    """Return processes that have the platform loaded, each with its own connection to the database.

    They are forked off a server that loaded it once and has no connection.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["gongkai.foundation.publicfiles.loaded"])
    return ProcessPoolExecutor(processes, mp_context=context, initializer=django.setup)
