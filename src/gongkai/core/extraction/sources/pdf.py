"""PDF files with a text layer: the text in reading order, tables cell by cell where lines are drawn."""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.core.extraction.document import Document, Grid, GridCell, Span
from gongkai.core.extraction.sources.errors import Damaged, Encrypted, NoTextLayer, TooManyPages
from gongkai.core.extraction.sources.limits import MAX_PAGES, MAX_PATH_SEGMENTS
from gongkai.core.extraction.sources.rulings import Box, Line, tables
from gongkai.core.extraction.sources.writer import Writer

THIN = 3.0
"""A filled area not thicker than this is a line."""

STRAIGHT = 1.0


def pdf(data: bytes, name: str) -> Document:
    """Return the document of a PDF file.

    Raises:
        Encrypted: It has a password.
        NoTextLayer: It is made of pictures.
        TooManyPages: It is longer than the limit.
        Damaged: The parser could make nothing of it.
    """
    with opened_pdf(data) as opened:
        return _document(opened, name)


@contextmanager
def opened_pdf(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    """Open a PDF file that may be anything, and close it afterwards.

    Raises:
        Encrypted: It has a password.
        TooManyPages: It is longer than the limit.
        Damaged: The parser could make nothing of it.
    """
    try:
        opened = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Encrypted from error
        raise Damaged(kind="PDF") from error
    try:
        if len(opened) > MAX_PAGES:
            raise TooManyPages(pages=len(opened), limit=MAX_PAGES)
        yield opened
    finally:
        opened.close()


def _document(opened: pypdfium2.PdfDocument, name: str) -> Document:
    count = len(opened)
    writer = Writer()
    pages: list[int] = []
    tables_found: list[tuple[int, list[tuple[Box, Span]]]] = []
    for index in range(count):
        writer.separate("\n")
        pages.append(writer.length + (1 if writer.length else 0))
        try:
            page = opened[index]
            tables_found += [(index + 1, cells) for cells in _page(page, writer)]
            page.close()
        except pypdfium2.PdfiumError:
            continue  # a broken page among good ones: the rest is worth reading
    text = writer.text()
    if not text.strip():
        raise NoTextLayer if count else Damaged(kind="PDF")
    title = opened.get_metadata_value("Title").strip("\0 ")
    grids = tuple(_grid(cells, text, number) for number, cells in tables_found if cells)
    return Document(
        file=name, text=text, format="pdf", grids=grids, pages=tuple(pages), title=title or None
    )


def _grid(cells: list[tuple[Box, Span]], text: str, page: int) -> Grid:
    made = tuple(
        GridCell(text[at.start : at.end], at, b.row, b.column, b.row_span, b.column_span)
        for b, at in cells
    )
    filled = [cell.at for cell in made if cell.text] or [cell.at for cell in made]
    return Grid(made, Span(min(at.start for at in filled), max(at.end for at in filled)), page)


@dataclass(frozen=True, slots=True)
class _Letter:
    text: str
    left: float
    right: float
    middle: float  # from the top of the page
    height: float
    placed: bool  # false for the spaces and line breaks that pdfium puts in


def _page(page: pypdfium2.PdfPage, writer: Writer) -> list[list[tuple[Box, Span]]]:
    """Write one page; return its tables, each cell with where its text came to stand."""
    words = page.get_textpage()
    try:
        found = _tables(page)
        if not found:
            writer.write(_clean(words.get_text_range()).strip("\n"))
            return []
        return _page_with_tables(list(_letters(words, page.get_height())), found, writer)
    finally:
        words.close()


def _page_with_tables(
    letters: list[_Letter], found: list[list[Box]], writer: Writer
) -> list[list[tuple[Box, Span]]]:
    where = [_where(letter, found) if letter.placed else None for letter in letters]
    inside: dict[tuple[int, int], list[_Letter]] = {}
    last = None
    for letter, place in zip(letters, where, strict=True):
        if place:
            inside.setdefault(place, []).append(letter)
        elif last and letter.text == " ":
            inside[last].append(letter)
        last = None if letter.placed and not place else place or last
    written: dict[int, list[tuple[Box, Span]]] = {}
    line: list[str] = []

    def flush() -> None:
        writer.write("".join(line).strip("\n"))
        writer.separate("\n")
        line.clear()

    in_table = False
    for letter, place in zip(letters, where, strict=True):
        if place and place[0] not in written:
            flush()
            boxes = found[place[0]]
            written[place[0]] = _write_table(
                [(box, inside.get((place[0], i), [])) for i, box in enumerate(boxes)], writer
            )
        if place:
            in_table = True
        elif letter.placed or not in_table:
            in_table = False
            line.append(letter.text)
    flush()
    return [written[index] for index in sorted(written)]


def _write_table(cells: list[tuple[Box, list[_Letter]]], writer: Writer) -> list[tuple[Box, Span]]:
    result = []
    row = -1
    for box, letters in cells:
        writer.count_cell()
        if box.row != row:
            writer.separate("\n")
            row = box.row
        place = writer.begin()
        writer.write(_lines_joined(letters, box))
        result.append((box, writer.finish(place)))
        writer.separate("\t")
    writer.separate("\n")
    return result


def _lines_joined(letters: list[_Letter], box: Box) -> str:
    """Put the lines of a cell together: a word goes on, two figures under each other stay two."""
    text = ""
    last: _Letter | None = None
    first_of_line: _Letter | None = None
    for letter in letters:
        if not letter.placed:
            text += "" if text.endswith(" ") else " "
            continue
        if last is None or first_of_line is None:
            first_of_line = letter
        elif abs(letter.middle - last.middle) > 0.6 * max(letter.height, last.height, 1):
            full = box.right - box.left - (last.right - first_of_line.left) < 2.5 * (
                last.right - last.left
            )
            text = text.rstrip(" ")
            if last.text.isdigit() and letter.text.isdigit() and not full:
                text += " "
            first_of_line = letter
        text += letter.text
        last = letter
    return text.strip()


def _where(letter: _Letter, found: list[list[Box]]) -> tuple[int, int] | None:
    x, y = (letter.left + letter.right) / 2, letter.middle
    for table, boxes in enumerate(found):
        for index, box in enumerate(boxes):
            if box.left <= x <= box.right and box.top <= y <= box.bottom:
                return table, index
    return None


def _letters(words: pypdfium2.PdfTextPage, height: float) -> Iterator[_Letter]:
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(words.count_chars()):
        code = pdfium.FPDFText_GetUnicode(words, index)
        if code in {0, 0xFFFE, 0x0D}:
            continue
        made = pdfium.FPDFText_IsGenerated(words, index) == 1
        pdfium.FPDFText_GetCharBox(words, index, left, right, bottom, top)
        text = chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"
        yield _Letter(
            text,
            left.value,
            right.value,
            height - (top.value + bottom.value) / 2,
            top.value - bottom.value,
            placed=not made and not text.isspace(),
        )


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "").replace("\ufffe", "")


def _tables(page: pypdfium2.PdfPage) -> list[list[Box]]:
    horizontal: list[Line] = []
    vertical: list[Line] = []
    height = page.get_height()
    left = MAX_PATH_SEGMENTS
    for path in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_PATH], max_depth=1):
        left -= pdfium.FPDFPath_CountSegments(path)
        if left < 0:
            return []
        for x0, y0, x1, y1 in _strokes(path):
            if abs(y1 - y0) <= STRAIGHT < abs(x1 - x0):
                horizontal.append(Line(height - (y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            elif abs(x1 - x0) <= STRAIGHT < abs(y1 - y0):
                vertical.append(Line((x0 + x1) / 2, height - max(y0, y1), height - min(y0, y1)))
    if len(horizontal) < 2 or len(vertical) < 2:
        return []
    return tables(horizontal, vertical)


def _strokes(path: pypdfium2.PdfObject) -> Iterator[tuple[float, float, float, float]]:
    """Yield the straight lines that a path draws; a thin filled area is one line along its middle."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    if not stroke.value:
        x0, y0, x1, y1 = path.get_bounds()
        if not fill.value:
            return
        if y1 - y0 <= THIN:
            yield x0, (y0 + y1) / 2, x1, (y0 + y1) / 2
        elif x1 - x0 <= THIN:
            yield (x0 + x1) / 2, y0, (x0 + x1) / 2, y1
        return
    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    start = here = None
    for index in range(pdfium.FPDFPath_CountSegments(path)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO and here:
            yield (*here, *point)
        here = point
        if pdfium.FPDFPathSegment_GetClose(segment) and start:
            yield (*here, *start)
