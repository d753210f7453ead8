"""Obligations that do not apply, with the reason."""

from collections.abc import Sequence

from django.db import transaction

from gongkai.domain.directory import events
from gongkai.domain.directory.errors import NoReason, Settled
from gongkai.domain.directory.models import Obligation, StandardDirectory
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ACT = "directory.waive"
AT_ONCE = 500


def waive(obligation: Obligation, *, reason: str, by: Reader | None) -> None:
    """Free the unit from *obligation*, because there is nothing to publish or the law forbids it.

    Raises:
        NoReason: Nothing was said.
        Settled: It is fulfilled or waived already.
    """
    reason = reason.strip()
    if by is not None:
        by.must(ACT, str(obligation.unit.path))
    if not reason:
        raise NoReason
    with transaction.atomic():
        fresh = Obligation.objects.select_for_update().get(pk=obligation.pk)
        if fresh.done or fresh.waived:
            raise Settled(state="履行" if fresh.done else "免除")
        fresh.waived, fresh.waiver = True, reason
        fresh.save(update_fields=["waived", "waiver"])
        record(
            events.WAIVED,
            by=by,
            act=ACT,
            path=str(obligation.unit.path),
            on=fresh,
            reason=reason,
        )
    obligation.refresh_from_db()


def waive_all(  # noqa: PLR0913  # the facts of an act, all by name
    obligations: Sequence[Obligation],
    *,
    reason: str,
    path: str,
    act: str,
    on: StandardDirectory | Organisation,
    by: Reader | None,
) -> int:
    """Waive *obligations* for one *reason*, recorded once; return how many."""
    for row in obligations:
        row.waived, row.waiver = True, reason
    Obligation.objects.bulk_update(obligations, ["waived", "waiver"], batch_size=AT_ONCE)
    if obligations:
        record(
            events.WAIVED,
            by=by,
            act=act,
            path=path,
            on=on,
            facts={"obligations": len(obligations)},
            reason=reason,
        )
    return len(obligations)


def restore(obligation: Obligation, *, reason: str, by: Reader | None) -> None:
    """Take the waiver back.

    Raises:
        NoReason: Nothing was said.
        Settled: It is not waived.
    """
    reason = reason.strip()
    if by is not None:
        by.must(ACT, str(obligation.unit.path))
    if not reason:
        raise NoReason
    with transaction.atomic():
        fresh = Obligation.objects.select_for_update().get(pk=obligation.pk)
        if not fresh.waived:
            raise Settled(state="恢复")
        fresh.waived, fresh.waiver = False, ""
        fresh.save(update_fields=["waived", "waiver"])
        record(
            events.RESTORED, by=by, act=ACT, path=str(obligation.unit.path), on=fresh, reason=reason
        )
    obligation.refresh_from_db()
