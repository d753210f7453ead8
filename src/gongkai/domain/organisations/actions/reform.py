"""An organisation changes its name, its place, or ceases to be."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.db import transaction

from gongkai.domain.organisations import errors, events
from gongkai.domain.organisations.actions.found import ACT, state
from gongkai.domain.organisations.models import Change, Name, Organisation
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import Event, record


@contextmanager
def _reform(
    organisation: Organisation, event: Event, day: date, ground: str, by: Reader | None
) -> Iterator[Organisation]:
    """Do what every reform does around its own change: ask, lock, save, record."""
    if by is not None:
        by.must(ACT, str(organisation.path))
    with transaction.atomic():
        fresh: Organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
        if fresh.closed:
            raise errors.AlreadyClosed(name=fresh.name, closed=fresh.closed)
        if fresh.founded and day < fresh.founded:
            raise errors.BeforeFounding(day=day, founded=fresh.founded)
        before = state(fresh)
        yield fresh
        fresh.save()
        record(
            event,
            by=by,
            act=ACT,
            path=str(organisation.path),
            on=fresh,
            before=before,
            after=state(fresh),
            facts={"day": day.isoformat()},
            reason=ground,
        )
        if fresh.closed:
            events.ended.send(Organisation, organisation=fresh, by=by)
    organisation.refresh_from_db()


def rename(  # noqa: PLR0913  # the facts of a reform, all by name
    organisation: Organisation,
    *,
    name: str,
    short: str = "",
    day: date,
    ground: str = "",
    by: Reader | None,
) -> None:
    """Give *organisation* a new name that is valid from *day*."""
    if name == organisation.name:
        raise errors.SameName
    with _reform(organisation, events.RENAMED, day, ground, by) as fresh:
        last = fresh.changes.order_by("-day").first()
        if last and last.kind == "renamed" and day <= last.day:
            raise errors.OutOfOrder(day=day, last=last.day)
        Name.objects.create(organisation=fresh, name=name, short=short, since=day)
        Change.objects.create(
            organisation=fresh,
            kind="renamed",
            day=day,
            before=fresh.name,
            after=name,
            ground=ground,
        )
        fresh.name, fresh.short = name, short


def close(
    organisation: Organisation,
    *,
    day: date,
    successor: Organisation | None = None,
    ground: str = "",
    by: Reader | None,
) -> None:
    """Let *organisation* be no more from *day*; *successor* takes over what is open."""
    with _reform(organisation, events.CLOSED, day, ground, by) as fresh:
        _must_be_able_to_go(fresh, successor)
        fresh.closed, fresh.successor = day, successor
        Change.objects.create(
            organisation=fresh, kind="closed", day=day, other=successor, ground=ground
        )


def merge(
    organisation: Organisation,
    *,
    into: Organisation,
    day: date,
    ground: str = "",
    by: Reader | None,
) -> None:
    """Merge *organisation* into another, which succeeds it from *day*."""
    with _reform(organisation, events.MERGED, day, ground, by) as fresh:
        _must_be_able_to_go(fresh, into)
        fresh.closed, fresh.successor = day, into
        Change.objects.create(organisation=fresh, kind="merged", day=day, other=into, ground=ground)


def move(
    organisation: Organisation,
    *,
    under: Organisation,
    day: date,
    ground: str = "",
    by: Reader | None,
) -> None:
    """Put *organisation*, with everything below it, under another."""
    if by is not None:
        by.must(ACT, str(under.path))
    with _reform(organisation, events.MOVED, day, ground, by) as fresh:
        target = Organisation.objects.get(pk=under.pk)
        if str(target.path).startswith(str(fresh.path)):
            raise errors.IntoItself(name=fresh.name)
        if target.get_children().filter(name=fresh.name, closed=None).exists():
            raise errors.NameTaken(parent=target, name=fresh.name)
        above = fresh.get_parent()
        fresh.move(target, "last-child")
        fresh.refresh_from_db()
        Change.objects.create(
            organisation=fresh,
            kind="moved",
            day=day,
            other=target,
            before=above.name if above else "",
            after=target.name,
            ground=ground,
        )


def _must_be_able_to_go(organisation: Organisation, successor: Organisation | None) -> None:
    if successor and str(successor.path).startswith(str(organisation.path)):
        raise errors.IntoItself(name=organisation.name)
    if count := organisation.get_descendants().filter(closed=None).count():
        raise errors.StillHasParts(name=organisation.name, count=count)
