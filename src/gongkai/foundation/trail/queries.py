"""Questions asked of the trail."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from gongkai.core import chain
from gongkai.foundation.accounts.models import User
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail.models import Record
from gongkai.foundation.trail.recording import name_of

CHUNK = 2000


def visible_to(reader: Reader) -> QuerySet[Record]:
    """The records *reader* may see: all, or those done under a post of a unit within reach."""
    reach = reader.reach("trail.view")
    if reach.everywhere:
        return Record.objects.all()
    return Record.objects.filter(unit__in=reach.keys()) if reach else Record.objects.none()


def about(thing: models.Model | str) -> QuerySet[Record]:
    """Return what happened to one object, newest first."""
    return Record.objects.filter(subject=name_of(thing))


def entries() -> Iterator[dict[str, Any]]:
    """Yield the whole chain, oldest first, a chunk at a time.

    Chunks by number instead of a cursor of the database: whoever stops in the middle, as at a broken
    link, leaves nothing open.
    """
    last = 0
    while chunk := list(Record.objects.filter(number__gt=last).order_by("number")[:CHUNK]):
        for record in chunk:
            yield record.entry()
        last = chunk[-1].number


def verify(expect: chain.Seal | None = None) -> chain.Seal:
    """Walk over the whole chain; return its end or raise at the first broken link."""
    return chain.verify(entries(), expect=expect)


def actors(records: Iterable[Record]) -> dict[str, str]:
    """Return the names of the people behind *records*, by actor, in one query."""
    keys = {record.actor for record in records if record.actor.startswith("user:")}
    people = User.objects.in_bulk([int(key.partition(":")[2]) for key in keys])
    return {f"user:{pk}": str(user) for pk, user in people.items()}


def subjects(records: Iterable[Record]) -> dict[str, str]:
    """Return what the objects of *records* are called today, by subject, one query a kind.

    What is no more, or is no row of a table, is left out.
    """
    keys: dict[str, set[int]] = defaultdict(set)
    for record in records:
        label, _, key = record.subject.partition(":")
        if key.isascii() and key.isdigit():
            keys[label].add(int(key))
    named: dict[str, str] = {}
    for label, wanted in keys.items():
        try:
            model = apps.get_model(label)
        except (LookupError, ValueError):
            continue
        found = model._default_manager.select_related().in_bulk(wanted)  # noqa: SLF001  # the way for any model
        named |= {f"{label}:{pk}": str(thing) for pk, thing in found.items()}
    return named


def between(first: date | None, last: date | None) -> Q:
    """Return the filter for the days from *first* to *last*, both included."""
    condition = Q()
    if first:
        condition &= Q(at__gte=_midnight(first))
    if last:
        condition &= Q(at__lt=_midnight(last + timedelta(days=1)))
    return condition


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
