"""Putting the text of a document together while remembering where each cell came to stand."""

from dataclasses import dataclass, field

from gongkai.core.extraction.document import Grid, GridCell, Span
from gongkai.core.extraction.sources.errors import TooLarge
from gongkai.core.extraction.sources.limits import MAX_CELLS, MAX_SPAN, MAX_TEXT_CHARS

_RANK = {"": 0, " ": 1, "\t": 2, "\n": 3}


@dataclass
class Place:
    """A stretch that is being written."""

    start: int | None = None
    end: int | None = None


@dataclass
class Writer:
    """Text in reading order. Breaks are written only between pieces, the strongest of several wins."""

    length: int = 0
    parts: list[str] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    cells: int = 0
    _pending: str = ""
    _open: list[Place] = field(default_factory=list)

    def write(self, text: str) -> None:
        """Add *text* as it is."""
        if not text:
            return
        if self._pending and self.length:
            self.parts.append(self._pending)
            self.length += 1
        self._pending = ""
        for place in self._open:
            if place.start is None:
                place.start = self.length
        self.parts.append(text)
        self.length += len(text)
        for place in self._open:
            place.end = self.length
        if self.length > MAX_TEXT_CHARS:
            raise TooLarge(limit=f"{MAX_TEXT_CHARS // 10000} 万字")

    def separate(self, mark: str) -> None:
        """Ask for a space, a tab or a line break before whatever comes next."""
        if _RANK[mark] > _RANK[self._pending]:
            self._pending = mark

    def begin(self) -> Place:
        """Remember where the next pieces stand, until :meth:`finish`."""
        place = Place()
        self._open.append(place)
        return place

    def finish(self, place: Place) -> Span:
        """Return where the pieces since *place* began stand."""
        self._open.remove(place)
        if place.start is None or place.end is None:
            at = self.length + (1 if self._pending and self.length else 0)
            return Span(at, at)
        return Span(place.start, place.end)

    def text(self) -> str:
        """Return everything written so far."""
        return "".join(self.parts)

    def count_cell(self) -> None:
        """Count one more cell; raise where there are too many."""
        self.cells += 1
        if self.cells > MAX_CELLS:
            raise TooLarge(limit=f"{MAX_CELLS // 10000} 万个单元格")


@dataclass
class GridBuilder:
    """A table whose cells arrive line by line, each taking the first free column of its line."""

    row: int = -1
    cells: list[tuple[Span, int, int, int, int, bool]] = field(default_factory=list)
    _taken: dict[int, int] = field(default_factory=dict)  # column -> first line that is free again
    _column: int = 0

    def next_row(self) -> None:
        """Begin a line."""
        self.row += 1
        self._column = 0

    def claim(self, row_span: int = 1, column_span: int = 1) -> tuple[int, int, int, int]:
        """Return line, column and spans of the next cell, past whatever reaches down from above."""
        while self._taken.get(self._column, 0) > self.row:
            self._column += 1
        column = self._column
        rows, columns = min(max(row_span, 1), MAX_SPAN), min(max(column_span, 1), MAX_SPAN)
        if rows > 1:
            for taken in range(column, column + columns):
                self._taken[taken] = self.row + rows
        self._column = column + columns
        return self.row, column, rows, columns

    def add(self, at: Span, where: tuple[int, int, int, int], *, header: bool = False) -> None:
        """Put the cell whose text stands at *at* into the place that :meth:`claim` gave."""
        self.cells.append((at, *where, header))

    def grid(self, text: str, *, page: int | None = None, ragged: bool = False) -> Grid | None:
        """Return the table, or ``None`` where it has no cells."""
        if not self.cells:
            return None
        cells = tuple(
            GridCell(
                text[at.start : at.end].strip(),
                _stripped(text, at),
                row,
                column,
                row_span,
                column_span,
                header,
            )
            for at, row, column, row_span, column_span, header in self.cells
        )
        whole = Span(min(c.at.start for c in cells), max(c.at.end for c in cells))
        return Grid(cells, whole, page, ragged)


def _stripped(text: str, at: Span) -> Span:
    piece = text[at.start : at.end]
    left = len(piece) - len(piece.lstrip())
    right = len(piece.rstrip())
    return Span(at.start + left, at.start + right) if right > left else Span(at.start, at.start)
