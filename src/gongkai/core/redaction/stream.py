"""All pages as one text for rules and searches, every character of it with the letter it comes from."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from gongkai.core.redaction.letters import Letter, Page
from gongkai.core.redaction.shapes import Box

MARGIN = 1.6
"""A line that ends less than so many letter heights before the edge goes on in the next."""
FILLERS = frozenset("-–—‐‑·•.,，、()（）:：*")
"""What people write between the parts of a number; it does not make it another number."""
PAD = (0.3, 0.8)
"""Points by which a box is larger than the letters that it covers, across and down."""


@dataclass(frozen=True, slots=True)
class Place:
    """A letter: the index of its page and its own index there."""

    page: int
    letter: int


@dataclass(frozen=True, slots=True)
class Stream:
    """A text and for each of its characters the letter it comes from, ``None`` for what stands between letters."""

    text: str
    places: tuple[Place | None, ...]

    def between(self, start: int, end: int) -> list[Place]:
        """Return the letters of a stretch."""
        return [place for place in self.places[start:end] if place is not None]


Joining = Literal["none", "full", "all"]


def stream(pages: Sequence[Page], *, joined: Joining = "none") -> Stream:
    """Return the visible text of *pages*, page after page.

    Args:
        pages: The pages.
        joined: ``none``: every line is a line; ``full``: lines that are full are put together with the next, as
            a sentence goes on; ``all``: nothing ends a line, not even a page. A number that cannot be broken where
            the line is full leaves a gap, and a cell of a table is never as wide as the page.
    """
    text: list[str] = []
    places: list[Place | None] = []

    def put(words: str, place: Place | None) -> None:
        text.append(words)
        places.extend([place] * len(words))

    for index, page in enumerate(pages):
        edge = max((letter.box.right for letter in page.letters if letter.box), default=0.0)
        last: Letter | None = None
        for number, letter in enumerate(page.letters):
            if letter.text == "\n" and joined == "all":
                continue
            if letter.text == "\n" and joined == "full" and last and last.box:
                full = edge - last.box.right < MARGIN * last.box.height
                put("" if full else "\n", None)
            elif letter.visible:
                put(letter.text, Place(index, number) if letter.box else None)
            if letter.box:
                last = letter
        if joined != "all":
            put("\n", None)
    return Stream("".join(text), tuple(places))


def boxes_of(
    pages: Sequence[Page], places: Iterable[Place]
) -> Iterator[tuple[int, tuple[Box, ...]]]:
    """Yield for each page, by its index, the boxes that cover these letters: one for each stretch of a line."""
    ordered = sorted(set(places), key=lambda place: (place.page, place.letter))
    for index, members in groupby(ordered, key=lambda place: place.page):
        page = pages[index]
        lines: list[list[Box]] = []
        for place in members:
            box = page.letters[place.letter].box
            if box is None:
                continue
            if lines and _goes_on(lines[-1][-1], box):
                lines[-1].append(box)
            else:
                lines.append([box])
        covered = tuple(
            Box.around(line).grown(*PAD).within(page.width, page.height) for line in lines if line
        )
        if covered:
            yield index, covered


def _goes_on(last: Box, box: Box) -> bool:
    """Whether *box* stands beside *last* in the same line, with no more than a letter or two between."""
    middle = (box.top + box.bottom) / 2
    return last.top <= middle <= last.bottom and abs(box.left - last.right) < 2 * max(box.height, 1)


def bare(text: str) -> str:
    """Return *text* as it is compared: half-width, capitals, no spaces, nothing between figures."""
    # taken apart and not composed: what is compared must not depend on what stands beside it
    folded = unicodedata.normalize("NFKD", text).upper()
    return "".join(char for char in folded if not char.isspace() and char not in FILLERS)


def bare_stream(pages: Sequence[Page], *, without: frozenset[Place] = frozenset()) -> Stream:
    """Return the visible letters of *pages* as they are compared, those of *without* left out."""
    text: list[str] = []
    places: list[Place | None] = []
    for index, page in enumerate(pages):
        for number, letter in enumerate(page.letters):
            place = Place(index, number)
            if letter.box is None or not letter.visible or place in without:
                continue
            words = bare(letter.text)
            text.append(words)
            places.extend([place] * len(words))
    return Stream("".join(text), tuple(places))
