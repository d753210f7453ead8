"""The pieces of a case, and how each becomes pages."""

import io
from dataclasses import dataclass
from datetime import date

import pikepdf
from PIL import Image

PDF, TEXT = "application/pdf", "text/plain"
PICTURES = ("image/png", "image/jpeg", "image/tiff", "image/bmp", "image/gif", "image/webp")
MEDIA = (PDF, *PICTURES)
"""What becomes pages; any other piece is attached, and a page says so."""
A4 = (595.276, 841.89)
MARGIN = 36
MOST_PIXELS = 60_000_000
DPI = 200
UNREADABLE = (
    pikepdf.PdfError,
    pikepdf.PasswordError,
    OSError,
    ValueError,
    Image.DecompressionBombError,
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a case.

    Attributes:
        title: As in the table of contents.
        kind: What it is in the case, in a word: 申请材料, 文书.
        day: When it came to be.
        name: Its file name.
        media: Its media type, told from its bytes.
        data: Its bytes.
    """

    title: str
    kind: str
    day: date
    name: str
    media: str
    data: bytes


def pages_of(piece: Piece) -> pikepdf.Pdf | None:
    """Return *piece* as pages, or ``None`` where it can only be attached, locked and damaged ones among them."""
    try:
        if piece.media == PDF:
            return pikepdf.open(io.BytesIO(piece.data))
        if piece.media in PICTURES:
            return pikepdf.open(io.BytesIO(_pictures(piece.data)))
    except UNREADABLE:
        return None
    return None


def _pictures(data: bytes) -> bytes:
    """Return every frame of a picture on a page of A4."""
    with Image.open(io.BytesIO(data)) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError(picture.size)
        pages = []
        for frame in range(getattr(picture, "n_frames", 1)):
            picture.seek(frame)
            pages.append(_on_paper(picture.convert("RGB")))
    stream = io.BytesIO()
    first, *rest = pages
    first.save(stream, "PDF", resolution=DPI, save_all=True, append_images=rest)
    return stream.getvalue()


def _on_paper(picture: Image.Image) -> Image.Image:
    scale = DPI / 72
    paper = Image.new("RGB", (round(A4[0] * scale), round(A4[1] * scale)), "white")
    room = (paper.width - round(2 * MARGIN * scale), paper.height - round(2 * MARGIN * scale))
    if picture.width > picture.height:
        picture = picture.rotate(90, expand=True)
    picture.thumbnail(room)
    paper.paste(picture, ((paper.width - picture.width) // 2, round(MARGIN * scale)))
    return paper
