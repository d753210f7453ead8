"""Many items that were reviewed elsewhere are taken in and published at once."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from gongkai.domain.information.actions.saving import Attached, brought, put_values
from gongkai.domain.information.events import IMPORTED
from gongkai.domain.information.models import Item, ItemFile, Publicity, Status
from gongkai.domain.information.numbering import take
from gongkai.domain.information.pictures import is_name
from gongkai.domain.information.shown import tell
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.review.actions import Noted, note
from gongkai.domain.review.models import Chain
from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.permissions import Reader, person
from gongkai.foundation.trail import record

ACT = "information.reviewed"
"""Of the office: it takes the word of paper for signatures."""
BESIDES = ("published_on", "index_number")
BATCH = 500


@dataclass(frozen=True, slots=True)
class Reviewed:
    """An item that was reviewed elsewhere.

    Attributes:
        values: As for :func:`draft`, ``published_on`` and ``index_number`` besides.
    """

    values: dict[str, Any]
    files: tuple[Attached, ...] = field(default=())


def publish_many(  # noqa: PLR0913  # the facts of an act, all by name
    organisation: Organisation,
    things: Sequence[Reviewed],
    *,
    chain: Chain,
    signers: Sequence[User],
    evidence: str,
    by: Reader,
) -> list[Item]:
    """Take in *things* of *organisation*, note their reviews, publish those that are open.

    The number of queries grows with batches of 500, not with the number of items. They have no
    revisions: the row is the first version.

    Raises:
        NotAllowed: The post does not allow it; it is the office's to take in what it has not reviewed here.
        ColumnElsewhere: A column belongs to somebody else.
        BadDates: An item ends before it begins.
    """
    path = str(organisation.path)
    by.must(ACT, path)
    if not things:
        return []
    author, today = person(by), clock.today()
    fresh = [Item(organisation=organisation, author=author) for _ in things]
    for item, thing in zip(fresh, things, strict=True):
        put_values(item, thing.values, besides=BESIDES)  # reads texts, while others may write
    with transaction.atomic():
        attached_to = [
            _with_pictures(item, thing.files, by) for item, thing in zip(fresh, things, strict=True)
        ]
        missing = [item for item in fresh if not item.index_number]
        for item, number in zip(missing, take(organisation, count=len(missing)), strict=True):
            item.index_number = number
        days = [item.published_on or today for item in fresh]
        for item, day in zip(fresh, days, strict=True):
            # what is kept was never public, on no day
            item.published_on = day if item.publicity == Publicity.OPEN else None
        items = Item.objects.bulk_create(fresh, batch_size=BATCH)
        files = [
            ItemFile(
                item=item,
                stored=attached.stored,
                title=attached.title,
                digest=attached.stored.public_digest,
                sort_order=place,
            )
            for item, with_it in zip(items, attached_to, strict=True)
            for place, attached in enumerate(with_it)
        ]
        ItemFile.objects.bulk_create(files, batch_size=BATCH)
        by_item: dict[int, list[ItemFile]] = {}
        for file in files:
            by_item.setdefault(file.item_id, []).append(file)
        noted = [
            Noted(
                subject=item.pk,
                title=item.title,
                digest=item.content_digest_with(by_item.get(item.pk, [])),
                files={file.digest: file.title for file in by_item.get(item.pk, [])},
                at=timezone.make_aware(datetime.combine(day, time(12))),
            )
            for item, day in zip(items, days, strict=True)
        ]
        note(
            noted,
            subject_type=Item._meta.label_lower,
            organisation=organisation,
            chain=chain,
            signers=signers,
            evidence=evidence,
            by=by,
            act=ACT,
        )
        _put_out(items)
        shown = [item for item in items if item.publicity == Publicity.OPEN]
        if shown:
            tell(shown)
        record(
            IMPORTED,
            by=by,
            act=ACT,
            path=path,
            on=f"information.item:{items[0].pk}–{items[-1].pk}",
            after=[[thing.subject, thing.digest] for thing in noted],
            facts={"count": len(items), "evidence": evidence},
        )
    return items


def _with_pictures(item: Item, files: Sequence[Attached], by: Reader) -> list[Attached]:
    """Return *files* with the pictures of the text, which is left without those that nobody brought."""
    if "<img" not in item.body:
        return list(files)
    item.body, pictures = brought(item.body, files, by=by)
    return [*(each for each in files if not is_name(each.title)), *pictures]


def _put_out(items: Sequence[Item]) -> None:
    """Make the items live whose review is noted, in a few statements; the trigger looks at each."""
    table = connection.ops.quote_name(Item._meta.db_table)
    newest = """SELECT {column} FROM review_review r WHERE r.subject_type = 'information.item'
                AND r.subject_id = {table}.id AND r.status = 'complete'"""
    now = connection.ops.adapt_datetimefield_value(clock.now())
    with connection.cursor() as cursor:
        for first in range(0, len(items), BATCH):
            keys = [item.pk for item in items[first : first + BATCH]]
            marks = ", ".join(["%s"] * len(keys))
            review, digest = (
                newest.format(column=column, table=table) for column in ("r.id", "r.digest")
            )
            cursor.execute(
                f"UPDATE {table} SET review_id = ({review}), digest = ({digest}),"  # noqa: S608  # no outside text in it
                f" live = (publicity = %s), status = CASE WHEN publicity = %s THEN %s ELSE %s END,"
                f" first_published_at = CASE WHEN publicity = %s THEN %s END,"
                f" last_published_at = CASE WHEN publicity = %s THEN %s END WHERE id IN ({marks})",
                [
                    Publicity.OPEN,
                    Publicity.OPEN,
                    Status.PUBLIC,
                    Status.KEPT,
                    Publicity.OPEN,
                    now,
                    Publicity.OPEN,
                    now,
                    *keys,
                ],
            )
    for item in items:
        is_open = item.publicity == Publicity.OPEN
        item.live, item.status = is_open, Status.PUBLIC if is_open else Status.KEPT
