"""Pictures as a Word document shows them: without what was cropped away, in a format that browsers know."""

import io
import re
from dataclasses import dataclass

from lxml import etree
from PIL import Image

OPEN, CLOSE = "\ue013", "\ue014"
"""Around the cropping of a picture on its way through mammoth, before what it says; no document has these."""
CROPPED = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}")
SIDES = ("l", "t", "r", "b")
WHOLE = 100_000
"""How Word counts: thousandths of a percent."""
VML_SIDES = ("cropleft", "croptop", "cropright", "cropbottom")
SHOWN = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}
REWRITTEN = {"BMP", "TIFF"}
"""Formats that every program reads and no browser shows; they become PNG."""
QUALITY = 92
NO_WORDS = re.compile(
    r"(?i)\.(?:png|jpe?g|gif|webp|bmp|tiff?|emf|wmf)$|自动生成|automatically generated|^(?:[a-z]:\\|https?:|file:)"
    r"|^[0-9a-f]{12,}$|^(?:图片|图像|图形|截图|照片|屏幕截图|微信图片|QQ图片|picture|image|img|图)[\s_\-()（）\d]*$"
)
"""Names of files, and what programs write by themselves: no words for those who cannot see the picture."""

Crop = tuple[float, ...]
"""Which share of a picture is cut off at the left, the top, the right and the bottom."""


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """A picture as it is shown.

    Attributes:
        ending: What its name ends in.
    """

    data: bytes
    ending: str


def as_shown(data: bytes, crop: Crop | None) -> ShownPicture | None:
    """Return the picture *data* without what *crop* cuts off; ``None`` for what no browser shows.

    Word keeps what was cut off, and whoever cut it did not want it shown.
    """
    try:
        with Image.open(io.BytesIO(data)) as picture:
            known = picture.format or ""
            if known not in SHOWN and known not in REWRITTEN:
                return None
            if known in SHOWN and not any(crop or ()):
                return ShownPicture(data, SHOWN[known])
            return _made(picture, crop or (0.0,) * 4, "JPEG" if known == "JPEG" else "PNG")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


def _made(picture: Image.Image, crop: Crop, form: str) -> ShownPicture | None:
    width, height = picture.size
    left, top, right, bottom = crop
    box = (
        round(width * left),
        round(height * top),
        round(width * (1 - right)),
        round(height * (1 - bottom)),
    )
    if box[0] >= box[2] or box[1] >= box[3]:
        return None
    shown = picture.crop(box)
    if form == "PNG" and shown.mode not in {"1", "L", "LA", "P", "RGB", "RGBA"}:
        shown = shown.convert("RGB")
    buffer = io.BytesIO()
    turned = {"exif": picture.getexif()} if form == "JPEG" else {}
    shown.save(buffer, form, quality=QUALITY, **turned)
    return ShownPicture(buffer.getvalue(), SHOWN[form])


def told(alt: str) -> str:
    """Return what a person wrote of a picture, nothing where a program did."""
    words = " ".join(alt.split())
    return "" if NO_WORDS.search(words) else words


def mark_cropped(root: etree._Element) -> None:
    """Write before what each picture says how it is cropped; mammoth tells nothing else of it."""
    for frame in root.iter("{*}inline", "{*}anchor"):
        about = frame.find("{*}docPr")
        cut = frame.find("{*}graphic/{*}graphicData/{*}pic/{*}blipFill/{*}srcRect")
        if about is None:
            continue
        for name in ("descr", "title"):
            if about.get(name):
                about.set(name, CROPPED.sub("", str(about.get(name))))
        if cut is not None and any(cut.get(side) for side in SIDES):
            words = (about.get("descr") or "").strip() or about.get("title") or ""
            sides = ",".join(cut.get(side) or "0" for side in SIDES)
            about.set("descr", f"{OPEN}{sides}{CLOSE}{words}")
    for image in root.iter("{*}imagedata"):
        title = next((k for k in image.attrib if str(k).endswith("}title")), None)
        if any(image.get(side) for side in VML_SIDES):
            # older programs write lengths here, in units of their own
            key = title or "{urn:schemas-microsoft-com:office:office}title"
            image.set(key, f"{OPEN}?{CLOSE}")


def cropping_of(alt: str) -> tuple[Crop | None, str]:
    """Return how a picture is cropped, as :func:`mark_cropped` wrote it, and what it says.

    Raises:
        ValueError: Nobody can tell how it is cropped.
    """
    found = CROPPED.match(alt)
    if found is None:
        return None, alt
    sides = tuple(min(max(int(side) / WHOLE, 0.0), 1.0) for side in found[1].split(","))
    if len(sides) != len(SIDES):
        raise ValueError(alt)
    return sides, alt[found.end() :]
