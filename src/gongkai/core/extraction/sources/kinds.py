"""Telling what a file is by what is in it, whatever its name says."""

import io
import re
import zipfile
from typing import Literal

from gongkai.core.extraction.sources.errors import Damaged, Empty, Encrypted, OldFormat

Kind = Literal["text", "markdown", "html", "docx", "xlsx", "pdf", "zip"]

SUFFIXES = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".pdf": "pdf",
    ".zip": "zip",
}
"""What is looked for in directories and archives."""

_REFUSED = (
    (b"{\\rtf", "RTF 文件", " docx"),
    (b"\xff\xd8\xff", "图片", "有文字的网页、Word 或 PDF"),
    (b"\x89PNG", "图片", "有文字的网页、Word 或 PDF"),
    (b"GIF8", "图片", "有文字的网页、Word 或 PDF"),
    (b"II*\0", "图片", "有文字的网页、Word 或 PDF"),
    (b"MM\0*", "图片", "有文字的网页、Word 或 PDF"),
    (b"BM", "图片", "有文字的网页、Word 或 PDF"),
    (b"Rar!\x1a", " RAR 压缩包", " zip"),
    (b"7z\xbc\xaf\x27\x1c", " 7z 压缩包", " zip"),
    (b"\x1f\x8b", " gzip 压缩包", " zip"),
    (b"MSCF", " CAB 压缩包", " zip"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|meta|div|p|span|table|tr|td|br|font|ul|li|h[1-6])\b",
    re.IGNORECASE,
)


def binary_kind(data: bytes) -> Kind | None:
    """Return the kind of a binary format, or ``None`` for what may be text.

    Raises:
        Unreadable: Nothing is in it, or it is of a kind that cannot be read.
    """
    if not data.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Empty
    if data.startswith(_OLE):
        raise _ole(data)
    if data[:4] in {b"PK\x03\x04", b"PK\x05\x06"}:
        return _packed(data)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    for magic, kind, better in _REFUSED:
        if data.startswith(magic) and (magic != b"BM" or b"\0" in data[:32]):
            raise OldFormat(kind=kind, better=better)
    return None


def text_kind(text: str, name: str) -> Kind:
    """Return the kind of a text: HTML by its tags, Markdown by its name."""
    head = text[:20_000]
    tags = len(_TAG.findall(head))
    if tags >= 3 or (tags and head.lstrip().startswith("<")):
        return "html"
    return "markdown" if name.lower().endswith(".md") else "text"


def _ole(data: bytes) -> Exception:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Encrypted()
    if "Workbook".encode("utf-16-le") in data:
        return OldFormat(kind="旧版 Excel（.xls）文件", better=" xlsx")
    return OldFormat(kind="旧版 Word、WPS（.doc、.wps）文件", better=" docx")


def _packed(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise Damaged(kind="压缩包、Word 或 Excel") from error
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "OFD.xml" in names:
        raise OldFormat(kind=" OFD 文件", better=" PDF 或 Word")
    if any(name.startswith("ppt/") for name in names):
        raise OldFormat(kind="演示文稿（PPT）", better=" PDF 或 Word")
    return "zip"
