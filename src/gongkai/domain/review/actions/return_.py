"""A step sends it back."""

from django.db import transaction

from gongkai.domain.review import events
from gongkai.domain.review.actions.signing import take_turn
from gongkai.domain.review.errors import NoComment
from gongkai.domain.review.models import Opinion, Review, ReviewStatus, Signature
from gongkai.domain.review.queries import spare_signers, tell_author
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def return_(review: Review, *, by: Reader, digest: str, comment: str) -> Signature:
    """Send *review* back to whoever handed it in, with what has to be changed.

    Raises:
        NoComment: Nothing says what to change.
        NotInReview, NotYourStep, OwnWork, SignedBefore, ContentChanged: See ``take_turn``.
    """
    if not comment.strip():
        raise NoComment
    with transaction.atomic():
        turn = take_turn(review, by=by, digest=digest)
        fresh = turn.review
        signature = turn.sign(Opinion.RETURNED, comment)
        spare_signers(fresh)
        fresh.status, fresh.closed_at, fresh.due = ReviewStatus.RETURNED, clock.now(), None
        fresh.save(update_fields=["status", "closed_at", "due"])
        if fresh.workflow_state is not None:
            fresh.workflow_state.cancel(user=by.user)
        tell_author(fresh, f"“{fresh.title}”被退回：{comment.strip()}")
        events.returned.send(sender=Review, review=fresh, by=by, comment=comment)
        record(
            events.RETURNED,
            by=by,
            authority=turn.authority,
            path=str(fresh.organisation.path),
            on=fresh,
            after=fresh.digest,
            facts={"step": fresh.step},
            reason=comment,
        )
    review.refresh_from_db()
    return signature
