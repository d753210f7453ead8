"""What was signed by everybody becomes public, or is kept."""

from typing import Any

from django.db import transaction
from wagtail.models import Revision

from gongkai.core.titles import quoted
from gongkai.domain.information import events
from gongkai.domain.information.actions.link import settle
from gongkai.domain.information.actions.saving import held
from gongkai.domain.information.errors import RegistrationTaken
from gongkai.domain.information.models import ChangeNote, Item, NoteKind, Publicity, Status
from gongkai.domain.information.numbering import take
from gongkai.domain.information.shown import tell
from gongkai.domain.review.models import Review, ReviewStatus
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import Event, record


def publish_revision(item: Item, revision: Revision, *, user: Any = None) -> None:
    """Publish *revision* of *item* if a complete review is for exactly it; otherwise do nothing.

    There is no act for this: a complete review is what allows it.
    """
    review = (
        Review.objects.of(item)
        .filter(revision=revision, status=ReviewStatus.COMPLETE)
        .order_by("-pk")
        .first()
    )
    if review is not None:
        publish_reviewed(review, by=Reader.of(user) if user else None)


def publish_reviewed(review: Review, *, by: Reader | None) -> Item:
    """Do what a complete *review* allows: publish now, wait for the hour, or keep what is not open.

    Raises:
        RegistrationTaken: Another document has its 统一登记号 by now.
    """
    with transaction.atomic():
        row = held(review.subject_id)
        # what was noted without a revision was published in one go
        content: Item = review.revision.as_object() if review.revision else row
        if content.publicity != Publicity.OPEN:
            event = _keep(row, content, review, by)
        elif content.go_live_at and content.go_live_at > clock.now() and not row.live:
            event = events.SCHEDULED
            row.status, row.go_live_at = Status.SCHEDULED, content.go_live_at
            row.save(update_fields=["status", "go_live_at"])
        else:
            event = _put_out(row, content, review, by)
        record(
            event,
            by=by,
            path=str(row.organisation.path),
            on=row,
            before=row.digest or None,
            after=review.digest,
            facts={"review": review.pk, "index": row.index_number},
        )
    return row


def _put_out(row: Item, content: Item, review: Review, by: Reader | None) -> Event:
    _must_have_its_number(content)
    now = clock.now()
    was_live, was_withdrawn = row.live, row.withdrawn_at is not None
    content.index_number = row.index_number or take(row.organisation, topic=content.topic)[0]
    content.live, content.status = True, Status.PUBLIC
    content.digest, content.review = review.digest, review
    content.published_on = row.published_on or clock.today()
    content.first_published_at = row.first_published_at or now
    content.last_published_at = now
    content.live_revision = review.revision
    content.latest_revision = row.latest_revision
    content.has_unpublished_changes = row.latest_revision_id != review.revision_id
    content.expired, content.withdrawn_at, content.correction = False, None, ""
    content.save()
    event = events.PUBLISHED
    author = by.user if by and by.user else review.opened_by
    if was_live:
        event = events.CORRECTED
        ChangeNote.objects.create(
            item=row, kind=NoteKind.CORRECTED, reason=row.correction, by=author
        )
    elif was_withdrawn:
        ChangeNote.objects.create(
            item=row, kind=NoteKind.RESTORED, reason=row.correction, by=author
        )
    tell([content])
    settle(content)
    return event


def _must_have_its_number(content: Item) -> None:
    """Refuse what was signed with a 统一登记号 that another document has taken since: a correction holds none."""
    number = content.registration_number
    other = number and Item.objects.filter(registration_number=number).exclude(pk=content.pk)
    if other and (found := other.only("title").first()):
        raise RegistrationTaken(number=number, title=quoted(found.title))


def _keep(row: Item, content: Item, review: Review, by: Reader | None) -> Event:
    was_live = row.live
    content.live, content.status = False, Status.KEPT
    content.digest, content.review = review.digest, review
    content.correction = ""
    content.withdrawn_at = clock.now() if was_live else row.withdrawn_at
    content.latest_revision = row.latest_revision
    content.has_unpublished_changes = False
    content.save()
    if was_live:
        author = by.user if by and by.user else review.opened_by
        ChangeNote.objects.create(
            item=row, kind=NoteKind.WITHDRAWN, reason=row.correction, by=author
        )
        tell([content])
        settle(content)
    return events.KEPT
