"""A reading as facts: figures in their places and where they were published, without the text they stood in.

That is how figures of a real government can be passed on without putting a sentence into its mouth::

    title: 新蔡县人民政府2020年政府信息公开工作年度报告
    agency: 新蔡县人民政府
    year: 2020
    form: format-2019
    source: 新蔡县人民政府网站，2021-02-02 发布
    cells: {requests: {new: {natural: '10', total: '21'}}}    # '' is a cell printed blank, ? an unreadable one
    statements:
      - {indicator: requests.received, value: '120', unit: 件}
      - {value: '51.6', unit: '%', part_of: 0}
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gongkai.core.extraction.reading import Reading, Statement
from gongkai.core.forms import Place, State, UnknownForm, form
from gongkai.core.indicators import UnknownIndicator, indicator
from gongkai.oversight.readings.contract import reading_of

UNREADABLE = "?"
NESTED = 3
"""Parts of parts deeper than this are not spelled out."""


def reading_of_facts(facts: Mapping[str, Any]) -> Reading:
    """Return the reading that *facts* tell of; it has no text and no places in one."""
    return reading_of(
        {
            "file": facts.get("seed", ""),
            "title": facts["title"],
            "agency": facts["agency"],
            "year": facts["year"],
            "form": facts.get("form"),
            "cells": list(_cells(facts)),
            "statements": _statements(facts.get("statements") or ()),
        }
    )


def facts_of(reading: Reading) -> dict[str, Any]:
    """Return the facts of *reading*: no words of the document but title and agency."""
    cells: dict[str, dict[str, dict[str, str]]] = {}
    for read in reading.cells:
        if read.place.row.startswith("local:"):
            continue  # a local row's label is the document's own
        known = read.cell.state is not State.UNREADABLE
        value = ("" if read.cell.value is None else f"{read.cell.value:f}") if known else UNREADABLE
        table, row, column = read.place
        cells.setdefault(table, {}).setdefault(row, {})[column] = value
    return {
        "title": reading.title,
        "agency": reading.agency,
        "year": reading.year,
        "form": reading.form.key if reading.form else None,
        "cells": cells,
        "statements": list(_told(reading)),
    }


def _told(reading: Reading) -> Iterator[dict[str, Any]]:
    """Yield the statements of a known indicator with their parts, shares and wholes, renumbered."""
    kept = _of_indicators(reading.statements)
    numbers = {index: number for number, index in enumerate(kept)}
    for index in kept:
        told = reading.statements[index]
        fact: dict[str, Any] = {"value": f"{told.value:f}", "unit": told.unit}
        if told.indicator:
            fact["indicator"] = told.indicator
        if told.part_of in numbers:
            fact["part_of"] = numbers[told.part_of]
        fact |= {name: True for name in ("approximate", "change") if getattr(told, name)}
        yield fact


def _of_indicators(every: Sequence[Statement]) -> list[int]:
    """Return the indexes of the statements that hang together with one of an indicator."""
    kept = {index for index, told in enumerate(every) if told.indicator}
    while True:
        more = {i for i, told in enumerate(every) if told.part_of in kept}
        more |= {part for i in kept if (part := every[i].part_of) is not None}
        if more <= kept:
            return sorted(kept)
        kept |= more


def _cells(facts: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    try:
        its_form = form(facts["form"]) if facts.get("form") else None
    except UnknownForm:
        its_form = None
    for table, rows in (facts.get("cells") or {}).items():
        for row, columns in rows.items():
            for column, value in columns.items():
                place = Place(table, row, column)
                known = its_form is not None and place in its_form
                yield {
                    **place._asdict(),
                    "label": its_form.label(place) if its_form and known else str(place),
                    "value": value if value not in ("", UNREADABLE) else None,
                    "state": _state(value),
                    "raw": value if value != UNREADABLE else "",
                    "unit": None,
                    "at": None,
                }


def _state(value: str) -> str:
    if value == "":
        return "blank"
    if value == UNREADABLE:
        return "unreadable"
    return "value" if float(value) else "zero"


def _statements(items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "subject": _subject(items, item),
            "value": item["value"],
            "unit": item.get("unit"),
            "text": "",
            "at": [0, 0],
            "indicator": item.get("indicator"),
            "part_of": item.get("part_of"),
            "approximate": item.get("approximate", False),
            "change": item.get("change", False),
        }
        for item in items
    ]


def _subject(items: Sequence[Mapping[str, Any]], item: Mapping[str, Any], deep: int = 0) -> str:
    """Return our own words for what is counted."""
    if item.get("indicator"):
        return _title(item["indicator"])
    part = item.get("part_of")
    if part is None or not 0 <= part < len(items) or deep > NESTED:
        return "合计"
    whole = _subject(items, items[part], deep + 1)
    return f"{whole}的占比" if item.get("unit") == "%" else f"{whole}的一部分"


def _title(key: str) -> str:
    try:
        return indicator(key).title
    except UnknownIndicator:
        return key
