"""The statistical table of 2014 and its local relatives, as grids."""

import re

from gongkai.core.extraction.document import GridCell
from gongkai.core.extraction.normal import normal
from gongkai.core.extraction.tables import figures
from gongkai.core.extraction.tables.labels import canonical, row_labels
from gongkai.core.extraction.tables.mesh import Mesh, is_figure
from gongkai.core.extraction.tables.result import LOCAL, Found
from gongkai.core.forms import Cell, Form, Place, Row, State

TABLE = "stat65"
YEAR = re.compile(r"(?:19|20)\d\d\s*年")
CORNERS = ("统计指标", "统计目标", "指标名称", "统计项目", "指标")
UNITS = frozenset(
    {
        "条",
        "件",
        "次",
        "篇",
        "个",
        "人",
        "元",
        "万元",
        "人次",
        "份",
        "期",
        "场",
        "单位",
        "计量单位",
        "",
    }
)
MIN_ROWS = 4


def read(found: Found, mesh: Mesh, before: dict[str, int]) -> dict[str, int]:
    """Read the rows of a grid; return in which columns the figures stand, for a table that goes on."""
    where = _columns(found.form, mesh) or before
    rows = Rows(found.form)
    labelled = [(line, _label(mesh, line, rows)) for line in mesh]
    if sum(key is not None for _, (_, key, _) in labelled) < (1 if before else MIN_ROWS):
        return before
    if not where:
        where = _last_column(mesh)
    for line, (label, key, number) in labelled:
        if label is None:
            continue
        row = rows.place(key, number)
        if row and row.header:
            found.title_row(Place(TABLE, row.key, "value"))
            continue
        _line(found, mesh, line, (label, row), where)
    return where


class Rows:
    """Tells rows of the same name apart by their number or by the total that stands before them."""

    def __init__(self, form: Form) -> None:
        self.table = form.table(TABLE)
        self.labels = row_labels(form, TABLE)
        self.same: dict[str, list[Row]] = {}
        for row in self.table.rows.values():
            self.same.setdefault(canonical(row.label), []).append(row)
        self.last: Row | None = None

    def place(self, key: str | None, number: int | None) -> Row | None:
        """Return the row that a label means here, or ``None`` for a local one."""
        if key is None:
            return None
        row = self.table.rows[key]
        twins = self.same[canonical(row.label)]
        if len(twins) > 1:
            numbered = [twin for twin in twins if twin.number == number]
            after = [
                twin
                for twin in twins
                if self.last and (twin.parent in {self.last.parent, self.last.key})
            ]
            row = (numbered if number is not None and numbered else after or [row])[0]
            if not numbered and not after:
                return None
        self.last = row
        return row


def value_columns(form: Form, texts: list[str]) -> dict[str, int]:
    """Return which of the headings *texts* stand above figures of the year, and above totals so far."""
    value, cumulative = form.table(TABLE).sections[0].columns
    names = {canonical(label) for label in (value.label, *value.alias)}
    totals = {canonical(label) for label in (cumulative.label, *cumulative.alias)}
    found: dict[str, int] = {}
    for index, text in enumerate(texts):
        name = canonical(text)
        if name in totals or "累计" in name:
            found.setdefault(cumulative.key, index)
        elif name in names or (YEAR.search(normal(text).text) and len(name) <= 4):
            if value.key in found:
                return {}  # several columns of the year: different units or scopes
            found[value.key] = index
    return found


def _columns(form: Form, mesh: Mesh) -> dict[str, int]:
    for line in list(mesh)[:6]:
        cells = mesh.row(line)
        corner = next((c for c in cells if canonical(c.text) in CORNERS), None)
        if corner is None:
            continue
        after = [c for c in cells if c.column > corner.column]
        chosen = value_columns(form, [c.text for c in after])
        if chosen:
            return {key: after[i].column for key, i in chosen.items()}
        others = [c for c in after if canonical(c.text) not in UNITS]
        return {"value": others[0].column} if len(others) == 1 else {"none": -1}
    return {}


def _last_column(mesh: Mesh) -> dict[str, int]:
    """Return the last column as the one of the figures, for a table without a heading."""
    return {"value": mesh.width - 1} if mesh.width > 1 else {}


def _label(mesh: Mesh, line: int, rows: Rows) -> tuple[GridCell | None, str | None, int | None]:
    """Return the cell with the label of a line, the row it names, and the number in front."""
    number = None
    for cell in mesh.row(line):
        text = normal(cell.text).text.strip()
        if text.isdigit() and number is None and len(text) <= 3:
            number = int(text)
        elif canonical(text) not in UNITS and not is_figure(cell):
            return cell, rows.labels.find(text), number
    return None, None, None


def _line(
    found: Found,
    mesh: Mesh,
    line: int,
    named: tuple[GridCell, Row | None],
    where: dict[str, int],
) -> None:
    label, _ = named
    cells = mesh.lines[line]
    for key, column in where.items():
        cell = cells.get(column)
        if cell is None or cell is label or key == "none":
            continue
        said = found.figure(cell.at)
        if cell.row_span > 1 and said.state is not State.BLANK:
            said = figures.unreadable(cell.text, figures.MERGED)
        if mesh.grid.ragged and not cell.text:
            filled = [c for c in mesh.row(line) if c.column > label.column and is_figure(c)]
            if filled:
                said = figures.unreadable(filled[0].text, figures.LOST_BLANKS)
        _add(found, named, key, said, cell)


def _add(
    found: Found, named: tuple[GridCell, Row | None], column: str, said: Cell, cell: GridCell
) -> None:
    """Put a figure into its place; a local row only where it has a figure."""
    label, row = named
    at = cell.at if cell.text else None
    name = canonical(label.text)
    if row is not None:
        found.add(Place(TABLE, row.key, column), said, at)
    elif said.state in {State.VALUE, State.ZERO} and name:
        found.add(Place(TABLE, LOCAL + name, column), said, at, label=label.text)
