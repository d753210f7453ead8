"""The cores of this machine: a pool of processes that outlives documents which crash or hang."""

import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, wait
from contextlib import suppress
from multiprocessing import get_context
from typing import Any

from pebble import ProcessExpired, ProcessPool

from gongkai.core.corpus.work import Outcome, Status, Task, work
from gongkai.core.extraction.sources.limits import MEMORY_BYTES

TASKS_A_PROCESS = 2_000
"""After so many documents a process is replaced, so that what a parser leaks does not add up."""
AHEAD = 2
"""Tasks given out for each process: one under way, one waiting."""


def run_locally(tasks: Iterable[Task], jobs: int, seconds: float) -> Iterator[Outcome]:
    """Yield the outcomes of *tasks*, in the order in which they are done."""
    pool = ProcessPool(
        max_workers=jobs,
        max_tasks=TASKS_A_PROCESS,
        initializer=_prepare,
        context=get_context("spawn"),
    )
    under_way: dict[Any, Task] = {}
    coming = iter(tasks)
    try:
        while True:
            while len(under_way) < jobs * AHEAD and (task := next(coming, None)) is not None:
                under_way[pool.schedule(work, args=(task,), timeout=seconds)] = task
            if not under_way:
                return
            for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                yield _outcome(future, under_way.pop(future), seconds)
    finally:
        pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves this one bare
        pool.join()


def _prepare() -> None:
    """Leave interrupts to the parent, and let no document take all memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(ImportError, ValueError, OSError):  # not on every system; stricter already
        import resource  # noqa: PLC0415  # not on every system

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def _outcome(future: Any, task: Task, seconds: float) -> Outcome:
    try:
        outcome: Outcome = future.result()
    except TimeoutError:
        problem = f"读取超过 {seconds:g} 秒，已停止"
        return Outcome.without_reading(task.key, task.name, Status.HUNG, problem, seconds)
    except ProcessExpired as error:
        problem = f"读取进程意外退出（代码 {error.exitcode}）"
        return Outcome.without_reading(task.key, task.name, Status.CRASHED, problem)
    except Exception as error:  # noqa: BLE001  # such as MemoryError while the result was sent
        problem = f"{type(error).__name__}: {error}"
        return Outcome.without_reading(task.key, task.name, Status.FAILED, problem)
    return outcome
