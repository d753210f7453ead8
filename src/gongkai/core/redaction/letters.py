"""The letters of a PDF page with their places, and which of them a reader can see.

A text layer may say what the page does not show: white words, words under a black bar, words off the page. Whether
a letter is visible is therefore not read from how it is drawn but from the picture: the page is drawn once as it is
and once without its letters, and what does not change where a letter stands was not to be seen.
"""

import contextlib
import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from numpy.typing import NDArray

from gongkai.core.redaction.errors import TooDense
from gongkai.core.redaction.shapes import Box
from gongkai.core.screening import rule

MOST_LETTERS = 60_000
"""Letters of one page."""
SEEN_AT = 96
"""Dots per inch at which it is decided what can be seen."""
SEEN_FROM = 24
"""Difference between two pictures, of 255, from which a letter can be seen."""
DEPTH = 8
NARROW = "\u2009"
"""A space that pdfium puts in where letters stand apart; between Chinese and figures they often do, without one."""
FIRST_CHINESE = "\u2e80"
LOOSE = 0.5
"""Heights of a letter up to which such a gap is none beside a Chinese character."""
FINE = 64
"""Steps of a point in which pdfium is asked for places."""
GAP = 1.2
"""A gap of so many letter heights in a line lies between two columns."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A character of a page.

    Attributes:
        box: Where it stands, as high as its line; ``None`` for spaces and line breaks between letters.
        visible: Whether a reader of the page can see it.
    """

    text: str
    box: Box | None = None
    visible: bool = True


@dataclass(frozen=True)
class Page:
    r"""A page as a reader sees it.

    Attributes:
        number: From 1.
        width: In points.
        height: In points.
        letters: In reading order, with spaces and ``\n`` where lines end, hidden ones included.
    """

    number: int
    width: float
    height: float
    letters: tuple[Letter, ...]

    @cached_property
    def text(self) -> str:
        """The visible words, a line each."""
        return "".join(letter.text for letter in self.letters if letter.visible)

    @cached_property
    def hidden(self) -> str:
        """The words of the text layer that cannot be seen."""
        return "".join(letter.text for letter in self.letters if not letter.visible)


def read_page(page: pypdfium2.PdfPage, number: int) -> Page:
    """Return the letters of one page.

    Raises:
        TooDense: There are more letters than any page has.
    """
    width, height = page.get_size()
    words = page.get_textpage()
    try:
        if words.count_chars() > MOST_LETTERS:
            raise TooDense(page=number, limit=MOST_LETTERS)
        found = list(_letters(page, words, width, height))
    finally:
        words.close()
    tights = [tight for _, tight in found]
    letters = _seen(page, _side_by_side([letter for letter, _ in found], tights), tights)
    return Page(number, width, height, tuple(_with_columns(_as_high_as_lines(letters))))


def _letters(
    page: pypdfium2.PdfPage, words: pypdfium2.PdfTextPage, width: float, height: float
) -> Iterator[tuple[Letter, Box | None]]:
    """Yield every letter, and the box of its ink."""
    place = _Places(page, width, height)
    loose = pdfium.FS_RECTF()
    edges = [ctypes.c_double() for _ in range(4)]
    half = 0
    for index in range(words.count_chars()):
        code = pdfium.FPDFText_GetUnicode(words.raw, index)
        if 0xD800 <= code < 0xDC00:
            half = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((half - 0xD800) << 10) + (code - 0xDC00) if half else 0xFFFD
        half = 0
        text = chr(code) if code <= 0x10FFFF else "\ufffd"
        if text in "\0\r\ufffe":
            continue
        if text.isspace() or pdfium.FPDFText_IsGenerated(words.raw, index) == 1:
            made = pdfium.FPDFText_IsGenerated(words.raw, index) == 1
            yield Letter("\n" if text == "\n" else NARROW if made else " "), None
            continue
        pdfium.FPDFText_GetCharBox(words.raw, index, *edges)
        left, right, bottom, top = (edge.value for edge in edges)
        tight = place.box(left, bottom, right, top)
        pdfium.FPDFText_GetLooseCharBox(words.raw, index, loose)
        around = place.box(loose.left, loose.bottom, loose.right, loose.top)
        yield Letter(text, Box(around.left, tight.top, around.right, tight.bottom)), tight


def _side_by_side(letters: list[Letter], tights: list[Box | None]) -> list[Letter]:
    """Return the letters with boxes that hold their ink and end where the ink of the next begins.

    A typesetter moves punctuation together; by its own width it would reach over its neighbour.
    """
    result = []
    count = len(letters)
    for index, letter in enumerate(letters):
        tight = tights[index]
        if letter.box is None or tight is None:
            result.append(letter)
            continue
        before = tights[index - 1] if index else None
        after = tights[index + 1] if index + 1 < count else None
        left, right = min(letter.box.left, tight.left), max(letter.box.right, tight.right)
        if before and before.right <= tight.left:
            left = max(left, before.right)
        if after and after.left >= tight.right:
            right = min(right, after.left)
        result.append(replace(letter, box=Box(left, tight.top, right, tight.bottom)))
    return result


class _Places:
    """Turns places of the file, counted from below, into places as the page is seen, turned and cut."""

    def __init__(self, page: pypdfium2.PdfPage, width: float, height: float) -> None:
        self.page = page
        self.size = (max(1, round(width * FINE)), max(1, round(height * FINE)))
        self.x, self.y = ctypes.c_int(), ctypes.c_int()

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        x0, y0 = self._point(left, top)
        x1, y1 = self._point(right, bottom)
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _point(self, x: float, y: float) -> tuple[float, float]:
        pdfium.FPDF_PageToDevice(self.page.raw, 0, 0, *self.size, 0, x, y, self.x, self.y)
        return self.x.value / FINE, self.y.value / FINE


def _seen(page: pypdfium2.PdfPage, letters: list[Letter], tights: list[Box | None]) -> list[Letter]:
    """Return the letters, each told to be visible or not. Afterwards the page is drawn without its letters."""
    if not any(tights):
        return letters
    scanned = _is_scanned(page)
    scale = SEEN_AT / 72
    before = _drawn(page, scale)
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT], max_depth=DEPTH):
        pdfium.FPDFTextObj_SetTextRenderMode(item.raw, pdfium.FPDF_TEXTRENDERMODE_INVISIBLE)
    after = _drawn(page, scale)
    changed = strongest(np.maximum(before, after) - np.minimum(before, after))
    grey = strongest(before)
    result = []
    for letter, tight in zip(letters, tights, strict=True):
        if tight is None:
            result.append(letter)
            continue
        piece = _cut(changed, tight, scale)
        visible = bool(piece.size) and int(piece.max()) >= SEEN_FROM
        if not visible and scanned and piece.size:
            # the words that were recognised in a scan: there must be ink where they are said to stand
            ink = _cut(grey, tight, scale)
            visible = int(ink.max()) - int(ink.min()) >= 2 * SEEN_FROM
        result.append(letter if visible else replace(letter, visible=False))
    return result


def strongest(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the strongest of the three colours of each pixel; three views at a time are faster than one axis."""
    made: NDArray[np.uint8] = np.maximum(picture[:, :, 0], picture[:, :, 1])
    return np.maximum(made, picture[:, :, 2])


def _drawn(page: pypdfium2.PdfPage, scale: float) -> NDArray[np.uint8]:
    bitmap = page.render(scale=scale, may_draw_forms=True)
    try:
        return np.array(bitmap.to_numpy()[:, :, :3], np.uint8)
    finally:
        bitmap.close()


def _cut(picture: NDArray[np.uint8], box: Box, scale: float) -> NDArray[np.uint8]:
    """Return the pixels of *box*, nothing where it lies off the page."""
    height, width = picture.shape
    left, right = max(0, int(box.left * scale)), min(width, int(box.right * scale) + 1)
    top, bottom = max(0, int(box.top * scale)), min(height, int(box.bottom * scale) + 1)
    return picture[top:bottom, left:right] if right > left and bottom > top else picture[:0, :0]


def _is_scanned(page: pypdfium2.PdfPage) -> bool:
    """Whether a picture covers the page, by the limit of the rule on scans."""
    cover = float(rule("hidden.scanned").parameters["cover"])
    left, bottom, right, top = page.get_cropbox()
    whole = Box(left, bottom, right, top)
    for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_IMAGE], max_depth=DEPTH):
        with contextlib.suppress(pypdfium2.PdfiumError):
            if Box(*item.get_bounds()).overlap(whole) >= cover * max(whole.area, 1.0):
                return True
    return False


def _as_high_as_lines(letters: list[Letter]) -> list[Letter]:
    """Return the letters with boxes as high as the ink of their line: 一 is flat, its line is not."""
    result: list[Letter] = []
    line: list[int] = []
    high = low = 0.0

    def finish() -> None:
        for index in line:
            box = result[index].box
            if box is not None:
                result[index] = replace(result[index], box=Box(box.left, high, box.right, low))
        line.clear()

    for letter in letters:
        box = letter.box
        if box is not None:
            inside = min(low, box.bottom) - max(high, box.top)
            if not line or inside < 0.5 * min(low - high, box.height):
                finish()
                high, low = box.top, box.bottom
            high, low = min(high, box.top), max(low, box.bottom)
            line.append(len(result))
        elif letter.text == "\n":
            finish()
        result.append(letter)
    finish()
    return result


def _with_columns(letters: list[Letter]) -> Iterator[Letter]:
    """Yield the letters with a tab where a wide gap in a line parts two columns, instead of the spaces there."""
    last: Box | None = None
    before = ""
    spaces: list[Letter] = []
    for letter in letters:
        if letter.box is None and letter.text in {" ", NARROW}:
            spaces.append(letter)
            continue
        if letter.box is None:
            last = None
        elif (
            last is not None
            and letter.box.left - last.right > GAP * max(last.height, letter.box.height, 1)
            and min(last.bottom, letter.box.bottom) > max(last.top, letter.box.top)
        ):
            spaces = [Letter("\t")]
        elif last is not None and all(space.text == NARROW for space in spaces):
            chinese = max(before, letter.text) > FIRST_CHINESE
            spaces = spaces[: not (chinese and letter.box.left - last.right < LOOSE * last.height)]
        for space in spaces:
            yield Letter(" ") if space.text == NARROW else space
        spaces = []
        last, before = letter.box, letter.text
        yield letter
