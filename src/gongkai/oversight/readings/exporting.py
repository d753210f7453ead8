"""A reading as a file: the contract as JSON, all figures as CSV, everything as XLSX."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import xlsxwriter

from gongkai.core.extraction.reading import ReadCell
from gongkai.core.forms import Place
from gongkai.core.rendering.cleaning import harmless
from gongkai.oversight.readings import standing
from gongkai.oversight.readings.contract import reading_of
from gongkai.oversight.readings.models import Finding, Reading

FORMATS = ("json", "csv", "xlsx")
TYPES = {
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
CELL_HEAD = ("表", "行", "列", "名称", "状态", "数值", "单位", "原文", "机器读数", "更正理由")
STATEMENT_HEAD = ("指标", "计数对象", "数值", "单位", "约数", "增减", "所在句子")
FINDING_HEAD = ("序号", "级别", "规则", "事项", "说明", "一边", "另一边", "处理", "处理理由")
STATES = {"value": "有数", "zero": "零", "blank": "空白", "unreadable": "读不清"}
Rows = Iterator[tuple[Any, ...]]


def export(reading: Reading, format: str) -> tuple[str, str, bytes]:  # noqa: A002  # the name people use
    """Return name, content type and bytes of *reading* as *format*: ``json``, ``csv`` or ``xlsx``."""
    make = {"json": as_json, "csv": as_csv, "xlsx": as_xlsx}[format]
    stem = f"{reading.agency or reading.name.rpartition('.')[0]}{reading.year or ''}年报读数"
    return f"{stem}.{format}", TYPES[format], make(reading)


def as_json(reading: Reading) -> bytes:
    """Return the contract with corrections in it, the machine's values beside them, and decisions."""
    corrections = standing.corrections(reading)
    decided = standing.decisions(reading)
    content = standing.current(reading, with_text=False).as_json()
    machine = {_place(cell): cell for cell in reading.transcript.machine.get("cells", ())}
    places = {str(_place(cell)): index for index, cell in enumerate(content["cells"])}
    for cell in content["cells"]:
        if correction := corrections.get(_place(cell)):
            read = machine.get(_place(cell), {})
            cell["corrected"] = {
                "machine": {"value": read.get("value"), "state": read.get("state", "blank")},
                "reason": correction.reason,
                "on": correction.at.date().isoformat(),
            }
    content["findings"] = [
        {
            "rule": f.rule,
            "level": f.level,
            "message": f.message,
            "left": f.left or None,
            "right": f.right or None,
            "cells": [places[cell] for cell in f.cells if cell in places],
            "statements": f.statements,
            "at": f.at,
            "decision": f.state,
            "reason": decided[f.mark].reason if f.mark in decided else "",
        }
        for f in reading.findings.order_by("number")
    ]
    content |= {
        "file": reading.name,
        "agency": reading.agency or None,
        "year": reading.year,
        "source": reading.source or None,
        "digest": f"sha256:{reading.digest}",
    }
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def as_csv(reading: Reading) -> bytes:
    """Return all figures, cells first; with the mark that makes Excel read UTF-8."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("类别", *CELL_HEAD))
    for row in _cells(reading):
        writer.writerow(["表格", *(harmless(str(v)) if isinstance(v, str) else v for v in row)])
    for indicator, subject, value, unit, *_, text in _statements(reading):
        row = ("", "", "", subject, "有数", value, unit, text, "", indicator)
        writer.writerow(["文字", *(harmless(str(v)) for v in row)])
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(reading: Reading) -> bytes:
    """Return a workbook: figures of tables, figures of sentences, findings."""
    out = io.BytesIO()
    # text that looks like a formula or an address stays text
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        head = book.add_format({"bold": True, "bottom": 1})
        for title, heading, rows, widths, number in (
            ("表格数字", CELL_HEAD, _cells(reading), (12, 18, 12, 48, 8, 12, 8, 14, 12, 30), 5),
            ("文中数字", STATEMENT_HEAD, _statements(reading), (22, 40, 12, 8, 6, 6, 80), 2),
            ("发现", FINDING_HEAD, _findings(reading), (6, 8, 26, 30, 70, 24, 24, 10, 30), 0),
        ):
            sheet = book.add_worksheet(title)
            sheet.write_row(0, 0, heading, head)
            sheet.freeze_panes(1, 0)
            for column, width in enumerate(widths):
                sheet.set_column(column, column, width)
            for line, row in enumerate(rows, start=1):
                sheet.write_row(line, 0, row)
                if row[number]:
                    sheet.write_number(line, number, float(row[number]))
    return out.getvalue()


def _place(cell: dict[str, Any]) -> Place:
    return Place(cell["table"], cell["row"], cell["column"])


def _cells(reading: Reading) -> Rows:
    corrections = standing.corrections(reading)
    machine = {read.place: read for read in reading_of(reading.transcript.machine).cells}
    for read in standing.current(reading, with_text=False).cells:
        correction = corrections.get(read.place)
        first = machine.get(read.place)
        yield (
            *read.place,
            read.label,
            STATES[read.cell.state],
            _spelled(read),
            read.cell.unit or "",
            read.cell.raw,
            (_spelled(first) if first else "") if correction else "",
            correction.reason if correction else "",
        )


def _statements(reading: Reading) -> Rows:
    for told in standing.current(reading, with_text=False).statements:
        yield (
            told.indicator or "",
            told.subject,
            f"{told.value:f}",
            told.unit or "",
            "是" if told.approximate else "",
            "是" if told.change else "",
            told.text,
        )


def _findings(reading: Reading) -> Rows:
    decided = standing.decisions(reading)
    for f in reading.findings.order_by("number"):
        yield (
            f.number,
            f.get_level_display(),
            f.rule,
            f.title,
            f.message,
            f.left,
            f.right,
            Finding.State(f.state).label,
            decided[f.mark].reason if f.mark in decided else "",
        )


def _spelled(read: ReadCell) -> str:
    return "" if read.cell.value is None else f"{read.cell.value:f}"
