"""Drawing the marks into the picture of a page: black, with the short name of the ground where it fits."""

import math
from collections.abc import Iterable
from functools import cache

from PIL import Image, ImageDraw, ImageFont

from gongkai.core.redaction.covering import Cover
from gongkai.core.redaction.shapes import Box

FACE = "NotoSansSC-500Medium.ttf"
FILL, INK = 0, 255
LARGEST, SMALLEST = 10.5, 5.0
"""Size of a label, in points."""
MOST_OF_HEIGHT = 0.72
MARGIN = 1.5
"""Points between a label and the ends of its box."""


def stamped(picture: Image.Image, covered: Iterable[Cover], scale: float) -> Image.Image:
    """Return *picture*, in shades of grey or RGB, with the marks drawn into it; what was under them is gone.

    Args:
        picture: The page.
        covered: The marks of the page.
        scale: Pixels of a point.
    """
    draw = ImageDraw.Draw(picture)
    fill: int | tuple[int, ...] = FILL if picture.mode == "L" else (FILL,) * 3
    ink: int | tuple[int, ...] = INK if picture.mode == "L" else (INK,) * 3
    known = list(covered)
    for cover in known:
        for box in cover.boxes:
            draw.rectangle(pixels(box, scale), fill=fill)
    for cover in known:
        for box in cover.boxes:
            _label(draw, cover.label, box, scale, ink)
    return picture


def pixels(box: Box, scale: float) -> tuple[int, int, int, int]:
    """Return the first and last pixel that *box* touches, each way."""
    return (
        math.floor(box.left * scale),
        math.floor(box.top * scale),
        math.ceil(box.right * scale) - 1,
        math.ceil(box.bottom * scale) - 1,
    )


def _label(
    draw: ImageDraw.ImageDraw, words: str, box: Box, scale: float, ink: int | tuple[int, ...]
) -> None:
    """Print *words* in the middle of *box*, where there is room."""
    size = min(LARGEST, box.height * MOST_OF_HEIGHT, (box.width - 2 * MARGIN) / len(words))
    if size >= SMALLEST:
        middle = ((box.left + box.right) / 2 * scale, (box.top + box.bottom) / 2 * scale)
        draw.text(middle, words, fill=ink, font=_face(round(size * scale)), anchor="mm")


@cache
def _face(size: int) -> ImageFont.FreeTypeFont:
    # the package of typesetting takes as long to load as everything else here together
    from gongkai.core.rendering.glyphs import FONTS, FontsNotBuilt  # noqa: PLC0415

    try:
        return ImageFont.truetype(str(FONTS / FACE), size)
    except OSError:
        raise FontsNotBuilt from None
