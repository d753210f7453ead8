"""What was read from a document: the contract ``gongkai.reading/1`` of docs/reference/reading.md."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from gongkai.core.extraction.document import Span
from gongkai.core.forms import Cell, FilledForm, Form, Place, State

SCHEMA = "gongkai.reading/1"

Level = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True)
class ReadCell:
    """A cell of a form as a document prints it.

    Attributes:
        place: Its place in the form. A row that the form does not know, added by the locality, has a
            row key of ``local:`` and its label.
        label: Row and column label of the form, or the document's own for a local row.
        at: Where its figure stands in the text; ``None`` for a blank that leaves no trace there.
    """

    place: Place
    label: str
    cell: Cell
    at: Span | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """A figure that a sentence states.

    Attributes:
        subject: What is counted, in the document's words (simplified, numbering stripped).
        value: The number; 0 for 未收到, 没有发生 and their like; 万 and 亿 multiplied out.
        unit: ``件``, ``条``, ``人次``, ``%``, ``万元`` … as printed, 万 and 亿 of counts aside.
        indicator: Key in ``law/indicators`` where the subject is one, else ``None``.
        part_of: Index of the statement that this one is a part or a share of.
        text: The clause it stands in, as printed.
        at: Where the figure stands in the text (the negating words for a 0 that is not written).
        approximate: 余, 多, 近, 约.
        change: The figure is a change against the year before (同比增长, 较上年减少), signed.
        page: Page number, for files that have pages.
    """

    subject: str
    value: Decimal
    unit: str | None
    text: str
    at: Span
    indicator: str | None = None
    part_of: int | None = None
    approximate: bool = False
    change: bool = False
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree, in a sentence a clerk understands.

    Attributes:
        rule: Id of the rule in ``law/checks`` or of the relation in ``law/forms``.
        left: One side of the comparison, as a decimal string or a few words.
        right: The other side.
        cells: Indexes into :attr:`Reading.cells`.
        statements: Indexes into :attr:`Reading.statements`.
        at: The places in the text.
    """

    rule: str
    level: Level
    message: str
    left: str | None = None
    right: str | None = None
    cells: tuple[int, ...] = ()
    statements: tuple[int, ...] = ()
    at: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read from one document.

    Attributes:
        form: The form its tables follow, told by content; ``None`` where it has none of the known ones.
        problems: Sentences in Chinese about what could not be read at all.
    """

    file: str
    text: str
    title: str | None = None
    agency: str | None = None
    year: int | None = None
    form: Form | None = None
    cells: tuple[ReadCell, ...] = ()
    statements: tuple[Statement, ...] = ()
    findings: tuple[Finding, ...] = ()
    problems: tuple[str, ...] = ()

    def filled(self) -> FilledForm | None:
        """Return the form with the cells that were read; ``None`` where no form was recognised."""
        if self.form is None:
            return None
        return FilledForm(self.form, {c.place: c.cell for c in self.cells}, self.year, self.agency)

    def with_findings(self, findings: Iterable[Finding]) -> "Reading":
        """Return the same reading with *findings*."""
        return replace(self, findings=tuple(findings))

    def as_json(self) -> dict[str, Any]:
        """Return the document of the contract, ready for :func:`json.dumps`."""
        return {
            "schema": SCHEMA,
            "file": self.file,
            "title": self.title,
            "agency": self.agency,
            "year": self.year,
            "form": self.form.key if self.form else None,
            "cells": [_cell(c) for c in self.cells],
            "statements": [_statement(s) for s in self.statements],
            "findings": [_finding(f) for f in self.findings],
            "problems": list(self.problems),
        }


def _number(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _cell(read: ReadCell) -> dict[str, Any]:
    data: dict[str, Any] = {
        **read.place._asdict(),
        "label": read.label,
        "value": _number(read.cell.value),
        "state": str(read.cell.state),
        "raw": read.cell.raw,
        "unit": read.cell.unit,
        "at": list(read.at) if read.at else None,
        "page": read.page,
    }
    if read.cell.state is State.UNREADABLE:
        data["reason"] = read.cell.reason
    return data


def _statement(statement: Statement) -> dict[str, Any]:
    return {
        "indicator": statement.indicator,
        "subject": statement.subject,
        "value": _number(statement.value),
        "unit": statement.unit,
        "part_of": statement.part_of,
        "approximate": statement.approximate,
        "change": statement.change,
        "text": statement.text,
        "at": list(statement.at),
        "page": statement.page,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "level": finding.level,
        "message": finding.message,
        "left": finding.left,
        "right": finding.right,
        "cells": list(finding.cells),
        "statements": list(finding.statements),
        "at": [list(span) for span in finding.at],
    }
