"""A grid as a mesh: which cell covers which line and column."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from gongkai.core.extraction.document import Grid, GridCell
from gongkai.core.extraction.normal import normal
from gongkai.core.extraction.tables.labels import canonical


@dataclass(frozen=True)
class Mesh:
    """A grid with its merged cells spread over what they cover."""

    grid: Grid

    @cached_property
    def lines(self) -> list[dict[int, GridCell]]:
        """For every line, the cell that covers each column."""
        height = max((c.row + c.row_span for c in self.grid.cells), default=0)
        spread: list[dict[int, GridCell]] = [{} for _ in range(min(height, 100_000))]
        for cell in self.grid.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, len(spread))):
                for column in range(cell.column, cell.column + cell.column_span):
                    spread[row].setdefault(column, cell)
        # lines that only exist because a span reaches below the table hold nothing of their own
        last = max((c.row for c in self.grid.cells), default=-1)
        return spread[: last + 1]

    @cached_property
    def width(self) -> int:
        """How many columns the widest line has."""
        return max((c.column + c.column_span for c in self.grid.cells), default=0)

    @cached_property
    def keeps_blanks(self) -> bool:
        """Whether some line has a blank between two figures, so that blanks were not lost."""
        for line in self:
            cells = self.row(line)
            spots = [i for i, cell in enumerate(cells) if is_figure(cell)]
            if spots and any(not cells[i].text for i in range(spots[0], spots[-1])):
                return True
        return False

    def row(self, line: int) -> list[GridCell]:
        """Return the distinct cells that cover a line, from left to right."""
        seen: list[GridCell] = []
        for _, cell in sorted(self.lines[line].items()):
            if not seen or seen[-1] is not cell:
                seen.append(cell)
        return seen

    def own(self, line: int) -> list[GridCell]:
        """Return the cells that begin in a line."""
        return [cell for cell in self.row(line) if cell.row == line]

    def __iter__(self) -> Iterator[int]:
        return iter(range(len(self.lines)))


_NUMBERED = re.compile(r"\(?\d{1,2}\)?\s*[.、,)]\s*[\u3400-\u9fff]")
"""How a short label such as 3.其他 begins, which is no figure with a unit."""


def is_words(cell: GridCell) -> bool:
    """Whether a cell holds a label rather than a figure or nothing."""
    return bool(canonical(cell.text)) and not is_figure(cell)


def is_figure(cell: GridCell) -> bool:
    """Whether a cell holds a figure, with its unit perhaps."""
    text = normal(cell.text).text.strip()
    digits = sum(c.isdigit() for c in text)
    han = sum("\u3400" <= c <= "\u9fff" for c in text)
    if _NUMBERED.match(text):
        return False
    return digits > 0 and han <= 3 and not text.endswith(("项", "年度", "年"))
