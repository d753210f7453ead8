"""Part four of the form: reconsideration and litigation, printed as one line of three groups."""

from gongkai.core.extraction.document import GridCell
from gongkai.core.extraction.tables import figures
from gongkai.core.extraction.tables.labels import Labels, column_labels, labels_of
from gongkai.core.extraction.tables.mesh import Mesh, is_words
from gongkai.core.extraction.tables.result import Found
from gongkai.core.forms import Cell, Place, State

TABLE = "remedies"


def read(found: Found, mesh: Mesh) -> None:
    """Read the line of figures below the headings of a grid."""
    heading = _heading(found, mesh)
    if heading is None:
        return
    last, leaves = heading
    if mesh.grid.ragged:
        _ragged(found, mesh, last)
        return
    places = _places(found, mesh, last, leaves)
    if places:
        _line(found, mesh, last, places)
    elif len(leaves) == len(_columns(found)):
        _group_a_line(found, mesh, last, leaves)


def order(found: Found) -> list[Place]:
    """Return the places in the order in which the official table prints them."""
    table = found.form.table(TABLE)
    return [
        Place(TABLE, row.key, column.key)
        for row in table.rows.values()
        for column in table.sections[0].columns
    ]


def _columns(found: Found) -> tuple[str, ...]:
    return tuple(column.key for column in found.form.table(TABLE).sections[0].columns)


def _heading(found: Found, mesh: Mesh) -> tuple[int, dict[int, str]] | None:
    """Return the last line of the heading, and the outcome that stands above each column."""
    labels = column_labels(found.form, TABLE)
    leaves: dict[int, str] = {}
    last = None
    for line in mesh:
        cells = mesh.row(line)
        named = {c.column: key for c in cells if (key := labels.find(c.text))}
        if len(named) >= 3:
            leaves |= named
            last = line
        elif last is not None:
            break
    return (last, leaves) if last is not None else None


def _places(found: Found, mesh: Mesh, last: int, leaves: dict[int, str]) -> dict[int, Place]:
    """Return the place of each column of the grid, for a table with all groups side by side."""
    rows = found.form.table(TABLE).rows
    names = _columns(found)
    if len(leaves) != len(rows) * len(names):
        return {}
    above = {column: _group(found, mesh, last, column) for column in leaves}
    places = {
        column: Place(TABLE, group, key)
        for column, key in leaves.items()
        if (group := above[column])
    }
    if len(set(places.values())) == len(leaves):
        return places
    keys = [leaves[column] for column in sorted(leaves)]
    if keys == list(names) * len(rows):
        # the headings above are damaged, the outcomes below them stand in the official order
        return dict(zip(sorted(leaves), order(found), strict=True))
    return {}


def _group(found: Found, mesh: Mesh, last: int, column: int) -> str | None:
    groups = _row_labels(found)
    for line in range(last, -1, -1):
        cell = mesh.lines[line].get(column)
        if cell and (key := groups.find(cell.text)):
            return key
    return None


def _row_labels(found: Found) -> Labels:
    return labels_of(found.form.table(TABLE).rows.values())


def _line(found: Found, mesh: Mesh, last: int, places: dict[int, Place]) -> None:
    for line in range(last + 1, len(mesh.lines)):
        cells = mesh.lines[line]
        covered = [cells[column] for column in places if column in cells]
        if not covered or any(is_words(cell) for cell in covered):
            continue
        for column, place in places.items():
            cell = cells.get(column)
            if cell is not None:
                _add(found, place, cell)
        return


def _add(found: Found, place: Place, cell: GridCell) -> None:
    said = found.figure(cell.at)
    if cell.column_span > 1 and said.state is not State.BLANK:
        said = figures.unreadable(cell.text, figures.MERGED)
    found.add(place, said, cell.at if cell.text else None)


def _group_a_line(found: Found, mesh: Mesh, last: int, leaves: dict[int, str]) -> None:
    """Read a local variant: a line for each group, the outcomes above."""
    groups = _row_labels(found)
    for line in range(last + 1, len(mesh.lines)):
        named = [c for c in mesh.row(line) if is_words(c)]
        key = next((key for c in reversed(named) if (key := groups.find(c.text))), None)
        if key:
            for column, name in leaves.items():
                cell = mesh.lines[line].get(column)
                if cell is not None and not is_words(cell):
                    _add(found, Place(TABLE, key, name), cell)


def _ragged(found: Found, mesh: Mesh, last: int) -> None:
    """Read the first line of figures where columns say nothing: complete or not at all."""
    places = order(found)
    for line in range(last + 1, len(mesh.lines)):
        cells = mesh.row(line)
        filled = [c for c in cells if c.text]
        if any(is_words(c) for c in filled):
            return
        if not filled:
            for place in places:
                found.add(place, Cell(State.BLANK), None)
        elif len(filled) == len(places) or (mesh.keeps_blanks and len(cells) == len(places)):
            for place, cell in zip(
                places, filled if len(filled) == len(places) else cells, strict=True
            ):
                _add(found, place, cell)
        return
