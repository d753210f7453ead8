"""Two or more readings of the room side by side: what stands in them now, compared by the core."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import xlsxwriter

from gongkai.core import comparison as core
from gongkai.core.rendering.cleaning import harmless
from gongkai.oversight.readings import standing
from gongkai.oversight.readings.models import Reading

LIMIT = 12
FORMATS = ("json", "csv", "xlsx")
NUMBER = re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Readings side by side, oldest first, each with its column in what the core found."""

    readings: tuple[Reading, ...]
    told: core.Comparison

    @property
    def groups(self) -> tuple[core.Group, ...]:
        """All figures that at least one reading has."""
        return self.told.groups

    @property
    def wordings(self) -> tuple[core.Wording, ...]:
        """What changed in the text from each reading to the next that has one."""
        return self.told.wordings


def compare(readings: Iterable[Reading]) -> Comparison:
    """Return *readings* side by side, by year and then by agency, as people described them."""
    read = [
        (r, replace(standing.current(r), agency=r.agency or None, year=r.year, file=r.name))
        for r in readings
    ]
    told = core.compare(one for _, one in read)
    whose = {id(one): reading for reading, one in read}
    return Comparison(tuple(whose[id(one)] for one in told.readings), told)


def export(comparison: Comparison, format: str) -> tuple[str, str, bytes]:  # noqa: A002  # the name people use
    """Return name, content type and bytes of the figures as ``json``, ``csv`` or ``xlsx``."""
    from gongkai.oversight.readings.exporting import TYPES  # noqa: PLC0415

    make = {"json": _as_json, "csv": _as_csv, "xlsx": _as_xlsx}[format]
    return f"年报比较.{format}", TYPES[format], make(comparison)


def _rows(comparison: Comparison) -> Iterator[tuple[Any, ...]]:
    yield ("类别", "项目", "单位", *comparison.told.names, "增减")
    for group in comparison.groups:
        for line in group.lines:
            change = "" if line.change is None else f"{line.change:f}"
            yield (group.title, line.label, line.unit, *(v for v, _ in line.cells), change)


def _as_json(comparison: Comparison) -> bytes:
    return json.dumps(comparison.told.as_json(), ensure_ascii=False, indent=1).encode()


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
