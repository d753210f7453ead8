"""What every kind of file becomes before anything is read from it."""

from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of :attr:`Document.text`, in characters, end not included."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table that the file itself marks as one (HTML, DOCX, XLSX, PDF with lines, Markdown).

    Attributes:
        text: Its text as printed, edges stripped.
        at: Where that text stands in the document's text.
        row: Line of the grid it starts in, from 0.
        column: Column of the grid it starts in, from 0.
        row_span: Number of lines it covers.
        column_span: Number of columns it covers.
        header: The file calls it a header cell.
    """

    text: str
    at: Span
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table that the file itself marks as one, merged cells kept as spans.

    Attributes:
        ragged: Its lines may have lost blank or merged cells on the way, as text with ``|`` between
            cells often has: a cell's column then says little.
    """

    cells: tuple[GridCell, ...]
    at: Span
    page: int | None = None
    ragged: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a file, its tables, and where its pages begin.

    Attributes:
        file: The path as given.
        text: Everything a reader would see, in reading order, not normalised: letters, digits and
            spaces stand as in the file. Cells of tables are part of it, a tab between cells and a
            line break between rows.
        grids: The tables marked as such, in order.
        pages: Offsets at which pages begin, for files that have pages.
        title: The title that the file names (``<title>``, document properties), if any.
        format: ``text``, ``markdown``, ``html``, ``docx``, ``xlsx`` or ``pdf``.
    """

    file: str
    text: str
    format: str
    grids: tuple[Grid, ...] = ()
    pages: tuple[int, ...] = ()
    title: str | None = None

    def page_at(self, offset: int) -> int | None:
        """Return the number of the page, from 1, on which the character *offset* stands."""
        return bisect_right(self.pages, offset) if self.pages else None
