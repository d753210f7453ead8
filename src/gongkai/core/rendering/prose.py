"""The text of a document for paper: clean HTML taken apart into paragraphs, lists, tables and pictures.

What has no place on paper (links' targets) is left out; nothing is interpreted as markup later.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from lxml import html

from gongkai.core.rendering.cleaning import clean, one_line

Align = Literal["", "left", "center", "right"]
HEADINGS = {"h1": 1, "h2": 1, "h3": 2, "h4": 3, "h5": 3, "h6": 3}
CONTAINERS = {"div", "section", "article", "blockquote", "figure", "center"}
BOLD = {"strong", "b"}
LONGEST_SALUTATION = 60
UNTOLD = "没有说明的图片"
WIDEST = 60
"""Columns and lines that a cell may span; more is a mistake or an attack."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words set alike."""

    text: str
    bold: bool = False
    script: Literal["", "super", "sub"] = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or heading.

    Attributes:
        level: 0 for running text, else the depth of the heading.
        align: Where it stands; empty for the usual indented paragraph.
        mark: What stands before an item of a list.
    """

    runs: tuple[Run, ...]
    level: int = 0
    align: Align = ""
    mark: str = ""

    @property
    def text(self) -> str:
        """Return its words."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table, with its place."""

    text: str
    line: int
    column: int
    lines: int = 1
    columns: int = 1
    head: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    cells: tuple[GridCell, ...]
    columns: int
    head_lines: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, on lines of its own.

    Attributes:
        source: Its address in the text.
        alt: What it says to whoever cannot see it.
    """

    source: str
    alt: str = ""


Piece = Paragraph | Grid | Picture


def pieces(markup: str) -> tuple[Piece, ...]:
    """Return the pieces of clean HTML in their order."""
    if not markup.strip():
        return ()
    tree = html.fragment_fromstring(markup, create_parent="div")
    found = [piece for piece in _walk(tree) if not _is_empty(piece)]
    if found and isinstance(found[0], Paragraph) and _is_salutation(found[0]):
        found[0] = Paragraph(found[0].runs, align="left")
    return tuple(found)


def _is_salutation(paragraph: Paragraph) -> bool:
    """Tell whether it names whom the document is for, who stand at the margin."""
    words = paragraph.text.strip()
    return not paragraph.level and words.endswith(("：", ":")) and len(words) <= LONGEST_SALUTATION


def texts(found: tuple[Piece, ...]) -> Iterator[str]:
    """Yield every string of the pieces *found*."""
    for piece in found:
        if isinstance(piece, Grid):
            yield from (cell.text for cell in piece.cells)
        elif isinstance(piece, Picture):
            yield piece.alt
        else:
            yield piece.mark
            yield from (run.text for run in piece.runs)


def as_data(found: tuple[Piece, ...], *, drawn: Collection[str] = ()) -> list[dict[str, Any]]:
    """Return the pieces as the typesetter takes them, JSON; of a picture that is not among *drawn* its words."""
    return [_data(piece, drawn) for piece in found]


def _data(piece: Piece, drawn: Collection[str]) -> dict[str, Any]:
    match piece:
        case Grid():
            return _grid_data(piece)
        case Picture() if piece.source in drawn:
            return {"kind": "picture", "source": piece.source, "alt": piece.alt or UNTOLD}
        case Picture():
            told = Run(f"（此处有图：{piece.alt or UNTOLD}）")
            return _paragraph_data(Paragraph((told,), align="center"))
        case _:
            return _paragraph_data(piece)


def _paragraph_data(paragraph: Paragraph) -> dict[str, Any]:
    return {
        "kind": "paragraph",
        "level": paragraph.level,
        "align": paragraph.align,
        "mark": paragraph.mark,
        "runs": [{"text": r.text, "bold": r.bold, "script": r.script} for r in paragraph.runs],
    }


def _grid_data(grid: Grid) -> dict[str, Any]:
    names = ("text", "line", "column", "lines", "columns", "head")
    return {
        "kind": "grid",
        "columns": grid.columns,
        "head-lines": grid.head_lines,
        "cells": [{name: getattr(cell, name) for name in names} for cell in grid.cells],
    }


def _walk(node: Any) -> Iterator[Piece]:
    """Yield what is in the block *node*; words that stand between blocks make a paragraph of their own."""
    loose: list[Run] = list(_words(node.text, bold=False, script=""))
    for child in node:
        if not isinstance(child.tag, str):
            loose += _words(child.tail, bold=False, script="")
            continue
        if _is_block(child):
            yield Paragraph(tuple(loose))
            loose = []
            yield from _block(child)
        elif child.tag == "br":
            yield Paragraph(tuple(loose))
            loose = []
        elif child.tag == "img":
            yield Paragraph(tuple(loose))
            loose = []
            yield from _pictures(child)
        else:
            loose += _runs(child)
        loose += _words(child.tail, bold=False, script="")
    yield Paragraph(tuple(loose))


def _is_block(node: Any) -> bool:
    return node.tag in {"p", "ul", "ol", "table", "hr", *HEADINGS, *CONTAINERS}


def _block(node: Any) -> Iterator[Piece]:
    if node.tag in HEADINGS:
        yield Paragraph(_inner(node), level=HEADINGS[node.tag])
        yield from _pictures(node)
    elif node.tag == "p":
        yield from _lines(node)
        yield from _pictures(node)
    elif node.tag in {"ul", "ol"}:
        yield from _list(node)
    elif node.tag == "table":
        yield _grid(node)
        yield from _pictures(node)
    elif node.tag != "hr":
        yield from _walk(node)


def _pictures(node: Any) -> Iterator[Picture]:
    """Yield the pictures in *node*, which stand below its words on paper."""
    for found in node.iter("img"):
        yield Picture(str(found.get("src", "")), one_line(str(found.get("alt", ""))))


def _lines(node: Any) -> Iterator[Paragraph]:
    """Yield the lines of a paragraph, cut where the author broke it."""
    align = _align(node)
    runs: list[Run] = []
    for run in _inner(node):
        first, *rest = run.text.split("\n")
        runs.append(Run(first, run.bold, run.script))
        for line in rest:
            yield Paragraph(tuple(runs), align=align)
            runs = [Run(line, run.bold, run.script)]
    yield Paragraph(tuple(runs), align=align)


def _align(node: Any) -> Align:
    told = f"{node.get('class', '')} {node.get('align', '')} {node.get('style', '')}".lower()
    if "right" in told:
        return "right"
    return "center" if "center" in told or "centre" in told else ""


def _list(node: Any) -> Iterator[Piece]:
    for number, item in enumerate(node.iterchildren("li"), 1):
        mark = f"{number}." if node.tag == "ol" else "•"
        for place, piece in enumerate(p for p in _walk(item) if not _is_empty(p)):
            if place == 0 and isinstance(piece, Paragraph):
                yield Paragraph(piece.runs, mark=mark)
            else:
                yield piece


def _inner(node: Any) -> tuple[Run, ...]:
    runs = list(_words(node.text, bold=False, script=""))
    for child in node:
        if isinstance(child.tag, str):
            runs += _runs(child)
        runs += _words(child.tail, bold=False, script="")
    return tuple(runs)


def _runs(node: Any, *, bold: bool = False, script: Any = "") -> Iterator[Run]:
    if node.tag == "br":
        yield Run("\n", bold, script)
        return
    bold = bold or node.tag in BOLD
    script = {"sup": "super", "sub": "sub"}.get(node.tag, script)
    yield from _words(node.text, bold=bold, script=script)
    for child in node:
        if isinstance(child.tag, str):
            yield from _runs(child, bold=bold, script=script)
        yield from _words(child.tail, bold=bold, script=script)


def _words(text: str | None, *, bold: bool, script: Any) -> Iterator[Run]:
    """Yield what is said, white space of the source folded as a browser folds it."""
    if text:
        shown = clean(text).replace("\n", " ").replace("\u3000", " ")
        folded = " ".join(shown.split(" "))
        if folded.strip() or folded == " ":
            yield Run(folded, bold, script)


def _grid(node: Any) -> Grid:
    taken: set[tuple[int, int]] = set()
    cells: list[GridCell] = []
    head_lines = 0
    for line, row in enumerate(node.iter("tr")):
        column = 0
        inside = [cell for cell in row if cell.tag in {"td", "th"}]
        if line == head_lines and inside and all(cell.tag == "th" for cell in inside):
            head_lines += 1
        for cell in inside:
            while (line, column) in taken:
                column += 1
            lines, columns = _span(cell, "rowspan"), _span(cell, "colspan")
            places = {(line + y, column + x) for y in range(lines) for x in range(columns)}
            if places & taken:  # spans that run into each other: keep the place, drop the spans
                lines = columns = 1
                places = {(line, column)}
            taken |= places
            text = one_line(" ".join(cell.text_content().split()))
            cells.append(GridCell(text, line, column, lines, columns, cell.tag == "th"))
            column += columns
    width = max((x for _, x in taken), default=-1) + 1
    return Grid(tuple(cells), width, head_lines)


def _span(cell: Any, name: str) -> int:
    told = str(cell.get(name, "1")).strip()
    return min(max(int(told), 1), WIDEST) if told.isdecimal() and told.isascii() else 1


def _is_empty(piece: Piece) -> bool:
    if isinstance(piece, Picture):
        return False
    return not piece.cells if isinstance(piece, Grid) else not piece.text.strip()
