"""Start, stop, start again."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction

from gongkai.core.refusal import Refusal
from gongkai.foundation.jobs.models import Job
from gongkai.foundation.jobs.registry import Kind, kind_of
from gongkai.foundation.jobs.tasks import work

if TYPE_CHECKING:
    from gongkai.foundation.permissions import Reader


class NotStartable(Refusal):
    """此任务{state}，不能重新开始。请刷新页面查看进展。"""


def start(
    kind: Kind,
    *,
    by: "Reader | None" = None,
    arguments: Mapping[str, Any] | None = None,
    title: str = "",
) -> Job:
    """Put work of *kind* in the queue once the caller's transaction is through.

    Args:
        kind: What :func:`gongkai.foundation.jobs.job` made of the function.
        by: Who asked; the job is shown to them.
        arguments: Keyword arguments for the function; JSON.
        title: What people read; the kind's title if left out.
    """
    job = Job.objects.create(
        kind=kind.name,
        title=title or kind.title,
        arguments=dict(arguments or {}),
        owner=by.user if by else None,
    )
    _enqueue(job)
    return job


def stop(job: Job) -> None:
    """Ask *job* to stop; one that waits stops at once."""
    Job.objects.filter(pk=job.pk, state=Job.State.WAITING).update(state=Job.State.STOPPED)
    Job.objects.filter(pk=job.pk, state=Job.State.RUNNING).update(stop_asked=True)
    job.refresh_from_db()


def resume(job: Job) -> None:
    """Start *job* again from where it remembers.

    Raises:
        NotStartable: When it runs, waits or is done.
    """
    with transaction.atomic():
        job.refresh_from_db()
        if not job.can_start_again:
            raise NotStartable(state=job.state_in_words)
        job.attempt += 1
        job.state, job.stop_asked, job.error = Job.State.WAITING, False, ""
        job.ended = job.heard = None
        job.save()
        _enqueue(job)


def under_way(kind: Kind, **arguments: Any) -> Job | None:
    """Return a job of *kind* with these *arguments* that waits or works; one whose worker died does neither."""
    asked = {f"arguments__{name}": value for name, value in arguments.items()}
    states = (Job.State.WAITING, Job.State.RUNNING)
    running = Job.objects.filter(kind=kind.name, state__in=states, **asked)
    return next((job for job in running if job.is_active), None)


def _enqueue(job: Job) -> None:
    key, attempt = str(job.pk), job.attempt
    kind = kind_of(job.kind)
    queued = work.using(priority=kind.priority if kind else 0)
    transaction.on_commit(lambda: queued.enqueue(key, attempt))
