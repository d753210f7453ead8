"""Pictures of pages as PDF holds them: sixteen shades where it is text, JPEG where it is a photograph."""

import io
import zlib
from dataclasses import dataclass
from typing import Literal

import numpy as np
from PIL import Image

from gongkai.core.redaction.letters import strongest

Coding = Literal["shades", "photo"]
SHADES = 16
QUALITY = 88
COLOUR_FROM = 40
"""Difference between red, green and blue from which a pixel has a colour."""
COLOURED = 0.0002
"""Part of a page that must have a colour for it to stay."""
MIDDLE = (56, 200)
MIDDLING = 0.12
"""Part of a page that must be neither paper nor ink for it to be a photograph."""
SAMPLE = 3
"""Every third pixel each way is enough to judge by."""
COMPRESSION = 4
"""A tenth more is saved with three times the time."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A picture as bytes.

    Attributes:
        width: In pixels.
        height: In pixels.
        colours: 1 for grey, 3 for red, green and blue.
        coding: ``shades`` are four bits a colour, deflated; ``photo`` is JPEG.
    """

    width: int
    height: int
    colours: Literal[1, 3]
    coding: Coding
    data: bytes


def encoded(picture: Image.Image) -> Encoded:
    """Return an RGB picture in the way that suits it; colour goes where there is none to speak of."""
    coloured = is_coloured(picture)
    level = np.asarray(picture)[::SAMPLE, ::SAMPLE, 1]
    middling = float(((level > MIDDLE[0]) & (level < MIDDLE[1])).mean()) > MIDDLING
    kept = picture if coloured else picture.convert("L")
    colours: Literal[1, 3] = 3 if coloured else 1
    if middling:
        buffer = io.BytesIO()
        kept.save(buffer, "JPEG", quality=QUALITY, subsampling=0)
        return Encoded(*kept.size, colours, "photo", buffer.getvalue())
    return Encoded(*kept.size, colours, "shades", zlib.compress(_shades(kept), COMPRESSION))


def is_coloured(picture: Image.Image) -> bool:
    """Tell whether an RGB picture has colour to speak of."""
    sample = np.ascontiguousarray(np.asarray(picture)[::SAMPLE, ::SAMPLE])
    high, low = strongest(sample), 255 - strongest(255 - sample)
    return float((high - low > COLOUR_FROM).mean()) > COLOURED


def _shades(picture: Image.Image) -> bytes:
    """Return the rows with four bits a colour; nearly white becomes white, nearly black black."""
    pixels = np.asarray(picture)
    rows = ((pixels.astype(np.uint16) * (SHADES - 1) + 127) // 255).astype(np.uint8)
    rows = rows.reshape(rows.shape[0], -1)
    if rows.shape[1] % 2:
        rows = np.pad(rows, ((0, 0), (0, 1)))
    return ((rows[:, ::2] << 4) | rows[:, 1::2]).tobytes()


def decoded(made: Encoded, raw: bytes) -> Image.Image:
    """Return the picture of bytes that another reader got out of the file: JPEG, or rows of four bits."""
    if made.coding == "photo":
        with Image.open(io.BytesIO(raw)) as photo:
            return photo.convert("L" if made.colours == 1 else "RGB")
    across = made.width * made.colours
    stride = (across + 1) // 2
    rows = np.frombuffer(raw, np.uint8, stride * made.height).reshape(made.height, stride)
    spread = np.empty((made.height, stride * 2), np.uint8)
    spread[:, ::2], spread[:, 1::2] = rows >> 4, rows & 15
    pixels = (spread[:, :across] * 17).astype(np.uint8)
    if made.colours == 1:
        return Image.fromarray(pixels)
    return Image.fromarray(pixels.reshape(made.height, made.width, 3))
