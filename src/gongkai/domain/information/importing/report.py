"""Sheets of our own: the template, and what was not imported, to be corrected and brought again."""

import io
from collections.abc import Mapping
from typing import Any

import xlsxwriter

from gongkai.core import codes
from gongkai.domain.information.importing.fields import FIELDS, REPORT
from gongkai.domain.information.importing.models import Batch, Line
from gongkai.domain.information.importing.reading import lines
from gongkai.domain.information.models.item import Kind, Publicity
from gongkai.domain.review.models import Importance

_WIDE = {"title": 44, "body": 40, "summary": 30, "files": 28, "ground_note": 24}
_BOOK: Mapping[str, Any] = {
    "constant_memory": False,
    "strings_to_formulas": False,
    "strings_to_urls": False,
}


def template() -> bytes:
    """Return an empty sheet with the headings and choices; a second one says what may stand where.

    Examples stand in the second one: in the first, one that was left standing would be imported.
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, **_BOOK}) as book:
        page = book.add_worksheet("政府信息")
        head, text = _formats(book)
        for place, field in enumerate(FIELDS.values()):
            page.set_column(place, place, _WIDE.get(field.key, 16), text)
            page.write_string(
                0, place, f"{field.title}*" if field.key == "title" else field.title, head
            )
            if choices := _choices().get(field.key):
                page.data_validation(
                    1, place, 50_000, place, {"validate": "list", "source": choices}
                )
        page.freeze_panes(1, 1)
        guide = book.add_worksheet("填写说明")
        guide.set_column(0, 0, 18, text)
        guide.set_column(1, 3, 44, text)
        guide.write_row(0, 0, ["列", "怎么填", "例子", "也认得的表头"], head)
        for row, field in enumerate(FIELDS.values(), start=1):
            told = [field.title, field.help, field.example, "、".join(field.aliases)]
            guide.write_row(row, 0, told, text)
    return stream.getvalue()


def refused(batch: Batch) -> bytes:
    """Return the lines of *batch* that were not imported, as they were, with why and what to do."""
    rows = {
        row.number: row
        for row in batch.lines.exclude(
            state__in=[Line.State.DONE, Line.State.READY, Line.State.KNOWN]
        )
    }
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True, **_BOOK}) as book:
        page = book.add_worksheet("没有导入的行")
        head, text = _formats(book)
        is_sheet = batch.source == Batch.Source.SHEET
        titles = [*REPORT, *(batch.headings if is_sheet else [])]
        width = len(titles)
        if not is_sheet:
            titles += [field.title for field in FIELDS.values()]
        page.set_column(0, 0, 12, text)
        page.set_column(1, 1, 50, text)
        page.set_column(2, len(titles), 20, text)
        page.write_row(0, 0, titles, head)
        page.freeze_panes(1, 2)
        number = 0
        with lines(batch) as raws:
            for raw in raws:
                if (row := rows.get(raw.number)) is None:
                    continue
                number += 1
                cells = raw.cells if is_sheet else [raw.said.get(key, "") for key in FIELDS]
                why = "\n".join([*row.problems, *row.hints])
                for place, cell in enumerate([row.get_state_display(), why, *cells]):
                    # a cell holds 32,767 characters; formulas and links stay text
                    page.write_string(number, place, str(cell)[:32_767], text)
        page.autofilter(0, 0, max(number, 1), max(width - 1, 1))
    return stream.getvalue()


def _formats(book: Any) -> tuple[Any, Any]:
    head = book.add_format({"bold": True, "bg_color": "#E7EFF7", "border": 1, "text_wrap": True})
    return head, book.add_format({"num_format": "@", "valign": "top"})


def _choices() -> Mapping[str, list[str]]:
    return {
        "publicity": [str(label) for label in Publicity.labels],
        "importance": [str(label) for label in Importance.labels],
        "kind": [str(label) for label in Kind.labels],
        "genre": [entry.label for entry in codes.genres().values()],
        "ground": [entry.label for entry in codes.exemptions().values()],
    }
