"""What the worker runs: one task that does any job."""

import logging
from collections.abc import Callable

from django_tasks import task

from gongkai.core.refusal import Refusal
from gongkai.foundation import clock
from gongkai.foundation.jobs.models import Job
from gongkai.foundation.jobs.progress import Progress, Stopped, Superseded
from gongkai.foundation.jobs.registry import kind_of

logger = logging.getLogger(__name__)


@task()
def work(key: str, attempt: int) -> None:
    """Do the job *key*, if this *attempt* is still the one wanted."""
    mine = Job.objects.filter(pk=key, attempt=attempt)
    began = clock.now()
    if not mine.filter(state=Job.State.WAITING).update(
        state=Job.State.RUNNING, started=began, heard=began
    ):
        return
    job = mine.get()
    progress = Progress(job)
    state, error = Job.State.DONE, ""
    try:
        _work_of(job)(progress, **job.arguments)
    except Superseded:
        return
    except Stopped:
        state = Job.State.STOPPED
    except Refusal as refusal:
        state, error = Job.State.FAILED, str(refusal)
    except Exception:  # no stack trace reaches a person
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        state = Job.State.FAILED
        error = f"处理时出错，已记入日志（编号 {str(job.pk)[:8]}）。可以重新开始；再次出错请告诉系统管理员。"
    mine.update(
        state=state,
        error=error,
        ended=clock.now(),
        done=job.done,
        total=job.total,
        message=job.message,
        href=job.href,
        memory=progress.memory,
        stop_asked=False,
    )


def _work_of(job: Job) -> Callable[..., None]:
    kind = kind_of(job.kind)
    if kind is None:
        raise Refusal(f"本版本没有“{job.kind}”这种任务，请联系系统管理员。")
    return kind.work
