"""Figures of several reports in columns."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations, pairwise
from typing import Any

from gongkai.core.comparison.wording import Wording, wording
from gongkai.core.extraction.reading import Reading
from gongkai.core.forms import Form, Place, State
from gongkai.core.indicators import Indicator, indicators

SCHEMA = "gongkai.comparison/1"
ACROSS = "统计指标（跨格式可比）"
UNREADABLE = "读不出"


@dataclass(frozen=True, slots=True)
class Line:
    """One figure over all reports.

    Attributes:
        values: A number for each report, ``None`` where it has none.
        in_text: For each report, whether the number stands in a sentence and not in a table.
        note: Why the numbers should be compared with care, where that is so.
    """

    label: str
    unit: str
    values: tuple[Decimal | None, ...]
    in_text: tuple[bool, ...] = ()
    note: str = ""

    @property
    def differs(self) -> bool:
        """Whether the reports say different things."""
        return len(set(self.values)) > 1

    @property
    def cells(self) -> tuple[tuple[str, bool], ...]:
        """The numbers as text, each with whether it stands in a sentence."""
        in_text = self.in_text or (False,) * len(self.values)
        return tuple((_told(v) or "", text) for v, text in zip(self.values, in_text, strict=True))

    @property
    def change(self) -> Decimal | None:
        """The last number less the first, where both are known."""
        first, last = self.values[0], self.values[-1]
        return None if first is None or last is None else last - first

    @property
    def percent(self) -> Decimal | None:
        """The change in per cent of the first number, to one decimal."""
        if self.change is None or not self.values[0]:
            return None
        return (self.change * 100 / abs(self.values[0])).quantize(Decimal("0.1"))


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading."""

    title: str
    lines: tuple[Line, ...]

    @property
    def changed(self) -> int:
        """How many lines differ."""
        return sum(line.differs for line in self.lines)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Reports side by side, by year and then by agency."""

    readings: tuple[Reading, ...]
    groups: tuple[Group, ...]
    wordings: tuple[Wording, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What stands over the column of each report."""
        return tuple(
            f"{r.agency or r.title or r.file} {r.year or ''}".strip() for r in self.readings
        )

    def as_json(self) -> dict[str, Any]:
        """Return everything, ready for :func:`json.dumps`; numbers are decimal strings."""
        return {
            "schema": SCHEMA,
            "readings": [
                {
                    "file": r.file,
                    "agency": r.agency,
                    "year": r.year,
                    "form": r.form.key if r.form else None,
                }
                for r in self.readings
            ],
            "groups": [
                {"title": group.title, "lines": [_line(line) for line in group.lines]}
                for group in self.groups
            ],
            "wordings": [one.as_json() for one in self.wordings],
        }


def _line(line: Line) -> dict[str, Any]:
    return {
        "label": line.label,
        "unit": line.unit or None,
        "values": [_told(value) for value in line.values],
        "in_text": list(line.in_text) or [False] * len(line.values),
        "change": _told(line.change),
        "percent": _told(line.percent),
        "note": line.note or None,
    }


def _told(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def compare(readings: Iterable[Reading]) -> Comparison:
    """Return *readings* side by side.

    Figures are compared by indicator, whatever the forms; and cell by cell among those that follow
    one form. Wordings are compared from each report to the next.
    """
    ordered = tuple(sorted(readings, key=lambda r: (r.year or 0, r.agency or "", r.file)))
    groups = [Group(ACROSS, tuple(_indicators(ordered)))]
    groups += [Group(title, tuple(lines)) for title, lines in _tables(ordered)]
    texts = [r for r in ordered if r.text]
    return Comparison(
        ordered,
        tuple(group for group in groups if group.lines),
        tuple(wording(one, other) for one, other in pairwise(texts)),
    )


def _indicators(readings: Sequence[Reading]) -> Iterator[Line]:
    forms = {reading.form.key for reading in readings if reading.form}
    for item in indicators():
        apart = not all(item.comparable(*pair) for pair in combinations(sorted(forms), 2))
        pairs = [_value(item, reading) for reading in readings]
        if any(value is not None for value, _ in pairs):
            values, in_text = zip(*pairs, strict=True)
            note = item.note if apart else None
            yield Line(item.title, item.unit, values, in_text, note or "")


def _value(item: Indicator, reading: Reading) -> tuple[Decimal | None, bool]:
    """Return the indicator from the table or else from the sentences, and whether it is the latter."""
    filled = reading.filled()
    value = item.value(filled) if filled else None
    if value is not None:
        return value, False
    told = {
        s.value
        for s in reading.statements
        if s.indicator == item.key and s.unit == item.unit and not s.change and s.part_of is None
    }
    # sentences that contradict each other are for the checks to tell
    return (told.pop(), True) if len(told) == 1 else (None, False)


def _tables(readings: Sequence[Reading]) -> Iterator[tuple[str, list[Line]]]:
    """Yield the tables that all reports with tables share, cell by cell."""
    forms = {reading.form for reading in readings if reading.form and reading.form.tables}
    if not forms:
        return
    newest = max(forms, key=lambda form: form.years[0])
    filled = [reading.filled() for reading in readings]
    for table in newest.tables:
        shared = [
            place
            for place in newest.places
            if place.table == table.key and all(_same(place, newest, form) for form in forms)
        ]
        lines = [
            Line(
                newest.label(place),
                newest.unit(place) or "",
                tuple(f.value(place) if f is not None else None for f in filled),
                note=UNREADABLE
                if any(f is not None and f[place].state is State.UNREADABLE for f in filled)
                else "",
            )
            for place in shared
        ]
        found = [line for line in lines if line.note or any(v is not None for v in line.values)]
        if found:
            yield table.title, found


def _same(place: Place, newest: Form, form: Form) -> bool:
    """Whether *form* has the cell too, in the same unit."""
    return place in form and form.unit(place) == newest.unit(place)
