"""What the office learns from a result."""

from django.db import transaction

from gongkai.domain.remedies import policies
from gongkai.domain.remedies.actions.holding import held
from gongkai.domain.remedies.events import LEARNT
from gongkai.domain.remedies.models import Remedy
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def learn(remedy: Remedy, *, by: Reader, lessons: str) -> Remedy:
    """Write down *lessons*.

    Raises:
        NotAllowed: The post does not allow it.
    """
    with transaction.atomic():
        row = held(remedy, by=by)
        row.lessons = lessons.strip()
        row.save(update_fields=["lessons"])
        record(LEARNT, by=by, act=policies.HANDLE, path=str(row.organisation.path), on=row)
    remedy.refresh_from_db()
    return row
