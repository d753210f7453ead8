"""Text of a file piece by piece, each with its place, and traces of what should not be there."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from gongkai.core.extraction.document import Span
from gongkai.core.extraction.sources.errors import TooLarge
from gongkai.core.extraction.sources.limits import MAX_TEXT_CHARS
from gongkai.core.screening.hits import Hit, Where

MOST = 200
"""Traces of one rule that are listed one by one; a last one says how many more there are."""
SHOWN = 120
"""Characters of a hidden text that are quoted."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A stretch of the text, its words, and the element of the file that it was read from."""

    at: Span
    words: str
    element: etree._Element


class Material:
    """Everything that can be got out of a file.

    Attributes:
        format: What kind of file it is.
        problems: Sentences about what could not be looked at.
        remembers: Whether it knows where its text came from, and every trace, for whoever changes the file.
        origins: Where the text came from, in order; empty where it does not remember.
    """

    def __init__(self, format_: str, *, remembers: bool = False) -> None:
        self.format = format_
        self.problems: tuple[str, ...] = ()
        self.remembers = remembers
        self.origins: list[Origin] = []
        self.length = 0
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._places: list[Where] = []
        self._traces: list[Hit] = []
        self._count: Counter[str] = Counter()

    def write(self, text: str, where: Where, origin: etree._Element | None = None) -> Span:
        """Add *text*, read from *origin*, as it is; return where it stands."""
        start = self.length
        if text:
            if not self._places or self._places[-1] != where:
                self._starts.append(start)
                self._places.append(where)
            self._parts.append(text)
            self.length += len(text)
            if self.length > MAX_TEXT_CHARS:
                raise TooLarge(limit=f"{MAX_TEXT_CHARS // 10000} 万字")
            if self.remembers and origin is not None:
                self.origins.append(Origin(Span(start, self.length), text, origin))
        return Span(start, self.length)

    def trace(
        self,
        rule: str,
        message: str,
        text: str = "",
        *,
        at: Span | None = None,
        where: Where | None = None,
    ) -> None:
        """Note that something is there which nobody sees."""
        self._count[rule] += 1
        if self._count[rule] > MOST and not self.remembers:
            return
        quoted = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
        place = where or (self.where(at.start) if at else Where())
        self._traces.append(Hit(rule, quoted, message, at, place))

    def take_in(self, other: "Material", part: str) -> None:
        """Add what is in a file inside this one, which is called *part*."""
        start, text = self.length, other.text()
        self.write("\n", Where(part))
        for span, place in other.pieces():
            self.write(text[slice(*span)], _inside(place, part))
        for hit in other.traces():
            at = hit.at and Span(hit.at.start + start + 1, hit.at.end + start + 1)
            place = _inside(hit.where, part)
            self.trace(hit.rule, f"{part}：{hit.message}", hit.text, at=at, where=place)

    def pieces(self) -> Iterator[tuple[Span, Where]]:
        """Yield the stretches of the text that stand in one place each."""
        for start, end, place in zip(
            self._starts, [*self._starts[1:], self.length], self._places, strict=True
        ):
            yield Span(start, end), place

    def where(self, offset: int) -> Where:
        """Return the place of the character at *offset*."""
        index = bisect_right(self._starts, offset) - 1
        return self._places[index] if index >= 0 else Where()

    def placed(self, hit: Hit) -> Hit:
        """Return *hit* with its place in the file."""
        return replace(hit, where=self.where(hit.at.start)) if hit.at else hit

    def since(self, start: int) -> str:
        """Return what was written from *start*, where a piece began, to the end."""
        pieces: list[str] = []
        length = self.length
        for piece in reversed(self._parts):
            if length <= start:
                break
            pieces.append(piece)
            length -= len(piece)
        return "".join(reversed(pieces))

    def text(self) -> str:
        """Return the whole text."""
        return "".join(self._parts)

    def traces(self) -> Iterator[Hit]:
        """Yield what was noted, and how much more there is of a kind."""
        yield from self._traces
        for rule, count in self._count.items():
            if count > MOST and not self.remembers:
                yield Hit(rule, "", f"同类的还有 {count - MOST} 处，没有一一列出")


def _inside(place: Where, part: str) -> Where:
    return replace(place, part=f"{part}，{place.part}" if place.part else part)
