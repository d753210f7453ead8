"""XLSX: each table on a sheet as printed, the narrative, and all cells once more as flat data."""

import io
import math
import re
from collections.abc import Iterator
from datetime import datetime, time
from decimal import Decimal
from typing import Any

import xlsxwriter

from gongkai.core.days import in_chinese
from gongkai.core.forms import Cell, Place, State
from gongkai.core.rendering.data import Datum, data
from gongkai.core.rendering.layout import PrintedCell, PrintedTable, Role, parts
from gongkai.core.rendering.report import IssuedReport, figure_text

LONGEST_TEXT = 32_000
"""Characters; Excel refuses a cell with more than 32,767."""
EXACT_DIGITS = 15
"""Excel keeps a number in 64 bits; with more digits it would be another number."""
MILLIMETRES_A_CHARACTER = 2.05
FACES: dict[Role, dict[str, Any]] = {Role.TITLE: {"bold": True}, Role.STUB: {"align": "left"}}
HIGHEST = 409.0
"""Points; no row may be higher."""
NARRATIVE_WIDTH = 74
NARRATIVE, DATA = "正文", "数据"


def xlsx_file(report: IssuedReport) -> bytes:
    """Return *report* as an XLSX file. Text is always text: nothing in it is computed by a spreadsheet."""
    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties(_properties(report))
        writer = _Writer(book, report)
        writer.narrative()
        for part in parts(report):
            for table in part.tables:
                writer.table(table)
        writer.data(list(data(report)))
    return stream.getvalue()


def _properties(report: IssuedReport) -> dict[str, Any]:
    day = report.published
    return {
        "title": report.title[:255],
        "author": report.agency[:255],
        "comments": (report.law or "")[:255],
        "created": datetime.combine(day, time()) if day else datetime(report.year + 1, 1, 1),  # noqa: DTZ001  # the format has no zone
    }


class _Writer:
    """A workbook being written."""

    def __init__(self, book: Any, report: IssuedReport) -> None:
        self.book = book
        self.report = report
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def face(self, **properties: Any) -> Any:
        """Return the cell format with *properties*, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            basic = {"font_name": "宋体", "font_size": 10, "valign": "vcenter", "text_wrap": True}
            self.formats[key] = self.book.add_format({**basic, **properties})
        return self.formats[key]

    def narrative(self) -> None:
        """Write the title, the text and the imprint, a paragraph to a cell."""
        sheet = self.sheet(NARRATIVE)
        sheet.set_column(0, 0, NARRATIVE_WIDTH)
        for line, (text, properties) in enumerate(self._paragraphs()):
            size = properties.get("font_size", 10)
            sheet.set_row(line, _height(text, NARRATIVE_WIDTH, size))
            sheet.write_string(line, 0, text, self.face(**properties))

    def _paragraphs(self) -> Iterator[tuple[str, dict[str, Any]]]:
        report = self.report
        yield report.title, {"bold": True, "font_size": 16, "align": "center"}
        for note in report.corrections:
            yield from _pieces(f"更正（{in_chinese(note.day)}）{note.text}", {"italic": True})
        for part in parts(report):
            if part.appendix:
                continue
            yield part.chapter.heading, {"bold": True, "font_size": 12}
            for block in part.chapter.blocks:
                yield from _pieces(block.text, {"bold": True} if block.level else {})
            for table in part.tables:
                yield f"（见工作表“{_sheet_name(table.title)}”）", {"font_color": "#666666"}
        yield report.agency, {"align": "right"}
        if report.published:
            yield in_chinese(report.published), {"align": "right"}
        for line in (*report.contact, *([report.law] if report.law else [])):
            yield from _pieces(line, {})

    def table(self, table: PrintedTable) -> None:
        """Write *table* as printed, under its title."""
        sheet = self.sheet(_sheet_name(table.title))
        for column, width in enumerate(table.widths):
            sheet.set_column(column, column, width / MILLIMETRES_A_CHARACTER)
        sheet.repeat_rows(0, table.head_lines)
        title = self.face(bold=True, font_size=14, align="center")
        sheet.merge_range(0, 0, 0, table.columns - 1, table.title, title)
        sheet.set_row(0, 28)
        for line, cells in enumerate(table.rows(), 1):
            sheet.set_row(line, max((_needed(table, c) for c in cells if c.lines == 1), default=16))
            for cell in cells:
                self.cell(sheet, cell)

    def cell(self, sheet: Any, cell: PrintedCell) -> None:
        """Write one printed cell, merged where it spans."""
        at = cell.line + 1, cell.column
        properties: dict[str, Any] = {"border": 1, "align": "center", **FACES.get(cell.role, {})}
        if cell.lines > 1:
            properties["align"] = "center"
        if cell.indent:
            properties["indent"] = cell.indent
        # with a unit of its own it is text: nobody may add 元 to a column of 万元
        odd = cell.cell is not None and cell.text != figure_text(cell.cell)
        number = None if odd else _number(cell.cell)
        if number is not None:
            properties["num_format"] = _number_format(cell.text)
        face = self.face(**properties)
        if cell.lines > 1 or cell.columns > 1:
            end = at[0] + cell.lines - 1, at[1] + cell.columns - 1
            sheet.merge_range(*at, *end, "", face)
        if number is not None:
            sheet.write_number(*at, number, face)
        elif cell.text:
            sheet.write_string(*at, cell.text[:LONGEST_TEXT], face)
        else:
            sheet.write_blank(*at, None, face)

    def data(self, cells: list[tuple[Place, Cell, Datum]]) -> None:
        """Write every cell as a line of data; a form without tables has none."""
        if not cells:
            return
        sheet = self.sheet(DATA)
        sheet.set_column(0, 2, 14)
        sheet.set_column(3, 3, 70)
        sheet.freeze_panes(1, 0)
        head, plain = self.face(bold=True, bottom=1), self.face(text_wrap=False)
        for column, name in enumerate(Datum._fields):
            sheet.write_string(0, column, name, head)
        for line, (_, cell, datum) in enumerate(cells, 1):
            for column, (name, text) in enumerate(datum._asdict().items()):
                number = _number(cell) if name == "value" else None
                if number is not None:
                    sheet.write_number(line, column, number, plain)
                elif text:
                    sheet.write_string(line, column, text, plain)
        sheet.autofilter(0, 0, len(cells), len(Datum._fields) - 1)

    def sheet(self, name: str) -> Any:
        """Add a sheet that prints on A4 at the width of the page."""
        sheet = self.book.add_worksheet(name)
        sheet.set_paper(9)
        sheet.set_margins(left=1.1, right=1.0, top=1.0, bottom=1.0)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.set_footer("&C— &P —")
        sheet.hide_gridlines(1)
        return sheet


def _needed(table: PrintedTable, cell: PrintedCell) -> float:
    """Return the height in points at which *cell* shows all its text."""
    width = sum(table.widths[cell.column : cell.column + cell.columns])
    return _height(cell.text, width / MILLIMETRES_A_CHARACTER - cell.indent - 1, 10)


def _height(text: str, width: float, size: float) -> float:
    """Return the height of *text* in points; spreadsheets do not find it out for merged cells."""
    halves = sum(1 if char.isascii() else 2 for char in text) * size / 10
    return min(HIGHEST, max(1, math.ceil(halves / max(width, 1))) * size * 1.35 + 4)


def _sheet_name(title: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", "", title)[:31]


def _pieces(text: str, properties: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for start in range(0, len(text), LONGEST_TEXT):
        yield text[start : start + LONGEST_TEXT], properties


def _number(cell: Cell | None) -> float | None:
    """Return the figure as a number, where a spreadsheet can keep every digit of it."""
    if cell is None or cell.value is None or cell.state is State.UNREADABLE:
        return None
    return float(cell.value) if len(_digits(cell.value)) <= EXACT_DIGITS else None


def _digits(value: Decimal) -> str:
    return f"{abs(value):f}".replace(".", "").lstrip("0")


def _number_format(text: str) -> str:
    """Return the format that shows a figure with the decimals it was given."""
    decimals = len(text.partition(".")[2])
    return f"0.{'0' * decimals}" if decimals else "0"
