"""Sites and accounts are renamed, moved to another unit, merged, closed: recorded acts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

from django.db import transaction

from gongkai.domain.media import errors, events
from gongkai.domain.media.actions.open import state
from gongkai.domain.media.models import Account, Alteration, AlterationKind, Site
from gongkai.domain.media.policies import KEEP
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import Event, record

Thing = TypeVar("Thing", Site, Account)


@contextmanager
def _altered(  # noqa: PLR0913, PLR0917  # what every alteration needs
    thing: Any, event: Event, kind: AlterationKind, day: date, ground: str, by: Reader | None
) -> Iterator[tuple[Any, dict[str, str]]]:
    """Do what every alteration does around its own change; yield the fresh row and what to note of it."""
    if by is not None:
        by.must(KEEP, str(thing.organisation.path))
    with transaction.atomic():
        fresh = (
            type(thing)
            .objects.select_for_update(of=("self",))
            .select_related("organisation")
            .get(pk=thing.pk)
        )
        if fresh.closed:
            raise errors.AlreadyClosed(name=fresh.name, closed=fresh.closed)
        if fresh.opened and day < fresh.opened:
            raise errors.BeforeOpening(day=day, opened=fresh.opened)
        last = fresh.alterations.order_by("-day").first()
        if last and day < last.day:
            raise errors.OutOfOrder(day=day, last=last.day)
        before, whose = state(fresh), fresh.organisation
        noted: dict[str, str] = {}
        yield fresh, noted
        fresh.save()
        which = {"site": fresh} if isinstance(fresh, Site) else {"account": fresh}
        Alteration.objects.create(
            **which, organisation=whose, kind=kind, day=day, ground=ground, **noted
        )
        record(
            event,
            by=by,
            act=KEEP,
            path=str(whose.path),
            on=fresh,
            before=before,
            after=state(fresh),
            facts={"day": day.isoformat()},
            reason=ground,
        )
    thing.refresh_from_db()


def rename(
    thing: Site | Account, *, name: str, day: date, ground: str = "", by: Reader | None
) -> None:
    """Give it a new name from *day*."""
    with _altered(thing, events.RENAMED, AlterationKind.RENAMED, day, ground, by) as (fresh, noted):
        if name == fresh.name:
            raise errors.SameAsBefore
        noted |= {"before": fresh.name, "after": name}
        fresh.name = name


def move(
    thing: Site | Account, *, to: Organisation, day: date, ground: str = "", by: Reader | None
) -> None:
    """Have *to* run it from *day*."""
    if by is not None:
        by.must(KEEP, str(to.path))
    with _altered(thing, events.MOVED, AlterationKind.MOVED, day, ground, by) as (fresh, noted):
        if to.pk == fresh.organisation_id:
            raise errors.SameAsBefore
        noted |= {"before": fresh.organisation.name, "after": to.name}
        fresh.organisation = to


def merge(
    account: Account, *, into: Account, day: date, ground: str = "", by: Reader | None
) -> None:
    """Let *account* go on in *into*; it is closed from *day*."""
    if into.pk == account.pk:
        raise errors.IntoItself
    if not into.is_open(day):
        raise errors.AlreadyClosed(name=into.name, closed=into.closed)
    with _altered(account, events.MERGED, AlterationKind.MERGED, day, ground, by) as (fresh, noted):
        noted |= {"before": fresh.name, "after": into.name}
        fresh.closed, fresh.successor = day, into


def close(thing: Site | Account, *, day: date, ground: str = "", by: Reader | None) -> None:
    """Let it be no more from *day*."""
    with _altered(thing, events.CLOSED, AlterationKind.CLOSED, day, ground, by) as (fresh, noted):
        noted |= {"before": fresh.name}
        fresh.closed = day
