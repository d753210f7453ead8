"""What was handed in is taken back, or no longer waits for its hour."""

from django.db import transaction

from gongkai.domain.information.actions.saving import held
from gongkai.domain.information.events import RECALLED
from gongkai.domain.information.models import Item, Status
from gongkai.domain.review import actions as review_actions
from gongkai.domain.review.models import Review
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ACT = "information.submit"


def recall(item: Item, *, by: Reader, reason: str = "") -> None:
    """Take *item* back from review, or off the schedule, so that it can be changed again.

    Raises:
        NotAllowed: The post does not allow it.
    """
    with transaction.atomic():
        row = held(item.pk)
        path = str(row.organisation.path)
        by.must(ACT, path)
        review = Review.objects.open().of(row).first()
        if review is not None:
            review_actions.recall(review, by=by, act=ACT, reason=reason)
        elif row.status != Status.SCHEDULED:
            return
        if not row.live:
            row.status = Status.DRAFT
            row.save(update_fields=["status"])
        record(RECALLED, by=by, act=ACT, path=path, on=row, reason=reason)
    item.refresh_from_db()
