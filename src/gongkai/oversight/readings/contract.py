"""From the contract ``gongkai.reading/1`` back to a reading, with people's corrections laid over it."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from gongkai.core.extraction.document import Span
from gongkai.core.extraction.reading import ReadCell, Reading, Statement
from gongkai.core.forms import Cell, Place, State, UnknownForm, form


def reading_of(machine: Mapping[str, Any], text: str = "") -> Reading:
    """Return the reading that *machine*, the contract as JSON, tells of; without its findings."""
    try:
        its_form = form(machine["form"]) if machine.get("form") else None
    except UnknownForm:
        its_form = None
    return Reading(
        file=str(machine.get("file", "")),
        text=text,
        title=machine.get("title"),
        agency=machine.get("agency"),
        year=machine.get("year"),
        form=its_form,
        cells=tuple(_cell(item) for item in machine.get("cells", ())),
        statements=tuple(_statement(item) for item in machine.get("statements", ())),
        problems=tuple(machine.get("problems", ())),
    )


def corrected(reading: Reading, cells: Mapping[Place, Cell]) -> Reading:
    """Return *reading* with *cells* instead of what was read in their places.

    A corrected cell keeps its place in the text and its index. Cells the machine did not see come
    after the others.
    """
    if not cells:
        return reading
    seen = {read.place for read in reading.cells}
    there = [
        replace(read, cell=_over(read.cell, cells[read.place])) if read.place in cells else read
        for read in reading.cells
    ]
    more = [
        ReadCell(place, label_of(reading, place), cell)
        for place, cell in cells.items()
        if place not in seen
    ]
    return replace(reading, cells=(*there, *more))


def label_of(reading: Reading, place: Place) -> str:
    """Return the words for *place*: the form's, or those read with it."""
    if reading.form is not None and place in reading.form:
        return reading.form.label(place)
    for read in reading.cells:
        if read.place == place:
            return read.label
    return str(place)


def cell_at(reading: Reading, place: Place) -> ReadCell | None:
    """Return what was read in *place*, if anything."""
    return next((read for read in reading.cells if read.place == place), None)


def place_from(spelled: str) -> Place | None:
    """Return the place that is spelled ``table/row/column``, or ``None``."""
    table, _, rest = spelled.partition("/")
    row, _, column = rest.rpartition("/")  # a local row's label may hold a stroke
    return Place(table, row, column) if table and row and column else None


def _over(read: Cell, corrected_cell: Cell) -> Cell:
    return replace(corrected_cell, unit=read.unit)


def _cell(item: Mapping[str, Any]) -> ReadCell:
    return ReadCell(
        place=Place(item["table"], item["row"], item["column"]),
        label=item["label"],
        cell=Cell(
            State(item["state"]),
            _number(item["value"]),
            item.get("raw") or "",
            item.get("unit"),
            item.get("reason"),
        ),
        at=_span(item.get("at")),
        page=item.get("page"),
    )


def _statement(item: Mapping[str, Any]) -> Statement:
    return Statement(
        subject=item["subject"],
        value=Decimal(item["value"]),
        unit=item.get("unit"),
        text=item.get("text") or "",
        at=_span(item.get("at")) or Span(0, 0),
        indicator=item.get("indicator"),
        part_of=item.get("part_of"),
        approximate=bool(item.get("approximate")),
        change=bool(item.get("change")),
        page=item.get("page"),
    )


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _span(value: Iterable[int] | None) -> Span | None:
    return Span(*value) if value else None
