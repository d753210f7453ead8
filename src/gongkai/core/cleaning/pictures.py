"""Pictures without what they tell: only the parts of the file that make the picture stay, not a pixel changes.

How the picture is to be turned stays too, in a block of its own that says nothing else.
"""

import io
import struct
import zlib

from PIL import Image

from gongkai.core.extraction.sources.errors import Damaged

ORIENTATION = 0x0112
JPEG_KEPT = {0xE0, 0xEE}
"""JFIF and Adobe: without them colours change. The colour profile is looked at by itself."""

PNG_KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"hIST", b"pHYs",
    b"acTL", b"fcTL", b"fdAT", b"cICP",
}  # fmt: skip
WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
HAS_EXIF, HAS_XMP = 0x08, 0x04


def clean_jpeg(data: bytes) -> bytes:
    """Return a JPEG without EXIF, XMP, IPTC, comments, thumbnails and whatever follows its end."""
    if data[:2] != b"\xff\xd8":
        raise Damaged(kind="JPEG")
    out = [data[:2]]
    turned = _orientation(data)
    at = 2
    while at < len(data) - 1:
        if data[at] != 0xFF:
            raise Damaged(kind="JPEG")
        marker = data[at + 1]
        if marker == 0xFF:
            at += 1
        elif marker == 0xD9:
            out.append(b"\xff\xd9")
            return _with_orientation(out, turned)
        elif marker == 0x01 or 0xD0 <= marker <= 0xD7:
            out.append(data[at : at + 2])
            at += 2
        else:
            end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
            if end > len(data) or end < at + 4:
                raise Damaged(kind="JPEG")
            if marker == 0xDA:
                end = _scan_end(data, end)
            if _is_picture(marker, data[at + 4 : end]):
                out.append(data[at:end])
            at = end
    raise Damaged(kind="JPEG")


def clean_png(data: bytes) -> bytes:
    """Return a PNG without texts, times and EXIF."""
    magic = b"\x89PNG\r\n\x1a\n"
    if not data.startswith(magic):
        raise Damaged(kind="PNG")
    out, at = [magic], len(magic)
    turned = _orientation(data)
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data):
            break
        if kind in PNG_KEPT:
            out.append(data[at:end])
        if kind == b"IHDR" and turned:
            body = b"eXIf" + _exif(turned)
            out.append(
                struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
            )
        if kind == b"IEND":
            return b"".join(out)
        at = end
    raise Damaged(kind="PNG")


def clean_webp(data: bytes) -> bytes:
    """Return a WebP without EXIF and XMP."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise Damaged(kind="WebP")
    turned = _orientation(data)
    chunks: list[tuple[bytes, bytes]] = []
    end = min(8 + int.from_bytes(data[4:8], "little"), len(data))
    at = 12
    while at + 8 <= end:
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + length > len(data):
            raise Damaged(kind="WebP")
        if kind in WEBP_KEPT:
            chunks.append((kind, data[at + 8 : at + 8 + length]))
        at += 8 + length + length % 2
    if not chunks:
        raise Damaged(kind="WebP")
    if chunks[0][0] == b"VP8X":
        flags = chunks[0][1][0] & ~(HAS_EXIF | HAS_XMP) | (HAS_EXIF if turned else 0)
        chunks[0] = (b"VP8X", bytes([flags]) + chunks[0][1][1:])
        if turned:
            chunks.append((b"EXIF", _exif(turned)))
    body = b"WEBP" + b"".join(
        kind + struct.pack("<I", len(content)) + content + b"\0" * (len(content) % 2)
        for kind, content in chunks
    )
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _orientation(data: bytes) -> int:
    """Return how the picture is to be turned, 0 for not at all; no pixel is decoded."""
    try:
        with Image.open(io.BytesIO(data)) as picture:
            turned = picture.getexif().get(ORIENTATION)
    except (
        OSError,
        ValueError,
        SyntaxError,
        TypeError,
        KeyError,
        Image.DecompressionBombError,
    ) as error:
        raise Damaged(kind="图片") from error
    return turned if isinstance(turned, int) and 2 <= turned <= 8 else 0


def _exif(turned: int) -> bytes:
    """Return a TIFF of one entry: the orientation."""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, ORIENTATION, 3, 1, turned, 0, 0)


def _is_picture(marker: int, body: bytes) -> bool:
    if marker == 0xE2:
        return body.startswith(b"ICC_PROFILE\0")
    if 0xE0 <= marker <= 0xEF:
        return marker in JPEG_KEPT and not body.startswith(b"JFXX")
    return marker != 0xFE


def _scan_end(data: bytes, at: int) -> int:
    """Return where the coded picture ends and the next marker stands."""
    while (at := data.find(b"\xff", at)) >= 0:
        following = data[at + 1 : at + 2]
        if (
            following
            and following != b"\0"
            and not 0xD0 <= following[0] <= 0xD7
            and following[0] != 0xFF
        ):
            return at
        at += 1 if following == b"\xff" else 2
    raise Damaged(kind="JPEG")


def _with_orientation(out: list[bytes], turned: int) -> bytes:
    if turned:
        body = b"Exif\0\0" + _exif(turned)
        first = 2 if len(out) > 1 and out[1][1:2] == b"\xe0" else 1
        out.insert(first, b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body)
    return b"".join(out)
