"""One file's bytes become material, told by content."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from gongkai.core.extraction.sources import open_document
from gongkai.core.extraction.sources.decoding import decode
from gongkai.core.extraction.sources.errors import OldFormat, TooLarge
from gongkai.core.extraction.sources.kinds import binary_kind, text_kind
from gongkai.core.extraction.sources.limits import MAX_FILE_BYTES
from gongkai.core.extraction.sources.packed import Package
from gongkai.core.screening.files.embedded import embedded
from gongkai.core.screening.files.image import image, image_format
from gongkai.core.screening.files.material import Material
from gongkai.core.screening.files.pdf import pdf
from gongkai.core.screening.files.slides import slides
from gongkai.core.screening.files.web import web
from gongkai.core.screening.files.word import word
from gongkai.core.screening.files.workbook import workbook
from gongkai.core.screening.hits import Where

OFFICE: Mapping[str, Callable[[bytes], Material]] = MappingProxyType(
    {"docx": word, "xlsx": workbook, "pptx": slides}
)


def open_material(data: bytes, name: str, depth: int = 0) -> Material:
    """Return what is in the file *data*, and in the files inside it; *name* is only a hint.

    Args:
        data: The file.
        name: What it is called.
        depth: Inside how many other files it is.

    Raises:
        Unreadable: With a sentence in Chinese that says why and what to do.
    """
    if len(data) > MAX_FILE_BYTES:
        raise TooLarge(limit=f"{MAX_FILE_BYTES >> 20} MB")
    if kind := image_format(data):
        return image(data, kind)
    if office := office_kind(data):
        material = OFFICE[office](data)
        embedded(Package(data, material.format), material, open_material, depth)
        return material
    match binary_kind(data):
        case "pdf":
            return pdf(data)
        case "zip":
            raise OldFormat(kind="压缩包", better="一份份文件")
    text = decode(data)
    kind_of_text = text_kind(text, name)
    if kind_of_text == "html":
        return web(text, name)
    material = Material(kind_of_text)
    document = open_document(data, name)
    material.write(document.text, Where())
    return material


def office_kind(data: bytes) -> str:
    """Return ``docx``, ``xlsx`` or ``pptx``, or nothing for any other file.

    Raises:
        Unreadable: It is of a kind that cannot be read.
    """
    if data[:4] != b"PK\x03\x04":
        return ""
    if "ppt/presentation.xml" in Package(data, "演示文稿"):
        return "pptx"
    return next((kind for kind in OFFICE if kind == binary_kind(data)), "")
