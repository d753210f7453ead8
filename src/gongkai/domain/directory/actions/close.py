"""A column ends: closed, or merged into another; its public address goes on leading somewhere."""

from django.db import transaction

from gongkai.domain.directory import events
from gongkai.domain.directory.actions.columns import ACT, held, state, tell_of
from gongkai.domain.directory.errors import (
    FixedColumn,
    HoldsNoItems,
    IntoItself,
    OtherOrganisation,
    StillHasParts,
    StillHoldsItems,
)
from gongkai.domain.directory.models import Assignment, Column, Obligation
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def close(
    column: Column, *, successor: Column | None = None, reason: str = "", by: Reader | None
) -> None:
    """Close *column*; who follows its old address is led to *successor*, or to its section.

    Items stay public where they are: a column with items can only be merged.

    Raises:
        FixedColumn: One of the parts that every section must have.
        StillHasParts: Columns below it are open.
        StillHoldsItems: There are items in it.
    """
    with transaction.atomic():
        fresh = held(column, by=by)
        _must_be_able_to_end(fresh)
        there = held(successor, by=None) if successor else None
        if there:
            _must_be_able_to_follow(fresh, there)
        if count := fresh.items.count():
            raise StillHoldsItems(column=fresh, count=count)
        _end(fresh, there)
        record(
            events.CLOSED,
            by=by,
            act=ACT,
            path=str(fresh.organisation.path),
            on=fresh,
            after=state(fresh),
            reason=reason,
        )
    column.refresh_from_db()


def merge(column: Column, *, into: Column, reason: str = "", by: Reader | None) -> int:
    """Put everything in *column* into *into* and close it; return how many items moved.

    Obligations that were to be published in it are to be published there.

    Raises:
        FixedColumn: One of the parts that every section must have.
        StillHasParts: Columns below it are open.
        HoldsNoItems: *into* is a group or a link.
        OtherOrganisation: They belong to two organisations.
    """
    with transaction.atomic():
        fresh, there = held(column, by=by), held(into, by=None)
        _must_be_able_to_end(fresh)
        _must_be_able_to_follow(fresh, there)
        count = int(fresh.items.count())
        if count and not there.holds_items:
            raise HoldsNoItems(column=there, kind=there.get_kind_display(), other=fresh)
        if count:
            events.items_moved.send(Column, source=fresh, target=there, by=by)
        Assignment.objects.filter(column=fresh).update(column=there)
        Obligation.objects.filter(column=fresh).update(column=there)
        Column.objects.filter(successor=fresh).update(successor=there)
        _end(fresh, there)
        record(
            events.MERGED,
            by=by,
            act=ACT,
            path=str(fresh.organisation.path),
            on=fresh,
            after=state(fresh),
            facts={"into": there.pk, "items": count},
            reason=reason,
        )
    column.refresh_from_db()
    return count


def reopen(column: Column, *, by: Reader | None) -> None:
    """Open a closed column again, where it was."""
    if by is not None:
        by.must(ACT, str(column.organisation.path))
    with transaction.atomic():
        fresh = Column.objects.select_for_update(of=("self",)).get(pk=column.pk)
        if fresh.live:
            return
        fresh.live, fresh.closed, fresh.successor = True, None, None
        fresh.save()
        tell_of([fresh], fresh.organisation)
        record(
            events.REOPENED,
            by=by,
            act=ACT,
            path=str(fresh.organisation.path),
            on=fresh,
            after=state(fresh),
        )
    column.refresh_from_db()


def _end(column: Column, successor: Column | None) -> None:
    column.live, column.closed, column.successor = False, clock.today(), successor
    column.save()
    tell_of([column, *([successor] if successor else [])], column.organisation)


def _must_be_able_to_end(column: Column) -> None:
    if column.key and column.depth <= Column.SECTION_DEPTH:
        raise FixedColumn(column=column, verb="关闭或并入其他栏目")
    parts = Column.objects.filter(
        path__startswith=column.path, depth__gt=column.depth, live=True
    ).count()
    if parts:
        raise StillHasParts(column=column, count=parts)


def _must_be_able_to_follow(column: Column, successor: Column) -> None:
    if successor.organisation_id != column.organisation_id:
        raise OtherOrganisation(column=successor, organisation=column.organisation)
    if successor.pk == column.pk:
        raise IntoItself(column=column)
