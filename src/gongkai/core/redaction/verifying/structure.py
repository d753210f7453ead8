"""Every object of the file, as pypdf reads it: only what a fresh file of pictures and words has."""

import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    IndirectObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from gongkai.core.redaction.verifying.finding import Finding
from gongkai.core.redaction.verifying.searching import Searched

TRAILER = {"/Root", "/Size", "/ID"}
KEYS: dict[str, frozenset[str]] = {
    "/Catalog": frozenset({"/Type", "/Pages", "/Lang"}),
    "/Pages": frozenset({"/Type", "/Kids", "/Count"}),
    "/Page": frozenset({"/Type", "/Parent", "/MediaBox", "/Resources", "/Contents"}),
    "/XObject": frozenset(
        {"/Type", "/Subtype", "/Width", "/Height", "/ColorSpace", "/BitsPerComponent", "/Filter", "/Length"}
    ),
    "/Font": frozenset(
        {
            "/Type", "/Subtype", "/BaseFont", "/Encoding", "/DescendantFonts", "/ToUnicode", "/CIDSystemInfo",
            "/FontDescriptor", "/DW", "/W", "/CIDToGIDMap",
        }
    ),
    "/FontDescriptor": frozenset(
        {
            "/Type", "/FontName", "/Flags", "/FontBBox", "/ItalicAngle", "/Ascent", "/Descent", "/CapHeight", "/StemV",
            "/FontFile2",
        }
    ),
    "": frozenset({"/Length", "/Length1", "/Filter", "/DecodeParms"}),
}  # fmt: skip
WITHIN = frozenset(
    {
        "/XObject",
        "/Font",
        "/P",
        "/T",
        "/Registry",
        "/Ordering",
        "/Supplement",
        "/Columns",
        "/Predictor",
    }
)
"""Keys of dictionaries inside objects: resources and what a face is called."""
STRINGS = {"zh-CN", "Adobe", "Identity"}
ONCE = (b"%%EOF", b"startxref", b"trailer")
NUMBER = r"-?\d+(?:\.\d+)?"
CONTENT = re.compile(
    rf"q {NUMBER} 0 0 {NUMBER} 0 0 cm /P Do Q"
    rf"(?:\nBT 3 Tr /T {NUMBER} Tf {NUMBER} {NUMBER} Td(?:\n{NUMBER} Tz \[(?:(?:<[0-9A-F]+>|{NUMBER}) ?)+\] TJ)+\nET)*"
)


def structure(data: bytes, reader: PdfReader, searched: Searched) -> Iterator[Finding]:
    """Yield whatever is not part of a fresh file, and hidden words in what is packed in it."""
    yield from _one_revision(data, reader)
    for number, item in _objects(reader):
        yield from _object(number, item)
        if isinstance(item, StreamObject):
            yield from _stream(number, item, searched)


def _one_revision(data: bytes, reader: PdfReader) -> Iterator[Finding]:
    for mark in ONCE:
        if (count := data.count(mark)) != 1:
            yield Finding("structure", f"“{mark.decode()}”出现 {count} 次，文件里可能留着旧版本")
    if not data.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield Finding("structure", "文件末尾之后还有内容")
    if more := set(reader.trailer) - TRAILER:
        yield Finding("structure", f"文件尾里有多余的项：{'、'.join(sorted(more))}")
    if reader.xref_objStm:
        yield Finding("structure", "文件里有打包的对象")


def _objects(reader: PdfReader) -> Iterator[tuple[int, Any]]:
    """Yield every object of the table, whether anything refers to it or not."""
    for generation, entries in reader.xref.items():
        for number in entries:
            if number:
                yield number, reader.get_object(IndirectObject(number, generation, reader))


def _object(number: int, item: Any) -> Iterator[Finding]:
    if isinstance(item, DictionaryObject):
        kind = str(item.get("/Type", ""))
        allowed = KEYS.get(kind)
        if allowed is None:
            yield Finding("structure", f"第 {number} 个对象是“{kind}”，不该有")
            return
        if more := set(item) - allowed:
            yield Finding("structure", f"第 {number} 个对象有多余的项：{'、'.join(sorted(more))}")
        for value in item.values():
            yield from _inside(number, value)
    else:
        yield from _inside(number, item)


def _inside(number: int, value: Any) -> Iterator[Finding]:
    if isinstance(value, TextStringObject | ByteStringObject):
        text = value if isinstance(value, str) else value.decode("latin-1")
        if text not in STRINGS:
            yield Finding("structure", f"第 {number} 个对象里有一段文字，不该有")
    elif isinstance(value, DictionaryObject):
        if more := set(value) - WITHIN:
            yield Finding("structure", f"第 {number} 个对象里有多余的项：{'、'.join(sorted(more))}")
        for each in value.values():
            yield from _inside(number, each)
    elif isinstance(value, ArrayObject):
        for each in value:
            yield from _inside(number, each)
    elif isinstance(value, NameObject) and len(value) > 30:
        yield Finding("structure", f"第 {number} 个对象里有一个很长的名字，不该有")


def _stream(number: int, item: StreamObject, searched: Searched) -> Iterator[Finding]:
    is_picture = item.get("/Type") == "/XObject"
    is_photo = item.get("/Filter") == "/DCTDecode"
    # pypdf decodes a photograph into pixels; its bytes were looked at with the file
    unpacked = b"" if is_photo else item.get_data()
    if found := searched.found(unpacked, is_picture=is_picture):
        yield Finding("bytes", f"第 {number} 个对象解压后找到 {len(found)} 个遮盖的词")


def contents(reader: PdfReader) -> Iterator[Finding]:
    """Yield the pages that draw anything but one picture and invisible words."""
    for number, page in enumerate(reader.pages, 1):
        content = page["/Contents"].get_object()
        if not isinstance(content, StreamObject) or not CONTENT.fullmatch(
            content.get_data().decode("latin-1")
        ):
            yield Finding("structure", "页面上除了图像和文字层还画了别的", number)
