"""What changed in public, in the order in which it was committed.

Written inside the transaction that changes it, one writer at a time: a number never becomes visible after a
higher one, so that whoever has read up to a number has missed nothing before it.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Max
from django.db.models.signals import post_save

from gongkai.domain.directory.events import columns_changed
from gongkai.domain.information.events import shown
from gongkai.domain.information.models import Item
from gongkai.domain.organisations.models import Guide, Organisation
from gongkai.foundation import clock
from gongkai.oversight.reports.models import Edition
from gongkai.oversight.reports.portal.queries import issued
from gongkai.site.api.models import Change, Kind
from gongkai.site.api.shapes import columns_shown

LOCK = 0x6A6F7572  # "jour": writers of the journal queue on PostgreSQL
MANY = 1000


def note(kind: Kind, keys: Iterable[int]) -> None:
    """Note inside the caller's transaction that the public state of *keys* changed."""
    rest = iter(sorted(set(keys)))
    with transaction.atomic():
        last = None
        while some := list(islice(rest, MANY)):
            if last is None:
                last = _last()
            Change.objects.filter(kind=kind, key__in=some).delete()
            now = clock.now()
            numbered = enumerate(some, start=last + 1)
            Change.objects.bulk_create(
                Change(sequence=number, kind=kind, key=key, at=now) for number, key in numbered
            )
            last += len(some)


def _last() -> int:
    """Return the highest number, which stays the highest until the transaction is over."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    # on SQLite a writing transaction is alone from its start (IMMEDIATE)
    return Change.objects.aggregate(last=Max("sequence"))["last"] or 0


def complete() -> int:
    """Note everything public that the journal does not have, such as what is older than it; return how much."""
    count = 0
    for kind, keys in _public_keys().items():
        while some := set(islice(keys, MANY)):
            known = Change.objects.filter(kind=kind, key__in=some).values_list("key", flat=True)
            missing = some - set(known)
            note(kind, missing)
            count += len(missing)
    return count


def _public_keys() -> dict[Kind, Iterator[int]]:
    found = {
        Kind.ORGANISATION: Organisation.objects.order_by("pk"),
        Kind.COLUMN: columns_shown(),
        Kind.ITEM: Item.objects.public().order_by("pk"),
        Kind.REPORT: issued().order_by("pk"),
    }
    return {
        kind: iter(rows.values_list("pk", flat=True).iterator(MANY)) for kind, rows in found.items()
    }


def listen() -> None:
    """Hear of whatever changes in public."""
    shown.connect(_items_shown, dispatch_uid="api-journal-items")
    columns_changed.connect(_columns_changed, dispatch_uid="api-journal-columns")
    post_save.connect(_organisation, sender=Organisation, dispatch_uid="api-journal-unit")
    post_save.connect(_guide, sender=Guide, dispatch_uid="api-journal-guide")
    post_save.connect(_edition, sender=Edition, dispatch_uid="api-journal-edition")


def _items_shown(items: Iterable[int], **_: Any) -> None:
    note(Kind.ITEM, items)


def _columns_changed(columns: Iterable[int], **_: Any) -> None:
    note(Kind.COLUMN, columns)


def _organisation(instance: Organisation, **_: Any) -> None:
    note(Kind.ORGANISATION, [instance.pk])


def _guide(instance: Guide, **_: Any) -> None:
    note(Kind.ORGANISATION, [instance.organisation_id])


def _edition(instance: Edition, **_: Any) -> None:
    note(Kind.REPORT, [instance.report_id])
