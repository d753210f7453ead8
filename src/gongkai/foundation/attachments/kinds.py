"""The kinds of files that may come in."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file.

    Attributes:
        endings: What its name may end in; the first is given where the name says something else.
        convert: What an old format should be saved as before it is published; empty for the others.
    """

    key: str
    title: str
    media_type: str
    endings: tuple[str, ...]
    convert: str = ""

    @property
    def ending(self) -> str:
        """Return the usual ending, without its dot."""
        return self.endings[0]


_OFFICE = "application/vnd.openxmlformats-officedocument"
_ALL = (
    Kind("docx", "Word 文档", f"{_OFFICE}.wordprocessingml.document", ("docx",)),
    Kind("xlsx", "Excel 表格", f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",)),
    Kind("pptx", "演示文稿", f"{_OFFICE}.presentationml.presentation", ("pptx",)),
    Kind("pdf", "PDF 文件", "application/pdf", ("pdf",)),
    Kind("ofd", "OFD 版式文件", "application/ofd", ("ofd",)),
    Kind("doc", "旧版 Word 文档", "application/msword", ("doc",), "DOCX 或 PDF"),
    Kind("xls", "旧版 Excel 表格", "application/vnd.ms-excel", ("xls",), "XLSX"),
    Kind("ppt", "旧版演示文稿", "application/vnd.ms-powerpoint", ("ppt",), "PPTX 或 PDF"),
    Kind("wps", "WPS 文字", "application/wps-office.wps", ("wps",), "DOCX 或 PDF"),
    Kind("et", "WPS 表格", "application/wps-office.et", ("et",), "XLSX"),
    Kind("dps", "WPS 演示", "application/wps-office.dps", ("dps",), "PPTX 或 PDF"),
    Kind("png", "PNG 图片", "image/png", ("png",)),
    Kind("jpeg", "JPEG 图片", "image/jpeg", ("jpg", "jpeg", "jpe", "jfif")),
    Kind("webp", "WebP 图片", "image/webp", ("webp",)),
    Kind("gif", "GIF 图片", "image/gif", ("gif",)),
    Kind("txt", "文本", "text/plain", ("txt",)),
    Kind("csv", "CSV 表格", "text/csv", ("csv",)),
)
KINDS: Mapping[str, Kind] = MappingProxyType({kind.key: kind for kind in _ALL})
PICTURES = frozenset({"png", "jpeg", "webp", "gif"})
ENDINGS: Mapping[str, str] = MappingProxyType(
    {ending: kind.key for kind in _ALL for ending in kind.endings}
)

DANGEROUS = frozenset(
    [
        "ade",
        "adp",
        "apk",
        "app",
        "asp",
        "aspx",
        "bas",
        "bat",
        "bin",
        "chm",
        "cmd",
        "com",
        "command",
        "cpl",
        "crt",
        "dll",
        "dmg",
        "docm",
        "dotm",
        "elf",
        "exe",
        "hlp",
        "hta",
        "htm",
        "html",
        "inf",
        "ins",
        "iso",
        "jar",
        "js",
        "jse",
        "jsp",
        "lnk",
        "mht",
        "mhtml",
        "mjs",
        "msc",
        "msi",
        "msp",
        "mst",
        "ocx",
        "php",
        "pif",
        "pl",
        "potm",
        "ppam",
        "pptm",
        "ps1",
        "py",
        "reg",
        "rpm",
        "scf",
        "scr",
        "sct",
        "sh",
        "shb",
        "shtml",
        "svg",
        "svgz",
        "swf",
        "sys",
        "url",
        "vb",
        "vbe",
        "vbs",
        "wasm",
        "wsc",
        "wsf",
        "wsh",
        "xhtml",
        "xlam",
        "xlsb",
        "xlsm",
        "xltm",
        "xml",
        "xsl",
    ]
)
"""Endings under which a browser or a computer would run something."""


def accepted(kinds: Mapping[str, Kind] = KINDS) -> str:
    """Return the kinds as people read them: DOCX、XLSX …"""
    return "、".join(kind.ending.upper() for kind in kinds.values() if not kind.convert)


def accept(kinds: Mapping[str, Kind] = KINDS) -> str:
    """Return the ``accept`` attribute of a file input."""
    return ",".join(f".{ending}" for kind in kinds.values() for ending in kind.endings)
