"""The little that a published text is made of: paragraphs, headings, lists, tables, quotations, and how each is written."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Literal, TypeAlias

MARKS = ("strong", "em", "u", "s", "sub", "sup")
"""Kinds of letters, the outermost first."""

Align = Literal["", "center", "right"]
Marks: TypeAlias = frozenset[str]


@dataclass(frozen=True, slots=True)
class Dropped:
    """Something that was left out of a pasted text, as the person should know.

    Attributes:
        kind: ``picture``, ``link``, ``script``, ``hidden`` or ``embedded``.
        text: What it was: an address, hidden words.
    """

    kind: Literal["picture", "link", "script", "hidden", "embedded"]
    text: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """Letters of one kind.

    Attributes:
        href: Where they lead, or an empty string.
    """

    text: str
    marks: Marks = frozenset()
    href: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of our own in a line."""

    source: str
    alt: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """A line break inside a paragraph."""


Inline: TypeAlias = Run | Picture | Break


@dataclass(slots=True)
class Paragraph:
    """A paragraph or a heading.

    Attributes:
        item: List, level and marker where Word means it for an item of a list.
    """

    tag: str = "p"
    align: Align = ""
    inlines: list[Inline] = field(default_factory=list)
    item: tuple[str, int, str] | None = None


@dataclass(slots=True)
class Items:
    """A list; every item is made of blocks."""

    ordered: bool = False
    start: int = 1
    items: list[list["Block"]] = field(default_factory=list)


@dataclass(slots=True)
class Cell:
    """A cell of a table."""

    header: bool = False
    rows: int = 1
    columns: int = 1
    blocks: list["Block"] = field(default_factory=list)


@dataclass(slots=True)
class Grid:
    """A table.

    Attributes:
        rows: Its lines.
        head: So many of the first lines are its head.
    """

    rows: list[list[Cell]] = field(default_factory=list)
    head: int = 0
    caption: list["Block"] = field(default_factory=list)


@dataclass(slots=True)
class Quotation:
    """A quotation."""

    blocks: list["Block"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """A line across the page."""


Block: TypeAlias = Paragraph | Items | Grid | Quotation | Line


def written(blocks: list[Block]) -> str:
    """Return *blocks* as HTML."""
    return "\n".join(_block(block) for block in blocks)


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return f"<{block.tag}{_class(block.align)}>{_line(block.inlines)}</{block.tag}>"
        case Items():
            tag = "ol" if block.ordered else "ul"
            start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
            items = "".join(f"<li>{_inside(item)}</li>" for item in block.items)
            return f"<{tag}{start}>{items}</{tag}>"
        case Grid():
            return _grid(block)
        case Quotation():
            return f"<blockquote>{written(block.blocks)}</blockquote>"
        case Line():
            return "<hr>"


def _grid(grid: Grid) -> str:
    parts = []
    if grid.caption:
        parts.append(f"<caption>{_inside(grid.caption)}</caption>")
    for tag, rows in (("thead", grid.rows[: grid.head]), ("tbody", grid.rows[grid.head :])):
        if rows:
            lines = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in rows)
            parts.append(f"<{tag}>\n{lines}\n</{tag}>")
    return "<table>" + "\n".join(parts) + "</table>"


def _cell(cell: Cell) -> str:
    tag = "th" if cell.header else "td"
    rows = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    columns = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    only = cell.blocks[0] if len(cell.blocks) == 1 else None
    if isinstance(only, Paragraph) and only.tag == "p":
        return f"<{tag}{rows}{columns}{_class(only.align)}>{_line(only.inlines)}</{tag}>"
    return f"<{tag}{rows}{columns}>{written(cell.blocks)}</{tag}>"


def _inside(blocks: list[Block]) -> str:
    """Write blocks inside an item, the first paragraph without a tag of its own."""
    if (
        blocks
        and isinstance(first := blocks[0], Paragraph)
        and (first.tag, first.align) == ("p", "")
    ):
        return _line(first.inlines) + written(blocks[1:])
    return written(blocks)


def _class(align: Align) -> str:
    return f' class="align-{align}"' if align else ""


def _line(inlines: list[Inline]) -> str:
    return "".join(_pieces(inlines))


def _pieces(inlines: list[Inline]) -> Iterator[str]:
    """Write a line, marks opened and closed where they change and not before."""
    opened: list[str] = []
    for inline in [*inlines, None]:
        wanted = _wanted(inline)
        same = 0
        while same < min(len(opened), len(wanted)) and opened[same] == wanted[same]:
            same += 1
        for tag in reversed(opened[same:]):
            yield "</a>" if tag.startswith("a ") else f"</{tag}>"
        for tag in wanted[same:]:
            yield f"<{tag}>"
        opened = wanted
        match inline:
            case Run():
                yield escape(inline.text, quote=False)
            case Picture():
                yield f'<img src="{escape(inline.source)}" alt="{escape(inline.alt)}">'
            case Break():
                yield "<br>"


def _wanted(inline: Inline | None) -> list[str]:
    if not isinstance(inline, Run):
        return []
    link = [f'a href="{escape(inline.href)}"'] if inline.href else []
    return link + [mark for mark in MARKS if mark in inline.marks]
