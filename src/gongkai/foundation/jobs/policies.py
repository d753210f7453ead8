"""Who may see which jobs: one's own, those that their kind shows to others, and the emergency account all."""

from uuid import UUID

from django.db.models import QuerySet

from gongkai.foundation.jobs.models import Job
from gongkai.foundation.jobs.registry import kind_of
from gongkai.foundation.permissions import NotThere, Reader


def visible_to(reader: Reader) -> QuerySet[Job]:
    """The jobs *reader* started; an administrator of everything sees all."""
    if reader.reach("jobs.view").everywhere:
        return Job.objects.all()
    return Job.objects.filter(owner=reader.user) if reader.user else Job.objects.none()


def fetch(reader: Reader, key: UUID) -> Job:
    """Return a job to follow: one of them, or one whose kind shows it to *reader*.

    Raises:
        NotThere: It is not, or not for this reader.
    """
    found = Job.objects.select_related("owner").filter(pk=key).first()
    if found is None or not (may_steer(reader, found) or _is_shown(reader, found)):
        raise NotThere(what="这个后台任务")
    return found


def fetch_own(reader: Reader, key: UUID) -> Job:
    """Return a job to stop or to go on with, or say that it is not there.

    Raises:
        NotThere: It is not, or not for this reader.
    """
    found = visible_to(reader).filter(pk=key).first()
    if found is None:
        raise NotThere(what="这个后台任务")
    return found


def may_steer(reader: Reader, job: Job) -> bool:
    """Tell whether *reader* may stop *job* and go on with it."""
    return visible_to(reader).filter(pk=job.pk).exists()


def _is_shown(reader: Reader, job: Job) -> bool:
    kind = kind_of(job.kind)
    return kind is not None and kind.shown_to(reader, job.arguments)
