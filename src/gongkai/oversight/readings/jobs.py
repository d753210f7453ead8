"""Reading in the background."""

from collections.abc import Sequence

from gongkai.core.extraction.guarding import Guard
from gongkai.foundation.jobs import job
from gongkai.foundation.jobs.progress import Progress
from gongkai.oversight.readings import actions, errors
from gongkai.oversight.readings.actions.read import give_up
from gongkai.oversight.readings.models import Reading


@job("readings.read", title="读取公开年报")
def read_documents(progress: Progress, *, readings: Sequence[int], again: bool = False) -> None:
    """Read documents one by one; on a later start those that are done are left out.

    A document in whose middle the worker died is not tried a second time.
    """
    done = set(_numbers(progress.memory.get("done")))
    progress.start(len(readings), done=len(done))
    with Guard() as guard:
        _read_all(progress, readings, done, guard, again=again)
    progress.finish(_result(readings), f"读完 {len(done)} 份")


def _read_all(
    progress: Progress, readings: Sequence[int], done: set[int], guard: Guard, *, again: bool
) -> None:
    crashed = progress.memory.get("in_hand")
    for key in readings:
        if key in done:
            continue
        reading = Reading.objects.filter(pk=key).first()
        if reading is None or (reading.is_read and not again):
            progress.step()
            continue
        progress.step(reading.name, count=0)
        if key == crashed:
            give_up(reading, str(errors.CrashedBefore()))
        else:
            progress.memory["in_hand"] = key
            progress.keep()
            actions.read(reading, guard=guard)
        done.add(key)
        progress.memory["done"] = sorted(done)
        progress.memory["in_hand"] = None
        progress.step(reading.name)


def _result(readings: Sequence[int]) -> str:
    from django.urls import reverse  # noqa: PLC0415

    if len(readings) == 1:
        return reverse("readings:reading", args=[readings[0]])
    return reverse("readings:index")


def _numbers(value: object) -> list[int]:
    return [int(item) for item in value] if isinstance(value, list) else []
