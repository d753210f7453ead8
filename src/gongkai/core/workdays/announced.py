"""The calendar that the notices make, as it was known on a day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from gongkai.core.refusal import Refusal
from gongkai.core.rulebook import Entry, Reference, Rulebook, national
from gongkai.core.workdays.calendar import Calendar


class AmendsNothing(Refusal):
    """放假通知“{key}”要调整的“{amends}”不存在；请核对 amends。"""


class Days(tuple[date, ...]):
    """Days as a law file writes them: ``2024-10-01``, ``2024-10-01/2024-10-07``, or a list of both."""

    __slots__ = ()

    @classmethod
    def from_law(cls, entry: Entry) -> "Days":
        """Return the days of *entry*, in order.

        Raises:
            LawError: It is neither a day, nor a span of days, nor a list of these.
        """
        items = entry.value if isinstance(entry.value, tuple) else (entry,)
        return cls(sorted(day for item in items for day in _span(item)))


NO_DAYS = Days()


def _span(entry: Entry) -> Iterator[date]:
    if isinstance(entry.value, date):
        yield entry.value
        return
    try:
        first, last = (date.fromisoformat(part) for part in str(entry.value).split("/"))
    except ValueError as error:
        raise entry.error(
            f"“{entry.plain()}”不是日期，也不是“2024-10-01/2024-10-07”这样的起止"
        ) from error
    if not 0 <= (last - first).days < 60:
        raise entry.error(f"“{entry.plain()}”的起止不合理")
    yield from (first + timedelta(days=offset) for offset in range((last - first).days + 1))


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What a notice arranges for one festival.

    Attributes:
        rest: The days off in one stretch, weekends in it included.
        work: The days at a weekend that are worked instead.
        lieu: Days off apart from the stretch, printed as 补休.
    """

    rest: Days
    work: Days = NO_DAYS
    lieu: Days = NO_DAYS

    def __post_init__(self) -> None:
        if not self.rest:
            raise ValueError("没有写放假的日子")
        if both := {*self.rest, *self.lieu}.intersection(self.work):
            raise ValueError(f"{min(both)}既放假又上班")


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """A notice of the State Council, or of a place, on days off.

    Attributes:
        title: The title.
        number: 文号.
        issued: The day on the document.
        published: The day on which people could know it, where that is later.
        year: The year that it arranges in full, or ``None``.
        amends: The notice that it changes: a festival of the same name takes the other's place.
        festivals: What it arranges, by name.
        confirmed: False where it was not checked against its source.
    """

    title: str
    number: str = ""
    issued: date
    published: date | None = None
    year: int | None = None
    amends: str = ""
    festivals: Mapping[str, Arrangement]
    confirmed: bool = True

    @property
    def known(self) -> date:
        """The first day on which people could know it."""
        return self.published or self.issued


@dataclass(frozen=True, slots=True)
class Festival:
    """A festival of one year as it is arranged in the end, and the notice that says so."""

    name: str
    days_off: tuple[date, ...]
    make_up_days: tuple[date, ...]
    notice: Reference

    @property
    def days(self) -> tuple[date, ...]:
        """Every day that it moves."""
        return (*self.days_off, *self.make_up_days)


def announcements(book: Rulebook | None = None) -> Mapping[str, Announcement]:
    """Return every notice on record by its key, such as ``holidays-2024``.

    Raises:
        AmendsNothing: One changes a notice that is not there.
    """
    found = (book or national()).section("holidays", Announcement, qualified=False)
    for key, notice in found.items():
        if notice.amends and notice.amends not in found:
            raise AmendsNothing(key=key, amends=notice.amends)
    return found


@dataclass(frozen=True)
class AnnouncedCalendar(Calendar):
    """A calendar that knows which notice made it."""

    festivals: tuple[Festival, ...] = ()

    def festivals_between(self, first: date, last: date) -> tuple[Festival, ...]:
        """Return the festivals that move a day from *first* to *last*, in order."""
        return tuple(
            festival
            for begins, ends, festival in self._spans
            if begins <= last
            and ends >= first
            and any(first <= day <= last for day in festival.days)
        )

    @cached_property
    def _spans(self) -> tuple[tuple[date, date, Festival], ...]:
        """The first and the last day of each festival."""
        return tuple((min(one.days), max(one.days), one) for one in self.festivals)


def calendar(book: Rulebook | None = None, *, known_on: date | None = None) -> AnnouncedCalendar:
    """Return the calendar that the notices make.

    Args:
        book: The law data; the national one where left out.
        known_on: Only notices that had been published by this day, so that one can see what an
            office could know then; all notices where left out.
    """
    book = book or national()
    known = [
        (key, found)
        for key, found in sorted(announcements(book).items(), key=lambda pair: pair[1].known)
        if known_on is None or found.known <= known_on
    ]
    # the days between two announcements share one calendar
    return book.once(f"calendar of {len(known)}", lambda: _announced(known, book))


def _announced(known: Sequence[tuple[str, Announcement]], book: Rulebook) -> AnnouncedCalendar:
    festivals: dict[tuple[str, str], Festival] = {}
    for key, notice in known:
        for name, days in notice.festivals.items():
            off = (*days.rest, *days.lieu)
            place = (notice.amends or key, name)
            festivals.pop(place, None)  # so that the later notice also comes later
            festivals[place] = Festival(name, off, tuple(days.work), book.reference(key))
    days_off: set[date] = set()
    make_up_days: set[date] = set()
    for festival in festivals.values():
        days_off = days_off.difference(festival.make_up_days).union(festival.days_off)
        make_up_days = make_up_days.difference(festival.days_off).union(festival.make_up_days)
    return AnnouncedCalendar(
        days_off=frozenset(days_off),
        make_up_days=frozenset(make_up_days),
        announced=frozenset(notice.year for _, notice in known if notice.year),
        festivals=tuple(sorted(festivals.values(), key=lambda festival: min(festival.days))),
    )
