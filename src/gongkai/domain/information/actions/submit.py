"""An item is handed in for review."""

from django.db import transaction

from gongkai.domain.information.actions.saving import differs, held
from gongkai.domain.information.errors import NoReason, NothingChanged
from gongkai.domain.information.events import SUBMITTED
from gongkai.domain.information.gates import must_pass
from gongkai.domain.information.lifecycle import must_be_editable
from gongkai.domain.information.models import Item, Status
from gongkai.domain.review.actions import open_review
from gongkai.domain.review.models import Review
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ACT = "information.submit"


def submit(item: Item, *, by: Reader, reason: str = "") -> Review:
    """Hand in the latest revision of *item*; *reason* says what a correction of a public one is for.

    Raises:
        NotAllowed: The post does not allow it.
        NotEditable: It is being reviewed already.
        NotComplete, NoGround: Something is missing.
        NoReason: It is public, and nothing says why it is changed.
        NothingChanged: It is public as it is.
        NoChain: Nobody has decided who signs.
    """
    with transaction.atomic():
        row = held(item.pk)
        path = str(row.organisation.path)
        by.must(ACT, path)
        must_be_editable(row)
        if row.live and not reason.strip():
            raise NoReason
        revision = row.latest_revision or row.save_revision(user=by.user, clean=False)
        content = revision.as_object()
        if _files_came_ready(content):
            revision = content.save_revision(user=by.user, clean=False)
            content = revision.as_object()
        if row.live and not differs(content, row):
            raise NothingChanged
        must_pass(content)
        review = open_review(
            row,
            by=by,
            act=ACT,
            organisation=row.organisation,
            revision=revision,
            importance=content.importance,
            files={file.digest: file.title for file in content.files.all()},
        )
        row.correction = reason.strip()
        if not row.live:
            row.status = Status.REVIEW
        row.save(update_fields=["correction", "status"])
        record(
            SUBMITTED,
            by=by,
            act=ACT,
            path=path,
            on=row,
            after=review.digest,
            facts={"review": review.pk, "revision": revision.pk},
            reason=reason,
        )
    item.refresh_from_db()
    return review


def _files_came_ready(content: Item) -> bool:
    """Take over the cleaned copies of files that were still being examined when they were attached."""
    files = list(content.files.all())
    outdated = [file for file in files if file.digest != file.stored.public_digest]
    for file in outdated:
        file.digest = file.stored.public_digest
    content.files.set(files)
    return bool(outdated)
