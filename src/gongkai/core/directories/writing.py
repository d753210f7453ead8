"""Writing a standard directory in its published form: XLSX with two-line heads and merged cells."""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from gongkai.core.directories.fields import channels, fields
from gongkai.core.directories.headings import headings

MERGED = ("first", "second")
"""Columns in which lines that say the same are drawn as one cell."""
WIDTHS = {"number": 6, "content": 36, "basis": 30, "deadline": 18, "body": 16, "channels": 34}
WIDTH = 10
SHEET_NAME = 31
CHOSEN, OPEN = "■", "□"


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """A line to be written: texts by column key, ticked columns, channels."""

    field: str
    texts: Mapping[str, str]
    ticked: frozenset[str]
    channels: Sequence[str]
    other: Sequence[str] = ()


def directory_xlsx(title: str, rows: Iterable[WrittenRow], *, since: date | None = None) -> bytes:
    """Return the directory as XLSX, one sheet a field, in the form in which it is published.

    Args:
        title: Whose directory it is; stands above every table.
        rows: The lines in their order.
        since: From when it holds. Written as the day on which the file was made: a file of a version is
            the same whenever it is asked for.
    """
    by_field: dict[str, list[WrittenRow]] = {}
    for row in rows:
        by_field.setdefault(row.field, []).append(row)
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        if since:
            book.set_properties(
                {"created": datetime.combine(since, time())}
            )  # the format has no zone
        faces = _faces(book)
        known = fields()
        for number, (key, lines) in enumerate(by_field.items(), start=1):
            name = known[key].title
            sheet = book.add_worksheet(f"{number:02} {name}"[:SHEET_NAME])
            _sheet(sheet, f"{title}（{name}领域）", lines, faces)
        if not by_field:
            book.add_worksheet("标准目录")
    return stream.getvalue()


def _faces(book: Any) -> dict[str, Any]:
    base = {
        "font_name": "宋体",
        "font_size": 10,
        "border": 1,
        "text_wrap": True,
        "valign": "vcenter",
    }
    return {
        "title": book.add_format(
            {**base, "border": 0, "bold": True, "font_size": 14, "align": "center"}
        ),
        "head": book.add_format({**base, "bold": True, "align": "center", "bg_color": "#EEF2F7"}),
        "text": book.add_format(base),
        "mark": book.add_format({**base, "align": "center"}),
    }


def _columns(lines: Sequence[WrittenRow]) -> list[str]:
    """Return the columns of the table: those of the form, and what some line of it has besides."""
    used = {key for line in lines for key, text in line.texts.items() if text} | {
        key for line in lines for key in line.ticked
    }
    return [key for key, facts in headings().items() if not facts.optional or key in used]


def _sheet(sheet: Any, title: str, lines: Sequence[WrittenRow], faces: Mapping[str, Any]) -> None:
    columns = _columns(lines)
    sheet.merge_range(0, 0, 0, len(columns) - 1, title, faces["title"])
    sheet.set_row(0, 30)
    _head(sheet, columns, faces["head"])
    for at, key in enumerate(columns):
        sheet.set_column(at, at, WIDTHS.get(key, WIDTH))
    runs = {key: _runs([line.texts.get(key, "") for line in lines]) for key in MERGED}
    for at, key in enumerate(columns):
        if key in MERGED:
            for start, end in runs[key]:
                _area(
                    sheet, (start + 3, end + 3), at, lines[start].texts.get(key, ""), faces["text"]
                )
            continue
        for number, line in enumerate(lines, start=3):
            sheet.write_string(
                number, at, _cell(key, line), faces["mark" if _is_mark(key) else "text"]
            )
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(1, 2)


def _head(sheet: Any, columns: Sequence[str], face: Any) -> None:
    facts = headings()
    at = 0
    while at < len(columns):
        above = facts[columns[at]].above
        end = at
        while above and end + 1 < len(columns) and facts[columns[end + 1]].above == above:
            end += 1
        if not above:
            sheet.merge_range(1, at, 2, at, facts[columns[at]].title, face)
        else:
            if end > at:
                sheet.merge_range(1, at, 1, end, above, face)
            else:
                sheet.write_string(1, at, above, face)
            for place in range(at, end + 1):
                sheet.write_string(2, place, facts[columns[place]].title, face)
        at = end + 1


def _area(sheet: Any, rows: tuple[int, int], at: int, text: str, face: Any) -> None:
    first, last = rows
    if first == last:
        sheet.write_string(first, at, text, face)
    else:
        sheet.merge_range(first, at, last, at, text, face)


def _runs(texts: Sequence[str]) -> list[tuple[int, int]]:
    """Return first and last place of every run of equal texts; blank ones stand alone."""
    runs: list[tuple[int, int]] = []
    for place, text in enumerate(texts):
        if runs and text and texts[runs[-1][0]] == text:
            runs[-1] = (runs[-1][0], place)
        else:
            runs.append((place, place))
    return runs


def _is_mark(key: str) -> bool:
    return bool(headings()[key].group) or key == "number"


def _cell(key: str, line: WrittenRow) -> str:
    if key == "channels":
        return _channels(line)
    if headings()[key].group:
        beside = line.texts.get(key, "")
        mark = "√" if key in line.ticked else ""
        return f"{mark}（{beside}）" if beside and mark else mark
    return line.texts.get(key, "")


def _channels(line: WrittenRow) -> str:
    parts = []
    for key, facts in channels().items():
        if key == "other" and line.other:
            parts += [f"{CHOSEN}其他：{name}" for name in line.other]
        else:
            parts.append(f"{CHOSEN if key in line.channels else OPEN}{facts.title}")
    return "  ".join(parts)
