"""Web pages: the text in reading order, page furniture included, and the tables that hold data."""

import re
from collections.abc import Iterator

from lxml import etree
from lxml.html import HTMLParser

from gongkai.core.extraction.document import Document, Grid
from gongkai.core.extraction.sources.errors import Damaged, Empty, TooNested
from gongkai.core.extraction.sources.writer import GridBuilder, Place, Writer

_SKIPPED = {
    "script", "style", "noscript", "template", "head", "select", "textarea", "iframe", "object", "svg",
    "math", "audio", "video", "canvas", "map",
}  # fmt: skip
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "li", "main", "nav", "ol", "option", "p", "pre", "section", "summary", "table", "tbody", "tfoot",
    "thead", "tr", "ul", "ucapcontent",
}  # fmt: skip
_TYPE = re.compile(rb"</?(?:font|span|b|i|u|strong|em|a|big|small|o:p)\b[^<>]*>", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f]+")
_CELLS = {"td", "th"}


def html(text: str, name: str) -> Document:
    """Return the document of a web page.

    Raises:
        Damaged: The parser could make nothing of it.
        TooNested: Its elements stand inside each other deeper than the parser goes (2,048).
        Empty: Nothing in it would be seen.
    """
    source = text.encode("utf-8", "replace")
    root, complete = parsed(source)
    if not complete:
        # tags of type that nobody closed pile up; without them most pages are flat enough
        root, complete = parsed(_TYPE.sub(b"", source))
    if not complete:
        raise TooNested
    if root is None:
        raise Empty
    page = _Page()
    page.read(root)
    content = page.writer.text()
    if not content.strip():
        raise Empty
    grids = [grid for built in page.built if (grid := built.grid(content))]
    title = root.findtext(".//title")
    return Document(
        file=name,
        text=content,
        format="html",
        grids=tuple(_in_order(grids)),
        title=_SPACES.sub(" ", title).strip() or None if title else None,
    )


def parsed(source: bytes) -> tuple[etree._Element | None, bool]:
    """Return the root of a page that may be anything, and whether the parser came to its end.

    Raises:
        Damaged: The parser could make nothing of it.
    """
    parser = HTMLParser(
        encoding="utf-8",
        recover=True,
        huge_tree=True,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Damaged(kind="网页") from error
    return root, not any("depth" in entry.message.lower() for entry in parser.error_log)


def _in_order(grids: list[Grid]) -> Iterator[Grid]:
    yield from sorted(grids, key=lambda grid: grid.at)


class _Page:
    """Walks over the elements and writes what a reader would see."""

    def __init__(self) -> None:
        self.writer = Writer()
        self.built: list[GridBuilder] = []
        self._tables: list[GridBuilder | None] = []  # None for a table that only lays out the page
        self._cells: list[tuple[Place, tuple[int, int, int, int], bool] | None] = []

    def read(self, root: etree._Element) -> None:
        skipped = 0
        for event, element in etree.iterwalk(root, events=("start", "end")):
            tag = element.tag if isinstance(element.tag, str) else ""
            tag = tag.lower()
            if event == "start":
                if skipped or tag in _SKIPPED:
                    skipped += 1
                    continue
                self._start(tag, element)
                self._text(element.text)
            else:
                if skipped:
                    skipped -= 1
                else:
                    self._end(tag)
                if not skipped and element is not root:
                    self._text(element.tail)

    def _start(self, tag: str, element: etree._Element) -> None:
        if tag == "table":
            data = next(element.iterdescendants("table"), None) is None
            self._tables.append(GridBuilder() if data else None)
            self.writer.separate("\n")
        elif tag == "tr":
            if self._tables and (table := self._tables[-1]):
                table.next_row()
            self.writer.separate("\n")
        elif tag in _CELLS:
            self._begin_cell(element, header=tag == "th")
        elif tag in _BLOCKS:
            self.writer.separate(" " if self._in_cell() else "\n")

    def _end(self, tag: str) -> None:
        if tag == "table" and self._tables:
            if table := self._tables.pop():
                self.built.append(table)
            self.writer.separate("\n")
        elif tag in _CELLS and self._cells:
            self._end_cell()
        elif tag in _BLOCKS:
            self.writer.separate("\n" if tag == "tr" or not self._in_cell() else " ")

    def _begin_cell(self, element: etree._Element, *, header: bool) -> None:
        table = self._tables[-1] if self._tables else None
        if table is None:
            self._cells.append(None)
            self.writer.separate("\n")
            return
        if table.row < 0:
            table.next_row()
        self.writer.count_cell()
        where = table.claim(_number(element.get("rowspan")), _number(element.get("colspan")))
        if where[1]:
            self.writer.separate("\t")
        self._cells.append((self.writer.begin(), where, header))

    def _end_cell(self) -> None:
        cell = self._cells.pop()
        if cell is None:
            self.writer.separate("\n")
            return
        place, where, header = cell
        at = self.writer.finish(place)
        if self._tables and (table := self._tables[-1]):
            table.add(at, where, header=header)
        self.writer.separate("\t")

    def _in_cell(self) -> bool:
        return bool(self._cells) and self._cells[-1] is not None

    def _text(self, text: str | None) -> None:
        if not text:
            return
        words = _SPACES.sub(" ", text)
        if words.startswith(" "):
            self.writer.separate(" ")
        if inner := words.strip(" "):
            self.writer.write(inner)
            if words.endswith(" "):
                self.writer.separate(" ")


def _number(value: str | None) -> int:
    digits = (value or "").strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 7 else 1
