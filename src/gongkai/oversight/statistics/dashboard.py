"""What was made public, live: by month, unit, column, channel and subject, this year beside the last.

Sums over a whole year come from the yearly tallies of the units (:mod:`.tallying`), everything that is told to the
day from an index. Nothing shown is outdated.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Count, OuterRef, Subquery

from gongkai.core.codes import genres, outlets, topics
from gongkai.core.directories import presets
from gongkai.core.reminders import reminder
from gongkai.domain.channels.models import Release
from gongkai.domain.channels.models.release import WEBSITE
from gongkai.domain.directory.models import Column
from gongkai.domain.information import tallies
from gongkai.domain.information.models import Item, Kind
from gongkai.domain.information.models.item import ItemQuerySet
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.organisations.models.organisation import OrganisationQuerySet
from gongkai.foundation import clock
from gongkai.foundation.figures import Period
from gongkai.oversight.statistics.tallying import OWN, Sum, year_sum

MONTHS = range(1, 13)


@dataclass(frozen=True, slots=True)
class Window:
    """A year as far as it has come, and the same stretch of the year before."""

    year: int
    today: date

    @property
    def days(self) -> tuple[date, date]:
        """First and last day."""
        return date(self.year, 1, 1), min(self.today, date(self.year, 12, 31))

    @property
    def before(self) -> tuple[date, date]:
        """The same days a year earlier."""
        last = self.days[1]
        if (last.month, last.day) == (2, 29):
            last -= timedelta(days=1)
        return date(self.year - 1, 1, 1), last.replace(year=self.year - 1)

    @property
    def is_whole(self) -> bool:
        """Tell whether the year is over."""
        return self.days[1] == date(self.year, 12, 31)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of what was made public: how much now, how much in the same days of the year before."""

    key: str
    title: str
    now: int
    before: int


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit, and what it made public."""

    pk: int
    name: str
    now: int
    before: int
    newest: date | None = None

    @property
    def change(self) -> int:
        """How many more than a year before."""
        return self.now - self.before


class Dashboard:
    """The questions of one screen, for the units in *keys*; each is asked when it is used, once."""

    def __init__(self, keys: Sequence[int], year: int) -> None:
        self.keys = list(keys)
        self.window = Window(year, clock.today())
        self._now = tallies.made_public(self.keys, *self.window.days)
        self._before = tallies.made_public(self.keys, *self.window.before)

    @cached_property
    def _sums(self) -> tuple[Sum, Sum]:
        """This year so far, and the same months of the last in full."""
        last = self.window.days[1].month
        year = self.window.year
        return year_sum(self.keys, year, last=last), year_sum(self.keys, year - 1, last=last)

    def months(self) -> tuple[list[int | None], list[int]]:
        """Return the counts by month of this year, nothing for what is to come, and of the last."""
        now, before = self._sums
        until = self.window.days[1].month
        return (
            [now.months[m] if m <= until else None for m in MONTHS],
            [before.months[m] for m in MONTHS],
        )

    def units(self) -> list[UnitRow]:
        """Return every unit, who published most first."""
        now, before = tallies.by_unit(self._now), tallies.by_unit(self._before)
        rows = Organisation.objects.filter(pk__in=self.keys).order_by("path")
        every = [
            UnitRow(pk, short or name, now.get(pk, 0), before.get(pk, 0))
            for pk, short, name in rows.values_list("pk", "short", "name")
        ]
        return sorted(every, key=lambda row: -row.now)

    def columns(self) -> list[Share]:
        """Return the shares of the columns; the same preset of all units is one."""
        names = {key: preset.title for key, preset in presets().items()}
        own = {key for one in self._sums for key in one.parts["column"] if key.startswith(OWN)}
        if own:
            wanted = [int(key.removeprefix(OWN)) for key in own]
            titles = Column.objects.filter(pk__in=wanted).order_by().values_list("pk", "title")
            names |= {f"{OWN}{pk}": title for pk, title in titles}
        return self._shares_of("column", names)

    def subjects(self) -> list[Share]:
        """Return the shares of the classes of subjects."""
        return self._shares_of(
            "topic", {key: topic.label for key, topic in topics().items()} | {"": "未分类"}
        )

    def kinds(self) -> list[Share]:
        """Return the shares of the kinds of document."""
        return self._shares_of(
            "genre", {key: genre.label for key, genre in genres().items()} | {"": "未标注"}
        )

    def _shares_of(self, part: str, names: Mapping[str, str]) -> list[Share]:
        now, before = self._sums
        return _shares(names, now.parts[part], before.parts[part])

    def channels(self, total: int, before: int) -> list[Share]:
        """Return in which outlets the items went out, of which there are *total* and were *before*."""
        counts = [self._released(*days) for days in (self.window.days, self.window.before)]
        for count, everything in zip(counts, (total, before), strict=True):
            # of the website there are only rows of what was not made public there
            count[WEBSITE] = everything - count[WEBSITE]
        return _shares({key: o.label for key, o in outlets().items()}, *counts)

    def _released(self, first: date, last: date) -> Counter[str]:
        gone = Release.objects.filter(
            outlet__in=list(outlets()), organisation__in=self.keys, on__range=(first, last)
        )
        return Counter(dict(gone.order_by().values_list("outlet").annotate(n=Count("pk"))))

    def documents(self) -> tuple[int, int]:
        """Return how many normative documents were made, and how many are in force at the end."""
        days = self.window.days
        mine = tallies.documents(self.keys).filter(kind=Kind.NORMATIVE)
        standing = tallies.standings(*days)
        return mine.filter(standing["issued"]).count(), mine.filter(standing["valid"]).count()

    def silent(self) -> set[int]:
        """Return who has made nothing public of late; nobody of a year that is over."""
        if self.window.is_whole:
            return set()
        last = self.window.today
        lately = tallies.by_unit(
            tallies.made_public(self.keys, last - reminder("silent-unit").span, last)
        )
        return set(self.keys) - set(lately)


def _shares(
    names: Mapping[str, str], now: Mapping[str, int], before: Mapping[str, int]
) -> list[Share]:
    keys = {key for key in (*now, *before) if now.get(key) or before.get(key)}
    shares = [Share(key, names.get(key, key), now.get(key, 0), before.get(key, 0)) for key in keys]
    return sorted(shares, key=lambda share: (-share.now, -share.before, share.key))


def with_newest(rows: Sequence[UnitRow]) -> list[UnitRow]:
    """Return *rows*, a page of them, with the day on which each last made something public; one query."""
    latest = (
        Item.objects.filter(organisation=OuterRef("pk"), published_on__isnull=False)
        .order_by("-published_on")
        .values("published_on")[:1]
    )
    found = Organisation.objects.filter(pk__in=[row.pk for row in rows]).order_by()
    days = dict(found.annotate(newest=Subquery(latest)).values_list("pk", "newest"))
    return [UnitRow(r.pk, r.name, r.now, r.before, days.get(r.pk)) for r in rows]


def scope(unit: Organisation, visible: OrganisationQuerySet) -> list[int]:
    """Return the keys of *unit* and of what lies below it, as far as it is *visible* to the reader."""
    found = visible.filter(path__startswith=unit.path).order_by()
    return list(found.values_list("pk", flat=True))


def items(keys: Sequence[int], period: Period, asked: Mapping[str, str]) -> ItemQuerySet:
    """Return the items behind a number of the dashboard.

    Args:
        keys: The units.
        period: The year or month.
        asked: ``column`` (key of a preset, or ``#`` and the key of a column), ``topic``, ``genre``, ``outlet`` as far as asked for.
    """
    found = tallies.made_public(keys, period.first, period.last)
    if "outlet" in asked:
        found = _in_outlet(keys, period, asked["outlet"], found)
    if column := asked.get("column"):
        own = column.removeprefix(OWN)
        is_own = column.startswith(OWN) and own.isdecimal()
        found = found.filter(column=int(own)) if is_own else found.filter(column__key=column)
    if "topic" in asked:
        topic = asked["topic"]
        found = found.filter(topic__startswith=topic) if topic else found.filter(topic="")
    if "genre" in asked:
        found = found.filter(genre=asked["genre"])
    return found


def _in_outlet(
    keys: Sequence[int], period: Period, outlet: str, found: ItemQuerySet
) -> ItemQuerySet:
    days = (period.first, period.last)
    gone = Release.objects.filter(organisation__in=keys, outlet=outlet, on__range=days)
    marked = gone.order_by().values("item")
    return found.exclude(pk__in=marked) if outlet == WEBSITE else Item.objects.filter(pk__in=marked)
