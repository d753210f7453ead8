"""What was taken back is gone from an outlet, or was put right there."""

from django.db import transaction

from gongkai.domain.channels.actions.holding import ACT, held, must_be, must_reach
from gongkai.domain.channels.errors import NoReason
from gongkai.domain.channels.events import TAKEN_DOWN
from gongkai.domain.channels.models import Release, State
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader, person
from gongkai.foundation.trail import record


def take_down(release: Release, *, by: Reader, note: str) -> Release:
    """Record how *release* was taken down, or where it was put right if it cannot be.

    Raises:
        NotAllowed: The post does not allow it.
        WrongState: Nobody asked for it.
        NoReason: Nothing says what was done.
    """
    if not note.strip():
        raise NoReason("请写明怎样撤下的，例如“已删除微博”；收不回来的，写明在哪里刊登了更正。")
    with transaction.atomic():
        row = held(release.pk)
        path = must_reach(by, row)
        must_be(row, State.TAKE_DOWN, verb="登记撤下")
        row.state, row.note = State.TAKEN_DOWN, note.strip()
        row.by, row.at, row.due = person(by), clock.now(), None
        row.save(update_fields=["state", "note", "by", "at", "due"])
        record(
            TAKEN_DOWN,
            by=by,
            act=ACT,
            path=path,
            on=row,
            facts={"item": row.item_id, "outlet": row.outlet},
            reason=note,
        )
    return row
