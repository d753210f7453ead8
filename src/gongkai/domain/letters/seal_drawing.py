"""A seal for the demo city, round, with a star and the name in an arc; it says itself that it is none."""

import io
import math

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from gongkai.core.rendering.glyphs import FONTS

SIDE = 600
RED = (200, 16, 16, 215)
FACE = FONTS / "NotoSerifSC-700Bold.ttf"
NOTE = "演示"
WIDEST = 300
"""Degrees that a name takes at most."""
STEP = 26
"""Degrees from one character to the next, where there is room."""


def drawn(name: str) -> "ContentFile[bytes]":
    """Return the picture of a seal of *name*."""
    seal = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
    pen, middle = ImageDraw.Draw(seal), SIDE / 2
    pen.ellipse((8, 8, SIDE - 8, SIDE - 8), outline=RED, width=16)
    pen.polygon(list(_star(middle, 0.16 * SIDE)), fill=RED)
    step = min(STEP, WIDEST / max(len(name) - 1, 1))
    face = ImageFont.truetype(str(FACE), round(min(78, step * 3.6)))
    for place, character in enumerate(name):
        turned = (place - (len(name) - 1) / 2) * step
        letter = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
        at = (middle, 72)
        ImageDraw.Draw(letter).text(at, character, font=face, fill=RED, anchor="mm")
        seal.alpha_composite(letter.rotate(-turned, resample=Image.Resampling.BICUBIC))
    small = ImageFont.truetype(str(FACE), 54)
    pen.text((middle, 0.79 * SIDE), NOTE, font=small, fill=RED, anchor="mm")
    stream = io.BytesIO()
    seal.save(stream, "PNG")
    return ContentFile(stream.getvalue(), name="印章.png")


def _star(middle: float, radius: float) -> list[tuple[float, float]]:
    points = []
    for n in range(10):
        far = radius if n % 2 == 0 else radius * 0.382
        angle = math.radians(-90 + 36 * n)
        points.append((middle + far * math.cos(angle), middle + far * math.sin(angle)))
    return points
