"""Word documents: paragraphs and tables in order, merged cells as the file says."""

from lxml import etree

from gongkai.core.extraction.document import Document
from gongkai.core.extraction.sources.errors import Damaged, Empty
from gongkai.core.extraction.sources.limits import MAX_NESTING
from gongkai.core.extraction.sources.packed import Package
from gongkai.core.extraction.sources.writer import GridBuilder, Writer

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


_UNSEEN = {"del", "moveFrom", "instrText", "pPr", "rPr", "txbxContent"}
"""What a reader does not see where it stands: deleted text, field codes, properties, text boxes."""


def docx(data: bytes, name: str) -> Document:
    """Return the document of a DOCX file."""
    package = Package(data, "Word")
    root = package.xml("word/document.xml")
    space = _STRICT if root.tag.startswith(_STRICT) else _W
    body = root.find(f"{space}body")
    if body is None:
        raise Damaged(kind="Word")
    reader = _Body(space)
    reader.blocks(body, 0)
    text = reader.writer.text()
    if not text.strip():
        raise Empty
    grids = [grid for built in reader.built if (grid := built.grid(text))]
    return Document(
        file=name,
        text=text,
        format="docx",
        grids=tuple(sorted(grids, key=lambda grid: grid.at)),
        title=package.title(),
    )


class _Body:
    def __init__(self, space: str) -> None:
        self.writer = Writer()
        self.built: list[GridBuilder] = []
        self.space = space

    def blocks(self, parent: etree._Element, depth: int, *, between: str = "\n") -> None:
        """Write the paragraphs and tables inside *parent*."""
        if depth > MAX_NESTING:
            raise Damaged(kind="Word")
        for child in parent:
            match self._name(child):
                case "p":
                    self.writer.separate(between)
                    self._paragraph(child, depth)
                    self.writer.separate(between)
                case "tbl":
                    self._table(child, depth)
                case "sdt" | "sdtContent" | "ins" | "smartTag" | "customXml" | "txbxContent":
                    self.blocks(child, depth + 1, between=between)

    def _paragraph(self, paragraph: etree._Element, depth: int) -> None:
        skipped: etree._Element | None = None
        boxes = []
        for event, element in etree.iterwalk(paragraph, events=("start", "end")):
            if event == "end":
                skipped = None if element is skipped else skipped
            elif skipped is None:
                name = self._name(element)
                if name == "txbxContent":
                    boxes.append(element)
                if name in _UNSEEN or element.tag == _FALLBACK:
                    skipped = element
                else:
                    self._run(name, element)
        for box in boxes:
            self.writer.separate("\n")
            self.blocks(box, depth + 1)

    def _run(self, name: str, element: etree._Element) -> None:
        """Write what one part of a run prints."""
        if name == "t":
            self.writer.write(element.text or "")
        elif name == "tab":
            self.writer.write("\t")
        elif name in {"br", "cr"}:
            self.writer.separate(" ")
        elif name == "noBreakHyphen":
            self.writer.write("-")

    def _table(self, table: etree._Element, depth: int) -> None:
        nested = next(table.iterdescendants(f"{self.space}tbl"), None) is not None
        builder = GridBuilder()
        self.writer.separate("\n")
        reach: dict[int, int] = {}  # column -> index of the cell that goes on downwards
        for row in self._all(table, "tr", depth):
            builder.next_row()
            column = self._grid_before(row)
            for cell in self._all(row, "tc", depth):
                self.writer.count_cell()
                span, goes_on = self._spans(cell)
                if goes_on and column in reach:
                    at, *where, header = builder.cells[reach[column]]
                    where[2] = builder.row - where[0] + 1
                    builder.cells[reach[column]] = (
                        at,
                        where[0],
                        where[1],
                        where[2],
                        where[3],
                        header,
                    )
                else:
                    if column:
                        self.writer.separate("\n" if nested else "\t")
                    place = self.writer.begin()
                    self.blocks(cell, depth + 1, between=" ")
                    reach[column] = len(builder.cells)
                    builder.add(self.writer.finish(place), (builder.row, column, 1, span))
                    self.writer.separate("\n" if nested else "\t")
                column += span
            self.writer.separate("\n")
        if not nested:
            self.built.append(builder)
        self.writer.separate("\n")

    def _all(self, parent: etree._Element, name: str, depth: int) -> list[etree._Element]:
        """Return the rows or cells of *parent*, those inside content controls included."""
        if depth > MAX_NESTING:
            raise Damaged(kind="Word")
        found = []
        for child in parent:
            match self._name(child):
                case kind if kind == name:
                    found.append(child)
                case "sdt" | "sdtContent" | "ins" | "customXml":
                    found += self._all(child, name, depth + 1)
        return found

    def _grid_before(self, row: etree._Element) -> int:
        found = row.find(f"{self.space}trPr/{self.space}gridBefore")
        return _number(found.get(f"{self.space}val"), 0) if found is not None else 0

    def _spans(self, cell: etree._Element) -> tuple[int, bool]:
        """Return how many columns *cell* covers, and whether it goes on with the one above."""
        properties = cell.find(f"{self.space}tcPr")
        if properties is None:
            return 1, False
        span = properties.find(f"{self.space}gridSpan")
        merge = properties.find(f"{self.space}vMerge")
        columns = _number(span.get(f"{self.space}val"), 1) if span is not None else 1
        return columns, merge is not None and merge.get(f"{self.space}val") != "restart"

    def _name(self, element: etree._Element) -> str:
        tag = element.tag
        return tag[len(self.space) :] if isinstance(tag, str) and tag.startswith(self.space) else ""


def _number(value: str | None, otherwise: int) -> int:
    digits = (value or "").strip()
    return (
        min(int(digits), 1000)
        if digits.isascii() and digits.isdigit() and len(digits) < 7
        else otherwise
    )
