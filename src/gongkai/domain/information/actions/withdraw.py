"""What is public is taken back, openly."""

from django.db import transaction

from gongkai.domain.information.actions.link import settle
from gongkai.domain.information.actions.saving import held, take_up_draft
from gongkai.domain.information.errors import NoReason, NotPublic
from gongkai.domain.information.events import WITHDRAWN
from gongkai.domain.information.models import ChangeNote, Item, NoteKind, Status
from gongkai.domain.information.shown import tell
from gongkai.domain.review import actions as review_actions
from gongkai.domain.review.models import Review
from gongkai.domain.review.queries import tell_author
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader, person
from gongkai.foundation.trail import record

ACT = "information.withdraw"


def withdraw(item: Item, *, by: Reader, reason: str) -> ChangeNote:
    """Take *item* off the portal at once; its address tells the public so, with *reason*.

    A correction under review is taken back with it: who has signed for that has not signed for bringing it back.

    Raises:
        NotAllowed: The post does not allow it.
        NotPublic: It is not public.
        NoReason: Nothing says why.
    """
    if not reason.strip():
        raise NoReason
    with transaction.atomic():
        row = held(item.pk)
        path = str(row.organisation.path)
        by.must(ACT, path)
        if not row.live:
            raise NotPublic
        row.live, row.status, row.withdrawn_at = False, Status.WITHDRAWN, clock.now()
        row.save(update_fields=["live", "status", "withdrawn_at"])
        review = Review.objects.open().of(row).first()
        if review is not None:
            review_actions.recall(review, by=by, act=ACT, reason=reason)
            if review.opened_by_id != person(by).pk:
                tell_author(
                    review, f"“{review.title}”已撤回公开，送审的更正一并退出：{reason.strip()}"
                )
        take_up_draft(row)
        note = ChangeNote.objects.create(
            item=row, kind=NoteKind.WITHDRAWN, reason=reason.strip(), by=person(by)
        )
        tell([row])
        settle(row)
        record(
            WITHDRAWN,
            by=by,
            act=ACT,
            path=path,
            on=row,
            before=row.digest,
            facts={"index": row.index_number},
            reason=reason,
        )
    item.refresh_from_db()
    return note
