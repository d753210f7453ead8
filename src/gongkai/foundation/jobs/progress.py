"""What work tells about itself."""

import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from gongkai.core.refusal import Refusal
from gongkai.foundation import clock
from gongkai.foundation.jobs.models import Job

Item = TypeVar("Item")
BREATH = 0.5
"""Seconds between two writes of progress."""


class Stopped(Refusal):
    """已按要求停止，可以随时继续。"""


class Superseded(Refusal):
    """此任务已由后来的一次启动接手。"""


class Progress:
    """The hand that work reports with; it raises :class:`Stopped` when somebody asked to stop."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.attempt = job.attempt
        self.memory: dict[str, object] = dict(job.memory)
        self._written = 0.0

    def start(self, total: int | None, *, done: int = 0) -> None:
        """Say how much there is to do; *done* of it was done on an earlier start."""
        self.job.total, self.job.done = total, done
        self._write()

    def step(self, message: str = "", *, count: int = 1) -> None:
        """Say that *count* more are done, and what comes now."""
        self.job.done += count
        self.job.message = message[:200]
        if time.monotonic() - self._written >= BREATH:
            self._write()

    def over(self, items: Sequence[Item], *, label: Callable[[Item], str] = str) -> Iterator[Item]:
        """Yield *items* one by one, counting; *label* names what is in hand."""
        self.start(len(items))
        for item in items:
            self.step(label(item), count=0)
            yield item
            self.step(label(item))
        self._write()

    def finish(self, href: str = "", message: str = "") -> None:
        """Say where the result is."""
        self.job.href, self.job.message = href[:300], message[:200]

    def keep(self) -> None:
        """Write ``memory`` down now, for a later start."""
        self._write()

    def _write(self) -> None:
        self._written = time.monotonic()
        self.job.heard = clock.now()
        self.job.memory = self.memory
        mine = Job.objects.filter(pk=self.job.pk, attempt=self.attempt)
        if not mine.update(
            done=self.job.done,
            total=self.job.total,
            message=self.job.message,
            heard=self.job.heard,
            memory=self.job.memory,
        ):
            raise Superseded
        if mine.filter(stop_asked=True).exists():
            raise Stopped
