"""PDF files: the text layer whether it is shown or not, what lies over it, notes, scripts and attachments."""

import contextlib
import ctypes
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.core.extraction.sources.pdf import opened_pdf
from gongkai.core.screening.files.drawn import SAID
from gongkai.core.screening.files.material import Material
from gongkai.core.screening.hits import Where
from gongkai.core.screening.rules import enforces, rule

NOTES = {
    pdfium.FPDF_ANNOT_TEXT,
    pdfium.FPDF_ANNOT_FREETEXT,
    pdfium.FPDF_ANNOT_HIGHLIGHT,
    pdfium.FPDF_ANNOT_UNDERLINE,
    pdfium.FPDF_ANNOT_STRIKEOUT,
    pdfium.FPDF_ANNOT_SQUIGGLY,
    pdfium.FPDF_ANNOT_CARET,
    pdfium.FPDF_ANNOT_INK,
}
Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right, top, in points."""

INVISIBLE = {pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP}
PERSONAL = {"Author": "作者", "Subject": "主题", "Keywords": "关键词"}
MOST_OBJECTS = 20_000
"""Objects of one page that are compared with what lies over them."""


@dataclass(frozen=True, slots=True)
class _Words:
    """A piece of text on a page."""

    text: str
    order: int
    box: Box
    kind: str  # the rule it breaks, or nothing


@enforces(
    "hidden.invisible",
    "hidden.scanned",
    "hidden.outside",
    "hidden.covered",
    "hidden.pale",
    "hidden.comment",
    "hidden.attached",
    "hidden.script",
    "hidden.author",
)
def pdf(data: bytes) -> Material:
    """Return the material of a PDF file.

    Raises:
        Encrypted: It has a password.
        TooManyPages: It is longer than the limit.
        Damaged: The parser could make nothing of it.
    """
    with opened_pdf(data) as opened:
        return _material(opened)


def _material(opened: pypdfium2.PdfDocument) -> Material:
    count = len(opened)
    material = Material("pdf")
    broken = []
    has_words = False
    for index in range(count):
        try:
            page = opened[index]
            has_words |= _page(page, index + 1, material)
            page.close()
        except pypdfium2.PdfiumError:
            broken.append(str(index + 1))
    if broken:
        material.problems += (f"第 {'、'.join(broken)} 页读不出来，没有检查；请重新导出这份 PDF。",)
    _carried(opened, material)
    if not has_words:
        material.problems += (
            "PDF 里只有图像，没有文字层，图像里的字没有检查；请先做文字识别，或者逐页看过。",
        )
    return material


def _page(page: pypdfium2.PdfPage, number: int, material: Material) -> bool:
    """Write what is on a page; tell whether there are words on it, not only beside it."""
    where = Where("正文", page=number)
    textpage = page.get_textpage()
    try:
        words = textpage.get_text_range().replace("\r\n", "\n").replace("\r", "\n")
        material.write(words.replace("\0", "").replace("\ufffe", "") + "\n", where)
        pieces, covers, cover = _objects(page, textpage)
        _trace(pieces, covers, cover, material, where)
    finally:
        textpage.close()
    _annotations(page, number, material)
    _descriptions(page, number, material)
    return bool(words.strip())


def _objects(  # noqa: C901  # one look at every object
    page: pypdfium2.PdfPage, textpage: pypdfium2.PdfTextPage
) -> tuple[list[_Words], list[tuple[int, Box]], float]:
    """Return the texts of a page, the areas filled over them, and what part of it pictures cover."""
    found = rule("hidden.pale").parameters
    left, bottom, right, top = page.get_cropbox()
    area = max((right - left) * (top - bottom), 1.0)
    pieces: list[_Words] = []
    fills: list[tuple[int, Box]] = []
    pictures = 0.0
    grounds: list[Box] = []
    for order, item in enumerate(page.get_objects(max_depth=4)):
        if order > MOST_OBJECTS:
            break
        box = _box(item)
        if box is None:
            continue
        if item.type == pdfium.FPDF_PAGEOBJ_IMAGE:
            pictures = max(pictures, _overlap(box, (left, bottom, right, top)) / area)
            grounds.append(box)
        elif item.type in {pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING}:
            colour = _fill(item)
            if colour is not None and colour[3] > 200:
                fills.append((order, box))
                if min(colour[:3]) < int(found["white"]):
                    grounds.append(box)
        elif item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            text = _text(item, textpage)
            if text.strip() and item.level:
                # inside a form: its places are counted from another corner
                mode = pdfium.FPDFTextObj_GetTextRenderMode(item.raw)
                hidden = "hidden.invisible" if mode in INVISIBLE else ""
                pieces.append(_Words(text, order, (0, 0, 0, 0), hidden))
            elif text.strip():
                kind = _kind(item, box, (left, bottom, right, top), grounds, found, len(text))
                pieces.append(_Words(text, order, box, kind))
    return pieces, fills, pictures


def _kind(  # noqa: PLR0913, PLR0917  # everything that tells how a text is drawn
    item: pypdfium2.PdfObject,
    box: Box,
    crop: Box,
    grounds: list[Box],
    found: Mapping[str, Any],
    length: int,
) -> str:
    """Return the rule that a text breaks by how it is drawn, or nothing."""
    if pdfium.FPDFTextObj_GetTextRenderMode(item.raw) in INVISIBLE:
        return "hidden.invisible"
    if box[2] < crop[0] or box[0] > crop[2] or box[3] < crop[1] or box[1] > crop[3]:
        return "hidden.outside"
    # a dash is flat and a stop is narrow: only what is small both ways is small
    wide = (box[2] - box[0]) / max(length, 1)
    if max(box[3] - box[1], wide) < float(found["tiny"]) / 2:
        return "hidden.pale"
    colour = _fill(item)
    if colour is not None and (min(colour[:3]) >= int(found["white"]) or colour[3] == 0):
        lit = any(_overlap(box, ground) > 0.5 * _size(box) for ground in grounds)
        return "" if lit else "hidden.pale"
    return ""


def _trace(
    pieces: list[_Words],
    fills: list[tuple[int, Box]],
    pictures: float,
    material: Material,
    where: Where,
) -> None:
    scanned = pictures >= float(rule("hidden.scanned").parameters["cover"])
    messages = {
        "hidden.invisible": "文字设成了不显示",
        "hidden.outside": "文字在页面边界以外",
        "hidden.pale": "文字是白色的，或者小得看不见",
        "hidden.covered": "文字被色块盖住了，但还能复制出来",
        "hidden.scanned": "扫描件有一层识别出来的文字",
    }
    gathered: dict[str, list[str]] = {}
    for piece in pieces:
        kind = piece.kind
        if kind == "hidden.invisible" and scanned:
            kind = "hidden.scanned"
        if not kind and _is_covered(piece, fills):
            kind = "hidden.covered"
        if kind:
            gathered.setdefault(kind, []).append(piece.text)
    for kind, texts in gathered.items():
        material.trace(kind, messages[kind], "".join(texts).strip(), where=where)


def _is_covered(piece: _Words, fills: list[tuple[int, Box]]) -> bool:
    """Whether an area filled after the text was written lies over it."""
    size = _size(piece.box)
    return any(
        order > piece.order and _overlap(piece.box, box) > 0.7 * size for order, box in fills
    )


def _text(item: pypdfium2.PdfObject, textpage: pypdfium2.PdfTextPage) -> str:
    length = pdfium.FPDFTextObj_GetText(item.raw, textpage.raw, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFTextObj_GetText(
        item.raw, textpage.raw, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length
    )
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")


def _fill(item: pypdfium2.PdfObject) -> tuple[int, int, int, int] | None:
    """Return the colour an object is filled with, or ``None`` where it is not filled."""
    if item.type == pdfium.FPDF_PAGEOBJ_PATH:
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item.raw, mode, stroke)
        if mode.value == pdfium.FPDF_FILLMODE_NONE:
            return None
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not pdfium.FPDFPageObj_GetFillColor(item.raw, red, green, blue, alpha):
        return None
    return red.value, green.value, blue.value, alpha.value


def _box(item: pypdfium2.PdfObject) -> Box | None:
    with contextlib.suppress(pypdfium2.PdfiumError):
        left, bottom, right, top = item.get_bounds()
        return left, bottom, right, top
    return None


def _size(box: Box) -> float:
    return max(box[2] - box[0], 0.01) * max(box[3] - box[1], 0.01)


def _overlap(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return width * height if width > 0 and height > 0 else 0.0


def _annotations(page: pypdfium2.PdfPage, number: int, material: Material) -> None:
    where = Where("批注", page=number)
    for index in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
        note = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not note:
            continue
        try:
            subtype = pdfium.FPDFAnnot_GetSubtype(note)
            if subtype in NOTES:
                words = _value(note, b"Contents")
                author = _value(note, b"T")
                at = material.write(f"{words}\n", where) if words else None
                who = f"{author}的" if author else ""
                material.trace("hidden.comment", f"有{who}批注", words, at=at, where=where)
            elif subtype == pdfium.FPDF_ANNOT_FILEATTACHMENT:
                material.trace("hidden.attached", "页面上贴着附件", where=where)
            elif subtype == pdfium.FPDF_ANNOT_WIDGET and (words := _value(note, b"V")):
                material.write(f"{words}\n", Where("表单", page=number))
        finally:
            pdfium.FPDFPage_CloseAnnot(note)


def _descriptions(page: pypdfium2.PdfPage, number: int, material: Material) -> None:
    """Write what is said of pictures to those who cannot see them."""
    tree = pdfium.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return
    try:
        count = pdfium.FPDF_StructTree_CountChildren(tree)
        waiting = [pdfium.FPDF_StructTree_GetChildAtIndex(tree, n) for n in reversed(range(count))]
        for _ in range(MOST_OBJECTS):
            if not waiting:
                break
            element = waiting.pop()
            if not element:
                continue
            if words := _alternative(element):
                material.write(f"{words}\n", Where(SAID, page=number))
            count = pdfium.FPDF_StructElement_CountChildren(element)
            waiting += [
                pdfium.FPDF_StructElement_GetChildAtIndex(element, n)
                for n in reversed(range(count))
            ]
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def _alternative(element: object) -> str:
    length = pdfium.FPDF_StructElement_GetAltText(element, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDF_StructElement_GetAltText(element, buffer, length)
    return buffer.raw[: length - 2].decode("utf-16-le", "replace").strip()


def _value(note: object, key: bytes) -> str:
    length = pdfium.FPDFAnnot_GetStringValue(note, key, None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    pdfium.FPDFAnnot_GetStringValue(
        note, key, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length
    )
    return buffer.raw[: length - 2].decode("utf-16-le", "replace")


def _carried(opened: pypdfium2.PdfDocument, material: Material) -> None:
    where = Where("文件属性")
    for name, label in PERSONAL.items():
        value = opened.get_metadata_value(name).strip("\0 ")
        if value:
            at = material.write(f"{value}\n", where)
            material.trace("hidden.author", f"文件属性里有{label}“{value[:40]}”", value, at=at)
    for index in range(pdfium.FPDFDoc_GetAttachmentCount(opened.raw)):
        with contextlib.suppress(pypdfium2.PdfiumError):
            name = opened.get_attachment(index).get_name()
            material.trace("hidden.attached", f"带着附件“{name}”", name, where=Where("附件"))
    if (scripts := pdfium.FPDFDoc_GetJavaScriptActionCount(opened.raw)) > 0:
        material.trace("hidden.script", f"带着 {scripts} 段脚本", where=Where("脚本"))
