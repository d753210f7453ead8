"""A step agrees."""

from django.db import transaction
from wagtail.models import TaskState

from gongkai.domain.review import events
from gongkai.domain.review.actions.signing import ACT, take_turn
from gongkai.domain.review.models import Opinion, Review, ReviewStatus, Signature
from gongkai.domain.review.queries import due_on, spare_signers, tell_signers
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def sign(review: Review, *, by: Reader, digest: str, comment: str = "") -> Signature:
    """Sign the step that is due, for exactly the content *digest*; after the last, say so.

    Raises:
        NotInReview, NotYourStep, OwnWork, SignedBefore, ContentChanged: See ``take_turn``.
    """
    with transaction.atomic():
        turn = take_turn(review, by=by, digest=digest)
        fresh = turn.review
        path = str(fresh.organisation.path)
        signature = turn.sign(Opinion.AGREED, comment)
        spare_signers(fresh)
        is_last = fresh.step == fresh.steps_needed
        record(
            events.SIGNED,
            by=by,
            authority=turn.authority,
            path=path,
            on=fresh,
            after=fresh.digest,
            facts={"step": fresh.step, "of": fresh.steps_needed, "act": ACT},
            reason=comment,
        )
        if is_last:
            fresh.status, fresh.closed_at, fresh.due = ReviewStatus.COMPLETE, clock.now(), None
        else:
            fresh.step += 1
            fresh.due = due_on(fresh.chain.steps[fresh.step - 1])
        fresh.save(update_fields=["status", "closed_at", "due", "step"])
        if fresh.workflow_state is not None:
            waiting = fresh.workflow_state.task_states.get(status=TaskState.STATUS_IN_PROGRESS)
            waiting.specific.approve(user=by.user, comment=comment)
        if is_last:
            record(events.COMPLETED, by=by, authority=turn.authority, on=fresh, after=fresh.digest)
            events.completed.send(sender=Review, review=fresh, by=by)
        else:
            tell_signers(fresh)
    review.refresh_from_db()
    return signature
