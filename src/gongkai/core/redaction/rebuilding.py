"""A page made anew: its picture with the marks in it, and the words that can still be seen."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
from PIL import Image

from gongkai.core.extraction.sources.errors import Damaged
from gongkai.core.extraction.sources.pdf import opened_pdf
from gongkai.core.redaction.covering import Cover, covers
from gongkai.core.redaction.encoding import Encoded, encoded
from gongkai.core.redaction.errors import NoSuchPage
from gongkai.core.redaction.letters import Letter, Page, read_page
from gongkai.core.redaction.marks import Mark
from gongkai.core.redaction.shapes import Box
from gongkai.core.redaction.stamping import stamped

DPI = 200
MOST_PIXELS = 30_000_000
"""Pixels of one page; a larger sheet is drawn more coarsely."""


@dataclass(frozen=True, slots=True)
class Line:
    """Words of the text layer beside each other.

    Attributes:
        words: The letters with where each begins and ends, in points from the left.
        top: From the top of the page.
        bottom: From the top of the page.
    """

    words: tuple[tuple[str, float, float], ...]
    top: float
    bottom: float

    @property
    def text(self) -> str:
        """The words."""
        return "".join(text for text, _, _ in self.words)


@dataclass(frozen=True, slots=True)
class NewPage:
    """A page without anything but its picture and what can be read in it.

    Attributes:
        source: The page as it was, with its letters; for the verifier, it goes into no file.
        covered: What was covered.
    """

    source: Page
    covered: tuple[Cover, ...]
    picture: Encoded
    lines: tuple[Line, ...]


def page_count(data: bytes) -> int:
    """Return how many pages a PDF file has."""
    with opened_pdf(data) as opened:
        return len(opened)


def read_pages(data: bytes, numbers: Sequence[int] | None = None) -> tuple[Page, ...]:
    """Return the letters of the pages *numbers*, of all pages if left out.

    Raises:
        Unreadable: The file cannot be read; a page that cannot be read is not passed over.
        NoSuchPage: There is no page of that number.
    """
    with opened_pdf(data) as opened:
        wanted = range(1, len(opened) + 1) if numbers is None else numbers
        return tuple(read_page(_page(opened, number), number) for number in wanted)


def rebuilt(data: bytes, marks: Sequence[Mark], numbers: Sequence[int]) -> tuple[NewPage, ...]:
    """Return the pages *numbers* of a PDF file made anew with *marks* burnt in.

    Raises:
        Unreadable: The file cannot be read.
        NoSuchPage: There is no page of that number.
        NotABox: A mark lies off its page.
    """
    with opened_pdf(data) as opened:
        _draw_forms(opened)
        return tuple(_rebuilt(_page(opened, number), number, marks) for number in numbers)


def page_picture(data: bytes, number: int, dpi: int = 110) -> Image.Image:
    """Return the picture of one page as a reader sees it, for the screen."""
    with opened_pdf(data) as opened:
        _draw_forms(opened)
        page = _page(opened, number)
        return drawn(page, scale_for(page, dpi))


def _rebuilt(page: pypdfium2.PdfPage, number: int, marks: Sequence[Mark]) -> NewPage:
    picture = drawn(page, scale_for(page, DPI))
    source = read_page(page, number)
    covered = covers(source, marks)
    page.close()
    return NewPage(
        source,
        covered,
        # a picture has whole pixels: by its width it is a little finer than it was asked to be
        encoded(stamped(picture, covered, picture.width / source.width)),
        tuple(lines(source, covered)),
    )


def scale_for(page: pypdfium2.PdfPage, dpi: int) -> float:
    """Return the pixels of a point so that a page does not get too many."""
    width, height = page.get_size()
    return min(dpi / 72, math.sqrt(MOST_PIXELS / max(width * height, 1.0)))


def drawn(page: pypdfium2.PdfPage, scale: float) -> Image.Image:
    """Return the picture of a page, seals and filled forms included."""
    bitmap = page.render(scale=scale, may_draw_forms=True, rev_byteorder=True)
    try:
        picture: Image.Image = bitmap.to_pil()
        return picture.convert("RGB")
    finally:
        bitmap.close()


def _draw_forms(opened: pypdfium2.PdfDocument) -> None:
    opened.init_forms()


def _page(opened: pypdfium2.PdfDocument, number: int) -> pypdfium2.PdfPage:
    if not 1 <= number <= len(opened):
        raise NoSuchPage(page=number, count=len(opened))
    try:
        return opened[number - 1]
    except pypdfium2.PdfiumError as error:
        raise Damaged(kind="PDF") from error


def lines(page: Page, covered: Sequence[Cover]) -> Iterator[Line]:
    """Yield the lines of the text layer: what can be seen, and where something is covered, on what ground."""
    over = {index: at for at, cover in enumerate(covered) for index in cover.letters}
    told: set[int] = set()
    line: list[Letter] = []
    for index, letter in enumerate(page.letters):
        if letter.text == "\n":
            yield from _line(line)
            line = []
        elif letter.visible and (at := over.get(index)) is None:
            if letter.box and _apart(line, letter.box):
                yield from _line(line)
                line = []
            line.append(letter)
        elif letter.visible and letter.box and at is not None and at not in told:
            told.add(at)
            said = _said(covered[at], letter.box)
            if said[0].box and _apart(line, said[0].box):
                yield from _line(line)
                line = []
            line += said
    yield from _line(line)
    for at, cover in enumerate(covered):
        if at not in told:
            yield from _line(_said(cover, cover.boxes[0]))


def _apart(line: list[Letter], box: Box) -> bool:
    """Whether *box* does not go on with the line: it is above or below, or further left."""
    last = next((letter.box for letter in reversed(line) if letter.box), None)
    if last is None:
        return False
    middle = (box.top + box.bottom) / 2
    return not last.top <= middle <= last.bottom or box.left < last.left


def _line(letters: list[Letter]) -> Iterator[Line]:
    placed = [letter.box for letter in letters if letter.box]
    if not placed:
        return
    whole = Box.around(placed)
    words: list[tuple[str, float, float]] = []
    for letter in letters:
        if letter.box:
            words.append((letter.text, letter.box.left, letter.box.right))
        elif words:
            words.append((" ", words[-1][2], words[-1][2]))
    while words and words[-1][0] == " ":
        words.pop()
    yield Line(tuple(words), whole.top, whole.bottom)


def _said(cover: Cover, beside: Box) -> list[Letter]:
    """Return what a reader who cannot see the black box hears instead, in the line of *beside*."""
    box = next((box for box in cover.boxes if box.overlap(beside) > 0), cover.boxes[0])
    words = notice(cover.label)
    step = min(box.width / len(words), max(beside.height, 1.0))
    return [
        Letter(char, Box(box.left + i * step, beside.top, box.left + (i + 1) * step, beside.bottom))
        for i, char in enumerate(words)
    ]


def notice(label: str) -> str:
    """Return what stands in the text for something covered; it tells nothing of its length."""
    return f"〔{label}〕"
