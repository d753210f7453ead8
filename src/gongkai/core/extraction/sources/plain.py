"""Plain text and Markdown, with the tables that are drawn with ``|``."""

import re
from itertools import groupby, pairwise

from gongkai.core.extraction.document import Document, Grid, GridCell, Span
from gongkai.core.extraction.sources.errors import TooLarge
from gongkai.core.extraction.sources.limits import MAX_CELLS, MAX_TEXT_CHARS

_RULE = re.compile(r"[\s|:+=-]*-{2,}[\s|:+=-]*")
_LINE = re.compile(r"[^\n]*\S[^\n]*")
MIN_CELLS = 2
"""A line with fewer cells is one of those texts that print a cell a line, and no table."""


def plain(text: str, name: str, kind: str) -> Document:
    """Return the document of a text, ``|`` between words read as walls between cells."""
    if len(text) > MAX_TEXT_CHARS:
        raise TooLarge(limit=f"{MAX_TEXT_CHARS // 10000} 万字")
    return Document(file=name, text=text, format=kind, grids=_grids(text))


def _grids(text: str) -> tuple[Grid, ...]:
    lines = [m.span() for m in _LINE.finditer(text)]  # blank lines do not end a table
    found = []
    total = 0
    for wall, block in groupby(lines, key=lambda span: _wall(text[slice(*span)])):
        grid = _grid(text, list(block), wall) if wall else None
        if grid:
            found.append(grid)
            total += len(grid.cells)
            if total > MAX_CELLS:
                raise TooLarge(limit=f"{MAX_CELLS // 10000} 万个单元格")
    return tuple(found)


def _wall(line: str) -> str:
    """Return what stands between the cells of a line, or nothing."""
    if "|" in line:
        return "|"
    return "\t" if "\t" in line.strip(" \n") else ""


def _grid(text: str, lines: list[tuple[int, int]], wall: str) -> Grid | None:
    """Read a block of lines with walls; ``None`` where they print one cell a line."""
    rows: list[list[Span]] = []
    ruled = False
    for start, end in lines:
        if wall == "|" and _RULE.fullmatch(text[start:end]):
            ruled = True
        else:
            rows.append(_cells(text, start, end, wall))
    walled = sum(len(row) >= MIN_CELLS and any(c.end > c.start for c in row) for row in rows)
    if walled * 2 < len(rows):
        return None
    if rows and rows[-1] and _breaks_off(text, lines, wall, rows[-1][-1]):
        rows[-1].pop()  # the text may end within this cell
    cells = tuple(
        GridCell(text[at.start : at.end], at, line, column)
        for line, row in enumerate(rows)
        for column, at in enumerate(row)
    )
    return Grid(cells, Span(lines[0][0], lines[-1][1]), ragged=not ruled) if cells else None


def _breaks_off(text: str, lines: list[tuple[int, int]], wall: str, cell: Span) -> bool:
    """Whether the text may end within the last *cell*: no wall behind it, and nothing after it."""
    start, end = lines[-1]
    if text[end:].strip() or text[slice(*cell)] in {"", "0"}:
        return False
    closed = sum(text[slice(*line)].rstrip(" \n").endswith(wall) for line in lines)
    open_end = not text[start:end].rstrip(" \n").endswith(wall)
    return open_end and (wall == "\t" or closed * 2 >= len(lines) - 1)


def _cells(text: str, start: int, end: int, wall: str) -> list[Span]:
    """Split one line at its walls; ``|`` at its edges are no walls between cells."""
    edges = [start - 1, *(i for i in range(start, end) if text[i] == wall), end]
    cells = []
    for left, right in pairwise(edges):
        piece = text[left + 1 : right]
        inner = piece.strip()
        begin = left + 1 + (piece.index(inner) if inner else 0)
        cells.append(Span(begin, begin + len(inner)))
    if wall == "|":
        if cells and cells[0].start == cells[0].end:
            del cells[0]
        if cells and cells[-1].start == cells[-1].end and text[start:end].rstrip().endswith("|"):
            del cells[-1]
    return cells
