"""Pictures: where and by whom they were taken, as the file tells."""

import io
import re

from PIL import ExifTags, Image, UnidentifiedImageError

from gongkai.core.extraction.sources.errors import Damaged
from gongkai.core.screening.files.material import Material
from gongkai.core.screening.hits import Where
from gongkai.core.screening.rules import enforces

MAGIC = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
)
TOLD = {
    "Artist": "作者",
    "Copyright": "版权",
    "XPAuthor": "作者",
    "XPComment": "备注",
    "XPKeywords": "关键词",
    "XPTitle": "标题",
    "ImageDescription": "说明",
    "UserComment": "备注",
    "CameraOwnerName": "相机主人",
    "BodySerialNumber": "机身编号",
    "Make": "设备厂商",
    "Model": "设备型号",
    "Software": "软件",
    "DateTimeOriginal": "拍摄时间",
    "DateTime": "修改时间",
    "HostComputer": "设备",
}
WORDS = {
    "Artist",
    "Copyright",
    "XPAuthor",
    "XPComment",
    "XPKeywords",
    "XPTitle",
    "ImageDescription",
    "UserComment",
}
GPS = 0x8825
IFD_EXIF = 0x8769
CREATOR = re.compile(
    rb"<(?:dc:creator|photoshop:(?:AuthorsPosition|City)|exif:GPSLatitude)\b[^>]*>(.{0,300}?)</",
    re.DOTALL,
)


def image_format(data: bytes) -> str | None:
    """Return ``jpeg``, ``png``, ``webp`` or ``tiff``, or ``None`` for what is no picture of these."""
    for magic, kind in MAGIC:
        if data.startswith(magic):
            return kind
    return "webp" if data[:4] == b"RIFF" and data[8:12] == b"WEBP" else None


def image(data: bytes, kind: str) -> Material:
    """Return the material of a picture: the words in its metadata, and what else the metadata tell."""
    material = Material(kind)
    picture_traces(data, material, Where("图片信息"))
    return material


@enforces("hidden.position", "hidden.device", "hidden.thumbnail")
def picture_traces(data: bytes, material: Material, where: Where) -> None:
    """Note what a picture tells beside what it shows.

    Raises:
        Damaged: It is none.
    """
    facts, position, texts, thumbnail = _told(data)
    if position.get(2) and position.get(4):
        place = f"{_degrees(position.get(2))}{_plain(position.get(1))} {_degrees(position.get(4))}{_plain(position.get(3))}"
        material.trace("hidden.position", f"照片记着拍摄地点 {place}", place, where=where)
    for name, label in TOLD.items():
        fact = facts.get(name)
        if name.startswith("XP") and isinstance(fact, bytes):
            fact = fact.decode("utf-16-le", "replace")
        if not (value := _plain(fact)):
            continue
        at = material.write(f"{value}\n", where) if name in WORDS else None
        material.trace("hidden.device", f"照片记着{label}“{value[:40]}”", value, at=at, where=where)
    for name, text in sorted(texts.items()):
        if words := _plain(text):
            at = material.write(f"{words}\n", where)
            material.trace("hidden.device", f"图片里有文字信息“{name}”", words, at=at, where=where)
    for match in CREATOR.finditer(data[: 2**20]):
        words = _plain(re.sub(rb"<[^>]*>", b"", match[1]).decode("utf-8", "replace"))
        if words:
            at = material.write(f"{words}\n", where)
            material.trace("hidden.device", "图片的 XMP 里有作者等信息", words, at=at, where=where)
    if thumbnail:
        material.trace("hidden.thumbnail", "照片里另有一张缩略图", where=where)


def _told(data: bytes) -> tuple[dict[str, object], dict[int, object], dict[str, str], bool]:
    """Return facts by name, the position, texts, and whether there is a second, smaller picture."""
    try:
        # opening reads the head only; no pixel is decoded
        with Image.open(io.BytesIO(data)) as picture:
            exif = picture.getexif()
            facts = {ExifTags.TAGS.get(key, str(key)): value for key, value in exif.items()}
            facts |= {
                ExifTags.TAGS.get(key, str(key)): value
                for key, value in exif.get_ifd(IFD_EXIF).items()
            }
            position = exif.get_ifd(GPS)
            texts = {str(k): v for k, v in picture.info.items() if isinstance(v, str)}
            thumbnail = bool(exif.get_ifd(ExifTags.IFD.IFD1))
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        Image.DecompressionBombError,
        TypeError,
        KeyError,
    ) as error:
        raise Damaged(kind="图片") from error
    return facts, position, texts, thumbnail


def _plain(value: object) -> str:
    if isinstance(value, bytes):
        if value[:8] == b"UNICODE\0":
            value = value[8:].decode("utf-16-le", "replace")
        elif b"\0" in value[:4]:
            value = value.decode("utf-16-le", "replace")
        else:
            value = value.removeprefix(b"ASCII\0\0\0").decode("utf-8", "replace")
    words = " ".join(str(value or "").replace("\0", " ").split())
    return "".join(char for char in words if char.isprintable())[:2000]


def _degrees(value: object) -> str:
    try:
        degrees, minutes, seconds = (float(part) for part in value)  # type: ignore[attr-defined]
    except (TypeError, ValueError, ZeroDivisionError):
        return "?"
    return f"{degrees + minutes / 60 + seconds / 3600:.4f}"
