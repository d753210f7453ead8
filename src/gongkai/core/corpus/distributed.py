"""Ray: the same pure function on the workers of a cluster, or of this machine."""

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import monotonic
from typing import Any

os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
if not os.environ.get("RAY_ADDRESS"):
    # ray listens on every interface unless it is told that clusters are not for this platform
    os.environ["RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"] = "0"

import ray
from ray.exceptions import RayError

from gongkai.core.corpus.work import Outcome, Status, Task, work

TICK = 0.5


def run_on_ray(tasks: Iterable[Task], jobs: int, seconds: float) -> Iterator[Outcome]:
    """Yield the outcomes of *tasks*, in the order in which they are done.

    ``RAY_ADDRESS`` names a cluster that is running; without it one is started on this machine, without
    dashboard, listening on the loopback address only, and stopped afterwards.
    """
    started = not ray.is_initialized()
    if started:
        _start(jobs)
    crew = _Crew(jobs, seconds)
    coming = iter(tasks)
    task = next(coming, None)
    try:
        while task is not None or crew.busy:
            while task is not None and crew.give(task):
                task = next(coming, None)
            yield from crew.finished()
    finally:
        crew.dismiss()
        if started:
            ray.shutdown()


def _start(jobs: int) -> None:
    if os.environ.get("RAY_ADDRESS"):
        ray.init(log_to_driver=False)
        return
    path = os.pathsep.join(filter(None, sys.path))
    ray.init(
        num_cpus=jobs,
        include_dashboard=False,
        log_to_driver=False,
        runtime_env={"env_vars": {"PYTHONPATH": path}},
    )


class _Reader:
    """What lives in a worker."""

    def ready(self) -> bool:
        """Answer once the worker has started; only from then on is time counted."""
        return True

    def work(self, task: Task) -> Outcome:
        """Read and check one document."""
        return work(task)


@dataclass(slots=True)
class _Worker:
    """A worker as it is seen from here.

    Attributes:
        answer: What it was asked for last, ``None`` when it has answered.
        task: What it works on; ``None`` while it starts.
        since: When it was given its task.
    """

    actor: Any
    answer: Any
    task: Task | None = None
    since: float = 0.0


class _Crew:
    """Workers, each with one document at a time; who crashes or hangs is replaced."""

    def __init__(self, size: int, seconds: float) -> None:
        self.seconds = seconds
        self.kind: Any = ray.remote(num_cpus=1, max_restarts=0)(_Reader)
        self.workers = [self._hired() for _ in range(size)]

    def _hired(self) -> _Worker:
        actor = self.kind.remote()
        return _Worker(actor, actor.ready.remote())

    @property
    def busy(self) -> bool:
        """Whether any document is under way."""
        return any(worker.task is not None for worker in self.workers)

    def give(self, task: Task) -> bool:
        """Give *task* to a worker that is free; tell whether there was one."""
        for worker in self.workers:
            if worker.answer is None:
                worker.answer, worker.task = worker.actor.work.remote(task), task
                worker.since = monotonic()
                return True
        return False

    def finished(self) -> Iterator[Outcome]:
        """Wait a moment, then yield the outcomes that have come, were lost, or took too long."""
        asked = [worker.answer for worker in self.workers if worker.answer is not None]
        done = set(ray.wait(asked, timeout=TICK)[0])
        for place, worker in enumerate(self.workers):
            if worker.answer in done:
                yield from self._answered(place, worker)
            elif worker.task is not None and monotonic() - worker.since > self.seconds:
                ray.kill(worker.actor)
                self.workers[place] = self._hired()
                yield _lost(worker.task, Status.HUNG, f"读取超过 {self.seconds:g} 秒，已停止")

    def _answered(self, place: int, worker: _Worker) -> Iterator[Outcome]:
        try:
            outcome = ray.get(worker.answer)
        except RayError as error:
            if worker.task is None:
                raise  # it could not even start
            self.workers[place] = self._hired()
            problem = f"读取进程意外退出（{type(error).__name__}）"
            yield _lost(worker.task, Status.CRASHED, problem)
            return
        if worker.task is not None:
            yield outcome
        worker.answer = worker.task = None

    def dismiss(self) -> None:
        """Stop every worker."""
        for worker in self.workers:
            ray.kill(worker.actor)


def _lost(task: Task, status: Status, problem: str) -> Outcome:
    return Outcome.without_reading(task.key, task.name, status, problem)
