"""Obligations that end without anybody's doing: the directory no longer lists the matter, or the unit is no more."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction

from gongkai.domain.directory import events
from gongkai.domain.directory.actions.assign import columns_of, landing_for
from gongkai.domain.directory.actions.waive import waive_all
from gongkai.domain.directory.models import Assignment, Obligation, StandardDirectory
from gongkai.domain.directory.periods import bounds, numbered
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.organisations.queries import heir_of
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

GENERATE = "directory.generate"
ASSIGN = "directory.assign"
RECENT = timedelta(days=31)
"""How long after its day a new version, or the end of a unit, is looked at again by the clock."""
AT_ONCE = 500


def arises(period: str, due: date | None, since: date) -> bool:
    """Tell whether what is owed for *period*, or by *due*, is owed by whoever is bound from *since* on."""
    return min(bounds(period)[1], due or date.max) >= since


def lapse(directory: StandardDirectory, *, by: Reader | None) -> int:
    """Free the units from what *directory*, a version in force, no longer lists; return how many obligations end.

    Only what would have arisen under this version: what the version before had made due stays owed, and so does
    what came into being before.
    """
    since = directory.effective_from
    if since > clock.today():
        return 0
    rows = (
        Obligation.objects.owed()
        .filter(entry__organisation=directory.organisation_id, formed=None, year__gte=since.year)
        .exclude(entry__listings__directory=directory)
    )
    with transaction.atomic():
        gone = [
            row
            for row in rows.select_for_update(of=("self",))
            if arises(row.period, row.due, since)
        ]
        return waive_all(
            gone,
            reason=f"标准目录第 {directory.version} 版自 {since} 起施行，不再列入这一事项",
            path=str(directory.organisation.path),
            act=GENERATE,
            on=directory,
            by=by,
        )


def hand_over(unit: Organisation, *, by: Reader | None) -> int:
    """Give what *unit*, which is no more, owes to its successor; return how many obligations it was.

    What the successor owes itself for the same period is not owed twice. Where nobody succeeds, nobody owes it.
    """
    if unit.closed is None or unit.closed > clock.today():
        return 0
    heir = heir_of(unit)
    with transaction.atomic():
        held = Assignment.objects.filter(unit=unit)
        owed = list(
            Obligation.objects.owed().filter(unit=unit).select_for_update().select_related("entry")
        )
        if not owed and not held.exists():
            return 0
        if heir is None:
            waive_all(
                owed,
                reason=f"{unit.name}已于 {unit.closed} 撤销，没有承接的机构",
                path=str(unit.path),
                act=ASSIGN,
                on=unit,
                by=by,
            )
        else:
            _inherit(heir, unit, owed, by)
        count = held.delete()[0]
        record(
            events.HANDED_OVER,
            by=by,
            act=ASSIGN,
            path=str((heir or unit).path),
            on=unit,
            facts={"to": heir.pk if heir else None, "entries": count, "obligations": len(owed)},
        )
    return len(owed)


def _inherit(
    heir: Organisation, unit: Organisation, owed: Sequence[Obligation], by: Reader | None
) -> None:
    columns = columns_of([heir])
    own = set(Assignment.objects.filter(unit=heir).values_list("entry", flat=True))
    Assignment.objects.bulk_create(
        Assignment(
            entry=row.entry,
            unit=heir,
            column_id=landing_for(row.entry.field, heir.pk, columns),
            by_hand=row.by_hand,
        )
        for row in Assignment.objects.filter(unit=unit).select_related("entry")
        if row.entry_id not in own
    )
    entries = {row.entry_id for row in owed}
    taken = set(
        Obligation.objects.filter(unit=heir, entry__in=entries).values_list("entry", "period")
    )
    moved, double = [], []
    for row in owed:
        if row.formed is None and (row.entry_id, row.period) in taken:
            double.append(row)
            continue
        number = 1
        while (row.entry_id, row.period) in taken and row.formed:
            number += 1
            row.period = numbered(row.formed, number)
        taken.add((row.entry_id, row.period))
        row.unit, row.level = heir, heir.level
        row.column_id = landing_for(row.field, heir.pk, columns)
        moved.append(row)
    Obligation.objects.bulk_update(moved, ["unit", "level", "column", "period"], batch_size=AT_ONCE)
    waive_all(
        double,
        reason=f"{unit.name}已于 {unit.closed} 并入{heir.name}，同一期由{heir.name}公开",
        path=str(heir.path),
        act=ASSIGN,
        on=unit,
        by=by,
    )


def keep_up() -> int:
    """Do both for what took effect in the last days; done by the clock."""
    today = clock.today()
    versions = StandardDirectory.objects.in_force().filter(
        version__gt=1, effective_from__gte=today - RECENT
    )
    count = sum(lapse(version, by=None) for version in versions.select_related("organisation"))
    ended = Organisation.objects.filter(
        closed__lte=today, assignments__isnull=False
    ) | Organisation.objects.filter(
        closed__range=(today - RECENT, today), obligations__in=Obligation.objects.owed()
    )
    return count + sum(hand_over(unit, by=None) for unit in ended.distinct())
