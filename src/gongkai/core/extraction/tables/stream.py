"""Tables that reached us as text: labels and figures one after the other, walls lost.

The labels of the form, found in their order, cut the text into zones; what stands between a label and the next
one are its figures. Words in a zone that belong to neither label nor heading end it, so that a row nobody knows
never lends its figures to the row above.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from gongkai.core.extraction.document import Span
from gongkai.core.extraction.normal import NormalText
from gongkai.core.extraction.tables import figures
from gongkai.core.extraction.tables.labels import ENUMERATOR, HAN, TERMS, masked

_HAN = re.compile(f"[{HAN}]")
_PAGE_MARK = re.compile(
    r"(?m)^[ \t]*(?:[-—–~·•][ \t]*\d{1,3}[ \t]*[-—–~·•]|第[ \t]*\d{1,3}[ \t]*页.{0,12}|\d{1,3}[ \t]*/[ \t]*\d{1,3})[ \t]*$"
)
_TOKEN = re.compile(
    rf"(?P<figure>(?:(?:增加|减少|[+\-↑↓增减负])\s*)?(?:\d{{1,3}}(?:,\d{{3}})+(?!\d)|\d+)(?:\.\d+)?)"
    rf"(?P<unit>\s*\((?:{figures.UNITS})\)|\s?(?:{figures.UNITS})(?![{HAN}]))?(?P<arrow>\s*[↑↓])?"
    rf"|(?P<mark>(?<![\w\-—–/])(?:-{{1,2}}|[—–]{{1,2}}|/|\\|无(?![{HAN}]))(?![\w\-—–/]))"
    rf"|(?P<words>[{HAN}](?:[\s|]*[{HAN}])*)"
)
_BEFORE = re.compile(rf"(?:(?<!\d)(?<!\d\.){ENUMERATOR}|[、.]?\([一二三四五六七八九十]+\))[\s|]*$")
_DATE = re.compile(r" ?[年月日号]")
_SAYS = re.compile(rf"[{HAN}\d]")
_DIGIT = re.compile(r"\d")
_POINT = re.compile(r"\s?[、.](?!\d)")
MAX_ORDINAL = 2
"""Digits that the number of a label may have."""


UNIT_LETTERS = frozenset("条件次篇个人元万份项期场宗起")


@dataclass(frozen=True, slots=True)
class Anchor:
    """A label to look for.

    Attributes:
        key: What it labels.
        name: Its letters.
        start: As much of its beginning as tells it from other labels.
        number: The number that stands before it, so that it is never taken for a figure of the row above.
        numbered: The number must stand there: the label is too short to be told by itself.
    """

    key: str
    name: str
    start: str
    number: re.Pattern[str] | None = None
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A label that was found, in letters and in the text."""

    anchor: Anchor
    first: int  # index among the letters
    last: int  # index after its last letter
    begin: int  # offset in the text, the number in front of it included
    end: int


@dataclass(frozen=True, slots=True)
class Token:
    """A figure or a mark for nothing, in the normalised text."""

    begin: int
    end: int
    text: str

    @property
    def is_zero(self) -> bool:
        """Whether it is a plain 0, to which no digit can be missing."""
        return self.text == "0"


@dataclass(frozen=True, slots=True)
class Zone:
    """The figures after a label.

    Attributes:
        glued: Nothing stands between label and figures, or between figures and the next label.
        cut: The text ends before another label came.
        rest: Rows that the form does not know, with their figures.
    """

    match: Match
    tokens: tuple[Token, ...]
    glued: bool
    cut: bool
    rest: tuple[tuple[Span, tuple[Token, ...]], ...] = ()


@dataclass(frozen=True)
class Stream:
    """A text with the letters that labels are made of."""

    normal: NormalText
    pages: Sequence[int] = ()
    text: str = field(init=False)

    def __post_init__(self) -> None:
        text = _PAGE_MARK.sub(lambda m: " " * len(m.group()), masked(self.normal.text))
        object.__setattr__(self, "text", text)

    @cached_property
    def _offsets(self) -> list[int]:
        return [match.start() for match in _HAN.finditer(self.text)]

    @cached_property
    def letters(self) -> str:
        """The Chinese characters of the text, exchanged words put right."""
        letters = "".join(self.text[i] for i in self._offsets)
        for taiwan, mainland in TERMS.items():
            if len(taiwan) == len(mainland):
                letters = letters.replace(taiwan, mainland)
        return letters

    def offset(self, index: int) -> int:
        """Return where the letter *index* stands in the text."""
        return self._offsets[index] if index < len(self._offsets) else len(self.text)

    def index(self, offset: int) -> int:
        """Return the first letter at or after *offset*."""
        return bisect_left(self._offsets, offset)

    def match(self, anchor: Anchor, first: int) -> Match | None:
        """Return the match of *anchor* at the letter *first*, where its number is in place."""
        begin = self.offset(first)
        before = self.text[max(0, begin - 24) : begin]
        own = anchor.number.search(before) if anchor.number else None
        if anchor.numbered and not own:
            return None
        number = own or _BEFORE.search(before)
        length = 1
        while (
            length < len(anchor.name)
            and first + length < len(self.letters)
            and self.letters[first + length] == anchor.name[length]
            # a figure in the middle: the label goes on behind the figures of its row
            and not _DIGIT.search(
                self.text, self.offset(first + length - 1), self.offset(first + length)
            )
        ):
            length += 1
        end = self.offset(first + length - 1) + 1
        return Match(
            anchor, first, first + length, begin - (len(number.group()) if number else 0), end
        )

    def chain(self, anchors: Sequence[Anchor], first: int, last: int) -> list[Match]:
        """Return the best row of matches in the order of *anchors* between two letters."""
        found: list[tuple[int, Match]] = []
        for order, anchor in enumerate(anchors):
            at = self.letters.find(anchor.start, first, last)
            while at >= 0 and len(found) < 2_000:
                if match := self.match(anchor, at):
                    found.append((order, match))
                at = self.letters.find(anchor.start, at + 1, last)
        found.sort(key=lambda item: (item[1].first, -item[1].last))
        return _heaviest(found)

    def zones(self, matches: Sequence[Match], last: int, allowed: str) -> list[Zone]:
        """Return the figures after each of *matches*; the last one reaches to the letter *last*."""
        if not matches:
            return []
        end = self.offset(last)
        zones = [
            self._zone(match, after.begin if after else end, after is None, allowed)
            for match, after in zip(matches, [*matches[1:], None], strict=True)
        ]
        return [*zones[:-1], self._ended(zones)]

    def _ended(self, zones: list[Zone]) -> Zone:
        """Return the last zone without what stands after a wider gap than any inside the table."""
        *others, last = zones
        widest = max((gap for zone in others for gap in self._gaps(zone)), default=1_000)
        for index, gap in enumerate(self._gaps(last)):
            if gap > max(widest, 1):
                return replace(last, tokens=last.tokens[:index], cut=False, rest=())
        return last

    def _gaps(self, zone: Zone) -> list[int]:
        """Return how many lines end before each token of a zone."""
        edges = [zone.match.end, *(token.end for token in zone.tokens)]
        return [
            self.text.count("\n", edge, token.begin)
            for edge, token in zip(edges, zone.tokens, strict=False)
        ]

    def _zone(self, match: Match, end: int, is_last: bool, allowed: str) -> Zone:  # noqa: FBT001  # internal
        known = frozenset(allowed) | frozenset(match.anchor.name) | UNIT_LETTERS
        groups: list[tuple[Span | None, list[Token]]] = [(None, [])]
        at = match.end
        while at < end and (found := _TOKEN.search(self.text, at, end)):
            at = found.end()
            if words := found["words"]:
                strange = [c for c in words if not c.isspace() and c != "|" and c not in known]
                if strange:
                    groups.append((Span(found.start(), found.end()), []))
            elif found["figure"] and _DATE.match(self.text, found.end()):
                groups.append((Span(found.start(), found.end()), []))
            elif _POINT.match(self.text, at):
                # the number of a label that is damaged or cut off, perhaps glued to a figure
                if len(found.group()) > MAX_ORDINAL:
                    at += 1
                    groups[-1][1].append(Token(found.start(), at, self.text[found.start() : at]))
                groups.append((Span(at, at), []))
            else:
                groups[-1][1].append(Token(found.start(), found.end(), found.group().strip()))
        tokens = tuple(groups[0][1])
        rest = tuple((span, tuple(own)) for span, own in groups[1:] if span and own)
        edge = groups[1][0].start if len(groups) > 1 and groups[1][0] else end
        glued = bool(tokens) and (
            tokens[0].begin == match.end or tokens[-1].end == edge < len(self.text)
        )
        behind = tokens[-1].end if tokens else match.end
        cut = is_last and not _SAYS.search(self.text, behind)
        return Zone(match, tokens, glued, cut, rest)

    def span(self, token: Token) -> Span:
        """Return where *token* stands in the document's text."""
        return self.normal.span(token.begin, token.end)


def _heaviest(found: list[tuple[int, Match]]) -> list[Match]:
    """Return the heaviest chain that goes forward in the text and in the form."""
    best: list[int] = []
    back: list[int] = []
    for i, (order, match) in enumerate(found):
        weight, previous = 0, -1
        for j in range(i):
            other, before = found[j]
            if other < order and before.last <= match.first and best[j] >= weight:
                weight, previous = best[j], j
        best.append(weight + 2 + match.last - match.first)
        back.append(previous)
    if not best:
        return []
    at = max(range(len(best)), key=best.__getitem__)
    chain = []
    while at >= 0:
        chain.append(found[at][1])
        at = back[at]
    return chain[::-1]


def letters_of(labels: Iterable[str]) -> str:
    """Return the Chinese characters of *labels*, each once."""
    return "".join(dict.fromkeys(c for label in labels for c in label if _HAN.match(c)))
