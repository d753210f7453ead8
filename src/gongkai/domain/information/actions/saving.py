"""What drafting, saving and submitting do alike."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Q
from wagtail.models import Revision

from gongkai.core.cleaning import clean_html
from gongkai.core.rendering import cleaning
from gongkai.domain.information.errors import BadDates, ColumnElsewhere
from gongkai.domain.information.models import Item, ItemFile
from gongkai.domain.information.pictures import Picture, at_rest, is_name, pictures_in
from gongkai.foundation.attachments.kinds import PICTURES
from gongkai.foundation.attachments.models import StoredFile
from gongkai.foundation.permissions import Reader

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


def take_up_draft(row: Item) -> None:
    """Let the row of *row*, which the public no longer sees, be what was last saved: that is what the desk goes on with."""
    last = row.latest_revision_id
    if last is None or last == row.live_revision_id:
        return
    content = Item.objects.get(pk=row.pk).get_latest_revision_as_object()
    content.save()


def differs(content: Item, public: Item) -> bool:
    """Tell whether anything that an act may change is otherwise in *content* than in *public*."""
    if any(getattr(content, name) != getattr(public, name) for name in EDITED):
        return True
    return content.content_digest() != public.content_digest()


def put_values(item: Item, values: Mapping[str, Any], *, besides: Collection[str] = ()) -> None:
    """Put *values* onto *item* without saving; fields *besides* those that people edit may be among them.

    Whoever brings the text: only clean HTML comes in, and nothing that cannot be printed.

    Raises:
        ColumnElsewhere: The column belongs to somebody else, or holds no items.
        BadDates: It ends before it begins.
    """
    unknown = set(values) - {*EDITED, *ARRANGED, *besides}
    if unknown:
        raise TypeError(f"no such field: {', '.join(sorted(unknown))}")
    for name, value in values.items():
        setattr(item, name, _cleaned(name, value))
    item.registration_number = item.registration_number or None
    must_stand_in_its_column(item)
    _must_have_sound_dates(item)


def _cleaned(name: str, value: Any) -> Any:
    """Return *value* as it is kept: Word's and Excel's line breaks and marks nobody sees break feeds and tables."""
    if not isinstance(value, str):
        return value
    if name == "body":
        return clean_html(value).html
    is_line = isinstance(Item._meta.get_field(name), CharField)
    return cleaning.one_line(value) if is_line else cleaning.clean(value)


def put(
    item: Item, values: Mapping[str, Any], files: Iterable[Attached] | None, *, by: Reader
) -> None:
    """Put *values* and *files* onto *item* without saving; ``files=None`` leaves its attachments as they are.

    The pictures of its text are among the files by themselves, as long as they stand in the text.
    """
    put_values(item, values)
    mine = list(item.files.all())
    if files is None and not pictures_in(item.body) and not any(file.in_text for file in mine):
        return
    before = [Attached(file.stored, file.title) for file in mine] if files is None else list(files)
    item.body, pictures = brought(item.body, before, by=by, known=[f.stored_id for f in mine])
    kept = [attached for attached in before if not is_name(attached.title)]
    item.files.set(
        [
            ItemFile(
                stored=attached.stored,
                title=attached.title,
                digest=attached.stored.public_digest,
                sort_order=place,
            )
            for place, attached in enumerate([*kept, *pictures])
        ]
    )


def brought(
    body: str, files: Iterable[Attached], *, by: Reader, known: Sequence[int] = ()
) -> tuple[str, list[Attached]]:
    """Return *body* with the pictures that may stand in it, and these as files.

    They are among *files* or the stored files *known*, or *by* has uploaded them; any other is left out.
    """
    wanted = {picture.digest for picture in pictures_in(body)}
    found = {each.stored.public_digest: each.stored for each in files if each.stored.is_picture}
    if missing := wanted - set(found):
        rows = StoredFile.objects.filter(public_digest__in=missing, kind__in=PICTURES)
        mine = Q(pk__in=known)
        if by.user is not None:
            mine |= Q(uploaded_by=by.user)
        found |= {stored.public_digest: stored for stored in rows.filter(mine)}

    def name_of(picture: Picture) -> str | None:
        stored = found.get(picture.digest)
        return f"{picture.digest}.{stored.kind_facts.ending}" if stored else None

    body = at_rest(body, name_of)
    names = dict.fromkeys(picture.name for picture in pictures_in(body))
    return body, [Attached(found[name.partition(".")[0]], name) for name in names]


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
