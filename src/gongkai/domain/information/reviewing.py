"""Items as something that is reviewed, and what follows when a review ends."""

from typing import Any

from gongkai.domain.information.actions.publish import publish_reviewed
from gongkai.domain.information.models import Item, Status
from gongkai.domain.review import events
from gongkai.domain.review.models import Review
from gongkai.domain.review.subjects import Subject, register_subject

SUBJECT = Subject(
    model="information.item",
    title="政府信息",
    digest=Item.content_digest,
    href=lambda review: f"/desk/information/reviews/{review.pk}/",
)


def register() -> None:
    """Register the kind, and listen."""
    register_subject(SUBJECT)
    events.completed.connect(_completed, dispatch_uid="information-review-completed")
    events.returned.connect(_returned, dispatch_uid="information-review-returned")


def _completed(review: Review, by: Any, **_: Any) -> None:
    if review.subject_type == SUBJECT.model:
        publish_reviewed(review, by=by)


def _returned(review: Review, **_: Any) -> None:
    if review.subject_type == SUBJECT.model:
        Item.objects.filter(pk=review.subject_id, live=False).update(status=Status.RETURNED)
