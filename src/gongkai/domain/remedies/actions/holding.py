"""What all the verbs do alike."""

from datetime import date

from gongkai.domain.remedies import policies
from gongkai.domain.remedies.errors import InFuture, TooEarly
from gongkai.domain.remedies.models import Remedy
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader


def held(remedy: Remedy, *, by: Reader) -> Remedy:
    """Return *remedy* as it is now, held until the transaction is over.

    Raises:
        NotAllowed: The post does not allow it.
    """
    row = (
        Remedy.objects.select_for_update(of=("self",))
        .select_related("application", "organisation")
        .get(pk=remedy.pk)
    )
    by.must(policies.HANDLE, str(row.organisation.path))
    return row


def must_have_been(day: date, what: str, *, after: date | None = None, before: str = "") -> None:
    """Refuse a *day* that is still to come, or earlier than *after*."""
    if day > clock.today():
        raise InFuture(what=what, day=day)
    if after is not None and day < after:
        raise TooEarly(what=what, day=day, before=before, limit=after)
