"""Walking over pasted HTML and building the blocks that it means."""

import re
from dataclasses import dataclass
from typing import TypeVar

from lxml import etree

from gongkai.core.cleaning.blocks import (
    MARKS,
    Align,
    Block,
    Break,
    Cell,
    Dropped,
    Grid,
    Items,
    Line,
    Marks,
    Paragraph,
    Picture,
    Quotation,
    Run,
)
from gongkai.core.cleaning.lists import gathered
from gongkai.core.cleaning.spaces import tidied
from gongkai.core.extraction.sources.limits import MAX_SPAN

T = TypeVar("T")

SKIPPED = {
    "script", "style", "head", "title", "meta", "link", "noscript", "template", "iframe", "object", "embed", "applet",
    "svg", "math", "xml", "select", "textarea", "button", "audio", "video", "canvas", "map", "frameset", "base",
    "v-shape", "v-shapetype", "v-imagedata", "w-sdtpr", "w-worddocument", "m-math",
}  # fmt: skip
TOLD = {"script": "script", "iframe": "embedded", "object": "embedded", "embed": "embedded", "svg": "embedded", "video": "embedded", "audio": "embedded"}  # fmt: skip
PARAGRAPHS = {
    "p", "div", "center", "pre", "dt", "dd", "dl", "address", "section", "article", "aside", "header", "footer", "main",
    "nav", "figure", "figcaption", "form", "fieldset", "legend", "summary", "details", "body", "html", "h1", "h2", "h3",
    "h4", "h5", "h6", "optgroup", "option",
}  # fmt: skip
BLOCKS = PARAGRAPHS | {"ul", "ol", "li", "table", "tr", "td", "th", "caption", "blockquote", "hr"}
"""Where these begin and end, a paragraph ends."""
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h5", "h6": "h6"}
TYPE = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em", "u": "u", "s": "s", "strike": "s",
    "del": "s", "sub": "sub", "sup": "sup",
}  # fmt: skip
MSO_LIST = re.compile(r"mso-list:\s*(l\d+)\s+level(\d+)")
IGNORED = re.compile(r"mso-list:\s*ignore", re.IGNORECASE)
HIDDEN = re.compile(r"mso-hide:\s*all|display:\s*none|visibility:\s*hidden", re.IGNORECASE)
ADDRESS = re.compile(r"https?://[^\s/]|mailto:|tel:|/(?![/\\])", re.IGNORECASE)
OWN = re.compile(r"/(?![/\\])[^\\\s<>\"']*")
ALIGN = re.compile(r"text-align:\s*(center|right)", re.IGNORECASE)
BOLD = re.compile(r"font-weight:\s*(bold|bolder|[6-9]00|normal|lighter|[1-5]00)", re.IGNORECASE)
ITALIC = re.compile(r"font-style:\s*(italic|oblique|normal)", re.IGNORECASE)
DECORATION = re.compile(r"text-decoration(?:-line)?:\s*([a-z -]+)", re.IGNORECASE)
RAISED = re.compile(r"vertical-align:\s*(sub|super)", re.IGNORECASE)


@dataclass(slots=True)
class _Level:
    """How letters are, inside an element."""

    marks: Marks = frozenset()
    href: str = ""
    align: Align = ""
    tag: str = "p"
    marker: bool = False
    verbatim: bool = False


class Reader:
    """Reads one tree.

    Attributes:
        dropped: What was left out and may be missed.
    """

    def __init__(self) -> None:
        self.dropped: list[Dropped] = []
        self._root: list[Block] = []
        self._into: list[list[Block]] = [self._root]
        self._open: list[Items | Grid | Quotation | Cell] = []
        self._levels = [_Level()]
        self._paragraph = Paragraph()
        self._item: tuple[str, int] | None = None
        self._marker = ""

    def read(self, root: etree._Element) -> None:
        """Read everything in *root*."""
        skipped: etree._Element | None = None
        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag = element.tag.lower() if isinstance(element.tag, str) else ""
            if event == "start":
                if skipped is not None:
                    continue
                if self._is_skipped(tag, element):
                    skipped = element
                    continue
                self._start(tag, element)
                self._text(element.text)
            elif skipped is None:
                self._end(tag)
                self._tail(root, element)
            elif element is skipped:
                skipped = None
                self._tail(root, element)

    def finish(self) -> list[Block]:
        """Return the blocks."""
        self._flush()
        return gathered(self._root)

    def _tail(self, root: etree._Element, element: etree._Element) -> None:
        if element is not root:
            self._text(element.tail)

    def _is_skipped(self, tag: str, element: etree._Element) -> bool:
        if tag in SKIPPED:
            if tag in TOLD:
                self.dropped.append(Dropped(TOLD[tag]))  # type: ignore[arg-type]  # a table of its own kinds
            return True
        if HIDDEN.search(element.get("style") or ""):
            words = " ".join("".join(element.itertext()).split())
            if words:
                self.dropped.append(Dropped("hidden", words[:200]))
            return True
        return False

    def _start(self, tag: str, element: etree._Element) -> None:  # noqa: C901, PLR0912  # a line for each element
        style = element.get("style") or ""
        if tag in BLOCKS:
            self._flush()
        self._levels.append(self._level(tag, element, style))
        match tag:
            case "br":
                self._paragraph.inlines.append(Break())
            case "hr":
                self._into[-1].append(Line())
            case "img":
                self._picture(element)
            case "ul" | "ol":
                start = _number(element.get("start"), 9999)
                self._push(Items(tag == "ol", start if tag == "ol" else 1))
            case "blockquote":
                quotation = Quotation()
                self._push(quotation, quotation.blocks)
            case "li":
                self._begin_item()
            case "table":
                self._push(Grid())
            case "tr":
                if grid := self._inner(Grid):
                    grid.rows.append([])
                    if any(a.tag == "thead" for a in element.iterancestors("thead", "table")) and (
                        grid.head == len(grid.rows) - 1
                    ):
                        grid.head += 1
            case "td" | "th":
                self._begin_cell(tag, element)
            case "caption":
                if grid := self._inner(Grid):
                    self._into.append(grid.caption)
        if tag in PARAGRAPHS and (found := MSO_LIST.search(style)):
            self._item = (found[1], int(found[2]))

    def _level(self, tag: str, element: etree._Element, style: str) -> _Level:
        above = self._levels[-1]
        level = _Level(
            above.marks, above.href, above.align, above.tag, above.marker, above.verbatim
        )
        if tag in TYPE:
            level.marks |= {TYPE[tag]}
        level.marks = _styled(level.marks, style)
        if tag in PARAGRAPHS:
            level.tag = HEADINGS.get(tag, above.tag if tag in {"div", "section"} else "p")
            level.verbatim = tag == "pre"
        if tag in PARAGRAPHS or tag in {"td", "th"}:
            level.align = _align(tag, element, style) or above.align
        if tag in {"table", "ul", "ol", "caption"}:
            level.align, level.tag = "", "p"
        if tag == "a" and (href := element.get("href")):
            level.href = self._address(href)
        level.marker = above.marker or bool(IGNORED.search(style))
        return level

    def _end(self, tag: str) -> None:  # noqa: C901  # a line for each element
        if tag in BLOCKS:
            self._flush()
        self._levels.pop()
        match tag:
            case "ul" | "ol":
                self._pop(Items)
            case "blockquote":
                self._pop(Quotation)
            case "table":
                self._pop(Grid)
            case "td" | "th":
                if cell := self._inner(Cell):
                    self._open.pop()
                    self._into.pop()
                    cell.blocks = gathered(cell.blocks)
            case "li":
                if self._inner(Items):
                    self._into[-1][:] = gathered(self._into[-1])
            case "caption":
                if self._inner(Grid):
                    self._into.pop()

    def _push(self, block: Items | Grid | Quotation, inside: list[Block] | None = None) -> None:
        self._into[-1].append(block)
        self._open.append(block)
        self._into.append(inside if inside is not None else self._into[-1])

    def _pop(self, kind: type[Items | Grid | Quotation]) -> None:
        if not self._open or not isinstance(self._open[-1], kind):
            return
        block = self._open.pop()
        self._into.pop()
        outside = self._into[-1]
        match block:
            case Items():
                block.items = [item for item in block.items if item]
                empty = not block.items
            case Grid():
                empty = not any(row for row in block.rows)
            case Quotation():
                block.blocks = gathered(block.blocks)
                empty = not block.blocks
            case _:
                empty = False
        if empty:
            outside[:] = [other for other in outside if other is not block]

    def _begin_item(self) -> None:
        """Begin an item; what follows goes into it."""
        items = self._inner(Items)
        if items is not None:
            items.items.append([])
            self._into[-1] = items.items[-1]

    def _begin_cell(self, tag: str, element: etree._Element) -> None:
        cell = Cell(
            tag == "th",
            _number(element.get("rowspan"), MAX_SPAN),
            _number(element.get("colspan"), MAX_SPAN),
        )
        if grid := self._inner(Grid):
            if not grid.rows:
                grid.rows.append([])
            grid.rows[-1].append(cell)
            self._open.append(cell)
            self._into.append(cell.blocks)

    def _inner(self, kind: type[T]) -> T | None:
        """Return the innermost open block where it is of *kind*."""
        last = self._open[-1] if self._open else None
        return last if isinstance(last, kind) else None

    def _text(self, text: str | None) -> None:
        if not text:
            return
        level = self._levels[-1]
        if level.marker:
            self._marker += text
            return
        if not self._paragraph.inlines and text.strip():
            self._paragraph.tag, self._paragraph.align = level.tag, level.align
        marks = level.marks - {"strong"} if level.tag != "p" else level.marks
        if level.verbatim:
            for index, line in enumerate(text.split("\n")):
                if index:
                    self._paragraph.inlines.append(Break())
                self._paragraph.inlines.append(Run(line, marks, level.href))
        else:
            self._paragraph.inlines.append(Run(text, marks, level.href))

    def _flush(self) -> None:
        """End the paragraph that is open."""
        paragraph, self._paragraph = self._paragraph, Paragraph()
        item, self._item = self._item, None
        marker, self._marker = "".join(self._marker.split()), ""
        level = self._levels[-1]
        for index, line in enumerate(tidied(paragraph.inlines)):
            made = Paragraph(level.tag, level.align, line)
            if item and not index:
                made.item = (*item, marker)
            self._into[-1].append(made)

    def _picture(self, element: etree._Element) -> None:
        source = (element.get("src") or "").strip()
        if OWN.fullmatch(source):
            self._paragraph.inlines.append(
                Picture(source, " ".join((element.get("alt") or "").split()))
            )
        elif source:
            self.dropped.append(Dropped("picture", source[:200]))

    def _address(self, href: str) -> str:
        address = re.sub(r"[\x00-\x20\x7f]", "", href)
        if ADDRESS.match(address):
            return address
        if address and not address.startswith("#"):
            self.dropped.append(Dropped("link", address[:200]))
        return ""


def _styled(marks: Marks, style: str) -> Marks:
    if not style:
        return marks
    found = set(marks)
    if match := BOLD.search(style):
        light = match[1].lower() in {"normal", "lighter"} or match[1][0] in "12345"
        found = found - {"strong"} if light else found | {"strong"}
    if match := ITALIC.search(style):
        found = found - {"em"} if match[1].lower() == "normal" else found | {"em"}
    if match := DECORATION.search(style):
        found |= {"u"} if "underline" in match[1] else set()
        found |= {"s"} if "line-through" in match[1] else set()
    if match := RAISED.search(style):
        found |= {"sub" if match[1].lower() == "sub" else "sup"}
    return frozenset(found & set(MARKS))


def _align(tag: str, element: etree._Element, style: str) -> Align:
    if tag == "center":
        return "center"
    if match := ALIGN.search(style):
        return "center" if match[1].lower() == "center" else "right"
    if re.search(r"text-align:\s*(?:left|justify|start)", style, re.IGNORECASE):
        return ""
    named = f"{element.get('align') or ''} {element.get('class') or ''}".lower().split()
    for align in ("center", "right"):
        if align in named or f"align-{align}" in named:
            return align
    return ""


def _number(value: str | None, most: int) -> int:
    digits = (value or "").strip()
    if not digits.isascii() or not digits.isdigit() or len(digits) > 6:
        return 1
    return max(1, min(int(digits), most))
