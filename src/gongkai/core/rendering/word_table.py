"""A printed table as WordprocessingML: spans, repeated heads, rows that do not break."""

from collections.abc import Iterator
from typing import Any

from gongkai.core.rendering.layout import PrintedCell, PrintedTable, Role, text_width
from gongkai.core.rendering.word_parts import element, text_run

TWIPS = 1440 / 25.4
"""Twentieths of a point in a millimetre."""
MARGIN = 57  # twips: one millimetre left and right of a cell's text


def table_element(table: PrintedTable) -> Any:
    """Return the ``w:tbl`` of *table*."""
    return element(
        "w:tbl",
        None,
        _properties(table),
        element("w:tblGrid", None, *(element("w:gridCol", {"w:w": w}) for w in _grid(table))),
        *(_row(table, line) for line in range(table.lines)),
    )


def _properties(table: PrintedTable) -> Any:
    line = {"w:val": "single", "w:sz": "4", "w:space": "0", "w:color": "000000"}
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    caption = element("w:tblCaption", {"w:val": table.title})
    return element(
        "w:tblPr",
        None,
        element("w:tblW", {"w:w": str(round(text_width() * TWIPS)), "w:type": "dxa"}),
        element("w:jc", {"w:val": "center"}),
        element("w:tblBorders", None, *(element(f"w:{side}", line) for side in sides)),
        element("w:tblLayout", {"w:type": "fixed"}),
        element(
            "w:tblCellMar",
            None,
            element("w:left", {"w:w": str(MARGIN), "w:type": "dxa"}),
            element("w:right", {"w:w": str(MARGIN), "w:type": "dxa"}),
        ),
        element("w:tblLook", {"w:firstRow": "1", "w:firstColumn": "1", "w:noVBand": "1"}),
        caption,
    )


def _grid(table: PrintedTable) -> list[str]:
    return [str(round(width * TWIPS)) for width in table.widths]


def _row(table: PrintedTable, line: int) -> Any:
    properties = element("w:trPr", None, element("w:cantSplit"))
    height = round(table.points * 20 * (1.9 if table.together else 1.6))
    properties.append(
        element("w:trHeight", {"w:val": str(height), "w:hRule": "atLeast"})
    )  # codespell:ignore
    if line < table.head_lines:
        properties.append(element("w:tblHeader"))
    return element("w:tr", None, properties, *(_cell(table, c, line) for c in _at(table, line)))


def _at(table: PrintedTable, line: int) -> Iterator[PrintedCell]:
    """Yield the cells that cover *line*, left to right, those merged from above included."""
    covering = (c for c in table.cells if c.line <= line < c.line + c.lines)
    return iter(sorted(covering, key=lambda cell: cell.column))


def _cell(table: PrintedTable, cell: PrintedCell, line: int) -> Any:
    width = sum(table.widths[cell.column : cell.column + cell.columns])
    properties = element("w:tcPr")
    properties.append(element("w:tcW", {"w:w": str(round(width * TWIPS)), "w:type": "dxa"}))
    if cell.columns > 1:
        properties.append(element("w:gridSpan", {"w:val": str(cell.columns)}))
    first = line == cell.line
    if cell.lines > 1:
        properties.append(element("w:vMerge", {"w:val": "restart"} if first else None))
    properties.append(element("w:vAlign", {"w:val": "center"}))
    return element("w:tc", None, properties, _paragraph(table, cell, line, shown=first))


def _paragraph(table: PrintedTable, cell: PrintedCell, line: int, *, shown: bool) -> Any:
    left = cell.role is Role.STUB and cell.lines == 1
    properties = element("w:pPr", None, element("w:pStyle", {"w:val": "ReportTable"}))
    if table.together and line < table.lines - 1:
        properties.append(element("w:keepNext"))
    if cell.indent:
        properties.append(element("w:ind", {"w:left": str(round(cell.indent * table.points * 20))}))
    properties.append(element("w:jc", {"w:val": "left" if left else "center"}))
    paragraph = element("w:p", None, properties)
    if shown and cell.text:
        size = round(table.points * 2)
        paragraph.append(text_run(cell.text, half_points=size, bold=cell.role is Role.TITLE))
    return paragraph
