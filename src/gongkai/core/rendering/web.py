"""HTML: accessible tables, classes only, no inline style and no script, so that a strict policy lets it pass."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from gongkai.core.days import in_chinese
from gongkai.core.rendering.layout import PrintedCell, PrintedTable, Role, parts
from gongkai.core.rendering.report import IssuedReport, ranked

STYLESHEET = Path(__file__).parent / "styles" / "report.css"
"""The style sheet of reports, on screen and on paper; a site copies it among its own."""


class Lines(NamedTuple):
    """A run of lines that becomes a ``tbody``, with the lines of its ``thead`` if it opens the table."""

    head: list[tuple[PrintedCell, ...]]
    body: list[tuple[PrintedCell, ...]]


def fragment(report: IssuedReport, *, prefix: str = "", level: int = 1) -> str:
    """Return *report* as an ``<article>`` to be put into a page.

    Args:
        report: What to print.
        prefix: Put before every ``id``, where several reports stand on one page.
        level: Level of the title's heading.
    """
    template = _environment().get_template("report.html.jinja")
    return template.render(
        report=report,
        parts=parts(report),
        origins=report.origins,
        prefix=prefix,
        level=level,
        sections=_sections,
        ranked=ranked,
        scope=_scope,
        identify=lambda table, cell: _identifier(prefix, table, cell),
        headers=lambda table, cell: " ".join(
            _identifier(prefix, table, head) for head in table.headings(cell)
        ),
    )


def page(report: IssuedReport, *, stylesheet: str | None = None) -> str:
    """Return *report* as a whole HTML document.

    Args:
        report: What to print.
        stylesheet: Address of the style sheet; without one it is written into the document, which
            then needs nothing else.
    """
    style = (
        Markup('<link rel="stylesheet" href="{}">').format(stylesheet)
        if stylesheet
        else Markup("<style>\n{}</style>").format(Markup(STYLESHEET.read_text("utf-8")))  # noqa: S704  # our own file
    )
    return (
        "<!DOCTYPE html>\n"
        '<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(report.title)}</title>\n"
        f'<meta name="author" content="{escape(report.agency)}">\n'
        f"{style}\n</head>\n<body>\n{fragment(report)}\n</body>\n</html>\n"
    )


def html_file(report: IssuedReport) -> bytes:
    """Return *report* as an HTML file that needs nothing else."""
    return page(report).encode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("gongkai.core.rendering"),
        autoescape=True,
        undefined=StrictUndefined,
    )
    environment.filters["in_chinese"] = in_chinese
    return environment


def _sections(table: PrintedTable) -> list[Lines]:
    """Return the lines of *table* by section, the repeated head apart."""
    lines = list(table.rows())
    numbers = [max((cell.section for cell in line), default=0) for line in lines]
    head = lines[: table.head_lines]
    result: list[Lines] = []
    for number in sorted(set(numbers)):
        body = [
            line
            for at, line in enumerate(lines)
            if numbers[at] == number and at >= table.head_lines
        ]
        result.append(Lines([] if result else head, body))
    return result


def _scope(cell: PrintedCell) -> str:
    if cell.role in {Role.STUB, Role.NUMBER}:
        return "rowgroup" if cell.lines > 1 else "row"
    return "colgroup" if cell.columns > 1 else "col"


def _identifier(prefix: str, table: PrintedTable, cell: PrintedCell) -> str:
    return f"{prefix}{table.key}-{cell.line}-{cell.column}"
