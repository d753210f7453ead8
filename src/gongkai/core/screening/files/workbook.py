"""Spreadsheets: every cell of every sheet, hidden or not, comments and what formulas still remember."""

from lxml import etree

from gongkai.core.extraction.sources.packed import Package
from gongkai.core.extraction.sources.xlsx import _int, _place, _shared_strings, _value
from gongkai.core.screening.files.drawn import drawn, reached
from gongkai.core.screening.files.material import Material
from gongkai.core.screening.files.office import carried, local, parts
from gongkai.core.screening.hits import Where
from gongkai.core.screening.rules import enforces

HIDDEN = {"hidden", "veryHidden"}
NOTHING = ";;;"
"""A number format that prints nothing."""


@enforces("hidden.sheet", "hidden.cells", "hidden.pale", "hidden.comment", "hidden.linked")
def workbook(data: bytes) -> Material:
    """Return the material of an XLSX file."""
    material = Material("xlsx")
    read_workbook(Package(data, "Excel"), material)
    return material


def read_workbook(package: Package, material: Material) -> None:
    """Write everything in an XLSX file into *material*."""
    strings = _shared_strings(package)
    white = _white_styles(package)
    owners: dict[str, Where] = {}
    for title, part, state in _sheets(package):
        owners |= {below: Where(sheet=title) for below in reached(package, part)}
        if state in HIDDEN:
            words = f"工作表“{title}”是隐藏的"
            material.trace("hidden.sheet", words, title, where=Where(sheet=title))
        _Sheet(material, title, strings, white).read(package.xml(part))
    _comments(package, material)
    drawn(package, material, owners)
    carried(package, material)
    for name, _ in parts(package, r"xl/externalLinks/externalLink\d+\.xml"):
        material.trace("hidden.linked", "公式引用着别的工作簿", name, where=Where("链接"))


def _sheets(package: Package) -> list[tuple[str, str, str]]:
    """Return title, part and state of every sheet."""
    targets = {}
    if "xl/_rels/workbook.xml.rels" in package:
        for relation in package.xml("xl/_rels/workbook.xml.rels"):
            target = (relation.get("Target") or "").lstrip("/")
            targets[relation.get("Id")] = target if target.startswith("xl/") else f"xl/{target}"
    found = []
    for sheet in package.xml("xl/workbook.xml").iter("{*}sheet"):
        part = targets.get(attribute_of_relation(sheet))
        if part and part in package:
            found.append((sheet.get("name") or "", part, sheet.get("state", "visible")))
    return found


def attribute_of_relation(sheet: etree._Element) -> str | None:
    """Return the id of the relation, whichever edition of the format names it."""
    return next((str(v) for k, v in sheet.attrib.items() if str(k).endswith("}id")), None)


def _white_styles(package: Package) -> set[int]:
    """Return the cell formats that show nothing: white letters on no ground, or a number format of no parts."""
    if "xl/styles.xml" not in package:
        return set()
    root = package.xml("xl/styles.xml")
    fonts = [_is_white(font.find("{*}color")) for font in root.iterfind("{*}fonts/{*}font")]
    blank = {
        _int(form.get("numFmtId"))
        for form in root.iter("{*}numFmt")
        if (form.get("formatCode") or "").strip() == NOTHING
    }
    fills = [
        (fill.find("{*}patternFill") is not None)
        and fill.find("{*}patternFill").get("patternType", "none") != "none"
        for fill in root.iterfind("{*}fills/{*}fill")
    ]
    found = set()
    for index, form in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        font, fill = _int(form.get("fontId")) or 0, _int(form.get("fillId")) or 0
        white = font < len(fonts) and fonts[font]
        nothing = _int(form.get("numFmtId")) in blank
        if nothing or (white and not (fill < len(fills) and fills[fill])):
            found.add(index)
    return found


def _is_white(colour: etree._Element | None) -> bool:
    if colour is None:
        return False
    # the first colour of a theme is that of the paper
    return (colour.get("rgb") or "").upper().endswith("FFFFFF") or (
        colour.get("theme") == "0" and not colour.get("tint")
    )


class _Sheet:
    """Reads one sheet, row by row."""

    def __init__(self, material: Material, title: str, strings: list[str], white: set[int]) -> None:
        self.material, self.title, self.strings, self.white = material, title, strings, white

    def read(self, sheet: etree._Element) -> None:
        hidden = self._hidden_columns(sheet)
        columns: dict[str, str] = {}
        line = 0
        for row in sheet.iter("{*}row"):
            line = _int(row.get("r")) or line + 1
            row_hidden = row.get("hidden") in {"1", "true"}
            words = self._row(row, line, hidden, columns)
            if row_hidden and words:
                self.material.trace(
                    "hidden.cells",
                    f"工作表“{self.title}”第 {line} 行是隐藏的",
                    " ".join(words),
                    where=Where("隐藏的行", sheet=self.title, cell=f"A{line}"),
                )
        for name, first in columns.items():
            self.material.trace(
                "hidden.cells",
                f"工作表“{self.title}”{name} 列是隐藏的",
                first,
                where=Where("隐藏的列", sheet=self.title, cell=f"{name}1"),
            )
        for kind in (
            "oddHeader",
            "oddFooter",
            "evenHeader",
            "evenFooter",
            "firstHeader",
            "firstFooter",
        ):
            for element in sheet.iter(f"{{*}}{kind}"):
                where = Where("页眉页脚", sheet=self.title)
                self.material.write(f"{element.text or ''}\n", where, element)

    def _row(
        self, row: etree._Element, line: int, hidden: set[int], columns: dict[str, str]
    ) -> list[str]:
        words: list[str] = []
        column = -1
        for cell in row.iterchildren("{*}c"):
            place = _place(cell.get("r"))
            column = place[1] if place else column + 1
            value = _value(cell, self.strings, " ").strip()
            if not value:
                continue
            name = _letters(column)
            where = Where(sheet=self.title, cell=f"{name}{line}")
            at = self.material.write(value, where, cell)
            self.material.write("\t", where)
            words.append(value)
            if column in hidden:
                columns.setdefault(name, value)
            if self.white and (_int(cell.get("s")) or 0) in self.white:
                self.material.trace(
                    "hidden.pale", "单元格有内容，却设成看不见的", value, at=at, where=where
                )
        if words:
            self.material.write("\n", Where(sheet=self.title, cell=f"A{line}"))
        return words

    def _hidden_columns(self, sheet: etree._Element) -> set[int]:
        found: set[int] = set()
        for column in sheet.iter("{*}col"):
            if column.get("hidden") in {"1", "true"}:
                first, last = _int(column.get("min")) or 1, _int(column.get("max")) or 1
                found |= set(range(first - 1, min(last, first + 16384)))
        return found


def _comments(package: Package, material: Material) -> None:
    for pattern in (r"xl/comments/?\w*\d*\.xml", r"xl/threadedComments/\w+\d*\.xml"):
        for _, root in parts(package, pattern):
            for comment in root.iter("{*}comment", "{*}threadedComment"):
                words = "".join(
                    t.text or "" for t in comment.iter() if local(t) in {"t", "text"} and t.text
                ).strip()
                if words:
                    where = Where("批注", cell=comment.get("ref"))
                    at = material.write(f"{words}\n", where, comment)
                    material.trace("hidden.comment", "单元格有批注", words, at=at, where=where)


def _letters(column: int) -> str:
    name, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
