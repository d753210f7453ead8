"""Word documents set on pages: paragraphs, tables and pictures in order, nothing that Word does not show."""

import hashlib
import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lxml import etree
from PIL import Image

from gongkai.core.extraction.sources.errors import Damaged, Empty
from gongkai.core.extraction.sources.limits import MAX_CELLS, MAX_NESTING
from gongkai.core.extraction.sources.packed import Package
from gongkai.core.redaction.errors import CannotPrint
from gongkai.core.rendering.glyphs import missing
from gongkai.core.rendering.paper import typeset
from gongkai.core.screening.files.word import sight
from gongkai.core.screening.files.word import word as everything

DAY = date(2000, 1, 1)
"""What the working copy says of when it was made; it is never given out."""
MOST_PICTURES = 200
WIDEST_PICTURE = 1800
"""Pixels; more cannot be seen on paper."""
MOST_PIXELS = 60_000_000
UNSEEN = {"del", "moveFrom", "instrText", "pPr", "rPr", "txbxContent", "commentReference"}
"""What a reader does not see where it stands: deleted text, field codes, properties, text boxes."""
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
ALIGNED = {"center": "center", "right": "right", "end": "right"}
HEADINGS = re.compile(r"(?:heading|标题) ?([1-6])", re.IGNORECASE)
MARKS_OF_HIDDEN = {"hidden.text", "hidden.pale", "hidden.deleted", "hidden.comment"}


def word_pages(data: bytes) -> tuple[bytes, tuple[str, ...]]:
    """Return a PDF file of a DOCX file, and what whoever marks it should know.

    Raises:
        CannotPrint: It has characters that no glyph is there for.
        Unreadable: It is damaged, empty or too much.
    """
    package = Package(data, "Word")
    reader = _Reader(package, sight(package))
    pieces = reader.pieces()
    if lacking := missing(_words(pieces)):
        raise CannotPrint(
            characters="、".join(f"“{char}”（U+{ord(char):04X}）" for char in lacking[:10])
        )
    if not pieces:
        raise Empty
    content = {"pieces": pieces, "day": [DAY.year, DAY.month, DAY.day]}
    files = {"content.json": json.dumps(content).encode(), **reader.pictures}
    return typeset("working", files, parts=("prose",), day=DAY), _notes(
        {hit.rule for hit in everything(data).traces()}, reader
    )


def _notes(kinds: set[str], reader: "_Reader") -> tuple[str, ...]:
    notes = [
        "Word 文件重新排了版，页码与原文件可能不同；要保留原来的版式，请在 Word 或 WPS 里另存为 PDF 后再上传。"
    ]
    if kinds & MARKS_OF_HIDDEN:
        notes.append("原文件里有隐藏文字、修订或者批注，处理后的文件里都没有。")
    if reader.numbered:
        notes.append("原文件里有自动编号，重新排版后编号没有了，请对照原文件。")
    if reader.unread:
        notes.append(
            f"有 {reader.unread} 处图形画不出来（公式、图表或者特殊格式的图片），请对照原文件。"
        )
    return tuple(notes)


@dataclass
class _Reader:
    package: Package
    shows: Callable[[etree._Element], bool]
    pictures: dict[str, bytes] = field(default_factory=dict)
    unread: int = 0
    cells: int = 0
    numbered: bool = False

    def pieces(self) -> list[dict[str, Any]]:
        """Return what the typesetter is given, in order: heads, body, notes, feet."""
        result: list[dict[str, Any]] = []
        for pattern, part in (
            (r"word/header\d*\.xml", "页眉"),
            (r"word/document\.xml", "正文"),
            (r"word/footnotes\.xml", "脚注"),
            (r"word/endnotes\.xml", "尾注"),
            (r"word/footer\d*\.xml", "页脚"),
        ):
            made: list[dict[str, Any]] = []
            for name in sorted(_members(self.package, pattern)):
                root = self.package.xml(name)
                links = self._links(name)
                body = root.find("{*}body")
                for holder in [body] if body is not None else _holders(root):
                    made += self._blocks(holder, links, 0)
            made = _told_once(made) if part != "正文" else made
            if made and part != "正文":
                made = [_rule(part), *made]
            result += made
        return result

    def _links(self, name: str) -> dict[str, str]:
        folder, _, stem = name.rpartition("/")
        place = f"{folder}/_rels/{stem}.rels"
        if place not in self.package:
            return {}
        return {
            str(link.get("Id")): f"{folder}/{link.get('Target', '')}".replace(
                "word//word/", "word/"
            )
            for link in self.package.xml(place)
            if link.get("TargetMode") != "External"
        }

    def _blocks(
        self, parent: etree._Element, links: dict[str, str], depth: int
    ) -> Iterator[dict[str, Any]]:
        if depth > MAX_NESTING:
            raise Damaged(kind="Word")
        for child in parent:
            match _name(child):
                case "p":
                    yield from self._paragraph(child, links, depth)
                case "tbl":
                    yield from self._table(child, links, depth)
                case "sdt" | "sdtContent" | "ins" | "moveTo" | "smartTag" | "customXml":
                    yield from self._blocks(child, links, depth + 1)
                case "AlternateContent" | "Choice":
                    yield from self._blocks(child, links, depth + 1)

    def _paragraph(
        self, paragraph: etree._Element, links: dict[str, str], depth: int
    ) -> Iterator[dict[str, Any]]:
        runs: list[dict[str, Any]] = []
        boxes: list[etree._Element] = []
        pictures: list[str] = []
        for element in _shown(paragraph):
            name = _name(element)
            if name == "txbxContent":
                boxes.append(element)
            elif name in {"blip", "imagedata"}:
                reference = element.get(f"{LINK}embed") or element.get(f"{LINK}id") or ""
                self._picture(links.get(reference, ""), pictures)
            elif name in {"oMath", "chart", "OLEObject"}:
                self.unread += 1
            elif (words := _words_of(name, element)) and self.shows(element):
                runs.append(_run(words, element))
        self.numbered = self.numbered or paragraph.find("{*}pPr/{*}numPr") is not None
        if any(run["text"].strip() for run in runs):
            yield _set(paragraph, runs)
        for picture in pictures:
            yield {"kind": "picture", "file": picture}
        for box in boxes:
            yield from self._blocks(box, links, depth + 1)

    def _picture(self, place: str, into: list[str]) -> None:
        """Take a picture along, read and written anew."""
        if place not in self.package or len(self.pictures) >= MOST_PICTURES:
            self.unread += 1
            return
        data = self.package.read(place)
        name = f"{hashlib.sha256(data).hexdigest()[:24]}.png"
        try:
            self.pictures[name] = self.pictures.get(name) or _redrawn(data)
        except (
            OSError,
            ValueError,
            SyntaxError,
            TypeError,
            KeyError,
            Image.DecompressionBombError,
        ):
            self.unread += 1
        else:
            into.append(name)

    def _table(
        self, table: etree._Element, links: dict[str, str], depth: int
    ) -> Iterator[dict[str, Any]]:
        cells: list[dict[str, Any]] = []
        below: list[dict[str, Any]] = []
        reach: dict[int, dict[str, Any]] = {}
        widest = line = 0
        for line, row in enumerate(_all(table, "tr", depth)):
            column = 0
            for cell in _all(row, "tc", depth):
                self.cells += 1
                if self.cells > MAX_CELLS:
                    raise Damaged(kind="Word")
                span, goes_on = _spans(cell)
                if goes_on and column in reach:
                    reach[column]["lines"] = line - reach[column]["line"] + 1
                else:
                    blocks = list(self._blocks(cell, links, depth + 1))
                    below += [block for block in blocks if block["kind"] == "picture"]
                    made = {
                        "text": "\n".join(
                            _told(block) for block in blocks if block["kind"] != "picture"
                        ),
                        "line": line,
                        "column": column,
                        "lines": 1,
                        "columns": span,
                        "head": False,
                    }
                    cells.append(made)
                    reach[column] = made
                column += span
            widest = max(widest, column)
        if cells:
            yield {"kind": "grid", "columns": widest, "head-lines": 0, "cells": _apart(cells)}
        yield from below


def _redrawn(data: bytes) -> bytes:
    """Return a picture as PNG, on white where it is transparent, no larger than paper shows."""
    with Image.open(io.BytesIO(data)) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise ValueError
        solid = picture.convert("RGBA")
    made = Image.new("RGB", solid.size, "white")
    made.paste(solid, mask=solid.getchannel("A"))
    made.thumbnail((WIDEST_PICTURE, WIDEST_PICTURE))
    buffer = io.BytesIO()
    made.save(buffer, "PNG", compress_level=1)
    return buffer.getvalue()


def _apart(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return cells that do not lie over each other: a table that says so is mended, not refused."""
    taken: set[tuple[int, int]] = set()
    for cell in cells:
        places = _places(cell)
        if not taken.isdisjoint(places):
            cell["lines"] = 1
            places = _places(cell)
        while cell["columns"] > 1 and not taken.isdisjoint(places):
            cell["columns"] -= 1
            places = _places(cell)
        taken.update(places)
    return cells


def _places(cell: dict[str, Any]) -> set[tuple[int, int]]:
    return {
        (line, column)
        for line in range(cell["line"], cell["line"] + cell["lines"])
        for column in range(cell["column"], cell["column"] + cell["columns"])
    }


def _told(block: dict[str, Any]) -> str:
    if block["kind"] == "grid":
        return " ".join(cell["text"] for cell in block["cells"])
    return "".join(run["text"] for run in block["runs"])


def _told_once(pieces: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out what says the same again, as the heads of several sections do, and bare page numbers."""
    seen: set[str] = set()
    result = []
    for piece in pieces:
        key = piece.get("file") or _told(piece)
        if key in seen or not re.search(r"[^\W\d]|\d{5}", key):
            continue
        seen.add(key)
        result.append(piece)
    return result


def _rule(part: str) -> dict[str, Any]:
    return {
        "kind": "paragraph", "level": 0, "mark": "", "align": "left",
        "runs": [{"text": f"【{part}】", "bold": True, "script": ""}],
    }  # fmt: skip


def _set(paragraph: etree._Element, runs: list[dict[str, Any]]) -> dict[str, Any]:
    properties = paragraph.find("{*}pPr")
    style = align = ""
    if properties is not None:
        style = _value(properties.find("{*}pStyle"))
        align = ALIGNED.get(_value(properties.find("{*}jc")), "")
    heading = HEADINGS.search(style)
    level = min(int(heading[1]), 3) if heading else 0
    return {"kind": "paragraph", "runs": runs, "level": level, "mark": "", "align": align}


def _run(words: str, element: etree._Element) -> dict[str, Any]:
    properties = _properties(element)
    bold = properties.find("{*}b") if properties is not None else None
    script = _value(properties.find("{*}vertAlign")) if properties is not None else ""
    return {
        "text": words,
        "bold": bold is not None and _is_on(bold),
        "script": {"superscript": "super", "subscript": "sub"}.get(script, ""),
    }


def _shown(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the parts of a paragraph that are shown, text boxes as a whole."""
    skipped: etree._Element | None = None
    for event, element in etree.iterwalk(paragraph, events=("start", "end")):
        if event == "end":
            skipped = None if element is skipped else skipped
        elif skipped is None:
            name = _name(element)
            if name == "txbxContent":
                yield element
            if name in UNSEEN or element.tag == FALLBACK:
                skipped = element
            elif element is not paragraph:
                yield element


def _words_of(name: str, element: etree._Element) -> str:
    return {"t": element.text or "", "tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}.get(
        name, ""
    )


def _properties(element: etree._Element) -> etree._Element | None:
    run = next(element.iterancestors("{*}r"), None)
    return run.find("{*}rPr") if run is not None else None


def _is_on(element: etree._Element) -> bool:
    return (_value(element) or "1").lower() not in {"0", "false", "off", "none"}


def _value(element: etree._Element | None) -> str:
    if element is None:
        return ""
    return next(
        (str(v) for k, v in element.attrib.items() if etree.QName(k).localname == "val"), ""
    )


def _spans(cell: etree._Element) -> tuple[int, bool]:
    properties = cell.find("{*}tcPr")
    if properties is None:
        return 1, False
    span, merge = properties.find("{*}gridSpan"), properties.find("{*}vMerge")
    digits = _value(span)
    columns = (
        min(int(digits), 60) if digits.isascii() and digits.isdigit() and len(digits) < 4 else 1
    )
    return max(columns, 1), merge is not None and _value(merge) != "restart"


def _all(parent: etree._Element, name: str, depth: int) -> Iterator[etree._Element]:
    if depth > MAX_NESTING:
        raise Damaged(kind="Word")
    for child in parent:
        kind = _name(child)
        if kind == name:
            yield child
        elif kind in {"sdt", "sdtContent", "ins", "customXml"}:
            yield from _all(child, name, depth + 1)


def _holders(root: etree._Element) -> list[etree._Element]:
    """Return what holds paragraphs in a head, a foot or the notes."""
    notes = [note for note in root if _name(note) in {"footnote", "endnote"}]
    return notes or [root]


def _members(package: Package, pattern: str) -> list[str]:
    return [info.filename for info in package.members() if re.fullmatch(pattern, info.filename)]


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _words(pieces: list[dict[str, Any]]) -> Iterator[str]:
    for piece in pieces:
        if piece["kind"] == "paragraph":
            yield from (run["text"].replace("\n", "").replace("\t", "") for run in piece["runs"])
        elif piece["kind"] == "grid":
            yield from (cell["text"].replace("\n", "").replace("\t", "") for cell in piece["cells"])
