"""Part three of the form: applications received and how they were dealt with, by kind of applicant."""

import re
from collections.abc import Sequence

from gongkai.core.extraction.document import GridCell, Span
from gongkai.core.extraction.tables import figures
from gongkai.core.extraction.tables.labels import column_labels, row_labels
from gongkai.core.extraction.tables.mesh import Mesh, is_figure, is_words
from gongkai.core.extraction.tables.result import Found
from gongkai.core.forms import Cell, Column, Place, State

TABLE = "requests"
OTHER_ORGANISATIONS = "other_org"


def columns(found: Found) -> tuple[Column, ...]:
    """Return the columns of the table."""
    return found.form.table(TABLE).sections[0].columns


def read(found: Found, mesh: Mesh, before: dict[str, int]) -> dict[str, int]:
    """Read the rows that stand in a grid.

    Args:
        found: Where the cells go.
        mesh: The grid.
        before: In which column of the grid before each column stood, for a table that goes on.

    Returns:
        The same for this grid.
    """
    keys = [column.key for column in columns(found)]
    where: dict[str, int] = {}
    pending = before
    ragged: list[tuple[str, list[tuple[Span, Cell]]]] = []
    for line in mesh:
        cells = mesh.row(line)
        header = _header(found, cells)
        label = None if header else _label(found, cells, where or pending)
        if header:
            where = {**where, **header}
            pending = {}
        elif label:
            if not where:
                where = pending or _by_width(mesh, keys)
            if mesh.grid.ragged:
                ragged += _tokens(found, mesh, line, label)
            else:
                _row(found, mesh, line, label, where)
    paired = is_paired([[cell for _, cell in tokens] for _, tokens in ragged])
    for row, tokens in ragged:
        assign(found, row, keys, tokens, paired=paired)
    return where or before


def _tokens(
    found: Found, mesh: Mesh, line: int, label: tuple[GridCell, str]
) -> list[tuple[str, list[tuple[Span, Cell]]]]:
    """Return row and figures of a line whose columns say nothing."""
    cell, key = label
    after = [c for c in mesh.row(line) if c.column > cell.column]
    if any(is_words(c) for c in after):
        return []
    filled = [c for c in after if c.text]
    if found.form.table(TABLE).rows[key].header and len(filled) != len(columns(found)):
        return []
    if len(filled) < len(columns(found)) and _breaks_off(found, after or [cell]):
        return []
    kept = mesh.keeps_blanks and len(after) == len(columns(found)) and filled
    return [(key, [(c.at, found.figure(c.at)) for c in (after if kept else filled)])]


def _header(found: Found, cells: list[GridCell]) -> dict[str, int]:
    """Return the columns that a line of the heading names; nothing for a line of figures."""
    if any(is_figure(cell) for cell in cells):
        return {}
    labels = column_labels(found.form, TABLE)
    named: dict[str, int] = {}
    for cell in cells:
        key = labels.find(cell.text)
        if key and (cell.column_span == 1 or key != OTHER_ORGANISATIONS):
            named.setdefault(key, cell.column)
    return named if len(named) >= 2 else {}


def _by_width(mesh: Mesh, keys: list[str]) -> dict[str, int]:
    """Return the official order, for a grid without a heading: its last columns."""
    first = mesh.width - len(keys)
    return {key: first + i for i, key in enumerate(keys)} if 0 < first <= 3 else {}


def _label(
    found: Found, cells: list[GridCell], where: dict[str, int]
) -> tuple[GridCell, str] | None:
    """Return the cell that labels the line, the rightmost before the figures, and its row."""
    rows = row_labels(found.form, TABLE)
    first = min(where.values(), default=10**6)
    named = [cell for cell in cells if is_words(cell) and cell.column < first]
    for cell in reversed(named):
        if key := rows.find(cell.text):
            return cell, key
    return None


_NOTHING_LEFT = re.compile(r"[ |\t\r\n]*\Z")


def _breaks_off(found: Found, cells: list[GridCell]) -> bool:
    """Whether the document ends with this line, so that it may have lost its end."""
    return _NOTHING_LEFT.match(found.document.text, cells[-1].at.end) is not None


def _row(
    found: Found, mesh: Mesh, line: int, label: tuple[GridCell, str], where: dict[str, int]
) -> None:
    cell, key = label
    row = found.form.table(TABLE).rows[key]
    after = [c for c in mesh.row(line) if c.column >= cell.column + cell.column_span]
    if row.header and (any(is_words(c) for c in after) or not any(c.text for c in after)):
        return
    names = [column.key for column in columns(found) if column.key in where]
    between = [c for c in after if c.text and c.column < min(where.values(), default=0)]
    # a workbook has no cell for a blank, but every cell knows its column
    short = (
        found.document.format != "xlsx" and max(where.values(), default=0) not in mesh.lines[line]
    )
    if short and _breaks_off(found, after or [cell]):
        return
    if where and (between or short):
        # a part of the table without its leading cells: headings and figures stand apart
        if len(after) != len(names):
            return
        order = sorted(names, key=where.__getitem__)
        where = {name: c.column for name, c in zip(order, after, strict=True)}
    for name in names:
        figure = mesh.lines[line].get(where[name])
        if figure is None or figure is cell:
            continue
        said = found.figure(figure.at)
        merged = figure.row_span > 1 or figure.column_span > 1
        if merged and said.state is not State.BLANK and not _alone(figure, where):
            said = figures.unreadable(figure.text, figures.MERGED)
        found.add(Place(TABLE, key, name), said, figure.at if figure.text else None)


def _alone(figure: GridCell, where: dict[str, int]) -> bool:
    """Whether a cell covers no other column that counts, nor another line."""
    reach = range(figure.column, figure.column + figure.column_span)
    return figure.row_span == 1 and sum(column in reach for column in where.values()) <= 1


def assign(
    found: Found,
    row: str,
    names: Sequence[str],
    tokens: Sequence[tuple[Span, Cell]],
    *,
    paired: bool = False,
) -> None:
    """Put the figures of a line without columns into their places, where that is certain.

    As many figures as columns: in order. None: all blank. In a table that is *paired* the same figure twice is
    the only kind of applicant there was, 自然人, and the total. Anything else has lost its blanks and
    cannot be read.
    """
    places = [Place(TABLE, row, name) for name in names]
    if len(tokens) == len(places):
        for place, (at, cell) in zip(places, tokens, strict=True):
            found.add(place, cell, at if at.end > at.start else None)
    elif not tokens:
        for place in places:
            found.add(place, Cell(State.BLANK), None)
    elif paired and len(tokens) == 2 and is_pair([cell for _, cell in tokens]):
        found.add(places[0], tokens[0][1], tokens[0][0])
        found.add(places[-1], tokens[1][1], tokens[1][0])
        for place in places[1:-1]:
            found.add(place, Cell(State.BLANK), None)
    else:
        whole = Span(tokens[0][0].start, tokens[-1][0].end)
        raw = found.document.text[whole.start : whole.end]
        reason = figures.LOST_BLANKS if len(tokens) < len(places) else figures.TOO_MANY
        for place in places:
            found.add(place, figures.unreadable(raw, reason), whole)


def is_paired(lines: Sequence[Sequence[Cell]]) -> bool:
    """Whether a table only ever has figures for one kind of applicant and the total.

    So it is where no line has more than two figures, and those that have two have the same twice. The one kind
    is then 自然人: applications of organisations alone, in every line of a table, are not seen.
    """
    filled = [line for line in lines if line]
    pairs = [line for line in filled if len(line) == 2]
    return (
        len(pairs) >= 2
        and all(len(line) <= 2 for line in filled)
        and all(is_pair(line) for line in pairs)
    )


def is_pair(cells: Sequence[Cell]) -> bool:
    """Whether two cells hold the same figure."""
    return cells[0].value is not None and cells[0].value == cells[1].value


def sums(values: Sequence[int]) -> bool:
    """Whether the last of *values* is the sum of the others."""
    return sum(values[:-1]) == values[-1]
