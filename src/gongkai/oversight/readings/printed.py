"""The tables of a form as printed, with what is to be said of each figure, ready for a screen."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from gongkai.core.forms import Cell, FilledForm, Form, Place, State
from gongkai.core.rendering.layout import PrintedCell, Role, printed_table


@dataclass(frozen=True, slots=True)
class Square:
    """A cell of the printed grid on the screen.

    Attributes:
        kind: How a figure looks: as in :mod:`gongkai.oversight.readings.marked`.
        was: What stood in a corrected figure before.
    """

    cell: PrintedCell
    label: str = ""
    kind: str = ""
    was: str = ""

    @property
    def is_figure(self) -> bool:
        """Tell whether it holds a figure and not words of the form."""
        return self.cell.role is Role.FIGURE

    @property
    def words(self) -> str:
        """Return what is shown."""
        known = self.cell.cell
        return words(known) if known is not None else self.cell.text

    @property
    def anchor(self) -> str:
        """Return the id of a figure."""
        return anchor(self.cell.place) if self.cell.place else ""

    @property
    def spans(self) -> SafeString:
        """Return the attributes that say how many rows and columns it covers."""
        spans = (("rowspan", self.cell.lines), ("colspan", self.cell.columns))
        return format_html_join("", ' {}="{}"', (item for item in spans if item[1] > 1))

    @property
    def is_head(self) -> bool:
        """Tell whether it names others."""
        return self.cell.heads and bool(self.cell.text)

    @property
    def scope(self) -> str:
        """Return what a heading heads."""
        if self.cell.role in (Role.STUB, Role.NUMBER):
            return "rowgroup" if self.cell.lines > 1 else "row"
        return "colgroup" if self.cell.columns > 1 else "col"


@dataclass(frozen=True, slots=True)
class Local:
    """A row that the locality added to the form."""

    place: Place
    label: str
    words: str
    kind: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A table on the screen: its heading lines, its other lines, and what the locality added."""

    key: str
    title: str
    head: tuple[tuple[Square, ...], ...]
    body: tuple[tuple[Square, ...], ...]
    columns: int
    more: tuple[Local, ...] = ()


Look = Callable[[Place, Cell], str]


def printed(
    filled: FilledForm,
    *,
    labels: Mapping[Place, str],
    look: Look,
    was: Mapping[Place, str] | None = None,
) -> tuple[Printed, ...]:
    """Return the tables of a filled form.

    Args:
        filled: The form with what is known, local rows included.
        labels: The words for places that the form does not have.
        look: Tells the kind of a figure.
        was: What stood in a corrected place before.
    """
    form = filled.form
    before = was or {}

    def square(cell: PrintedCell) -> Square:
        if cell.place is None:
            return Square(cell)
        kind = look(cell.place, filled[cell.place])
        return Square(cell, form.label(cell.place), kind, before.get(cell.place, ""))

    tables = []
    for table in form.tables:
        grid = printed_table(table, _known(filled, form))
        lines = tuple(tuple(map(square, line)) for line in grid.rows())
        more = tuple(
            Local(place, labels.get(place, place.row), words(cell), look(place, cell))
            for place, cell in filled.items()
            if place.table == table.key and place not in form
        )
        head, body = lines[: grid.head_lines], lines[grid.head_lines :]
        tables.append(Printed(table.key, table.title, head, body, grid.columns, more))
    return tuple(tables)


def anchor(place: Place) -> str:
    """Return the id under which the figure in *place* stands on the page."""
    return f"cell-{'-'.join(place)}"


def words(cell: Cell) -> str:
    """Return what is shown for *cell*: nothing for a blank."""
    if cell.state is State.UNREADABLE:
        return "读不清"
    return "" if cell.value is None else f"{cell.value:f}"


def _known(filled: FilledForm, form: Form) -> FilledForm:
    cells = {place: cell for place, cell in filled.items() if place in form}
    return FilledForm(form, cells, filled.year, filled.agency)
