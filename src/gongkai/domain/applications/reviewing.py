"""Decisions as something that is reviewed, and what follows when a review ends."""

from typing import Any

from gongkai.domain.applications.actions.decide import made
from gongkai.domain.applications.desk.gists import gists_of_replies
from gongkai.domain.applications.models import Decision
from gongkai.domain.applications.models.decision import DecisionStatus
from gongkai.domain.review import events
from gongkai.domain.review.models import Review
from gongkai.domain.review.subjects import Subject, register_subject

SUBJECT = Subject(
    model="applications.decision",
    title="公开申请的答复",
    digest=Decision.content_digest,
    href=lambda review: f"/desk/applications/reviews/{review.pk}/",
    gists=gists_of_replies,
)


def register() -> None:
    """Register the kind, and listen."""
    register_subject(SUBJECT)
    events.completed.connect(_completed, dispatch_uid="applications-review-completed")
    events.returned.connect(_returned, dispatch_uid="applications-review-returned")


def _completed(review: Review, by: Any, **_: Any) -> None:
    if review.subject_type == SUBJECT.model:
        made(review, by=by)


def _returned(review: Review, **_: Any) -> None:
    if review.subject_type == SUBJECT.model:
        Decision.objects.filter(pk=review.subject_id).update(status=DecisionStatus.RETURNED)
