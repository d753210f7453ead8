"""A form to fill in as WordprocessingML: labels and answers in a grid of four columns."""

from collections.abc import Iterable
from typing import Any

from gongkai.core.letters.layout import POINT, Layout, Size
from gongkai.core.letters.letter import SheetCell
from gongkai.core.rendering.word_parts import element, text_run

LINE = {"w:val": "single", "w:sz": "6", "w:space": "0", "w:color": "000000"}
SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")
TALL = 2
"""How many times as high a line with a single answer is."""


def sheet_element(grid: Iterable[tuple[SheetCell, ...]], layout: Layout) -> Any:
    """Return the ``w:tbl`` of a form."""
    half = layout.page.text_width / 2
    widths = (layout.label, half - layout.label) * 2
    return element(
        "w:tbl",
        None,
        element(
            "w:tblPr",
            None,
            element("w:tblW", {"w:w": _twips(layout.page.text_width), "w:type": "dxa"}),
            element("w:jc", {"w:val": "center"}),
            element("w:tblBorders", None, *(element(f"w:{side}", LINE) for side in SIDES)),
            element("w:tblLayout", {"w:type": "fixed"}),
        ),
        element("w:tblGrid", None, *(element("w:gridCol", {"w:w": _twips(w)}) for w in widths)),
        *(_row(row, layout, widths) for row in grid),
    )


def _row(row: tuple[SheetCell, ...], layout: Layout, widths: tuple[Size, ...]) -> Any:
    single = len(row) == 1
    height = layout.row * (TALL if single else 1)
    cells = []
    for number, cell in enumerate(row):
        label, answer = widths[2 * number], widths[2 * number + 1]
        cells.append(_cell(cell.label, label, 1, layout, centred=True))
        room = layout.page.text_width - label if single else answer
        cells.append(_cell(cell.text, room, 3 if single else 1, layout, centred=False))
    properties = element(
        "w:trPr",
        None,
        element("w:cantSplit"),
        element("w:trHeight", {"w:val": _twips(height), "w:hRule": "atLeast"}),  # codespell:ignore
    )
    return element("w:tr", None, properties, *cells)


def _cell(text: str, width: Size, span: int, layout: Layout, *, centred: bool) -> Any:
    properties = element("w:tcPr", None, element("w:tcW", {"w:w": _twips(width), "w:type": "dxa"}))
    if span > 1:
        properties.append(element("w:gridSpan", {"w:val": str(span)}))
    properties.append(element("w:vAlign", {"w:val": "center"}))
    spacing = {"w:line": str(round(layout.body * 26)), "w:lineRule": "exact"}
    side = element("w:jc", {"w:val": "center" if centred else "left"})
    paragraphs = []
    for line in text.split("\n"):
        properties_of_line = element("w:pPr", None, element("w:spacing", spacing), side)
        paragraphs.append(element("w:p", None, properties_of_line))
        if line:
            paragraphs[-1].append(text_run(line))
    return element("w:tc", None, properties, *paragraphs)


def _twips(millimetres: Size) -> str:
    return str(round(millimetres / POINT * 20))
