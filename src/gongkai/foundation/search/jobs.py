"""Keeping the index up to date in the background."""

from datetime import timedelta

from gongkai.foundation import clock
from gongkai.foundation.jobs import job, regularly
from gongkai.foundation.jobs.progress import Progress

KEPT = timedelta(days=1)


@job("search.drain", title="更新检索索引", priority=-40)
def drain_index(progress: Progress) -> None:
    """Take what changed into the index."""
    from gongkai.foundation.search.pending import drain, waiting  # noqa: PLC0415  # needs models

    progress.start(waiting())
    drain(lambda count: progress.step(count=count))
    _forget(progress)


@job("search.rebuild", title="重建检索索引", priority=-60)
def rebuild_index(progress: Progress) -> None:
    """Build a new index and change over to it; a stopped job goes on where it was."""
    from gongkai.foundation.search.rebuilding import rebuild  # noqa: PLC0415  # needs models

    progress.start(None)
    total = rebuild(told=lambda title, count: progress.step(title, count=count))
    progress.finish(message=f"索引里共有 {total} 条")


@regularly("search.drain-left", minutes=5)
def drain_left() -> None:
    """Take in what a worker that went away left behind."""
    from gongkai.foundation.search.pending import drain, waiting  # noqa: PLC0415  # needs models

    if waiting():
        drain()


def _forget(progress: Progress) -> None:
    """Remove jobs of this kind that nobody will look at: there is one for every publication."""
    from gongkai.foundation.jobs.models import Job  # noqa: PLC0415  # needs loaded apps

    old = Job.objects.filter(kind="search.drain", state=Job.State.DONE, owner=None)
    old.filter(ended__lt=clock.now() - KEPT).exclude(pk=progress.job.pk).delete()
