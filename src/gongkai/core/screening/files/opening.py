"""One file's bytes become material, told by content."""

from gongkai.core.extraction.sources import open_document
from gongkai.core.extraction.sources.decoding import decode
from gongkai.core.extraction.sources.errors import OldFormat, TooLarge
from gongkai.core.extraction.sources.kinds import binary_kind, text_kind
from gongkai.core.extraction.sources.limits import MAX_FILE_BYTES
from gongkai.core.extraction.sources.packed import Package
from gongkai.core.screening.files.image import image, image_format
from gongkai.core.screening.files.material import Material
from gongkai.core.screening.files.pdf import pdf
from gongkai.core.screening.files.slides import slides
from gongkai.core.screening.files.web import web
from gongkai.core.screening.files.word import word
from gongkai.core.screening.files.workbook import workbook
from gongkai.core.screening.hits import Where


def open_material(data: bytes, name: str) -> Material:  # noqa: PLR0911  # a line for each format
    """Return what is in the file *data*; *name* is only a hint.

    Raises:
        Unreadable: With a sentence in Chinese that says why and what to do.
    """
    if len(data) > MAX_FILE_BYTES:
        raise TooLarge(limit=f"{MAX_FILE_BYTES >> 20} MB")
    if kind := image_format(data):
        return image(data, kind)
    if data[:4] == b"PK\x03\x04" and "ppt/presentation.xml" in Package(data, "演示文稿"):
        return slides(data)
    match binary_kind(data):
        case "docx":
            return word(data)
        case "xlsx":
            return workbook(data)
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
