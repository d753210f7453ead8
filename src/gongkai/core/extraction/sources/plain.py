"""Plain text and Markdown, with the tables that are drawn with ``|``."""

import re
from itertools import groupby

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
    for walled, block in groupby(lines, key=lambda span: "|" in text[slice(*span)]):
        if walled:
            grid = _grid(text, list(block))
            if grid:
                found.append(grid)
                total += len(grid.cells)
                if total > MAX_CELLS:
                    raise TooLarge(limit=f"{MAX_CELLS // 10000} 万个单元格")
    return tuple(found)


def _grid(text: str, lines: list[tuple[int, int]]) -> Grid | None:
    """Read a block of lines with walls; ``None`` where they print one cell a line."""
    rows: list[list[Span]] = []
    ruled = False
    for start, end in lines:
        if _RULE.fullmatch(text[start:end]):
            ruled = True
        else:
            rows.append(_cells(text, start, end))
    walled = sum(len(row) >= MIN_CELLS and any(c.end > c.start for c in row) for row in rows)
    if walled * 2 < len(rows):
        return None
    cells = tuple(
        GridCell(text[at.start : at.end], at, line, column)
        for line, row in enumerate(rows)
        for column, at in enumerate(row)
    )
    if not cells:
        return None
    return Grid(
        cells, Span(lines[0][0], lines[-1][1]), ragged=not (ruled or _holds_blanks(text, rows))
    )


def _cells(text: str, start: int, end: int) -> list[Span]:
    """Split one line at its walls; the walls at its edges are no cells."""
    walls = [i for i in range(start, end) if text[i] == "|"]
    edges = [start - 1, *walls, end]
    cells = []
    for left, right in zip(edges, edges[1:], strict=False):
        piece = text[left + 1 : right]
        inner = piece.strip()
        begin = left + 1 + (piece.index(inner) if inner else 0)
        cells.append(Span(begin, begin + len(inner)))
    if cells and cells[0].start == cells[0].end:
        del cells[0]
    if cells and cells[-1].start == cells[-1].end and text[:end].rstrip().endswith("|"):
        del cells[-1]
    return cells


def _holds_blanks(text: str, rows: list[list[Span]]) -> bool:
    """Whether some line has a blank cell between two figures, so that blanks were kept in place."""
    for row in rows:
        figures = [i for i, at in enumerate(row) if text[at.start : at.end].strip().isdigit()]
        if figures and any(row[i].start == row[i].end for i in range(figures[0], figures[-1])):
            return True
    return False
