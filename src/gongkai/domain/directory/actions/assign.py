"""Who owes which entry."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction

from gongkai.core.directories.bodies import Unit, named_in
from gongkai.domain.directory import events
from gongkai.domain.directory.actions.waive import waive_all
from gongkai.domain.directory.errors import NoReason, NotOfUnit
from gongkai.domain.directory.models import (
    Assignment,
    Column,
    Entry,
    Obligation,
    StandardDirectory,
)
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ACT = "directory.assign"
AT_ONCE = 1000
LANDING = "s20-15"
"""The column for what has none of its own: 其他法定信息."""


def assign(
    entries: Iterable[Entry], *, unit: Organisation, column: Column | None = None, by: Reader | None
) -> int:
    """Give *entries* to *unit*; return how many are new to it.

    They are to be published in *column*, or where it is left out in the unit's column of their field.
    """
    if by is not None:
        by.must(ACT, str(unit.path))
    wanted = list(entries)
    columns = {} if column else columns_of([unit])
    with transaction.atomic():
        known = Assignment.objects.filter(unit=unit, entry__in=[entry.pk for entry in wanted])
        if column is not None:
            known.update(column=column)
        held = set(known.values_list("entry", flat=True))
        made = Assignment.objects.bulk_create(
            [
                Assignment(
                    entry=entry,
                    unit=unit,
                    column_id=column.pk if column else landing_for(entry.field, unit.pk, columns),
                    by_hand=True,
                )
                for entry in wanted
                if entry.pk not in held
            ],
            batch_size=AT_ONCE,
        )
        record(
            events.ASSIGNED,
            by=by,
            act=ACT,
            path=str(unit.path),
            on=unit,
            facts={"entries": len(wanted), "fresh": len(made)},
        )
    return len(made)


def unassign(entry: Entry, *, unit: Organisation, reason: str, by: Reader | None) -> int:
    """Take *entry* from *unit*, which never owed it; return how many open obligations end with it.

    Raises:
        NoReason: Nothing was said.
        NotOfUnit: The unit does not owe it.
    """
    reason = reason.strip()
    path = str(unit.path)
    if by is not None:
        by.must(ACT, path)
    if not reason:
        raise NoReason
    with transaction.atomic():
        if not Assignment.objects.filter(entry=entry, unit=unit).delete()[0]:
            raise NotOfUnit(entry=entry, unit=unit)
        owed = list(Obligation.objects.owed().filter(entry=entry, unit=unit).select_for_update())
        waive_all(owed, reason=reason, path=path, act=ACT, on=unit, by=by)
        record(
            events.UNASSIGNED,
            by=by,
            act=ACT,
            path=path,
            on=unit,
            facts={"entry": entry.pk, "obligations": len(owed)},
            reason=reason,
        )
    return len(owed)


def assign_named(directory: StandardDirectory, *, by: Reader | None) -> int:
    """Give each entry to the units that its line names (公开主体); return how many were given.

    A line that names nobody whom the platform knows stays without a unit and is shown so.
    """
    county = directory.organisation
    if by is not None:
        by.must(ACT, str(county.path))
    units = list(Organisation.objects.below(county).in_being())
    facts = [Unit(unit.pk, unit.name, unit.short, unit.level, unit.kind) for unit in units]
    listings = list(
        directory.listings.select_related("entry").only(
            "entry", "body", "city", "township", "county", "entry__field"
        )
    )
    found = {
        listing.pk: named_in(
            listing.body,
            facts,
            within=county.name,
            township=listing.township,
            county=listing.county or not listing.bound,
        )
        for listing in listings
    }
    columns = columns_of(units)
    with transaction.atomic():
        held = set(
            Assignment.objects.filter(entry__organisation=county).values_list("entry", "unit")
        )
        fresh = [
            Assignment(
                entry_id=listing.entry_id,
                unit_id=unit,
                column_id=landing_for(listing.entry.field, unit, columns),
            )
            for listing in listings
            for unit in found[listing.pk]
            if (listing.entry_id, unit) not in held
        ]
        Assignment.objects.bulk_create(fresh, batch_size=AT_ONCE)
        record(
            events.ASSIGNED,
            by=by,
            act=ACT,
            path=str(county.path),
            on=directory,
            facts={"entries": len(listings), "fresh": len(fresh)},
        )
    return len(fresh)


def columns_of(units: Sequence[Organisation]) -> Mapping[tuple[int, str], int]:
    """Return the open preset columns of *units* by unit and key."""
    rows = Column.objects.filter(organisation__in=[unit.pk for unit in units], live=True).exclude(
        key=""
    )
    return {(unit, key): pk for unit, key, pk in rows.values_list("organisation", "key", "pk")}


def landing_for(field: str, unit: int, columns: Mapping[tuple[int, str], int]) -> int | None:
    """Return the column of *unit* among *columns* in which an entry of *field* is to be published."""
    return columns.get((unit, f"field-{field}")) or columns.get((unit, LANDING))
