"""Figures that areas offer: questions asked of their records.

How an area takes part: its ``figures.py`` has functions ::

    from gongkai.foundation.figures import Answer, Period, figure

    @figure("institution.staff", title="在岗的信息员和公开办人员")
    def staff(units: Sequence[int], period: Period) -> Mapping[int, Answer]:
        ...

The key is one of ``law/indicators``. A function is asked about many units at once, with a constant
number of queries, and answers for those it has records of: a unit that it leaves out has no figure,
which is not the same as zero. ``records`` is asked only when somebody opens the figure.
"""

import calendar
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A year, or a month of it.

    Attributes:
        month: 1 to 12; 0 is the whole year.
    """

    year: int
    month: int = 0

    @property
    def first(self) -> date:
        """Return its first day."""
        return date(self.year, self.month or 1, 1)

    @property
    def last(self) -> date:
        """Return its last day."""
        month = self.month or 12
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    def __str__(self) -> str:
        return f"{self.year}年{self.month}月" if self.month else f"{self.year}年"


@dataclass(frozen=True, slots=True)
class Record:
    """One of the records behind a figure.

    Attributes:
        count: What it adds to the figure.
        href: Its page at the desk, where it has one.
    """

    title: str
    count: Decimal = Decimal(1)
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source says of one unit and period.

    Attributes:
        rule: What was counted, in a sentence for whoever opens the figure.
        records: Returns the records behind it.
    """

    value: Decimal
    rule: str
    records: Callable[[], Iterable[Record]] = field(compare=False, default=tuple)


Ask = Callable[[Sequence[int], Period], Mapping[int, Answer]]


@dataclass(frozen=True, slots=True)
class Source:
    """A question, and the indicator that it answers."""

    indicator: str
    title: str
    ask: Ask


_sources: Final[dict[str, Source]] = {}


def figure(indicator: str, *, title: str) -> Callable[[Ask], Ask]:
    """Register the decorated function as the source of *indicator*; one source an indicator.

    Args:
        indicator: Key in ``law/indicators``.
        title: What is counted, for people.
    """

    def register(ask: Ask) -> Ask:
        source = Source(indicator, title, ask)
        known = _sources.setdefault(indicator, source)
        if known.ask.__qualname__ != ask.__qualname__ or known.ask.__module__ != ask.__module__:
            raise ValueError(f"two sources answer {indicator}")
        return ask

    return register


def sources() -> Mapping[str, Source]:
    """Return every source by the key of its indicator."""
    return dict(sorted(_sources.items()))
