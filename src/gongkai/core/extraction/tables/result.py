"""Cells as they are found, before they are put in the order of the form."""

from dataclasses import dataclass, field

from gongkai.core.extraction.document import Document, Span
from gongkai.core.extraction.normal import NormalText
from gongkai.core.extraction.reading import ReadCell
from gongkai.core.extraction.tables import figures
from gongkai.core.forms import Cell, Form, Place, State

LOCAL = "local:"


@dataclass
class Found:
    """The cells of one document, the first reading of a place winning.

    A table that a document prints twice is read once; a second figure for a place that differs from the
    first makes neither of them wrong, but a blank or unreadable cell gives way to a figure.

    Attributes:
        regions: Where in the document's text tables stand that were read.
        blanks_lost: Figures were printed without gaps and blanks lost too, so that no cut is certain.
    """

    form: Form
    document: Document
    normal: NormalText
    cells: dict[Place, ReadCell] = field(default_factory=dict)
    regions: list[Span] = field(default_factory=list)
    blanks_lost: bool = False

    def add(self, place: Place, cell: Cell, at: Span | None, label: str | None = None) -> None:
        """Put *cell* into *place*."""
        known = place in self.form
        if cell.unit is None and known and cell.state in {State.VALUE, State.ZERO}:
            cell = Cell(cell.state, cell.value, cell.raw, self.form.unit(place), cell.reason)
        page = self.document.page_at(at.start) if at else None
        name = label or (self.form.label(place) if known else place.row.removeprefix(LOCAL))
        read = ReadCell(place, name, cell, at, page)
        before = self.cells.get(place)
        if before is None or (_weight(before.cell) < _weight(cell)):
            self.cells[place] = read

    def title_row(self, place: Place) -> None:
        """Note a numbered row that only carries a title: it is read, and there is no figure to read."""
        self.add(place, Cell(State.BLANK), None)

    def take_over(self, other: "Found") -> None:
        """Add the cells of *other* in places where nothing was found yet."""
        self.cells |= {
            place: cell for place, cell in other.cells.items() if place not in self.cells
        }
        self.regions += other.regions
        self.blanks_lost |= other.blanks_lost

    def figure(self, at: Span) -> Cell:
        """Return what the stretch *at* of the document says."""
        raw = self.document.text[at.start : at.end]
        start, end = self.normal.offset(at.start), self.normal.offset(at.end)
        return figures.cell(self.normal.text[start:end], raw)

    def ordered(self) -> tuple[ReadCell, ...]:
        """Return the cells in the order of the form, local rows after the table they stand in."""
        order = {
            Place(table.key, row.key, column.key): (t, 0, r, c)
            for t, table in enumerate(self.form.tables)
            for r, row in enumerate(table.rows.values())
            for c, column in enumerate(table.section_of[row.key].columns)
        }
        index = {table.key: t for t, table in enumerate(self.form.tables)}
        local = {place: n for n, place in enumerate(self.cells)}
        return tuple(
            sorted(
                self.cells.values(),
                key=lambda read: order.get(
                    read.place, (index[read.place.table], 1, local[read.place], 0)
                ),
            )
        )


def _weight(cell: Cell) -> int:
    return {State.UNREADABLE: 0, State.BLANK: 1}.get(cell.state, 2)
