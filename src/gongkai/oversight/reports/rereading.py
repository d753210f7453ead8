"""A report of ours as if it had been read from a file, so that it passes the same checks as anybody's."""

from dataclasses import dataclass, field

from gongkai.core.extraction.document import Span
from gongkai.core.extraction.normal import normal
from gongkai.core.extraction.reading import ReadCell, Reading
from gongkai.core.extraction.statements import statements
from gongkai.core.rendering import IssuedReport, PrintedCell, PrintedTable, Role, parts


@dataclass
class Sheet:
    """A text being written, with the places of the figures and chapters in it."""

    lines: list[str] = field(default_factory=list)
    length: int = 0
    figures: list[tuple[PrintedCell, Span]] = field(default_factory=list)
    chapters: list[tuple[str, Span]] = field(default_factory=list)
    tables: list[Span] = field(default_factory=list)

    def write(self, line: str) -> int:
        """Append *line*; return where it starts."""
        start = self.length
        self.lines.append(line)
        self.length += len(line) + 1
        return start

    def table(self, table: PrintedTable) -> None:
        """Append *table*, a line for each of its lines, cells divided by tabs."""
        start = self.write(table.title)
        for row in table.rows():
            at, told = self.length, []
            for cell in row:
                told.append(cell.text)
                if cell.role is Role.FIGURE and cell.text:
                    self.figures.append((cell, Span(at, at + len(cell.text))))
                at += len(cell.text) + 1
            self.write("\t".join(told))
        self.tables.append(Span(start, self.length - 1))

    @property
    def text(self) -> str:
        """Return the whole."""
        return "\n".join(self.lines)


def sheet(report: IssuedReport) -> Sheet:
    """Return *report* as text, chapters and tables in printed order."""
    made = Sheet()
    made.write(report.title)
    for part in parts(report):
        start = made.write(part.chapter.heading)
        for block in part.chapter.blocks:
            made.write(block.text)
        for table in part.tables:
            made.table(table)
        if part.chapter.key:
            made.chapters.append((part.chapter.key, Span(start, made.length)))
    return made


def reading(report: IssuedReport, written: Sheet | None = None) -> Reading:
    """Return *report* as a reading of its own text.

    Args:
        report: What is printed.
        written: Its text, where the caller has it already.
    """
    made = written or sheet(report)
    places = {cell.place: span for cell, span in made.figures}
    # blank cells are told as well: what is not there at all would count as not printed
    told = dict.fromkeys((*report.kind.places, *report.form))
    cells = tuple(
        ReadCell(place, report.kind.label(place), report.form[place], places.get(place))
        for place in told
    )
    return Reading(
        file="",
        text=made.text,
        title=report.title,
        agency=report.agency,
        year=report.year,
        form=report.kind,
        cells=cells,
        statements=statements(normal(made.text), skip=made.tables, year=report.year),
    )
