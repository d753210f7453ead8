"""Which letters a mark hides, and how large its boxes must be so that no half letter can be guessed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.core.redaction.errors import NoSuchPage
from gongkai.core.redaction.letters import Page
from gongkai.core.redaction.marks import Mark, label
from gongkai.core.redaction.shapes import Box
from gongkai.core.redaction.stream import Place, bare

TOUCHED = 0.25
"""A letter of which so much is covered is covered whole."""
ROUNDS = 3
"""How often a box may grow over letters that it came to touch by growing."""


@dataclass(frozen=True, slots=True)
class Cover:
    """A mark as it lies on its page.

    Attributes:
        mark: The mark.
        label: What is printed in its boxes.
        boxes: Its boxes, grown over the letters that they touched.
        letters: Indexes of the letters that it hides.
    """

    mark: Mark
    label: str
    boxes: tuple[Box, ...]
    letters: frozenset[int]

    def words(self, page: Page) -> str:
        """Return the visible words that it hides, in reading order."""
        return "".join(
            page.letters[index].text
            for index in sorted(self.letters)
            if page.letters[index].visible
        )


def covers(page: Page, marks: Iterable[Mark]) -> tuple[Cover, ...]:
    """Return how *marks* lie on *page*, those of other pages left out.

    Raises:
        NotABox: One lies off the page.
    """
    return tuple(_cover(page, mark) for mark in marks if mark.page == page.number)


def all_covers(pages: Sequence[Page], marks: Sequence[Mark]) -> tuple[tuple[Cover, ...], ...]:
    """Return the covers of each page.

    Raises:
        NoSuchPage: A mark stands on a page that is not there.
        NotABox: A mark lies off its page.
    """
    numbers = {page.number for page in pages}
    for mark in marks:
        if mark.page not in numbers:
            raise NoSuchPage(page=mark.page, count=len(pages))
    return tuple(covers(page, marks) for page in pages)


def hidden_places(covered: Sequence[tuple[Cover, ...]]) -> frozenset[Place]:
    """Return all letters that are hidden."""
    return frozenset(
        Place(index, letter)
        for index, page in enumerate(covered)
        for cover in page
        for letter in cover.letters
    )


def hidden_words(pages: Sequence[Page], covered: Sequence[tuple[Cover, ...]]) -> tuple[str, ...]:
    """Return what is hidden, as it is compared, each once; what is one character long says nothing."""
    words = (
        bare(cover.words(page))
        for page, covers_of in zip(pages, covered, strict=True)
        for cover in covers_of
    )
    return tuple(dict.fromkeys(word for word in words if len(word) > 1))


def _cover(page: Page, mark: Mark) -> Cover:
    boxes = [box.within(page.width, page.height) for box in mark.boxes]
    hidden: set[int] = set()
    for _ in range(ROUNDS):
        before = len(hidden)
        for at, box in enumerate(boxes):
            for index in _touched(page, box):
                hidden.add(index)
                letter = page.letters[index].box
                if letter is not None:
                    boxes[at] = Box.around((boxes[at], letter))
        if len(hidden) == before:
            break
    inside = tuple(box.within(page.width, page.height) for box in boxes)
    for box in inside:
        hidden.update(_touched(page, box))
    return Cover(mark, label(mark.ground), inside, frozenset(hidden))


def _touched(page: Page, box: Box) -> list[int]:
    found = []
    for index, letter in enumerate(page.letters):
        if letter.box is None or letter.box.top > box.bottom or letter.box.bottom < box.top:
            continue
        # a letter without an area is covered where its place is
        area = letter.box.area
        part = letter.box.overlap(box) / area if area else float(_holds(box, letter.box))
        if part >= TOUCHED:
            found.append(index)
    return found


def _holds(box: Box, point: Box) -> bool:
    return box.left <= point.left <= box.right and box.top <= point.top <= box.bottom
