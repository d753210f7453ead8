"""Part three of the form: applications received and how they were dealt with, by kind of applicant."""

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
            _row(found, mesh, line, label, where)
    return where or before


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


def _row(
    found: Found, mesh: Mesh, line: int, label: tuple[GridCell, str], where: dict[str, int]
) -> None:
    cell, key = label
    row = found.form.table(TABLE).rows[key]
    after = [c for c in mesh.row(line) if c.column >= cell.column + cell.column_span]
    if row.header and (any(is_words(c) for c in after) or not any(c.text for c in after)):
        return
    names = [column.key for column in columns(found)]
    if mesh.grid.ragged:
        tokens = [(c.at, found.figure(c.at)) for c in after if c.text]
        assign(found, key, names, tokens)
        return
    for name in names:
        if name not in where:
            continue
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
    found: Found, row: str, names: Sequence[str], tokens: Sequence[tuple[Span, Cell]]
) -> None:
    """Put the figures of a line without columns into their places, where that is certain.

    As many figures as columns: in order. None: all blank. The same figure twice and nothing else: the
    only kind of applicant there was and the total, and the first kind is 自然人. Anything else has lost
    its blanks and cannot be read.
    """
    places = [Place(TABLE, row, name) for name in names]
    if len(tokens) == len(places):
        for place, (at, cell) in zip(places, tokens, strict=True):
            found.add(place, cell, at)
    elif not tokens:
        for place in places:
            found.add(place, Cell(State.BLANK), None)
    elif len(tokens) == 2 and _same(tokens[0][1], tokens[1][1]) and names[-1] == "total":
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


def _same(one: Cell, other: Cell) -> bool:
    return one.value is not None and one.value == other.value


def sums(values: Sequence[int]) -> bool:
    """Whether the last of *values* is the sum of the others."""
    return sum(values[:-1]) == values[-1]
