"""The pictures of the output, as pypdf and Pillow decode them: under each mark one colour and the label, no more."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from PIL import Image
from pypdf import PdfReader

from gongkai.core.redaction.covering import Cover
from gongkai.core.redaction.encoding import Encoded, decoded
from gongkai.core.redaction.letters import Page
from gongkai.core.redaction.stamping import pixels, stamped
from gongkai.core.redaction.verifying.finding import Finding

OFF_BY_SHADE = 9
"""Half a shade of sixteen."""
OFF_BY_JPEG, OFF_BY_JPEG_MEAN = 96, 8
"""What JPEG does to the edges of a label."""


def pictures(
    reader: PdfReader, pages: Sequence[Page], covered: Sequence[Sequence[Cover]]
) -> Iterator[Finding]:
    """Yield the marks under which the picture shows anything."""
    for number, (sheet, page, covers) in enumerate(
        zip(reader.pages, pages, covered, strict=True), 1
    ):
        images = sheet["/Resources"]["/XObject"]  # type: ignore[index]  # what kind they are was checked
        if set(images) != {"/P"}:
            yield Finding("structure", "页面上不止一幅图像", number)
            continue
        picture, is_photo = _picture(images["/P"].get_object())
        scale = picture.width / page.width
        if abs(picture.height / page.height - scale) > 0.02 * scale:
            yield Finding("picture", "图像和页面的大小不一致", number)
            continue
        if not covers:
            continue
        plain = stamped(Image.new("L", picture.size, 128), covers, scale)
        if not _is_flat(np.asarray(picture), np.asarray(plain), covers, scale, is_photo=is_photo):
            yield Finding("picture", "遮盖框里不是一种颜色，可能还看得见下面的内容", number)


def _is_flat(
    picture: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]",
    plain: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]",
    covers: Sequence[Cover],
    scale: float,
    *,
    is_photo: bool,
) -> bool:
    for cover in covers:
        for box in cover.boxes:
            left, top, right, bottom = pixels(box, scale)
            piece = picture[max(top, 0) : bottom + 1, max(left, 0) : right + 1].astype(np.int16)
            wanted = plain[max(top, 0) : bottom + 1, max(left, 0) : right + 1].astype(np.int16)
            if not piece.size:
                return False
            off = np.abs(piece - (wanted if piece.ndim == 2 else wanted[:, :, None]))
            most = OFF_BY_JPEG if is_photo else OFF_BY_SHADE
            if int(off.max()) > most or (is_photo and float(off.mean()) > OFF_BY_JPEG_MEAN):
                return False
    return True


def _picture(image: Any) -> tuple[Image.Image, bool]:
    is_photo = image.get("/Filter") == "/DCTDecode"
    # pypdf keeps the packed bytes under this name only
    raw = image._data if is_photo else image.get_data()  # noqa: SLF001
    made = Encoded(
        int(image["/Width"]),
        int(image["/Height"]),
        1 if image["/ColorSpace"] == "/DeviceGray" else 3,
        "photo" if is_photo else "shades",
        b"",
    )
    return decoded(made, raw), is_photo
