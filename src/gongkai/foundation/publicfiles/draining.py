"""Write the pages that are noted as outdated, by one process or several."""

import logging
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed, wait
from contextlib import ExitStack
from dataclasses import dataclass

import django
from django.conf import settings
from django.db import connection, transaction

from gongkai.core.refusal import Refusal
from gongkai.foundation.publicfiles.actions import GROUP, expand
from gongkai.foundation.publicfiles.models import OutdatedPage
from gongkai.foundation.publicfiles.rendering import render_many
from gongkai.foundation.publicfiles.writing import Staged, take_away

logger = logging.getLogger(__name__)

BATCH = 400
"""Pages that are rendered, brought to the disk and put in place together."""
WORTH_A_PROCESS = 2_000
"""So many pages must wait before a further process is worth starting."""
AHEAD = 2
"""Batches that lie ready for each further process, so that it never waits for this one."""

Row = tuple[str, int]


class NotAllWritten(Refusal):
    """有 {count} 个公开页面没有生成，原因已记入日志。修好后运行 gongkai manage public_pages。"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch."""

    settled: tuple[str, ...]
    failed: tuple[str, ...] = ()


def waiting() -> int:
    """Return how many pages wait to be written."""
    return OutdatedPage.objects.count()


def drain(processes: int = 1) -> Iterator[Outcome]:
    """Write all pages that are noted, yielding what became of each batch.

    A page touched again meanwhile stays noted, and is written by the job that the later touch started. A page
    that cannot be rendered stays noted too; the others do not wait for it.

    Raises:
        NotAllWritten: At the end, when some pages could not be rendered.
    """
    failed = 0
    _expand_groups()
    for outcome in _settle_all(processes):
        failed += len(outcome.failed)
        yield outcome
    if failed:
        raise NotAllWritten(count=failed)


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
    return Outcome(tuple(ready), tuple(failed))


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
    """Yield what waits, in batches, each row once."""
    last = 0
    while True:
        batch = list(
            OutdatedPage.objects.filter(pk__gt=last)
            .exclude(address__contains=GROUP)
            .order_by("pk")
            .values_list("pk", "address", "mark")[:BATCH]
        )
        if not batch:
            return
        last = batch[-1][0]
        yield [(address, mark) for _, address, mark in batch]


def _settle_all(processes: int) -> Iterator[Outcome]:
    """Settle everything, here and in up to *processes* - 1 others.

    These take seconds to begin: they are called when enough waits, and nobody waits for them.
    """
    running: set[Future[Outcome]] = set()
    with ExitStack() as begun:
        others, workers = 0, None
        for rows in _rows():
            if workers is None and processes > 1:
                others = min(processes - 1, waiting() // WORTH_A_PROCESS)
                workers = begun.enter_context(pool(others)) if others else None
            done, running = wait(running, timeout=0) if running else (set(), running)
            yield from (future.result() for future in done)
            if workers is not None and len(running) < AHEAD * others:
                running.add(workers.submit(settle, rows))
            else:
                yield settle(rows)
        yield from (future.result() for future in as_completed(running))


def pool(processes: int) -> ProcessPoolExecutor:
    """Return processes that have the platform loaded, each with its own connection to the database.

    They are forked off a server that loaded it once and has no connection.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["gongkai.foundation.publicfiles.loaded"])
    return ProcessPoolExecutor(processes, mp_context=context, initializer=django.setup)
