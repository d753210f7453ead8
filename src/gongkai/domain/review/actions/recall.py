"""Whoever handed it in takes it back."""

from django.db import transaction

from gongkai.domain.review import events
from gongkai.domain.review.errors import NotInReview
from gongkai.domain.review.models import Review, ReviewStatus
from gongkai.domain.review.queries import spare_signers
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def recall(review: Review, *, by: Reader, act: str, reason: str = "") -> Review:
    """Take *review* back before everybody has signed; whoever asks has checked *act*.

    Raises:
        NotInReview: It was finished meanwhile.
    """
    with transaction.atomic():
        fresh = (
            Review.objects.select_for_update(of=("self",))
            .select_related("organisation", "workflow_state")
            .get(pk=review.pk)
        )
        if fresh.status != ReviewStatus.OPEN:
            raise NotInReview(status=fresh.get_status_display())
        spare_signers(fresh)
        fresh.status, fresh.closed_at, fresh.due = ReviewStatus.RECALLED, clock.now(), None
        fresh.save(update_fields=["status", "closed_at", "due"])
        if fresh.workflow_state is not None:
            fresh.workflow_state.cancel(user=by.user)
        record(
            events.RECALLED,
            by=by,
            act=act,
            path=str(fresh.organisation.path),
            on=fresh,
            after=fresh.digest,
            reason=reason,
        )
    return fresh
