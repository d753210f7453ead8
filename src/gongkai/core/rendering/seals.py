"""The picture of a seal, made small enough to go into every letter."""

import io
from functools import lru_cache

from PIL import Image

SIDE = 600
"""Pixels a side: 360 dots an inch on a seal of 42 millimetres."""


@lru_cache(maxsize=64)
def fitted(picture: bytes) -> bytes:
    """Return the *picture* of a seal as PNG, no larger than is printed."""
    with Image.open(io.BytesIO(picture)) as opened:
        made = opened.convert("RGBA")
    made.thumbnail((SIDE, SIDE))
    stream = io.BytesIO()
    made.save(stream, "PNG", optimize=True)
    return stream.getvalue()
