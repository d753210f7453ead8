"""A decision is taken back from those who sign."""

from django.db import transaction

from gongkai.domain.applications import policies
from gongkai.domain.applications.actions.settle import held
from gongkai.domain.applications.errors import NotBeingReviewed
from gongkai.domain.applications.events import RECALLED
from gongkai.domain.applications.models import Decision
from gongkai.domain.applications.models.decision import DecisionStatus
from gongkai.domain.review.actions import recall as recall_review
from gongkai.domain.review.models import Review
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def recall(decision: Decision, *, by: Reader, reason: str = "") -> Decision:
    """Take *decision* back to change it; it is a draft again.

    Raises:
        NotAllowed: The post does not allow it.
        NotBeingReviewed: It is not being signed.
    """
    with transaction.atomic():
        row = held(decision.application_id)
        path = str(row.organisation.path)
        by.must(policies.HANDLE, path)
        review = Review.objects.open().of(decision).first()
        if review is None:
            raise NotBeingReviewed
        recall_review(review, by=by, act=policies.HANDLE, reason=reason)
        fresh = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
        fresh.status = DecisionStatus.DRAFT
        fresh.save(update_fields=["status"])
        record(
            RECALLED,
            by=by,
            act=policies.HANDLE,
            path=path,
            on=row,
            facts={"decision": fresh.pk, "review": review.pk},
            reason=reason,
        )
    return fresh
