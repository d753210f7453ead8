"""JSON and CSV: the same report for machines. Cells are those of ``gongkai.reading/1``."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from gongkai.core.forms import Cell, Place
from gongkai.core.rendering.cleaning import harmless, one_line
from gongkai.core.rendering.report import IssuedReport, figure_text

SCHEMA = "gongkai.report/1"


class Datum(NamedTuple):
    """A cell of the official form as a line of data; the fields are the columns of the CSV file."""

    table: str
    row: str
    column: str
    label: str
    value: str
    unit: str
    state: str


def data(report: IssuedReport) -> Iterator[tuple[Place, Cell, Datum]]:
    """Yield every cell of the form in printed order, blank ones included."""
    official = report.kind
    filled = report.form
    extra = [place for place in filled if place not in set(official.places)]
    for place in (*official.places, *extra):
        cell = filled[place]
        yield (
            place,
            cell,
            Datum(
                *place,
                official.label(place),
                "" if cell.value is None else figure_text(cell),
                one_line(cell.unit or official.unit(place) or ""),
                str(cell.state),
            ),
        )


def csv_file(report: IssuedReport) -> bytes:
    """Return the cells of *report* as CSV, in UTF-8 with a mark that spreadsheets understand."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(Datum._fields)
    for _, _, datum in data(report):
        writer.writerow(datum._replace(label=harmless(datum.label), unit=harmless(datum.unit)))
    return stream.getvalue().encode("utf-8-sig")


def json_file(report: IssuedReport) -> bytes:
    """Return *report* as JSON, see ``docs/reference/report.schema.json``."""
    return json.dumps(as_json(report), ensure_ascii=False, indent=1).encode()


def as_json(report: IssuedReport) -> dict[str, Any]:
    """Return *report* as the document of the contract, ready for :func:`json.dumps`."""
    return {
        "schema": SCHEMA,
        "title": report.title,
        "agency": report.agency,
        "year": report.year,
        "form": report.kind.key,
        "law": report.law,
        "published": report.published.isoformat() if report.published else None,
        "chapters": [
            {
                "key": chapter.key,
                "heading": chapter.heading,
                "blocks": [{"level": block.level, "text": block.text} for block in chapter.blocks],
            }
            for chapter in report.chapters
        ],
        "cells": [_cell(report, *item) for item in data(report)],
        "contact": list(report.contact),
        "corrections": [
            {"day": note.day.isoformat(), "text": note.text} for note in report.corrections
        ],
    }


def _cell(report: IssuedReport, place: Place, cell: Cell, datum: Datum) -> dict[str, Any]:
    made: dict[str, Any] = {
        **place._asdict(),
        "label": datum.label,
        "value": datum.value or None,
        "state": datum.state,
        "raw": figure_text(cell),
        "unit": datum.unit or None,
        "at": None,
        "page": None,
    }
    if cell.reason:
        made["reason"] = one_line(cell.reason)
    if origin := report.origins.get(place):
        made["origin"] = {"source": origin.source, "text": origin.text, "href": origin.href}
    return made
