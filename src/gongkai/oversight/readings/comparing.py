"""Two or more readings side by side: indicators across eras, cells of the same form, wording."""

import csv
import io
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cached_property
from typing import Any

import xlsxwriter

from gongkai.core.extraction.reading import Reading as Read
from gongkai.core.forms import Place
from gongkai.core.indicators import Indicator, indicators
from gongkai.core.rendering.cleaning import harmless
from gongkai.oversight.readings import standing
from gongkai.oversight.readings.models import Reading
from gongkai.oversight.reports.portal.charts import same

LIMIT = 12
FORMATS = ("json", "csv", "xlsx")
LONGEST = 200_000
"""Characters of a text beyond which its wording is not compared."""
SHORTEST = 4
"""Sentences shorter than this say nothing."""
NUMBER = re.compile(r"-?\d+(\.\d+)?")
SENTENCE = re.compile(r"[^。；！？\n]+[。；！？]?")


@dataclass(frozen=True, slots=True)
class Line:
    """One figure over all readings.

    Attributes:
        values: A number for each reading, ``None`` where it has none.
        in_text: For each reading, whether the number stands in a sentence and not in a table.
        note: Why the numbers should not be compared, where that is so.
    """

    label: str
    unit: str
    values: tuple[Decimal | None, ...]
    in_text: tuple[bool, ...] = ()
    note: str = ""

    @property
    def differs(self) -> bool:
        """Tell whether the readings say different things."""
        return len(set(self.values)) > 1

    @property
    def change(self) -> Decimal | None:
        """Return the last number minus the first, where both are known."""
        first, last = self.values[0], self.values[-1]
        return None if first is None or last is None else last - first

    @property
    def percent(self) -> Decimal | None:
        """Return the change in per cent of the first number."""
        if self.change is None or not self.values[0]:
            return None
        return (self.change * 100 / abs(self.values[0])).quantize(Decimal("0.1"))

    @property
    def cells(self) -> list[tuple[str, bool]]:
        """Return the numbers as people read them, with whether each stands in a sentence."""
        texts = self.in_text or (False,) * len(self.values)
        pairs = zip(self.values, texts, strict=True)
        return [("" if v is None else f"{v:f}", text) for v, text in pairs]


@dataclass(frozen=True, slots=True)
class Group:
    """Lines under one heading."""

    title: str
    lines: tuple[Line, ...]

    @property
    def changed(self) -> int:
        """Return how many lines differ."""
        return sum(line.differs for line in self.lines)


@dataclass(frozen=True, slots=True)
class Wording:
    """How the text of one reading differs from that of another.

    Attributes:
        alike: Share of the later text's sentences that stand word for word in the earlier one, per cent.
        pieces: What was taken out, put in, or left: ``-``, ``+`` or ``=`` and the sentences.
    """

    before: Reading
    after: Reading
    alike: int
    pieces: tuple[tuple[str, tuple[str, ...]], ...] = ()
    too_long: bool = False


@dataclass
class Comparison:
    """Readings side by side, oldest first."""

    readings: list[Reading]
    reads: list[Read]

    @cached_property
    def groups(self) -> list[Group]:
        """All figures that at least one reading has."""
        found = [Group("统计指标（跨格式可比）", tuple(self._indicators()))]
        found += [Group(title, tuple(lines)) for title, lines in self._tables()]
        return [group for group in found if group.lines]

    @cached_property
    def wordings(self) -> list[Wording]:
        """What changed in the text from each reading to the next that has one."""
        texts = [
            (r, read.text) for r, read in zip(self.readings, self.reads, strict=True) if read.text
        ]
        return [
            _wording(before, one, after, other)
            for (before, one), (after, other) in itertools.pairwise(texts)
        ]

    def _indicators(self) -> Iterator[Line]:
        forms = {read.form.key for read in self.reads if read.form}
        for item in indicators():
            apart = any(not same(item, a, b) for a in forms for b in forms)
            pairs = [_value(item, read) for read in self.reads]
            if any(value is not None for value, _ in pairs):
                yield Line(
                    item.title,
                    item.unit,
                    tuple(value for value, _ in pairs),
                    tuple(text for _, text in pairs),
                    item.note or "" if apart else "",
                )

    def _tables(self) -> Iterator[tuple[str, list[Line]]]:
        forms = [read.form for read in self.reads]
        first = forms[0]
        if first is None or any(f is None for f in forms):
            return
        filled = [read.filled() for read in self.reads]
        for table in first.tables:
            shared = [
                p for p in first.places if p.table == table.key and all(p in f for f in forms if f)
            ]
            lines = [Line(first.label(p), first.unit(p) or "", _values(p, filled)) for p in shared]
            yield table.title, [line for line in lines if any(v is not None for v in line.values)]


def compare(readings: Iterable[Reading]) -> Comparison:
    """Return *readings* side by side, by year and then by agency."""
    ordered = sorted(readings, key=lambda r: (r.year or 0, r.agency, r.pk))
    return Comparison(ordered, [standing.current(reading) for reading in ordered])


def export(comparison: Comparison, format: str) -> tuple[str, str, bytes]:  # noqa: A002  # the name people use
    """Return name, content type and bytes of the figures as ``json``, ``csv`` or ``xlsx``."""
    from gongkai.oversight.readings.exporting import TYPES  # noqa: PLC0415

    make = {"json": _as_json, "csv": _as_csv, "xlsx": _as_xlsx}[format]
    return f"年报比较.{format}", TYPES[format], make(comparison)


def heading(reading: Reading) -> str:
    """Return what stands over the column of *reading*."""
    return f"{reading.agency or reading.name} {reading.year or ''}".strip()


def _value(item: Indicator, read: Read) -> tuple[Decimal | None, bool]:
    """Return the indicator from the table, or else from the sentences, and whether it is the latter."""
    filled = read.filled()
    value = item.value(filled) if filled else None
    if value is not None:
        return value, False
    told = [
        s.value
        for s in read.statements
        if s.indicator == item.key and not s.change and s.unit == item.unit
    ]
    return (told[0], True) if told and len(set(told)) == 1 else (None, False)


def _values(place: Place, filled: Sequence[Any]) -> tuple[Decimal | None, ...]:
    return tuple(f.value(place) if f is not None else None for f in filled)


def _sentences(text: str) -> list[str]:
    found = ("".join(m.group().split()) for m in SENTENCE.finditer(text))
    return [s for s in found if len(s) >= SHORTEST and not s.isdigit()]


def _wording(before: Reading, one: str, after: Reading, other: str) -> Wording:
    if max(len(one), len(other)) > LONGEST:
        return Wording(before, after, 0, too_long=True)
    old, new = _sentences(one), _sentences(other)
    matcher = SequenceMatcher(None, old, new, autojunk=True)
    pieces: list[tuple[str, tuple[str, ...]]] = []
    same = 0
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            same += d - c
            pieces.append(("=", tuple(new[c:d])))
            continue
        if b > a:
            pieces.append(("-", tuple(old[a:b])))
        if d > c:
            pieces.append(("+", tuple(new[c:d])))
    return Wording(before, after, round(100 * same / max(1, len(new))), tuple(pieces))


def _rows(comparison: Comparison) -> Iterator[tuple[Any, ...]]:
    yield ("类别", "项目", "单位", *map(heading, comparison.readings), "增减")
    for group in comparison.groups:
        for line in group.lines:
            change = "" if line.change is None else f"{line.change:f}"
            yield (group.title, line.label, line.unit, *(v for v, _ in line.cells), change)


def _as_json(comparison: Comparison) -> bytes:
    content = {
        "schema": "gongkai.comparison/1",
        "readings": [
            {"agency": r.agency or None, "year": r.year, "form": r.form or None, "file": r.name}
            for r in comparison.readings
        ],
        "groups": [
            {
                "title": group.title,
                "lines": [
                    {
                        "label": line.label,
                        "unit": line.unit or None,
                        "values": [None if v is None else f"{v:f}" for v in line.values],
                    }
                    for line in group.lines
                ],
            }
            for group in comparison.groups
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _as_csv(comparison: Comparison) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in _rows(comparison):
        # a negative change begins with a minus and is a number all the same
        writer.writerow([v if NUMBER.fullmatch(v) else harmless(v) for v in row])
    return out.getvalue().encode("utf-8-sig")


def _as_xlsx(comparison: Comparison) -> bytes:
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("比较")
        head = book.add_format({"bold": True, "bottom": 1})
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, 0, 20)
        sheet.set_column(1, 1, 48)
        for number, row in enumerate(_rows(comparison)):
            if not number:
                sheet.write_row(0, 0, row, head)
                continue
            sheet.write_row(number, 0, row[:3])
            for column, value in enumerate(row[3:], start=3):
                if value:
                    sheet.write_number(number, column, float(value))
    return out.getvalue()
