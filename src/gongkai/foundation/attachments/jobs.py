"""Examining in the background."""

from collections.abc import Sequence

from gongkai.core.extraction.guarding import Guard
from gongkai.foundation.attachments.examining import examine
from gongkai.foundation.attachments.models import StoredFile
from gongkai.foundation.jobs import job
from gongkai.foundation.jobs.progress import Progress


@job("attachments.examine", title="检查附件")
def examine_files(progress: Progress, *, files: Sequence[int]) -> None:
    """Examine files one by one; on a later start those that are done are left out."""
    waiting = list(
        StoredFile.objects.filter(pk__in=files, state=StoredFile.State.WAITING).order_by("pk")
    )
    with Guard() as guard:
        for stored in progress.over(waiting, label=str):
            examine(stored, guard=guard)
