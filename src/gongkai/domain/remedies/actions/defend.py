"""The agency answers the claim."""

from datetime import date

from django.db import transaction

from gongkai.domain.remedies import policies
from gongkai.domain.remedies.actions.holding import held, must_have_been
from gongkai.domain.remedies.events import DEFENDED
from gongkai.domain.remedies.models import Remedy
from gongkai.domain.remedies.terms import settle
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def defend(remedy: Remedy, *, by: Reader, day: date, notified: date | None = None) -> Remedy:
    """Note down that the agency answered on *day*, and when it was sent the claim, if that was not known.

    Raises:
        NotAllowed: The post does not allow it.
        InFuture, TooEarly: The dates contradict each other.
    """
    with transaction.atomic():
        row = held(remedy, by=by)
        if notified:
            must_have_been(notified, "收到副本", after=row.filed, before="受理、立案")
            row.notified = notified
        must_have_been(day, "提交答复、答辩", after=row.notified or row.filed, before="收到副本")
        row.defended = day
        settle(row)
        row.save()
        late = row.defence_due is not None and day > row.defence_due
        record(
            DEFENDED,
            by=by,
            act=policies.HANDLE,
            path=str(row.organisation.path),
            on=row,
            facts={"day": str(day), "late": late},
        )
    remedy.refresh_from_db()
    return row
