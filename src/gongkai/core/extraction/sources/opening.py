"""One file's bytes become a document."""

from gongkai.core.extraction.document import Document
from gongkai.core.extraction.sources.decoding import decode
from gongkai.core.extraction.sources.docx import docx
from gongkai.core.extraction.sources.errors import OldFormat, TooLarge
from gongkai.core.extraction.sources.html import html
from gongkai.core.extraction.sources.kinds import binary_kind, text_kind
from gongkai.core.extraction.sources.limits import MAX_FILE_BYTES, RISKY_BYTES
from gongkai.core.extraction.sources.pdf import pdf
from gongkai.core.extraction.sources.plain import plain
from gongkai.core.extraction.sources.xlsx import xlsx


def open_document(data: bytes, name: str) -> Document:
    """Return the document that *data* is, told by its content; *name* is only a hint.

    Raises:
        Unreadable: With a sentence in Chinese that says why and what to do.
    """
    if len(data) > MAX_FILE_BYTES:
        raise TooLarge(limit=f"{MAX_FILE_BYTES >> 20} MB")
    match binary_kind(data):
        case "docx":
            return docx(data, name)
        case "xlsx":
            return xlsx(data, name)
        case "pdf":
            return pdf(data, name)
        case "zip":
            raise OldFormat(kind="压缩包", better="一份份文件")
    text = decode(data)
    kind = text_kind(text, name)
    return html(text, name) if kind == "html" else plain(text, name, kind)


def is_risky(data: bytes) -> bool:
    """Whether *data* should be read in a guarded process: an involved format, or a large text."""
    return data[:2] == b"PK" or b"%PDF-" in data[:1024] or len(data) > RISKY_BYTES
