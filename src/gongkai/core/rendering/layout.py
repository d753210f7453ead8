"""The official layout of every table, laid out once for all formats.

A printed table is a grid of cells with spans. What the formats do with it differs; where a figure stands, what
heads it and which cells are merged does not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cache
from itertools import groupby

from gongkai.core.forms import Cell, Column, FilledForm, Place, Row, Section, State, Table
from gongkai.core.letters.layout import Layout, layouts
from gongkai.core.rendering.cleaning import one_line
from gongkai.core.rendering.report import (
    Chapter,
    IssuedReport,
    figure_text,
    heading_of,
    in_order,
)


@cache
def page_layout() -> Layout:
    """Return how a report stands on paper, by the law's own measures."""
    return layouts()["report"]


def text_width() -> float:
    """Return the width of the text on a page, in millimetres."""
    return float(page_layout().page.text_width)


class Role(StrEnum):
    """What a printed cell is for."""

    TITLE = "title"
    CORNER = "corner"
    HEAD = "head"
    STUB = "stub"
    NUMBER = "number"
    UNIT = "unit"
    FIGURE = "figure"


@dataclass(frozen=True, slots=True)
class PrintedCell:
    """A cell of the printed grid.

    Attributes:
        line: First line of the grid it covers, from 0.
        column: First column of the grid it covers, from 0.
        section: Number of the section it belongs to; a heading counts for its own section only.
        place: Where its figure belongs, for figures.
        cell: The figure itself.
        indent: Steps by which a row label is set in.
    """

    text: str
    role: Role
    line: int
    column: int
    lines: int = 1
    columns: int = 1
    section: int = 0
    place: Place | None = None
    cell: Cell | None = None
    indent: int = 0

    @property
    def heads(self) -> bool:
        """Whether the cell names others."""
        return self.role is not Role.FIGURE and self.role is not Role.UNIT


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table as printed.

    Attributes:
        head_lines: Lines repeated at the top of each page.
        widths: Width of each column of the grid, in millimetres, together :func:`text_width`.
        points: Type size at which every figure fits its column.
        together: Keep on one page where it fits.
    """

    key: str
    title: str
    cells: tuple[PrintedCell, ...]
    lines: int
    widths: tuple[float, ...]
    head_lines: int
    points: float
    together: bool

    @property
    def columns(self) -> int:
        """Number of columns of the grid."""
        return len(self.widths)

    def rows(self) -> Iterator[tuple[PrintedCell, ...]]:
        """Yield for each line the cells that begin on it, left to right."""
        ordered = sorted(self.cells, key=lambda cell: (cell.line, cell.column))
        starting = {line: tuple(cells) for line, cells in groupby(ordered, lambda cell: cell.line)}
        for line in range(self.lines):
            yield starting.get(line, ())

    def headings(self, figure: PrintedCell) -> tuple[PrintedCell, ...]:
        """Return the cells that name *figure*: those above it in its section and those at its left."""
        return tuple(
            cell
            for cell in self.cells
            if cell.heads and cell.section == figure.section and _names(cell, figure)
        )


@dataclass(frozen=True, slots=True)
class Part:
    """A chapter with the tables that belong to it; an appendix has no narrative."""

    chapter: Chapter
    tables: tuple[PrintedTable, ...]
    appendix: bool = False


def parts(report: IssuedReport) -> tuple[Part, ...]:
    """Return the chapters of *report* in printed order, each with its tables, appendices last."""
    form = report.kind
    printed = {table.key: printed_table(table, report.form) for table in form.tables}
    result = []
    for chapter in in_order(form, report.chapters):
        heading = heading_of(form, chapter)
        table = printed.pop(heading.key, None) if heading else None
        result.append(Part(chapter, (table,) if table else ()))
    result += [Part(Chapter(table.title), (table,), appendix=True) for table in printed.values()]
    return tuple(result)


def printed_table(table: Table, filled: FilledForm) -> PrintedTable:
    """Return *table* with the figures of *filled* in the official layout."""
    sheet = _Sheet(table, filled)
    {"rows": _rows, "across": _across, "numbered": _numbered}[table.layout](sheet)
    return sheet.finished()


def _names(cell: PrintedCell, figure: PrintedCell) -> bool:
    if cell.role in {Role.STUB, Role.NUMBER}:
        return cell.line <= figure.line < cell.line + cell.lines
    beside = cell.column <= figure.column < cell.column + cell.columns
    return cell.role is not Role.CORNER and cell.line < figure.line and beside


@dataclass
class _Sheet:
    """A table being laid out."""

    table: Table
    filled: FilledForm
    cells: list[PrintedCell] = field(default_factory=list)
    line: int = 0
    section: int = 0
    stubs: int = 1
    figures: int = 1
    head_lines: int = 0
    stub_widths: tuple[float, ...] = ()

    def put(self, text: str, role: Role, column: int, *, line: int | None = None, lines: int = 1, columns: int = 1, indent: int = 0) -> None:  # fmt: skip  # noqa: PLR0913  # a cell has these
        """Print *text* at *column*, on the current line unless another is named."""
        at = self.line if line is None else line
        self.cells.append(
            PrintedCell(text, role, at, column, lines, columns, self.section, indent=indent)
        )

    def figure(self, row: Row, column: Column, at: int, *, columns: int = 1) -> None:
        """Print the figure of *row* and *column* at grid column *at*."""
        place = Place(self.table.key, row.key, column.key)
        cell = self.filled[place]
        text = figure_text(cell) + (self.odd_unit(place, cell) or "")
        self.cells.append(
            PrintedCell(
                text, Role.FIGURE, self.line, at, 1, columns, self.section, place=place, cell=cell
            )
        )

    def odd_unit(self, place: Place, cell: Cell) -> str | None:
        """Return the unit to print behind the figure: one that neither form nor heading says."""
        if cell.value is None or not cell.unit or self.filled.form.column(place).unit_choices:
            return None
        return one_line(cell.unit) if cell.unit != self.filled.form.unit(place) else None

    def has_figures(self, row: Row, section: Section) -> bool:
        """Whether anything is known in any cell of *row*."""
        return any(
            self.filled[Place(self.table.key, row.key, column.key)].state is not State.BLANK
            for column in section.columns
        )

    def columns_of(self, section: Section) -> tuple[Column, ...]:
        """Return the columns to print: optional ones only where something stands in them."""
        return tuple(c for c in section.columns if not c.optional or self._is_filled(section, c))

    def _is_filled(self, section: Section, column: Column) -> bool:
        return any(
            self.filled[Place(self.table.key, row.key, column.key)].state is not State.BLANK
            for row in section.rows
        )

    def heading(self, section: Section, column: Column) -> str:
        """Return the column's label, with the unit that was chosen where the form leaves it open."""
        cells = (self.filled[Place(self.table.key, row.key, column.key)] for row in section.rows)
        units = {cell.unit for cell in cells if cell.unit and cell.value is not None}
        if column.unit_choices and len(units) == 1:
            return f"{column.label}（单位：{one_line(units.pop())}）"
        return column.label

    def finished(self) -> PrintedTable:
        widths, points = _fitted(self)
        return PrintedTable(
            key=self.table.key,
            title=self.table.title,
            cells=tuple(self.cells),
            lines=self.line,
            widths=widths,
            head_lines=self.head_lines,
            points=points,
            together=self.table.layout != "numbered",
        )


# -- rows under a header ---------------------------------------------------------------------------------


def _rows(sheet: _Sheet) -> None:
    table = sheet.table
    sheet.stubs = 1 + max(table.depth(row) for row in table.rows.values())
    sheet.figures = max(len(sheet.columns_of(section)) for section in table.sections)
    sheet.stub_widths = {1: (48.0,), 3: (11.0, 19.0, 48.0)}.get(
        sheet.stubs, (72.0 / sheet.stubs,) * sheet.stubs
    )
    for number, section in enumerate(table.sections):
        sheet.section = number
        columns = sheet.columns_of(section)
        if section.title:
            sheet.put(section.title, Role.TITLE, 0, columns=sheet.stubs + sheet.figures)
            sheet.line += 1
        _heads(sheet, section, columns)
        if len(table.sections) == 1:
            sheet.head_lines = sheet.line
        for row in section.rows:
            if row.parent is None:
                _branch(sheet, section, columns, row, 0)


def _spans(columns: Sequence[Column], figures: int) -> list[tuple[Column, int, int]]:
    """Return each column with its place among the figures and its span; the last takes what is left."""
    last = len(columns) - 1
    return [(c, i, figures - i if i == last else 1) for i, c in enumerate(columns)]


def _heads(sheet: _Sheet, section: Section, columns: Sequence[Column]) -> None:
    grouped = any(column.group for column in columns)
    note = sheet.table.note
    height = 1 + grouped + bool(note)
    sheet.put(note or section.corner or "", Role.CORNER, 0, lines=height, columns=sheet.stubs)
    if note:
        sheet.put(section.corner or "", Role.HEAD, sheet.stubs, columns=sheet.figures)
        sheet.line += 1
    for group, members in groupby(_spans(columns, sheet.figures), lambda item: item[0].group):
        items = list(members)
        if group:
            first, width = items[0][1], sum(span for _, _, span in items)
            sheet.put(group, Role.HEAD, sheet.stubs + first, columns=width)
        for column, at, span in items:
            sheet.put(
                sheet.heading(section, column),
                Role.HEAD,
                sheet.stubs + at,
                line=sheet.line + bool(group),
                lines=1 if group or not grouped else 2,
                columns=span,
            )
    sheet.line += 1 + grouped


def _branch(
    sheet: _Sheet, section: Section, columns: Sequence[Column], row: Row, depth: int
) -> None:
    """Print *row* and what stands under it: a title beside its rows, or a line of its own."""
    children = sheet.table.children(row.key)
    own = sheet.has_figures(row, section)
    if row.header and children and not own:
        start = len(sheet.cells)
        first = sheet.line
        sheet.put(row.label, Role.STUB, depth)
        for child in children:
            _branch(sheet, section, columns, child, depth + 1)
        sheet.cells[start] = replace(sheet.cells[start], lines=sheet.line - first)
        return
    sheet.put(row.label, Role.STUB, depth, columns=sheet.stubs - depth)
    for column, at, span in _spans(columns, sheet.figures):
        sheet.figure(row, column, sheet.stubs + at, columns=span)
    sheet.line += 1
    if row.collapsible and own and not any(sheet.has_figures(child, section) for child in children):
        return  # printed as one row, as many offices do
    for child in children:
        _branch(sheet, section, columns, child, depth)


# -- all rows side by side -------------------------------------------------------------------------------


def _across(sheet: _Sheet) -> None:
    (section,) = sheet.table.sections
    columns = sheet.columns_of(section)
    sheet.stubs = 0
    sheet.figures = len(columns) * len(section.rows)
    grouped = any(row.group for row in section.rows)
    at = 0
    for group, members in groupby(section.rows, lambda row: row.group):
        rows = list(members)
        if group:
            sheet.put(group, Role.HEAD, at, line=0, columns=len(columns) * len(rows))
        for row in rows:
            low = bool(group)
            sheet.put(row.label, Role.HEAD, at, line=int(low), columns=len(columns))
            for column in columns:
                lines = 2 if grouped and not low else 1
                sheet.put(column.label, Role.HEAD, at, line=low + 1, lines=lines)
                at += 1
    sheet.head_lines = sheet.line = 2 + grouped
    at = 0
    for row in section.rows:
        for column in columns:
            sheet.figure(row, column, at)
            at += 1
    sheet.line += 1


# -- rows with official numbers --------------------------------------------------------------------------


def _numbered(sheet: _Sheet) -> None:
    table = sheet.table
    (section,) = table.sections
    columns = sheet.columns_of(section)
    sheet.stubs, sheet.figures = 3, len(columns)
    sheet.stub_widths = (12.0, 102.0 if len(columns) == 1 else 82.0, 16.0)
    sheet.put(table.number_label or "", Role.HEAD, 0)
    sheet.put(section.corner or "", Role.HEAD, 1)
    sheet.put(table.unit_label or "", Role.HEAD, 2)
    for at, column in enumerate(columns):
        sheet.put(column.label, Role.HEAD, 3 + at)
    sheet.line = sheet.head_lines = 1
    for row in section.rows:
        sheet.put(str(row.number), Role.NUMBER, 0)
        sheet.put(row.label, Role.STUB, 1, indent=table.depth(row))
        unit = row.unit or section.unit or table.unit
        empty = (table.no_unit or "") if row.header else ""
        sheet.put(unit or empty, Role.UNIT, 2)
        for at, column in enumerate(columns):
            sheet.figure(row, column, 3 + at)
        sheet.line += 1


# -- widths ----------------------------------------------------------------------------------------------

POINT = 25.4 / 72  # millimetres
DIGIT = 0.56  # width of a digit of Noto Serif SC in ems, with a little air
PADDING = 2.0  # millimetres left and right of a figure together
SPACIOUS, DENSE, SMALL, SMALLEST = (
    10.5,
    9.0,
    7.0,
    4.0,
)  # points: 五号, 小五 and what necessity allows


def _fitted(sheet: _Sheet) -> tuple[tuple[float, ...], float]:
    """Return widths and the type size at which no figure touches its neighbour.

    Columns stay equal as long as small type allows; then the long figures take from the short ones.
    """
    longest = [1] * sheet.figures
    for cell in sheet.cells:
        if cell.role is Role.FIGURE and cell.columns == 1:
            at = cell.column - sheet.stubs
            longest[at] = max(longest[at], _ems(cell.text))
    room = text_width() - sum(sheet.stub_widths)
    largest = SPACIOUS if sheet.figures < 4 else DENSE
    equal = room / sheet.figures
    for points in _sizes(largest, SMALL):
        if max(_needed(longest, points)) <= equal:
            return (*sheet.stub_widths, *[equal] * sheet.figures), points
    points = next(
        (p for p in _sizes(SMALL, SMALLEST) if sum(_needed(longest, p)) <= room), SMALLEST
    )
    needed = _needed(longest, points)
    scale = room / sum(needed)
    return (*sheet.stub_widths, *(width * scale for width in needed)), points


def _sizes(largest: float, smallest: float) -> Iterator[float]:
    while largest >= smallest:
        yield largest
        largest -= 0.5


def _needed(longest: Sequence[int], points: float) -> list[float]:
    return [DIGIT * points * POINT * count + PADDING for count in longest]


def _ems(text: str) -> int:
    """Return the width of *text* in digits; a Chinese character is as wide as two."""
    return sum(1 if char.isascii() else 2 for char in text)
