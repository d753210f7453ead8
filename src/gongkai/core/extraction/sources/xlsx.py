"""Spreadsheets: every sheet a table, merged cells as the file says, figures as they were typed."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from lxml import etree

from gongkai.core.extraction.document import Document
from gongkai.core.extraction.sources.errors import Empty
from gongkai.core.extraction.sources.limits import MAX_SPAN
from gongkai.core.extraction.sources.packed import Package
from gongkai.core.extraction.sources.writer import GridBuilder, Writer

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
_DATA = ["table", "row", "column", "label", "value", "unit", "state"]
"""First line of a sheet that says the printed tables once more, as data; read twice, they would be two reports."""
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as it stands in the file.

    Attributes:
        rows: The filled cells by line (from 1) and column (from 0).
        merged: How many lines and columns a merged cell covers, by line and column of its first.
    """

    title: str
    rows: dict[int, dict[int, str]]
    merged: dict[tuple[int, int], tuple[int, int]]


def sheets(data: bytes) -> list[Sheet]:
    """Return the sheets of an XLSX file that a reader sees, lines inside cells kept.

    Raises:
        Damaged: It is no XLSX file, or a broken one.
        Bomb: It unpacks to far more than it is packed.
        Encrypted: It has a password.
    """
    package = Package(data, "Excel")
    strings = _shared_strings(package, "\n")
    found = []
    for title, part in _sheets(package):
        rows, merged = _cells(package.xml(part), strings, "\n")
        found.append(Sheet(title, rows, merged))
    return found


def xlsx(data: bytes, name: str) -> Document:
    """Return the document of an XLSX file; hidden sheets and sheets of bare data are left out."""
    package = Package(data, "Excel")
    strings = _shared_strings(package)
    writer, built = Writer(), []
    for title, part in _sheets(package):
        rows, merged = _cells(package.xml(part), strings)
        if rows and [*rows[min(rows)].values()] != _DATA:
            writer.separate("\n")
            writer.write(title)
            built.append(_write(rows, merged, writer))
    text = writer.text()
    if not built:
        raise Empty
    grids = [grid for builder in built if (grid := builder.grid(text))]
    return Document(file=name, text=text, format="xlsx", grids=tuple(grids), title=package.title())


def _write(
    rows: dict[int, dict[int, str]], merged: dict[tuple[int, int], tuple[int, int]], writer: Writer
) -> GridBuilder:
    builder = GridBuilder()
    for line, number in enumerate(sorted(rows)):
        writer.separate("\n")
        for column, value in sorted(rows[number].items()):
            writer.count_cell()
            place = writer.begin()
            writer.write(value)
            rows_down, columns = merged.get((number, column), (1, 1))
            # lines that hold nothing are left out, so a span is counted in lines that are there
            down = sum(number <= other < number + rows_down for other in rows)
            at = writer.finish(place)
            builder.add(at, (line, column, max(down, 1), columns))
            writer.separate("\t")
    return builder


def _cells(
    sheet: etree._Element, strings: list[str], newline: str = " "
) -> tuple[dict[int, dict[int, str]], dict[tuple[int, int], tuple[int, int]]]:
    """Return the filled cells by line and column, and how far merged ones reach."""
    rows: dict[int, dict[int, str]] = {}
    line = 0
    for row in sheet.iter("{*}row"):
        line = _int(row.get("r")) or line + 1
        column = -1
        for cell in row.iterchildren("{*}c"):
            place = _place(cell.get("r"))
            column = place[1] if place else column + 1
            if (value := _value(cell, strings, newline)).strip():
                rows.setdefault(line, {})[column] = value
    merged = {}
    for area in sheet.iter("{*}mergeCell"):
        first, _, last = (area.get("ref") or "").partition(":")
        start, end = _place(first), _place(last)
        if start and end:
            size = (end[0] - start[0] + 1, end[1] - start[1] + 1)
            merged[start] = (min(max(size[0], 1), MAX_SPAN), min(max(size[1], 1), MAX_SPAN))
    return rows, merged


def _value(cell: etree._Element, strings: list[str], newline: str) -> str:
    kind = cell.get("t")
    if kind == "inlineStr":
        return _text(cell.find("{*}is"), newline)
    raw = cell.findtext("{*}v") or ""
    match kind:
        case "s":
            index = _int(raw)
            return strings[index] if index is not None and index < len(strings) else ""
        case "str":
            return newline.join(raw.split("\n"))
        case "b" | "e":
            return ""
    return _plain(raw)


def _plain(raw: str) -> str:
    """Return a stored number as a person would type it, without binary noise or an exponent."""
    try:
        number = Decimal(raw)
    except InvalidOperation:
        return raw
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return raw
    short = Decimal(f"{number:.15g}")
    return (
        f"{short.to_integral_value():f}"
        if short == short.to_integral_value()
        else f"{short.normalize():f}"
    )


def _shared_strings(package: Package, newline: str = " ") -> list[str]:
    part = "xl/sharedStrings.xml"
    return (
        [_text(item, newline) for item in package.xml(part).iterchildren("{*}si")]
        if part in package
        else []
    )


def _text(item: etree._Element | None, newline: str = " ") -> str:
    """Return the text of a string, readings (phonetic runs) left out."""
    if item is None:
        return ""
    runs = [
        t.text or "" for t in item.iter("{*}t") if etree.QName(t.getparent()).localname != "rPh"
    ]
    return newline.join("".join(runs).replace("\r", "").split("\n"))


def _sheets(package: Package) -> list[tuple[str, str]]:
    """Return title and part of every sheet that a reader sees, in order."""
    targets = {}
    if "xl/_rels/workbook.xml.rels" in package:
        for relation in package.xml("xl/_rels/workbook.xml.rels"):
            target = (relation.get("Target") or "").lstrip("/")
            targets[relation.get("Id")] = target if target.startswith("xl/") else f"xl/{target}"
    found = []
    for sheet in package.xml("xl/workbook.xml").iter("{*}sheet"):
        part = targets.get(sheet.get(_RELATION) or sheet.get(_STRICT_RELATION))
        if part and part in package and sheet.get("state", "visible") == "visible":
            found.append((sheet.get("name") or "", part))
    return found


def _place(reference: str | None) -> tuple[int, int] | None:
    match = _REFERENCE.match(reference or "")
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column - 1


def _int(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 8 else None
