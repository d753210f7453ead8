"""Scans and photographs as pages."""

import io
import warnings

from PIL import Image, ImageOps, ImageSequence

from gongkai.core.extraction.sources.errors import Damaged, TooManyPages
from gongkai.core.extraction.sources.limits import MAX_PAGES
from gongkai.core.redaction.encoding import encoded
from gongkai.core.redaction.errors import TooManyPixels
from gongkai.core.redaction.letters import Page
from gongkai.core.redaction.paper import paper
from gongkai.core.redaction.rebuilding import DPI, NewPage

MAGIC = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*")
FORMATS = ("JPEG", "PNG", "TIFF")
MOST_PIXELS = 60_000_000
"""Pixels of one picture; an A3 scan of 400 dots per inch has 31 million."""
MOST_IN_ALL = 1_000_000_000
LONG_SIDE = 842.0
"""Points of the longer side of a page, that of A4."""


def is_picture(data: bytes) -> bool:
    """Tell whether it is a JPEG, PNG or TIFF."""
    return data.startswith(MAGIC)


def picture_pages(data: bytes) -> bytes:
    """Return a PDF file with a page for each picture in the file, turned as the camera meant it.

    Raises:
        Damaged: It cannot be read.
        TooManyPixels: It is larger than any scan.
        TooManyPages: It has more pages than the limit.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Pillow finds strange in a file is no news
            return paper([_page(frame, number) for number, frame in enumerate(_frames(data), 1)])
    except (
        OSError, ValueError, SyntaxError, TypeError, KeyError, IndexError, OverflowError, EOFError, ZeroDivisionError,
        Image.DecompressionBombError,
    ) as error:  # fmt: skip
        raise Damaged(kind="图片") from error


def _frames(data: bytes) -> "list[Image.Image]":
    with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
        count = getattr(opened, "n_frames", 1) if opened.format == "TIFF" else 1
        if count > MAX_PAGES:
            raise TooManyPages(pages=count, limit=MAX_PAGES)
        frames, pixels = [], 0
        for frame in ImageSequence.Iterator(opened):
            size = frame.width * frame.height
            pixels += size
            if size > MOST_PIXELS or pixels > MOST_IN_ALL:
                raise TooManyPixels(limit=MOST_PIXELS // 10_000)
            frames.append(_upright(frame))
            if len(frames) == count:
                break
        return frames


def _upright(frame: Image.Image) -> Image.Image:
    """Return the picture turned upright, on white where it is transparent, no larger than it will be printed."""
    turned = ImageOps.exif_transpose(frame)
    if turned.mode.startswith(("I", "F")):
        turned = turned.point(lambda value: value / 256).convert("L")
    solid = turned.convert("RGBA")
    made = Image.new("RGB", solid.size, "white")
    made.paste(solid, mask=solid.getchannel("A"))
    longest = round(LONG_SIDE / 72 * DPI)
    made.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return made


def _page(picture: Image.Image, number: int) -> NewPage:
    scale = max(picture.size) / LONG_SIDE
    width, height = picture.width / scale, picture.height / scale
    return NewPage(Page(number, width, height, ()), (), encoded(picture), ())
