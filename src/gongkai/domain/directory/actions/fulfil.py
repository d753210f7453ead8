"""Which items fulfil which obligations: confirmed or declined by a person, reckoned at once."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Min

from gongkai.domain.directory import events
from gongkai.domain.directory.errors import NoReason, NotConfirmed, Settled
from gongkai.domain.directory.models import Fulfilment, Obligation
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ACT = "directory.fulfil"
AT_ONCE = 500


def confirm(fulfilments: Iterable[Fulfilment], *, by: Reader) -> int:
    """Say that the proposed items do fulfil their obligations; return how many were decided."""
    return _decide(fulfilments, Fulfilment.Status.CONFIRMED, by)


def decline(fulfilments: Iterable[Fulfilment], *, by: Reader) -> int:
    """Say that they do not; the machine will not propose them again."""
    return _decide(fulfilments, Fulfilment.Status.DECLINED, by)


def link(obligation: Obligation, *, item: Any, by: Reader | None) -> Fulfilment:
    """Say by hand that *item* fulfils *obligation*.

    Raises:
        Settled: The obligation was waived.
    """
    if by is not None:
        by.must(ACT, str(obligation.unit.path))
    with transaction.atomic():
        if obligation.waived:
            raise Settled(state="免除")
        found, _ = Fulfilment.objects.update_or_create(
            obligation=obligation,
            item=item,
            defaults={
                "status": Fulfilment.Status.CONFIRMED,
                "reasons": "人工关联",
                "decided_by": by.user if by else None,
                "decided": clock.now(),
            },
        )
        reckon([obligation.pk])
        record(
            events.FULFILLED,
            by=by,
            act=ACT,
            path=str(obligation.unit.path),
            on=obligation,
            facts={"items": [item.pk]},
        )
    obligation.refresh_from_db()
    return found


def revoke(fulfilment: Fulfilment, *, reason: str, by: Reader) -> None:
    """Take back that an item fulfils its obligation, because it does not; the machine will not propose it again.

    Raises:
        NoReason: Nothing was said.
        NotConfirmed: It was not confirmed, or is not any more.
    """
    reason = reason.strip()
    path = str(fulfilment.obligation.unit.path)
    by.must(ACT, path)
    if not reason:
        raise NoReason
    with transaction.atomic():
        row = Fulfilment.objects.select_for_update().get(pk=fulfilment.pk)
        if row.status != Fulfilment.Status.CONFIRMED:
            raise NotConfirmed
        row.status, row.decided_by, row.decided = (
            Fulfilment.Status.DECLINED,
            by.user,
            clock.now(),
        )
        row.save(update_fields=["status", "decided_by", "decided"])
        reckon([row.obligation_id])
        record(
            events.REVOKED,
            by=by,
            act=ACT,
            path=path,
            on=row.obligation,
            facts={"items": [row.item_id]},
            reason=reason,
        )


def reckon(obligations: Sequence[int]) -> int:
    """Work out anew when each of *obligations* was fulfilled; return how many changed.

    It is the day on which the first of its confirmed items that are public now became public.
    """
    changed = 0
    for start in range(0, len(obligations), AT_ONCE):
        keys = obligations[start : start + AT_ONCE]
        days = dict(
            Fulfilment.objects.filter(
                obligation__in=keys, status=Fulfilment.Status.CONFIRMED, item__live=True
            )
            .values_list("obligation")
            .annotate(first=Min("item__published_on"))
        )
        stale = [
            row
            for row in Obligation.objects.filter(pk__in=keys).only("pk", "done")
            if row.done != days.get(row.pk)
        ]
        for row in stale:
            row.done = days.get(row.pk)
        Obligation.objects.bulk_update(stale, ["done"], batch_size=AT_ONCE)
        changed += len(stale)
    return changed


def reckon_items(items: Iterable[int]) -> int:
    """Do so for whatever *items* fulfil: they became public, were withdrawn or went off line."""
    keys = list(items)
    found: set[int] = set()
    for start in range(0, len(keys), AT_ONCE):
        found.update(
            Fulfilment.objects.filter(
                item__in=keys[start : start + AT_ONCE], status=Fulfilment.Status.CONFIRMED
            ).values_list("obligation", flat=True)
        )
    return reckon(sorted(found))


def _decide(fulfilments: Iterable[Fulfilment], status: str, by: Reader) -> int:
    rows = list(
        Fulfilment.objects.filter(
            pk__in=[found.pk for found in fulfilments], status=Fulfilment.Status.PROPOSED
        ).select_related("obligation__unit")
    )
    paths = sorted({str(row.obligation.unit.path) for row in rows})
    for path in paths:
        by.must(ACT, path)
    with transaction.atomic():
        now = clock.now()
        for row in rows:
            row.status, row.decided_by, row.decided = status, by.user, now
        Fulfilment.objects.bulk_update(
            rows, ["status", "decided_by", "decided"], batch_size=AT_ONCE
        )
        reckon(sorted({row.obligation_id for row in rows}))
        if rows:
            confirmed = status == Fulfilment.Status.CONFIRMED
            record(
                events.FULFILLED if confirmed else events.DECLINED,
                by=by,
                act=ACT,
                path=paths[0],
                facts={
                    "obligations": sorted({row.obligation_id for row in rows})[:200],
                    "count": len(rows),
                },
            )
    return len(rows)
