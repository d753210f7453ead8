"""An item is changed."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.models import Revision

from gongkai.domain.information.actions.saving import ARRANGED, Attached, held, mark_of, put
from gongkai.domain.information.errors import ChangedMeanwhile
from gongkai.domain.information.events import SAVED
from gongkai.domain.information.lifecycle import must_be_editable
from gongkai.domain.information.models import Item
from gongkai.domain.information.shown import tell
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ONE_SITTING = timedelta(minutes=15)
"""How long one's own automatic saves go into one revision."""


def save(  # noqa: PLR0913  # the facts of an act, all by name
    item: Item,
    *,
    by: Reader,
    values: Mapping[str, Any],
    files: Iterable[Attached] | None = None,
    seen: str | None = None,
    automatic: bool = False,
) -> Revision:
    """Change *item*; of a public one nothing is seen until the change was reviewed.

    *seen* is the mark of the version that the reader had before them (:func:`mark_of`); an *automatic* save
    goes into the reader's own last revision. Column, topic, genre and keywords are not part of what is signed: change
    those of a public item with :func:`arrange`.

    Raises:
        NotAllowed: The post does not allow it.
        NotEditable: It is being reviewed or waits for its hour.
        ChangedMeanwhile: Somebody else saved it after *seen*.
        ColumnElsewhere, BadDates: A value cannot be.
    """
    with transaction.atomic():
        row = held(item.pk)
        path = str(row.organisation.path)
        by.must("information.edit", path)
        must_be_editable(row)
        last = row.latest_revision
        if seen is not None and last is not None and mark_of(last) != seen:
            raise ChangedMeanwhile(
                who=last.user or "有人", when=timezone.localtime(last.created_at).strftime("%H:%M")
            )
        content = row.get_latest_revision_as_object() if row.live else row
        before = content.content_digest()
        put(
            content,
            {name: v for name, v in values.items() if not (row.live and name in ARRANGED)},
            files,
            by=by,
        )
        content.touched = clock.now()
        if not row.live:
            content.save()
            if content.published_on:  # withdrawn, and counted in its column all the same
                tell([content])
        revision: Revision = content.save_revision(
            user=by.user,
            clean=False,
            overwrite_revision=last if automatic and _is_ones_own(last, by) else None,
        )
        if not automatic:
            record(
                SAVED,
                by=by,
                act="information.edit",
                path=path,
                on=row,
                before=before,
                after=content.content_digest(),
                facts={"revision": revision.pk},
            )
    item.refresh_from_db()
    return revision


def _is_ones_own(last: Revision | None, by: Reader) -> bool:
    return (
        last is not None
        and last.user_id == getattr(by.user, "pk", None)
        and clock.now() - last.created_at < ONE_SITTING
        and not last.task_states.exists()
    )
