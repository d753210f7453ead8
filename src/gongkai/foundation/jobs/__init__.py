"""Long work in the background, with progress that a person sees.

How another app takes part: its ``jobs.py`` has functions ::

    from gongkai.foundation.jobs import Progress, job

    @job("readings.read", title="读取报告")
    def read(progress: Progress, *, upload: int) -> None:
        files = unpack(upload)
        for file in progress.over(files, label=str):   # stops when asked to; counts
            ...
        progress.finish("/desk/readings/7/")            # optional: where the result is

and an action starts one inside its transaction: ``start(read, by=reader, arguments={"upload": 3})``
returns the :class:`~gongkai.foundation.jobs.models.Job`. A screen shows it with
``{% include "jobs/progress.html" with job=job %}``, which refreshes itself by HTMX.

The work is done by ``gongkai worker`` through django-tasks; tests run it at once. A job that was
stopped, failed or interrupted can be started again; ``progress.memory`` (a dict, JSON) is what it
keeps for that. A :class:`~gongkai.core.refusal.Refusal` ends it with its own sentence, any other
error with a general one and the trace in the log.

What has to be done every so often is marked with :func:`regularly` and done by whichever worker runs.
"""

from gongkai.foundation.jobs.beat import regularly
from gongkai.foundation.jobs.registry import Kind, job, kinds

__all__ = ["Kind", "Progress", "job", "kinds", "regularly", "resume", "start", "stop"]


def __getattr__(name: str) -> object:
    # models cannot be imported while the apps are loading, and registering a job must not need them
    if name in {"start", "resume", "stop"}:
        from gongkai.foundation.jobs import actions  # noqa: PLC0415

        return getattr(actions, name)
    if name == "Progress":
        from gongkai.foundation.jobs.progress import Progress  # noqa: PLC0415

        return Progress
    raise AttributeError(name)
