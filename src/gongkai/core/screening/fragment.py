"""Clean HTML as the text that rules look at, with the way back to change it there."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree, html

from gongkai.core.extraction.document import Span

BLOCKS = frozenset(
    {"p", "h2", "h3", "h4", "h5", "h6", "li", "tr", "caption", "blockquote", "table", "ul", "ol", "hr", "br"}
)  # fmt: skip
CELLS = frozenset({"td", "th"})
SPOKEN = ("alt", "title")
"""Attributes that are read out or shown."""
CALLED = ("tel:", "mailto:")

Slot = Literal["text", "tail", "alt", "title", "href"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text and where it stands in the tree."""

    start: int
    element: etree._Element
    slot: Slot
    words: str

    @property
    def end(self) -> int:
        """Where it ends in the text."""
        return self.start + len(self.words)


class Fragment:
    """A body in HTML.

    Attributes:
        text: Its words: a line for each block, a tab between cells; what pictures are called and the numbers
            of links stand on lines of their own at the end.
    """

    def __init__(self, body: str) -> None:
        self._root = html.fragment_fromstring(body or "", create_parent="div")
        self._pieces: list[Piece] = []
        self._written: list[str] = []
        self._length = 0
        self._read(self._root)
        for element in self._root.iter(etree.Element):
            for slot, words in _unseen(element):
                self._break()
                self._put(element, slot, words)
        self.text = "".join(self._written)

    def replaced(self, changes: Iterable[tuple[Span, str]]) -> str:
        """Return the HTML with other words at some stretches of the text, which do not overlap."""
        slots: dict[tuple[int, Slot], str] = {}
        elements = {id(piece.element): piece.element for piece in self._pieces}
        for span, words in sorted(changes, key=lambda change: change[0].start, reverse=True):
            left = words
            for piece in self._pieces:
                low, high = max(span.start, piece.start), min(span.end, piece.end)
                if low >= high:
                    continue
                place = (id(piece.element), piece.slot)
                now = slots.get(place, piece.words)
                slots[place] = now[: low - piece.start] + left + now[high - piece.start :]
                left = ""
        for (key, slot), words in slots.items():
            _set(elements[key], slot, words)
        return _inner(self._root)

    def _read(self, element: etree._Element) -> None:
        self._put(element, "text", element.text or "")
        for child in element.iterchildren():
            is_block = child.tag in BLOCKS
            if is_block:
                self._break()
            if isinstance(child.tag, str):
                self._read(child)
            if is_block:
                self._break()
            elif child.tag in CELLS:
                self._write("\t")
            self._put(child, "tail", child.tail or "")

    def _put(self, element: etree._Element, slot: Slot, words: str) -> None:
        if not words:
            return
        self._pieces.append(Piece(self._length, element, slot, words))
        # a line break of the source is a space on the page
        self._write(words.replace("\r", " ").replace("\n", " "))

    def _write(self, words: str) -> None:
        self._written.append(words)
        self._length += len(words)

    def _break(self) -> None:
        if self._written and not self._written[-1].endswith("\n"):
            self._write("\n")


def _unseen(element: etree._Element) -> Iterator[tuple[Slot, str]]:
    for slot in SPOKEN:
        if words := element.get(slot):
            yield slot, words  # type: ignore[misc]  # one of SPOKEN
    address = element.get("href", "")
    if address.startswith(CALLED):
        yield "href", address


def _set(element: etree._Element, slot: Slot, words: str) -> None:
    if slot == "text":
        element.text = words
    elif slot == "tail":
        element.tail = words
    elif slot == "href":
        # a number that is covered cannot be called
        del element.attrib["href"]
    else:
        element.set(slot, words)


def _inner(root: etree._Element) -> str:
    first: str = html.tostring(root, encoding="unicode", method="html")
    return first.removeprefix("<div>").removesuffix("</div>")
