"""An item will not go out in an outlet after all."""

from django.db import transaction

from gongkai.domain.channels.actions.holding import ACT, held, must_be, must_reach
from gongkai.domain.channels.errors import NoReason
from gongkai.domain.channels.events import GIVEN_UP
from gongkai.domain.channels.models import Release, State
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader, person
from gongkai.foundation.trail import record


def give_up(release: Release, *, by: Reader, reason: str) -> Release:
    """Take *release* off the list of what is to do.

    Raises:
        NotAllowed: The post does not allow it.
        WrongState: It is not planned.
        NoReason: Nothing says why.
    """
    if not reason.strip():
        raise NoReason
    with transaction.atomic():
        row = held(release.pk)
        path = must_reach(by, row)
        must_be(row, State.PLANNED, verb="取消")
        row.state, row.note = State.GIVEN_UP, reason.strip()
        row.by, row.at = person(by), clock.now()
        row.save(update_fields=["state", "note", "by", "at"])
        record(
            GIVEN_UP,
            by=by,
            act=ACT,
            path=path,
            on=row,
            facts={"item": row.item_id, "outlet": row.outlet},
            reason=reason,
        )
    return row
