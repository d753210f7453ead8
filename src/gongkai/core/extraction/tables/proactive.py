"""Part two of the form: what was disclosed of the authority's own motion, section by section."""

import re
from dataclasses import replace

from gongkai.core.extraction.document import GridCell, Span
from gongkai.core.extraction.normal import normal
from gongkai.core.extraction.tables import figures
from gongkai.core.extraction.tables.labels import Labels, canonical, labels_of, row_labels
from gongkai.core.extraction.tables.mesh import Mesh, is_figure
from gongkai.core.extraction.tables.result import LOCAL, Found
from gongkai.core.forms import Cell, Place, Row, Section, State

TABLE = "proactive"
UNIT = re.compile(r"\(\s*(?:单位)?\s*:?\s*(万元|亿元|元)\s*\)")
TITLE = re.compile(r"第二十条第[一二三四五六七八九十]+项")


def read(found: Found, mesh: Mesh) -> None:
    """Read the sections of the table that stand in a grid."""
    table = found.form.table(TABLE)
    rows = row_labels(found.form, TABLE)
    columns = {section.key: labels_of(section.columns) for section in table.sections}
    header: list[GridCell] = []
    section: Section | None = None
    for line in mesh:
        cells = mesh.row(line)
        named = [cell for cell in cells if canonical(cell.text) and not is_figure(cell)]
        if any(TITLE.search(canonical(cell.text)) for cell in named):
            header, section = [], None
            continue
        if _is_header(named, columns):
            header = cells
            section = None
            continue
        label = _label(named, rows)
        if label is None:
            if section and header:
                _local(found, mesh, line, header, section)
            continue
        row = table.rows[label[1]]
        section = table.section_of[row.key]
        _row(found, mesh, line, row, _columns(header, section, label[0]), label[0])


def _is_header(cells: list[GridCell], columns: dict[str, Labels]) -> bool:
    hits = sum(any(labels.find(cell.text) for labels in columns.values()) for cell in cells)
    return hits >= 2 or (hits == 1 and len(cells) <= 2)


def _label(cells: list[GridCell], rows: Labels) -> tuple[GridCell, str] | None:
    for cell in cells:
        if key := rows.find(cell.text):
            return cell, key
    return None


def _row(  # noqa: PLR0913, PLR0917  # what a line is read by
    found: Found, mesh: Mesh, line: int, row: Row, where: dict[str, int], label: GridCell
) -> None:
    """Read a line; without any heading above it in the official order, where that fits exactly."""
    columns = found.form.table(TABLE).section_of[row.key].columns
    places = [Place(TABLE, row.key, column.key) for column in columns]
    after = [c for c in mesh.row(line) if c.column >= label.column + label.column_span]
    if mesh.grid.ragged:
        _ragged(found, mesh, places, after)
        return
    if not where and len(after) == len(places):
        where = {column.key: cell.column for column, cell in zip(columns, after, strict=True)}
    for place in places:
        cell = mesh.lines[line].get(where.get(place.column, -1))
        if cell is not None:
            figure, at = _figure(found, cell, line)
            found.add(place, _with_unit(figure, mesh, cell), at)


def _with_unit(figure: Cell, mesh: Mesh, cell: GridCell) -> Cell:
    """Return *figure* with the unit that the heading above its cell names, unless it has its own."""
    if figure.value is None or figure.unit:
        return figure
    above = (mesh.lines[line].get(cell.column) for line in range(cell.row - 1, -1, -1))
    heading = next((c.text for c in above if c and canonical(c.text) and not is_figure(c)), "")
    unit = UNIT.search(normal(heading).text)
    return replace(figure, unit=unit[1]) if unit else figure


def _figure(found: Found, cell: GridCell, line: int) -> tuple[Cell, Span | None]:
    """Return what a cell says; a figure that covers several lines belongs to none of them."""
    read = found.figure(cell.at)
    if cell.row_span > 1 and read.state is not State.BLANK and cell.row != line:
        read = figures.unreadable(cell.text, figures.MERGED)
    return read, cell.at if cell.text else None


def _ragged(found: Found, mesh: Mesh, places: list[Place], after: list[GridCell]) -> None:
    """Read a line whose columns say nothing: complete, blank, or with its blanks kept in place."""
    filled = [cell for cell in after if cell.text]
    if len(filled) == len(places):
        chosen = filled
    elif not filled:
        chosen = []
        for place in places:
            found.add(place, Cell(State.BLANK), None)
    elif mesh.keeps_blanks and len(after) == len(places):
        chosen = after
    else:
        chosen = []
        raw = " ".join(cell.text for cell in filled)
        whole = Span(filled[0].at.start, filled[-1].at.end)
        for place in places:
            found.add(place, figures.unreadable(raw, figures.LOST_BLANKS), whole)
    for place, cell in zip(places, chosen, strict=False):
        found.add(place, *_figure(found, cell, cell.row))


def _columns(header: list[GridCell], section: Section, label: GridCell) -> dict[str, int]:
    """Return in which column of the grid each column of the section stands."""
    labels = labels_of(section.columns)
    named = [
        c for c in header if canonical(c.text) and c.column >= label.column + label.column_span
    ]
    hits = {key: c.column for c in named if (key := labels.find(c.text))}
    if len(hits) == len(section.columns):
        return hits
    keys = [column.key for column in section.columns]
    if len(named) == len(keys):
        # damaged headers: as many as the form has, and those that can be told are in their place
        order = dict(zip(keys, (c.column for c in named), strict=True))
        if hits and all(order[key] == column for key, column in hits.items()):
            return order
    return hits


def _local(found: Found, mesh: Mesh, line: int, header: list[GridCell], section: Section) -> None:
    """Keep a row that the locality added to a section."""
    cells = mesh.row(line)
    label = next((c for c in cells if canonical(c.text) and not is_figure(c)), None)
    if label is None or label.row_span > 1:
        return
    after = [c for c in cells if c.column >= label.column + label.column_span]
    where = _columns(header, section, label)
    if len(where) != len(section.columns) or not any(is_figure(c) for c in after):
        return
    filled = [c for c in after if c.text]
    if mesh.grid.ragged and len(filled) != len(section.columns):
        return
    name = LOCAL + canonical(label.text)
    for column in section.columns:
        cell = mesh.lines[line].get(where[column.key])
        if cell is not None:
            found.add(
                Place(TABLE, name, column.key),
                *_figure(found, cell, line),
                label=f"{label.text} / {column.label}",
            )
