"""A year's obligations: every entry in force, for every unit that owes it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice

from django.db import transaction
from django.db.models import Exists, Min, OuterRef, Q

from gongkai.domain.directory import events
from gongkai.domain.directory.actions.lapse import arises
from gongkai.domain.directory.errors import NoDirectory
from gongkai.domain.directory.models import Assignment, Listing, Obligation, StandardDirectory
from gongkai.domain.directory.models.standard import limit_of
from gongkai.domain.directory.periods import periods_of
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ACT = "directory.generate"
AT_ONCE = 2000


def generate(organisation: Organisation, *, year: int, by: Reader | None) -> int:
    """Write down what every unit below *organisation* owes in *year*; return how many are new.

    An assigned entry of the version in force has one obligation for each period where it is regular,
    one with its day where that is fixed, and one without a day where the directory says 长期 or 随时.
    Nothing is owed for a period that was over, or by a day that had passed, before the entry was first
    listed or the unit began. What comes into being later opens obligations of its own
    (:func:`~.occasion.open_occasion`). Run again, it adds what was assigned meanwhile.

    Raises:
        NoDirectory: No version is in force in that year.
    """
    if by is not None:
        by.must(ACT, str(organisation.path))
    directory = directory_of(organisation, year)
    with transaction.atomic():
        # two people generating at once wait for each other here
        StandardDirectory.objects.select_for_update().get(pk=directory.pk)
        fresh, rows = 0, _wanted(directory, year)
        while batch := list(islice(rows, AT_ONCE)):
            fresh += len(Obligation.objects.bulk_create(batch))
        if fresh:
            record(
                events.GENERATED,
                by=by,
                act=ACT,
                path=str(organisation.path),
                on=directory,
                facts={"year": year, "obligations": fresh},
            )
    return fresh


def directory_of(organisation: Organisation, year: int) -> StandardDirectory:
    """Return the version that governs *year*: the one in force today, or on the year's last day."""
    today = clock.today()
    day = today if today.year == year else date(year, 12, 31)
    found = StandardDirectory.objects.filter(organisation=organisation).in_force(day).first()
    if found is None:
        raise NoDirectory(organisation=organisation, day=day)
    return found


def _wanted(directory: StandardDirectory, year: int) -> Iterator[Obligation]:
    listings = {
        listing.entry_id: listing
        for listing in Listing.objects.filter(directory=directory).select_related("entry")
    }
    # what an entry gave rise to under an earlier version of the same year stays, and is not doubled
    there = Obligation.objects.filter(
        unit=OuterRef("unit"),
        entry=OuterRef("entry"),
        # names of periods begin with their year, and lie in the unique index behind unit and entry
        period__gte=str(year),
        period__lt=str(year + 1),
        formed=None,
    )
    rows = (
        Assignment.objects.filter(
            ~Exists(there),
            Q(unit__closed=None) | Q(unit__closed__gt=clock.today()),
            entry__listings__directory=directory,
        )
        .order_by("pk")
        .values_list("entry_id", "unit_id", "unit__level", "column_id", "unit__founded")
    )
    listed = dict(
        Listing.objects.filter(directory__organisation=directory.organisation_id)
        .order_by()
        .values_list("entry")
        .annotate(since=Min("directory__effective_from"))
    )
    for entry, unit, level, column, founded in rows.iterator(chunk_size=AT_ONCE):
        listing = listings[entry]
        since = max(listed[entry], founded or listed[entry])
        for period, due, provisional in terms(listing.deadline, year):
            if not arises(period, due, since):
                continue
            yield Obligation(
                entry_id=entry,
                listing_id=listing.pk,
                unit_id=unit,
                column_id=column,
                field=listing.entry.field,
                level=level,
                kind=listing.limit_kind,
                year=year,
                period=period,
                due=due,
                provisional=provisional,
            )


@lru_cache(maxsize=4096)
def terms(deadline: str, year: int) -> Sequence[tuple[str, date | None, bool]]:
    """Return the periods of *year* for a phrase, with due day and whether that is provisional."""
    limit = limit_of(deadline)
    if limit.kind == "regular":
        found = []
        for name, last in periods_of(limit.period, year):
            by_when = limit.due(last)
            found.append(
                (name, by_when.day if by_when else last, bool(by_when and by_when.provisional))
            )
        return tuple(found)
    return ((str(year), limit.day_in(year), False),)


def begin_year() -> int:
    """Generate this year for every organisation that had last year generated; return how many are new.

    Done by the clock, by nobody in particular; what is there already is left alone.
    """
    year = clock.today().year
    with_last = set(_with_year(year - 1)) - set(_with_year(year))
    made = 0
    for organisation in Organisation.objects.filter(pk__in=with_last):
        if StandardDirectory.objects.filter(organisation=organisation).in_force().exists():
            made += generate(organisation, year=year, by=None)
    return made


def _with_year(year: int) -> Iterable[int]:
    rows = Obligation.objects.filter(year=year).order_by().values_list("entry__organisation")
    return (key for (key,) in rows.distinct())
