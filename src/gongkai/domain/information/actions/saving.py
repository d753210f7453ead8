"""What drafting, saving and submitting do alike."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.models import Revision

from gongkai.core.cleaning import clean_html
from gongkai.domain.information.errors import BadDates, ColumnElsewhere
from gongkai.domain.information.models import Item, ItemFile
from gongkai.foundation.attachments.models import StoredFile

ARRANGED = ("column", "topic", "genre", "keywords")
"""Where an item stands and how it is found; not part of what is signed."""
EDITED = (
    *(name for name in Item.CONTENT if name != "organisation_id"),
    "importance",
    "formed_on",
    "go_live_at",
    "expire_at",
    "assess_on",
    "declassify_on",
)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file as it is to go with an item, in the order given."""

    stored: StoredFile
    title: str


def mark_of(revision: Revision | None) -> str:
    """Return what tells a version from every other, also from what it was before it was saved over."""
    if revision is None:
        return ""
    return f"{revision.pk}-{revision.created_at.timestamp():.6f}"


def held(key: int) -> Item:
    """Return the item *key*, held until the transaction is over."""
    return (
        Item.objects.select_for_update(of=("self",))
        .select_related("organisation", "latest_revision")
        .get(pk=key)
    )


def put_values(item: Item, values: Mapping[str, Any], *, besides: Collection[str] = ()) -> None:
    """Put *values* onto *item* without saving; fields *besides* those that people edit may be among them.

    Whoever brings the text: only clean HTML comes in.

    Raises:
        ColumnElsewhere: The column belongs to somebody else, or holds no items.
        BadDates: It ends before it begins.
    """
    unknown = set(values) - {*EDITED, *ARRANGED, *besides}
    if unknown:
        raise TypeError(f"no such field: {', '.join(sorted(unknown))}")
    for name, value in values.items():
        setattr(item, name, clean_html(value).html if name == "body" else value)
    item.registration_number = item.registration_number or None
    must_stand_in_its_column(item)
    _must_have_sound_dates(item)


def put(item: Item, values: Mapping[str, Any], files: Iterable[Attached] | None) -> None:
    """Put *values* and *files* onto *item* without saving; ``files=None`` leaves them as they are."""
    put_values(item, values)
    if files is not None:
        item.files.set(
            [
                ItemFile(
                    stored=attached.stored,
                    title=attached.title,
                    digest=attached.stored.public_digest,
                    sort_order=place,
                )
                for place, attached in enumerate(files)
            ]
        )


def must_stand_in_its_column(item: Item) -> None:
    """Refuse a column of another organisation, a closed one, or one that holds no items.

    Raises:
        ColumnElsewhere: With the names.
    """
    column = item.column
    if column is None:
        return
    if column.organisation_id != item.organisation_id or not column.holds_items:
        raise ColumnElsewhere(column=column, organisation=item.organisation)


def _must_have_sound_dates(item: Item) -> None:
    if item.effective_on and item.expires_on and item.expires_on <= item.effective_on:
        raise BadDates(what="失效日期要晚于生效日期")
    if item.go_live_at and item.expire_at and item.expire_at <= item.go_live_at:
        raise BadDates(what="下线时间要晚于公开时间")
