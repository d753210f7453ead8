"""What has its hour: going public, and going offline."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from gongkai.domain.information.actions.publish import publish_reviewed
from gongkai.domain.information.actions.saving import take_up_draft
from gongkai.domain.information.events import EXPIRED, days_turned
from gongkai.domain.information.models import Item, Link, Status, TurnedDay
from gongkai.domain.information.shown import tell
from gongkai.domain.review.models import Review, ReviewStatus
from gongkai.foundation import clock
from gongkai.foundation.trail import record

BATCH = 200


def publish_due() -> int:
    """Publish what was signed and whose hour has come; return how many."""
    due = Item.objects.filter(status=Status.SCHEDULED, go_live_at__lte=clock.now())
    keys = list(due.values_list("pk", flat=True)[:BATCH])
    for key in keys:
        review = (
            Review.objects.filter(
                subject_type=Item._meta.label_lower, subject_id=key, status=ReviewStatus.COMPLETE
            )
            .select_related("revision", "opened_by")
            .order_by("-pk")
            .first()
        )
        if review is not None:
            publish_reviewed(review, by=None)
    return len(keys)


def expire_due() -> int:
    """Take offline what was to be public for a time only, and tell of documents that ran out today."""
    with transaction.atomic():
        ended = list(
            Item.objects.select_for_update(of=("self",)).filter(
                live=True, expire_at__lte=clock.now()
            )[:BATCH]
        )
        Item.objects.filter(pk__in=[item.pk for item in ended]).update(
            live=False, status=Status.EXPIRED, expired=True
        )
        if ended:
            tell(ended)
        for item in ended:
            take_up_draft(item)
            record(EXPIRED, on=item, before=item.digest, facts={"index": item.index_number})
    return len(ended)


def turn_day() -> int:
    """Bring to the public pages what the days since the last one have changed by themselves.

    Documents come into force and go out of it, organisations begin and end; days on which nothing ran are caught
    up with.

    Returns:
        How many documents there were.
    """
    today = clock.today()
    with transaction.atomic():
        last = TurnedDay.objects.select_for_update().first() or TurnedDay(
            day=today - timedelta(days=1)
        )
        if last.day >= today:
            return 0
        days = (last.day + timedelta(days=1), today)
        turned = list(
            Item.objects.public()
            .documents()
            .filter(
                Q(effective_on__range=days)
                | Q(expires_on__range=days)
                | Q(repealed_on__range=days)
                | Q(pk__in=Link.objects.filter(day__range=days).values("target"))
            )
        )
        if turned:
            tell(turned)
        days_turned.send(TurnedDay, days=days)
        last.day = today
        last.save()
    return len(turned)
