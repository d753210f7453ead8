"""Who may see which jobs: one's own, and the emergency account all."""

from uuid import UUID

from django.db.models import QuerySet

from gongkai.foundation.jobs.models import Job
from gongkai.foundation.permissions import NotThere, Reader


def visible_to(reader: Reader) -> QuerySet[Job]:
    """The jobs *reader* started; an administrator of everything sees all."""
    if reader.reach("jobs.view").everywhere:
        return Job.objects.all()
    return Job.objects.filter(owner=reader.user) if reader.user else Job.objects.none()


def fetch(reader: Reader, key: UUID) -> Job:
    """Return one of them, or say that it is not there."""
    found = visible_to(reader).filter(pk=key).first()
    if found is None:
        raise NotThere(what="这个后台任务")
    return found
