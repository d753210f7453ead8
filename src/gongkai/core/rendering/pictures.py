"""Pictures for paper: turned the right way up, no larger than print shows, in a form that every reader knows."""

import io
from collections.abc import Mapping
from dataclasses import dataclass

from PIL import Image, ImageOps

LARGEST = 1800
"""Pixels of the longer side: a page of A4 between its margins at 280 dots an inch."""
MOST_PIXELS = 60_000_000
"""More is no photograph of a notice; its words are printed instead."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """Pictures that can be printed.

    Attributes:
        names: Name of the file by the address in the text.
        files: The bytes by name.
    """

    names: Mapping[str, str]
    files: Mapping[str, bytes]


def printed(pictures: Mapping[str, bytes]) -> Drawn:
    """Return *pictures*, by their address in a text, as files for the typesetter; what is no picture is left out."""
    names: dict[str, str] = {}
    files: dict[str, bytes] = {}
    for number, (source, data) in enumerate(sorted(pictures.items())):
        made = _printed(data)
        if made is not None:
            ending, content = made
            names[source] = f"picture-{number}.{ending}"
            files[names[source]] = content
    return Drawn(names, files)


def _printed(data: bytes) -> tuple[str, bytes] | None:
    try:
        with Image.open(io.BytesIO(data)) as found:
            if found.width * found.height > MOST_PIXELS:
                return None
            picture = ImageOps.exif_transpose(found)
            picture.thumbnail((LARGEST, LARGEST))
            made = io.BytesIO()
            if found.format == "JPEG":
                picture.convert("RGB").save(made, "JPEG", quality=88)
                return "jpg", made.getvalue()
            if picture.mode not in {"1", "L", "P", "RGB", "RGBA"}:
                picture = picture.convert("RGBA")
            picture.save(made, "PNG")
            return "png", made.getvalue()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
