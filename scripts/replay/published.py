"""What the published reports say, as the reader of reports reads it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from gongkai.core.extraction.reader import read
from gongkai.core.extraction.reading import Reading, Statement

CHANNELS = {
    "channels.website": "website",
    "channels.weibo": "weibo",
    "channels.wechat": "wechat",
    "channels.gazette": "gazette",
}
"""Indicators, and the outlet that each counts."""
OTHER = "channels.other"


@dataclass(frozen=True, slots=True)
class Group:
    """A level of units: how much it made public, how many normative documents it made and opened."""

    total: int
    issued: int = 0
    opened: int = 0


@dataclass(frozen=True, slots=True)
class Published:
    """The proactive figures of one report.

    Attributes:
        own: The bodies of the reporting government's own level.
        lower: Those below; nothing where the report does not tell them apart.
        channels: By indicator; empty where the report does not say.
        categories: By key of ``law/codes/categories.yaml``.
        before: What had been made public in earlier years.
        gazettes: Issues of the gazette.
    """

    year: int
    own: Group
    lower: Group | None = None
    channels: dict[str, int] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)
    before: int = 0
    gazettes: int = 0

    @property
    def groups(self) -> list[Group]:
        """The levels there are, the own first."""
        return [group for group in (self.own, self.lower) if group is not None]

    @property
    def total(self) -> int:
        """All that was made public in the year."""
        return sum(group.total for group in self.groups)


class Unread(LookupError):
    """A figure was not found in the report, or not once."""


def xinxiang(folder: Path) -> Published:
    """新乡 2016: two levels, five channels that share the items out, normative documents, the gazette."""
    report = _Report(read(folder / "xinxiang-2016.txt"))
    total = report.of("proactive.total", part_of=None)
    issued = report.of("normative.issued", part_of=None)
    own, lower = (report.number(f"proactive.{k}_level", part_of=total) for k in ("own", "lower"))
    made = [
        at
        for at in report.parts(issued)
        if report.indicator(at) is None and report.unit(at) == "件"
    ]
    if len(made) != 2:
        raise Unread("normative documents by level")
    opened = [report.number("proactive.normative", part_of=at) for at in made]
    channels = {key: report.number(key, part_of=total) for key in CHANNELS}
    # the last way has no name of its own in the text: 电视、报刊 … 全年共累计发布
    [rest] = [
        at for at in report.parts(total) if report.indicator(at) is None and report.unit(at) == "条"
    ]
    channels[OTHER] = report.value(rest)
    found = Published(
        year=2016,
        own=Group(own, report.value(made[0]), opened[0]),
        lower=Group(lower, report.value(made[1]), opened[1]),
        channels=channels,
        gazettes=report.said("公报", "期"),
    )
    _must_be(found.total, report.value(total))
    _must_be(sum(channels.values()), found.total)
    _must_be(sum(made_.issued for made_ in found.groups), report.value(issued))
    return found


def dayu(folder: Path) -> Published:
    """大余 2014: the year, and the years before it."""
    report = _Report(read(folder / "dayu-2014.txt"))
    [year] = report.every("proactive.total")
    ever = report.statements[year].part_of
    if ever is None:
        raise Unread("what was made public in all years")
    total = report.value(year)
    return Published(year=2014, own=Group(total), before=report.value(ever) - total)


def gaoping(folder: Path) -> Published:
    """高平 2012: two levels and four categories."""
    report = _Report(read(folder / "gaoping-2012.txt"))
    total = report.every("proactive.total")[0]
    own, lower = (report.number(f"proactive.{k}_level", part_of=total) for k in ("own", "lower"))
    prefix = "proactive.category."
    categories = {
        told.indicator.removeprefix(prefix): int(told.value)
        for told in report.statements
        if told.indicator and told.indicator.startswith(prefix)
    }
    _must_be(own + lower, report.value(total))
    _must_be(sum(categories.values()), report.value(total))
    return Published(year=2012, own=Group(own), lower=Group(lower), categories=categories)


CITIES: dict[str, Callable[[Path], Published]] = {
    "xinxiang": xinxiang,
    "dayu": dayu,
    "gaoping": gaoping,
}


@dataclass(frozen=True, slots=True)
class _Report:
    reading: Reading

    @property
    def statements(self) -> tuple[Statement, ...]:
        return self.reading.statements

    def every(self, indicator: str) -> list[int]:
        return [at for at, told in enumerate(self.statements) if told.indicator == indicator]

    def of(self, indicator: str, *, part_of: int | None) -> int:
        found = [at for at in self.every(indicator) if self.statements[at].part_of == part_of]
        if len(found) != 1:
            raise Unread(indicator)
        return found[0]

    def number(self, indicator: str, *, part_of: int | None) -> int:
        return self.value(self.of(indicator, part_of=part_of))

    def parts(self, whole: int) -> Iterator[int]:
        return (at for at, told in enumerate(self.statements) if told.part_of == whole)

    def said(self, word: str, unit: str) -> int:
        found = [t for t in self.statements if word in t.subject and t.unit == unit]
        if len(found) != 1:
            raise Unread(word)
        return _whole(found[0].value)

    def value(self, at: int) -> int:
        return _whole(self.statements[at].value)

    def unit(self, at: int) -> str | None:
        return self.statements[at].unit

    def indicator(self, at: int) -> str | None:
        return self.statements[at].indicator


def _whole(value: Decimal) -> int:
    if value != int(value):
        raise Unread(str(value))
    return int(value)


def _must_be(one: int, other: int) -> None:
    if one != other:
        raise Unread(f"{one} is not {other}")
