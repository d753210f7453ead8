"""Pages made ready for a screen: a picture to look at, and the letters with their places."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.core.redaction.encoding import is_coloured
from gongkai.core.redaction.letters import Page
from gongkai.core.redaction.rebuilding import page_picture, read_pages

SCREEN_DPI = 120


@dataclass(frozen=True, slots=True)
class ScreenPage:
    """A page with its picture as PNG."""

    page: Page
    picture: bytes


def screen_pages(data: bytes, numbers: Sequence[int]) -> tuple[ScreenPage, ...]:
    """Return the pages *numbers* of a PDF file for the screen.

    Raises:
        Unreadable: The file cannot be read.
        NoSuchPage: There is no page of that number.
    """
    pages = read_pages(data, numbers)
    return tuple(ScreenPage(page, screen_picture(data, page.number)) for page in pages)


def screen_picture(data: bytes, number: int) -> bytes:
    """Return the picture of one page as PNG, in shades of grey where there is no colour to speak of."""
    picture = page_picture(data, number, SCREEN_DPI)
    shown = picture.quantize(64) if is_coloured(picture) else picture.convert("L").quantize(16)
    buffer = io.BytesIO()
    shown.save(buffer, "PNG", compress_level=6)
    return buffer.getvalue()
