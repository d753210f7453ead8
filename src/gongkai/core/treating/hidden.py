"""Hidden sheets, rows and columns of a workbook are taken out; what is shown keeps the values that it has now."""

import re
from collections.abc import Iterator

from lxml import etree

from gongkai.core.cleaning.office import CONTENT_TYPES
from gongkai.core.cleaning.opened import Opened, drop
from gongkai.core.extraction.sources.xlsx import _int, _place
from gongkai.core.screening.files.drawn import reached, relations_of
from gongkai.core.screening.files.office import local
from gongkai.core.screening.files.workbook import HIDDEN, _sheets, attribute_of_relation
from gongkai.core.treating.errors import CannotTreat
from gongkai.core.treating.leaves import (
    CALCULATION,
    CELL,
    RELATIONS,
    STRINGS,
    Leaves,
    forget_calculation,
)

WORKBOOK = "xl/workbook.xml"
COPIES = (
    (re.compile(r"xl/pivotCache/"), "文件里有数据透视表，里面另存着一份数据"),
    (re.compile(r"xl/charts/"), "文件里有图表，里面另存着一份数据"),
    (re.compile(r"xl/tables/"), "文件里有套用表格格式的区域，删去行列会使文件损坏"),
)
"""Parts that keep a copy of cells, or fall apart without them."""
USES = ("{*}dataValidation", "{*}conditionalFormatting", "{*}hyperlink", "{*}definedName")
"""What may name another sheet."""
ROOT = ""


def without_hidden(package: Opened, rule: str) -> frozenset[str]:
    """Take hidden sheets out of the workbook *package*, or hidden rows and columns; return the parts to leave out.

    Args:
        package: The workbook; its parts are changed.
        rule: ``hidden.sheet`` or ``hidden.cells``.

    Raises:
        CannotTreat: A copy of the cells stands elsewhere, or a formula was never worked out.
    """
    names = [info.filename for info in package.members()]
    for pattern, why in COPIES:
        if any(pattern.match(name) for name in names):
            raise CannotTreat(why=why)
    sheets = _sheets(package)
    _freeze(package, [part for _, part, _ in sheets])
    if rule == "hidden.cells":
        for _, part, _ in sheets:
            _drop_cells(package.xml(part))
    else:
        gone = [(title, part) for title, part, state in sheets if state in HIDDEN]
        if len(gone) == len(sheets):
            raise CannotTreat(why="所有的工作表都是隐藏的")
        _drop_sheets(package, {title for title, _ in gone}, {part for _, part in gone})
        sheets = [sheet for sheet in sheets if sheet[2] not in HIDDEN]
    _blank_strings(package, [part for _, part, _ in sheets])
    lost = frozenset(_lost(package, names)) | {CALCULATION}
    package.unlist(lost)
    forget_calculation(package)
    return lost


def _freeze(package: Opened, parts: list[str]) -> None:
    """Put the value in the place of every formula: what it is worked out from may be gone in a moment."""
    leaves = Leaves(None)
    for part in parts:
        for formula in list(package.xml(part).iter("{*}f")):
            cell = formula.getparent()
            if cell is None or local(cell) != CELL:
                continue
            value = cell.findtext("{*}v") or ""
            if not value and cell.get("t") != "str":
                raise CannotTreat(why="有公式还没有算出数来，请打开文件保存一次再试")
            cell.remove(formula)
            if cell.get("t") == "str":
                leaves.write(cell, value)


def _drop_cells(sheet: etree._Element) -> None:
    columns = [
        (_int(column.get("min")) or 1, _int(column.get("max")) or 1)
        for column in sheet.iter("{*}col")
        if column.get("hidden") in {"1", "true"}
    ]
    for row in sheet.iter("{*}row"):
        at = 0
        for cell in list(row.iterchildren("{*}c")):
            place = _place(cell.get("r"))
            at = place[1] + 1 if place else at + 1
            if row.get("hidden") in {"1", "true"} or any(a <= at <= b for a, b in columns):
                row.remove(cell)


def _drop_sheets(package: Opened, titles: set[str], parts: set[str]) -> None:
    """Take sheets out of the list, with the names and rules that speak of them."""
    book = package.xml(WORKBOOK)
    old = list(book.iter("{*}sheet"))
    gone = [at for at, sheet in enumerate(old) if (sheet.get("name") or "") in titles]
    relations = {attribute_of_relation(old[at]) for at in gone}
    left = {part for _, part, _ in _sheets(package)} - parts
    for at in gone:
        drop(old[at])
    for item in list(package.xml(RELATIONS)):
        if item.get("Id") in relations:
            drop(item)
    _renumber(book, gone)
    for root in (book, *(package.xml(part) for part in left)):
        for element in list(root.iter(*USES)):
            told = "".join(element.itertext()) + " ".join(map(str, element.attrib.values()))
            if any(f"{title}!" in told or f"{title}'!" in told for title in titles):
                drop(element)


def _renumber(book: etree._Element, gone: list[int]) -> None:
    """Have names and views, which count the sheets, count those that are left."""
    for name in list(book.iter("{*}definedName")):
        where = _int(name.get("localSheetId"))
        if where in gone:
            drop(name)
        elif where is not None:
            name.set("localSheetId", str(where - sum(at < where for at in gone)))
    for view in book.iter("{*}workbookView"):
        for key in ("activeTab", "firstSheet"):
            view.attrib.pop(key, None)


def _blank_strings(package: Opened, parts: list[str]) -> None:
    """Empty the shared strings that no cell has any more; their places stay."""
    if STRINGS not in package:
        return
    used = {
        cell.findtext("{*}v")
        for part in parts
        for cell in package.xml(part).iter("{*}c")
        if cell.get("t") == "s"
    }
    for at, string in enumerate(package.xml(STRINGS).iterchildren("{*}si")):
        if str(at) not in used:
            space = str(string.tag).rpartition("}")[0] + "}"
            for child in list(string):
                string.remove(child)
            etree.SubElement(string, f"{space}t")


def _lost(package: Opened, names: list[str]) -> Iterator[str]:
    """Yield the parts that nothing leads to any more."""
    known = {CONTENT_TYPES}
    for part in reached(package, ROOT):
        known |= {part, relations_of(part)}
    yield from (name for name in names if name not in known)
