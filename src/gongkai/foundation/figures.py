"""Figures that areas offer: questions asked of their records.

How an area takes part: its ``figures.py`` has functions ::

    from gongkai.foundation.figures import Answer, Period, figure

    @figure("institution.staff", title="在岗的信息员和公开办人员")
    def staff(units: Sequence[int], period: Period) -> Mapping[int, Answer]:
        ...

The key is one of ``law/indicators``. Where one look at the records answers several, ``figures`` registers a
function that returns the answers by indicator. A function is asked about many units at once, with a constant
number of queries, and answers for those it has records of: a unit that it leaves out has no figure,
which is not the same as zero. ``records`` is asked only when somebody opens the figure.

Where a whole table of the statutory report follows from records, ``cells`` registers a function that answers cell
by cell, in the places of a form.
"""

import calendar
import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any, Final, overload

if TYPE_CHECKING:
    from django.db.models import QuerySet


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


PAGE = 500
"""Rows that :class:`Behind` reads at a time when somebody goes through all of them."""


class Behind(Sequence[Record]):
    """The records behind a large figure, fetched only as far as somebody looks.

    Args:
        rows: All of them, in their order.
        make: Makes a record of a row.
    """

    def __init__(self, rows: "QuerySet[Any]", make: Callable[[Any], Record]) -> None:
        self._rows, self._make = rows, make

    def __len__(self) -> int:
        return self._rows.count()

    def __iter__(self) -> Iterator[Record]:
        for first in itertools.count(0, PAGE):
            page = self[first : first + PAGE]
            yield from page
            if len(page) < PAGE:
                return

    @overload
    def __getitem__(self, place: int) -> Record: ...
    @overload
    def __getitem__(self, place: slice) -> list[Record]: ...
    def __getitem__(self, place: int | slice) -> Record | list[Record]:
        if not isinstance(place, slice):
            return self[place : place + 1][0]
        # the keys come from an index; only the rows of one page are read
        keys = list(self._rows.values_list("pk", flat=True)[place])
        found = self._rows.model._default_manager.in_bulk(keys)  # noqa: SLF001  # Django's public name for it
        return [self._make(found[key]) for key in keys if key in found]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source says of one unit and period.

    Attributes:
        rule: What was counted, in a sentence for whoever opens the figure.
        records: Returns the records behind it; a :class:`Behind` where they may be many.
    """

    value: Decimal
    rule: str
    records: Callable[[], Iterable[Record]] = field(compare=False, default=tuple)


Ask = Callable[[Sequence[int], Period], Mapping[int, Answer]]
AskTogether = Callable[[Sequence[int], Period], Mapping[str, Mapping[int, Answer]]]


@dataclass(frozen=True, slots=True)
class Source:
    """A question, and the indicator that it answers.

    Attributes:
        together: Answers this indicator and its kin at once, by indicator, where that is cheaper.
    """

    indicator: str
    title: str
    ask: Ask
    together: AskTogether | None = None


_sources: Final[dict[str, Source]] = {}
_places: Final[dict[str, tuple[str, str]]] = {}
"""Module and name of the function behind each, so that reading a module again is no second source."""


def figure(indicator: str, *, title: str) -> Callable[[Ask], Ask]:
    """Register the decorated function as the source of *indicator*; one source an indicator.

    Args:
        indicator: Key in ``law/indicators``.
        title: What is counted, for people.
    """

    def register(ask: Ask) -> Ask:
        _enter(Source(indicator, title, ask), ask)
        return ask

    return register


def figures(titles: Mapping[str, str]) -> Callable[[AskTogether], AskTogether]:
    """Register the decorated function as the source of several indicators that one look answers.

    Args:
        titles: What is counted, for people, by key in ``law/indicators``.
    """

    def register(together: AskTogether) -> AskTogether:
        for indicator, title in titles.items():
            _enter(
                Source(indicator, title, partial(_one_of, together, indicator), together), together
            )
        return together

    return register


def _one_of(
    together: AskTogether, indicator: str, units: Sequence[int], period: Period
) -> Mapping[int, Answer]:
    return together(units, period).get(indicator, {})


def _enter(source: Source, ask: Callable[..., Any]) -> None:
    place = (ask.__module__, ask.__qualname__)
    if _places.setdefault(source.indicator, place) != place:
        raise ValueError(f"two sources answer {source.indicator}")
    _sources[source.indicator] = source


def answers(
    units: Sequence[int], period: Period, *, only: Iterable[str] | None = None
) -> Iterator[tuple[str, Mapping[int, Answer]]]:
    """Yield what the records say to every indicator that has a source, or to *only* some of them.

    What answers several indicators at once is asked once.
    """
    wanted = sources() if only is None else {k: s for k, s in sources().items() if k in set(only)}
    asked: dict[AskTogether, Mapping[str, Mapping[int, Answer]]] = {}
    for key, source in wanted.items():
        if source.together is None:
            yield key, source.ask(units, period)
            continue
        if source.together not in asked:
            asked[source.together] = source.together(units, period)
        yield key, asked[source.together].get(key, {})


def sources() -> Mapping[str, Source]:
    """Return every source by the key of its indicator."""
    return dict(sorted(_sources.items()))


# -- whole tables ------------------------------------------------------------------------------------------

AskCells = Callable[[Sequence[int], Period, str], Mapping[int, Mapping[str, Answer]]]
"""Units, period and the key of a form; the answers by unit and place, such as ``requests/new/natural``."""


@dataclass(frozen=True, slots=True)
class CellSource:
    """Records that fill cells of the statutory forms."""

    key: str
    title: str
    ask: AskCells


_cell_sources: Final[dict[str, CellSource]] = {}


def cells(key: str, *, title: str) -> Callable[[AskCells], AskCells]:
    """Register the decorated function as a source of cells.

    Args:
        key: What the cells say that they come from.
        title: The same for people.
    """

    def register(ask: AskCells) -> AskCells:
        _cell_sources[key] = CellSource(key, title, ask)
        return ask

    return register


def cell_sources() -> Mapping[str, CellSource]:
    """Return every source of cells by its key."""
    return dict(sorted(_cell_sources.items()))


def from_cells(
    filled: Mapping[int, Mapping[str, Answer]], places: Mapping[str, Iterable[str]]
) -> Mapping[str, Mapping[int, Answer]]:
    """Return the answers to indicators that cells add up to, by indicator and unit.

    Args:
        filled: The cells of each unit, as a source of cells answers them.
        places: The cells that make up each indicator; a unit that has none of them has no figure.
    """
    return {key: Added(filled, tuple(wanted)) for key, wanted in places.items()}


class Added(Mapping[int, Answer]):
    """What cells add up to, unit by unit; worked out where somebody looks.

    Args:
        filled: The cells of each unit.
        places: Those that are added up, where a unit has them.
    """

    def __init__(self, filled: Mapping[int, Mapping[str, Answer]], places: Sequence[str]) -> None:
        self._filled, self._places = filled, places

    def __getitem__(self, unit: int) -> Answer:
        """Return the sum for *unit*."""
        mine = self._filled[unit]
        parts = [mine[place] for place in self._places if place in mine]
        if not parts:
            raise KeyError(unit)
        if len(parts) == 1:
            return parts[0]
        value = sum((part.value for part in parts), Decimal())
        return Answer(value, parts[0].rule, partial(_records_of, parts))

    def __iter__(self) -> Iterator[int]:
        """Yield the units that have one of the cells."""
        for unit, mine in self._filled.items():
            if any(place in mine for place in self._places):
                yield unit

    def __len__(self) -> int:
        """Return how many units that are."""
        return sum(1 for _ in self)


def _records_of(parts: Sequence[Answer]) -> Iterable[Record]:
    return [record for part in parts for record in part.records()]
