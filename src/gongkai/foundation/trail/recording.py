"""Writing into the trail."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.db import connection, models, transaction

from gongkai.core import chain
from gongkai.foundation import clock
from gongkai.foundation.permissions.reader import Reader
from gongkai.foundation.trail.event import Event

if TYPE_CHECKING:
    from gongkai.foundation.accounts.models import User
    from gongkai.foundation.trail.models import Record

LOCK = 0x676F6E67  # "gong": the advisory lock that makes writers of the trail queue
SYSTEM = "system"
BITE = 500
"""Records written with one command."""


def record(  # noqa: PLR0913  # the facts of an act, all by name
    event: Event,
    *,
    by: "Reader | User | None" = None,
    on: models.Model | str | None = None,
    act: str | None = None,
    path: str | None = None,
    authority: str = "",
    before: Any = None,
    after: Any = None,
    facts: Mapping[str, Any] | None = None,
    reason: str = "",
) -> "Record":
    """Append what happened, inside the caller's transaction.

    Args:
        event: What happened, from the area's ``events.py``.
        by: Who did it; nobody means the system.
        on: The object, or its name as ``app.model:key``.
        act: The permission used; with a reader the authority is worked out from it and *path*.
        path: The place of the unit concerned.
        authority: The authority itself, where no act says it.
        before: The state before, anything that is JSON; only its digest is kept.
        after: The state after, likewise.
        facts: A few further facts, JSON, without personal data.
        reason: Why, in the actor's words.

    Returns:
        The new record. On PostgreSQL other writers of the trail wait until the caller commits, so
        call this last.
    """
    fresh = entry(
        event,
        by=by,
        on=on,
        act=act,
        path=path,
        authority=authority,
        before=before,
        after=after,
        facts=facts,
        reason=reason,
    )
    append([fresh])
    return fresh


def entry(  # noqa: PLR0913  # the facts of an act, all by name
    event: Event,
    *,
    by: "Reader | User | None" = None,
    on: models.Model | str | None = None,
    act: str | None = None,
    path: str | None = None,
    authority: str = "",
    before: Any = None,
    after: Any = None,
    facts: Mapping[str, Any] | None = None,
    reason: str = "",
) -> "Record":
    """Return what :func:`append` is to write, as for :func:`record`; nothing is written yet."""
    from gongkai.foundation.trail.models import Record  # noqa: PLC0415  # events load before models

    return Record(
        at=clock.now(),
        event=event.name,
        actor=_actor(by),
        authority=authority or _authority(by, act, path),
        unit=_unit(by, act, path),
        subject=name_of(on),
        facts=chain.canonical(dict(facts or {})).decode(),
        before="" if before is None else chain.digest(before),
        after="" if after is None else chain.digest(after),
        reason=reason.strip(),
    )


def append(entries: "Sequence[Record]") -> None:
    """Append *entries* in their order, inside the caller's transaction: much that was done at once."""
    from gongkai.foundation.trail.models import Record  # noqa: PLC0415  # events load before models

    if not entries:
        return
    # no savepoint: an act that cannot be recorded has not happened
    with transaction.atomic(savepoint=False):
        last = _last()
        for fresh in entries:
            fresh.number, fresh.previous = last.number + 1, last.digest
            fresh.digest = chain.digest(fresh.content())
            last = chain.Seal(fresh.number, fresh.digest)
        Record.objects.bulk_create(entries, batch_size=BITE)


def name_of(thing: models.Model | str | None) -> str:
    """Return how the trail calls *thing*: ``organisations.organisation:12``."""
    if thing is None or isinstance(thing, str):
        return thing or ""
    return f"{thing._meta.label_lower}:{thing.pk}"


def _last() -> chain.Seal:
    """Return the end of the chain, which stays the end until the transaction is over."""
    from gongkai.foundation.trail.models import Record  # noqa: PLC0415  # events load before models

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    # on SQLite a writing transaction is alone from its start (IMMEDIATE)
    last = Record.objects.order_by("-number").values_list("number", "digest").first()
    return chain.Seal(*last) if last else chain.Seal(0, chain.START)


def _actor(by: "Reader | User | None") -> str:
    if by is None:
        return SYSTEM
    user = by.user if isinstance(by, Reader) else by
    return "public" if user is None else f"user:{user.pk}"


def _unit(by: "Reader | User | None", act: str | None, path: str | None) -> int | None:
    if by is None:
        return None
    reader = by if isinstance(by, Reader) else Reader.of(by)
    standing = reader.standing_for(act, path) if act else None
    if standing is None and reader.standings:
        standing = reader.standings[0]
    return standing.unit if standing else None


def _authority(by: "Reader | User | None", act: str | None, path: str | None) -> str:
    if by is None:
        return SYSTEM
    if act and isinstance(by, Reader):
        return by.authority(act, path)
    return "none"
