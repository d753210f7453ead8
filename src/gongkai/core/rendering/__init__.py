"""A report in every format in which it is published.

An :class:`IssuedReport` is a filled form with its narrative. :func:`render` turns it into the bytes of one of
:data:`FORMATS`, and is pure: the same report gives the same bytes, no clock, network or installed typeface has a
say. Tables are laid out once, as the official form prints them, and every format shows the same grid; what is
rendered reads back with :mod:`gongkai.core.extraction` to the same cells.
"""

from collections.abc import Callable
from typing import NamedTuple

from gongkai.core.refusal import Refusal
from gongkai.core.rendering.data import SCHEMA, as_json, csv_file, json_file
from gongkai.core.rendering.glyphs import FontsNotBuilt, MissingGlyphs, missing
from gongkai.core.rendering.layout import Part, PrintedCell, PrintedTable, Role, parts
from gongkai.core.rendering.paper import TypesetterMissing, pdf_file
from gongkai.core.rendering.report import (
    Block,
    Chapter,
    Correction,
    IssuedReport,
    NotANumber,
    Origin,
    OutsideTheForm,
    blocks_of,
)
from gongkai.core.rendering.web import STYLESHEET, fragment, html_file
from gongkai.core.rendering.word import docx_file
from gongkai.core.rendering.workbook import xlsx_file


class UnknownFormat(Refusal):
    """不能导出为“{name}”。可选的格式有：{known}。"""


class Format(NamedTuple):
    """A format of publication.

    Attributes:
        extension: As in a file name, without the dot; also the name of the format.
        media_type: For the Content-Type header.
        label: What a download link says.
        write: Makes the file.
    """

    extension: str
    media_type: str
    label: str
    write: Callable[[IssuedReport], bytes]


FORMATS = {
    made.extension: made
    for made in (
        Format("html", "text/html; charset=utf-8", "网页", html_file),
        Format(
            "docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "Word 文档",
            docx_file,
        ),
        Format("pdf", "application/pdf", "PDF 文档", pdf_file),
        Format(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "Excel 表格",
            xlsx_file,
        ),
        Format("json", "application/json", "JSON 数据", json_file),
        Format("csv", "text/csv; charset=utf-8", "CSV 数据", csv_file),
    )
}
"""Every format by its extension."""


def render(report: IssuedReport, extension: str) -> bytes:
    """Return *report* as a file of the format *extension*.

    Raises:
        UnknownFormat: There is no such format.
        MissingGlyphs: PDF only: a character would print as an empty box.
    """
    if extension not in FORMATS:
        raise UnknownFormat(name=extension, known="、".join(FORMATS))
    return FORMATS[extension].write(report)


__all__ = [
    "FORMATS",
    "SCHEMA",
    "STYLESHEET",
    "Block",
    "Chapter",
    "Correction",
    "FontsNotBuilt",
    "Format",
    "IssuedReport",
    "MissingGlyphs",
    "NotANumber",
    "Origin",
    "OutsideTheForm",
    "Part",
    "PrintedCell",
    "PrintedTable",
    "Role",
    "TypesetterMissing",
    "UnknownFormat",
    "as_json",
    "blocks_of",
    "fragment",
    "missing",
    "parts",
    "render",
]
