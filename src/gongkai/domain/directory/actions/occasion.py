"""Something came into being that is to be disclosed at any time (随时): its own clock begins."""

from datetime import date

from django.db import transaction

from gongkai.domain.directory import events
from gongkai.domain.directory.actions.generate import directory_of
from gongkai.domain.directory.errors import InTheFuture, NoDirectory, NoOccasion, NotOfUnit
from gongkai.domain.directory.models import Assignment, Entry, Listing, Obligation
from gongkai.domain.directory.periods import numbered
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ACT = "directory.open"
OCCASIONAL = ("event",)


def open_occasion(
    entry: Entry, *, unit: Organisation, formed: date, occasion: str, by: Reader | None
) -> Obligation:
    """Open the obligation to publish what came into being on *formed*.

    Args:
        entry: The entry of the standard directory.
        unit: Who owes it.
        formed: The day from which the days are counted.
        occasion: What came into being, in a few words.
        by: Who says so.

    Raises:
        InTheFuture: The day has not come.
        NotOfUnit: The unit does not owe the entry.
        NoOccasion: The entry is not one that is counted from an event.
    """
    if by is not None:
        by.must(ACT, str(unit.path))
    if formed > clock.today():
        raise InTheFuture(day=formed)
    assignment = Assignment.objects.filter(entry=entry, unit=unit).first()
    if assignment is None:
        raise NotOfUnit(entry=entry, unit=unit)
    directory = directory_of(entry.organisation, formed.year)
    listing = Listing.objects.filter(directory=directory, entry=entry).first()
    if listing is None:
        raise NoDirectory(organisation=entry.organisation, day=formed)
    if listing.limit_kind not in OCCASIONAL:
        raise NoOccasion(entry=entry, deadline=listing.deadline or "没有写")
    deadline = listing.limit.due(formed)
    with transaction.atomic():
        same_day = Obligation.objects.select_for_update().filter(
            unit=unit, entry=entry, formed=formed
        )
        number = same_day.count() + 1
        fresh = Obligation.objects.create(
            entry=entry,
            listing=listing,
            unit=unit,
            column=assignment.column,
            field=entry.field,
            level=unit.level,
            kind=listing.limit_kind,
            year=formed.year,
            period=numbered(formed, number),
            occasion=occasion.strip()[:200],
            formed=formed,
            due=deadline.day if deadline else None,
            provisional=bool(deadline and deadline.provisional),
        )
        record(
            events.OPENED,
            by=by,
            act=ACT,
            path=str(unit.path),
            on=fresh,
            facts={"entry": entry.pk, "formed": formed.isoformat(), "due": str(fresh.due or "")},
        )
    return fresh
