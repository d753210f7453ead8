"""One column: added, amended, moved among its neighbours or elsewhere."""

import secrets
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from django.db import transaction

from gongkai.domain.directory import events
from gongkai.domain.directory.errors import (
    ColumnClosed,
    FixedColumn,
    IntoItself,
    NoAddress,
    NoPlaceBelow,
    OtherOrganisation,
    TitleTaken,
)
from gongkai.domain.directory.models import Column
from gongkai.domain.directory.planting import home
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ACT = "directory.columns"
AMENDABLE = ("title", "kind", "freshness", "link", "note")
FIXED_TITLE = "改名"
GROUP = "focus"
"""The key of the group of key fields, and the part that they belong to wherever it stands."""


def held(column: Column, *, by: Reader | None) -> Column:
    """Return *column* as it is now, after asking whether *by* may touch it; the tree is locked.

    Raises:
        ColumnClosed: It is closed.
    """
    if by is not None:
        by.must(ACT, str(column.organisation.path))
    home()
    fresh: Column = Column.objects.select_related("organisation").get(pk=column.pk)
    if not fresh.live:
        raise ColumnClosed(column=fresh, closed=fresh.closed)
    return fresh


def add(  # noqa: PLR0913  # the facts of a column, all by name
    parent: Column,
    *,
    title: str,
    kind: str,
    freshness: str = "",
    link: str = "",
    note: str = "",
    by: Reader | None,
) -> Column:
    """Put a column of one's own last below *parent*.

    Raises:
        NoPlaceBelow: *parent* is no group.
        TitleTaken: It has a column of that name.
        NoAddress: A link leads nowhere.
    """
    with transaction.atomic():
        above = held(parent, by=by)
        _must_hold_columns(above)
        _must_be_free(above, title)
        if kind == "link" and not link:
            raise NoAddress
        fresh = Column(
            organisation=above.organisation,
            title=title,
            kind=kind,
            section=above.section,
            freshness=freshness,
            link=link,
            note=note,
            slug=f"column-{secrets.token_hex(6)}",
        )
        above.add_child(instance=fresh)
        _tell(events.ADDED, fresh, by=by, after=state(fresh))
    return fresh


def amend(column: Column, *, facts: Mapping[str, Any], by: Reader | None) -> None:
    """Change name, kind, rule of update, link or note.

    Raises:
        FixedColumn: The name of a part of the section is laid down for the whole country.
        TitleTaken: A neighbour is called so.
        NoAddress: A link leads nowhere.
    """
    with transaction.atomic():
        fresh = held(column, by=by)
        before = state(fresh)
        for name in AMENDABLE:
            if name in facts:
                setattr(fresh, name, facts[name])
        if fresh.title != before["title"]:
            if fresh.key and fresh.depth <= Column.SECTION_DEPTH:
                raise FixedColumn(column=before["title"], verb=FIXED_TITLE)
            _must_be_free(Column.objects.get(path=fresh.parent_path), fresh.title)
            fresh.draft_title = fresh.title
        if fresh.kind == "link" and not fresh.link:
            raise NoAddress
        after = state(fresh)
        if after == before:
            return
        fresh.save()
        _tell(events.AMENDED, fresh, by=by, before=before, after=after)
    column.refresh_from_db()


def move(
    column: Column,
    *,
    target: Column,
    place: Literal["before", "after", "below"],
    by: Reader | None,
) -> None:
    """Put *column* before or after *target*, or last below it.

    Raises:
        OtherOrganisation: They belong to two organisations.
        IntoItself: *target* lies below *column*.
        NoPlaceBelow: *target* is no group.
        FixedColumn: A part of the section has its prescribed place.
    """
    with transaction.atomic():
        fresh = held(column, by=by)
        there = held(target, by=None)
        if there.organisation_id != fresh.organisation_id:
            raise OtherOrganisation(column=there, organisation=fresh.organisation)
        if fresh.key and fresh.depth <= Column.SECTION_DEPTH:
            raise FixedColumn(column=fresh, verb="移动")
        if str(there.path).startswith(str(fresh.path)):
            raise IntoItself(column=fresh)
        if place == "below":
            _must_hold_columns(there)
        elif there.depth <= Column.SECTION_DEPTH:
            raise FixedColumn(column=there.organisation, verb="在板块之间插入栏目")
        above = there if place == "below" else Column.objects.get(path=there.parent_path)
        if above.path != fresh.parent_path:
            _must_be_free(above, fresh.title)
        before = state(fresh)
        positions = {"before": "left", "after": "right", "below": "last-child"}
        fresh.move(there, pos=positions[place])
        fresh = Column.objects.get(pk=column.pk)
        if fresh.key != GROUP:
            Column.objects.filter(path__startswith=fresh.path).update(section=above.section)
            fresh.section = above.section
        _tell(events.MOVED, fresh, by=by, before=before, after=state(fresh))
    column.refresh_from_db()


def step(column: Column, *, down: bool, by: Reader | None) -> bool:
    """Move *column* one place up or down among its open neighbours; tell whether it moved."""
    neighbours = Column.objects.filter(depth=column.depth, path__startswith=column.parent_path)
    open_ones = neighbours.filter(live=True)
    found = (
        open_ones.filter(path__gt=column.path).order_by("path").first()
        if down
        else open_ones.filter(path__lt=column.path).order_by("-path").first()
    )
    if found is None:
        return False
    move(column, target=found, place="after" if down else "before", by=by)
    return True


def state(column: Column) -> dict[str, Any]:
    """Return what the trail takes the digest of."""
    return {
        "title": column.title,
        "kind": column.kind,
        "section": column.section,
        "freshness": column.freshness,
        "link": column.link,
        "note": column.note,
        "path": str(column.path),
        "live": column.live,
        "successor": column.successor_id,
    }


def tell_of(columns: Iterable[Column], organisation: Organisation) -> None:
    """Say inside the transaction that *columns* changed."""
    events.columns_changed.send(
        Column, columns={column.pk for column in columns}, organisations={organisation.pk}
    )


def _tell(event: Any, column: Column, *, by: Reader | None, **states: Any) -> None:
    tell_of([column], column.organisation)
    record(event, by=by, act=ACT, path=str(column.organisation.path), on=column, **states)


def _must_hold_columns(column: Column) -> None:
    if column.kind != "group":
        raise NoPlaceBelow(column=column)


def _must_be_free(parent: Column, title: str) -> None:
    below = Column.objects.filter(path__startswith=parent.path, depth=parent.depth + 1, live=True)
    if below.filter(title=title).exists():
        raise TitleTaken(parent=parent, title=title)
