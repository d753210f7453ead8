"""What is done with one document, wherever it is done: read, check, and lay out as rows."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from importlib import import_module
from time import perf_counter
from typing import Any, cast

from gongkai.core.checks import check
from gongkai.core.corpus.signature import signature
from gongkai.core.extraction.document import Span
from gongkai.core.extraction.reading import Reading
from gongkai.core.refusal import Refusal

READER = "gongkai.core.extraction.reader:read_bytes"
"""The function that makes a :class:`Reading` of bytes and a name, by import path: workers import it themselves."""

LARGEST = Decimal(10) ** 20
"""From here on a number is a misreading; it is kept as printed and not as a number."""

Reader = Callable[[bytes, str], Reading]


class Status(StrEnum):
    """What became of a document."""

    READ = "read"
    UNREADABLE = "unreadable"
    """Refused with a sentence: damaged, protected, too large, no text."""
    FAILED = "failed"
    """The reader or a check raised what it should not have."""
    CRASHED = "crashed"
    """The process that read it died."""
    HUNG = "hung"
    """It took longer than allowed and was stopped."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document to read.

    Attributes:
        key: Hash of its content.
        name: The path as given.
    """

    key: str
    name: str
    data: bytes
    reader: str = READER


@dataclass(frozen=True, slots=True)
class Outcome:
    """A document done with.

    Attributes:
        lines: For each table of the store, rows as lines of JSON.
    """

    key: str
    name: str
    status: Status
    lines: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def without_reading(
        cls, key: str, name: str, status: Status, problem: str, seconds: float = 0.0
    ) -> "Outcome":
        """Return the outcome of a document of which nothing was read."""
        row = {"document": key, "file": name, "status": status, "problem": problem}
        row["seconds"] = str(round(seconds, 4))
        return cls(key, name, status, {"documents": _line(row)})


def work(task: Task) -> Outcome:
    """Read and check one document. Pure: the same bytes give the same rows, ``seconds`` aside."""
    start = perf_counter()
    try:
        reading = reader(task.reader)(task.data, task.name)
        reading = reading.with_findings(check(reading) if reading.text else ())
    except Refusal as refusal:
        return Outcome.without_reading(
            task.key, task.name, Status.UNREADABLE, str(refusal), perf_counter() - start
        )
    except Exception as error:  # noqa: BLE001  # one document must not stop a hundred thousand
        problem = f"{type(error).__name__}: {error}"
        return Outcome.without_reading(
            task.key, task.name, Status.FAILED, problem, perf_counter() - start
        )
    seconds = perf_counter() - start
    if reading.problems and not reading.text:
        problem = "；".join(reading.problems)
        return Outcome.without_reading(task.key, task.name, Status.UNREADABLE, problem, seconds)
    return Outcome(task.key, task.name, Status.READ, _rows(task, reading, seconds))


def reader(path: str) -> Reader:
    """Return the reader that *path* names, ``package.module:function``."""
    module, _, name = path.partition(":")
    return cast("Reader", getattr(import_module(module), name))


def _rows(task: Task, reading: Reading, seconds: float) -> dict[str, str]:
    tables: dict[str, Iterator[dict[str, Any]]] = {
        "documents": iter([_document(task, reading, seconds)]),
        "cells": _cells(task.key, reading),
        "statements": _statements(task.key, reading),
        "findings": _findings(task.key, reading),
    }
    return {table: "".join(map(_line, rows)) for table, rows in tables.items()}


def _document(task: Task, reading: Reading, seconds: float) -> dict[str, Any]:
    return {
        "document": task.key,
        "file": task.name,
        "status": Status.READ,
        "problem": "；".join(reading.problems) or None,
        "title": reading.title,
        "agency": reading.agency,
        "year": reading.year,
        "form": reading.form.key if reading.form else None,
        "characters": len(reading.text),
        "signature": signature(reading),
        "seconds": str(round(seconds, 4)),
    }


def _cells(key: str, reading: Reading) -> Iterator[dict[str, Any]]:
    for number, read in enumerate(reading.cells):
        yield {
            "document": key,
            "number": number,
            "table_key": read.place.table,
            "row_key": read.place.row,
            "column_key": read.place.column,
            "label": read.label,
            "state": str(read.cell.state),
            "value": _number(read.cell.value),
            "raw": read.cell.raw,
            "unit": read.cell.unit,
            "reason": read.cell.reason,
            **_span(read.at),
            "page": read.page,
        }


def _statements(key: str, reading: Reading) -> Iterator[dict[str, Any]]:
    for number, statement in enumerate(reading.statements):
        yield {
            "document": key,
            "number": number,
            "indicator": statement.indicator,
            "subject": statement.subject,
            "value": _number(statement.value),
            "unit": statement.unit,
            "part_of": statement.part_of,
            "approximate": statement.approximate,
            "change": statement.change,
            "text": statement.text,
            **_span(statement.at),
            "page": statement.page,
        }


def _findings(key: str, reading: Reading) -> Iterator[dict[str, Any]]:
    for number, finding in enumerate(reading.findings):
        yield {
            "document": key,
            "number": number,
            "rule": finding.rule,
            "level": finding.level,
            "message": finding.message,
            "left_side": finding.left,
            "right_side": finding.right,
            "cells": list(finding.cells),
            "statements": list(finding.statements),
            **_span(finding.at[0] if finding.at else None),
            "other": None,
        }


def _span(at: Span | None) -> dict[str, int | None]:
    return {"start_at": at.start if at else None, "end_at": at.end if at else None}


def _number(value: Decimal | None) -> str | None:
    if value is None or not value.is_finite() or abs(value) >= LARGEST:
        return None
    return f"{value:f}"


def _line(row: Mapping[str, Any]) -> str:
    told = {key: _storable(value) for key, value in row.items() if value is not None}
    return json.dumps(told, ensure_ascii=False) + "\n"


def _storable(value: Any) -> Any:
    """Return text without what no database takes: NUL and halves of surrogate pairs."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    return value
