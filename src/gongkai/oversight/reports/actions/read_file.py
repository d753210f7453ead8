"""Figures are read from a file that was published before."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from gongkai.core.extraction.reader import read_bytes
from gongkai.core.extraction.reading import ReadCell, Reading
from gongkai.core.forms import State
from gongkai.foundation.permissions import Reader
from gongkai.oversight.reports.actions.moving import held
from gongkai.oversight.reports.actions.putting import Put, fill
from gongkai.oversight.reports.entering import keeps
from gongkai.oversight.reports.errors import NothingRead, OtherForm
from gongkai.oversight.reports.lifecycle import must_be_open
from gongkai.oversight.reports.models import Report, Source

AROUND = 30
"""Characters of the document shown before and after a figure."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a file.

    Attributes:
        filled: Cells that were filled.
        kept: Cells that had another figure already, which stays.
        unreadable: Figures that stand in the file and could not be read with certainty.
    """

    filled: int
    kept: int
    unreadable: int


def read_file(report: Report, data: bytes, name: str, *, by: Reader) -> Taken:
    """Fill blank cells of *report* from a document, each with its place in it; typed figures stay.

    Raises:
        NothingRead: No table of figures was found in the file.
        OtherForm: The file follows the form of another era.
        NotNow: The report is not being filled.
    """
    reading = read_bytes(data, name)
    if reading.form is None or not any(c.cell.value is not None for c in reading.cells):
        raise NothingRead(name=name, why="".join(reading.problems[:1]))
    if reading.form.key != report.form:
        raise OtherForm(theirs=reading.form.short, ours=report.form_facts.short)
    with transaction.atomic():
        fresh = held(report.pk)
        by.must("reports.fill", str(fresh.organisation.path))
        must_be_open(fresh, "读入文件")
        there = {c.place: c for c in fresh.cells.all()}
        known = [c for c in reading.cells if c.cell.value is not None and c.place in reading.form]
        puts = [_put(c, reading, name) for c in known if _is_blank(there.get(str(c.place)), c)]
        saved = fill(fresh, puts, there=there, by=by, facts={"from": "file"})
    return Taken(
        len(saved),
        sum(
            (cell := there.get(str(c.place))) is not None
            and cell.value is not None
            and cell.value != c.cell.value
            for c in known
        ),
        sum(c.cell.state is State.UNREADABLE for c in reading.cells),
    )


def _is_blank(cell: Any, read: ReadCell) -> bool:
    return (cell is None or cell.value is None) and keeps(read.cell.value)


def _put(read: ReadCell, reading: Reading, name: str) -> Put:
    origin: dict[str, Any] = {"file": name[:200], "page": read.page}
    if read.at:
        start, end = max(0, read.at.start - AROUND), read.at.end + AROUND
        origin |= {"at": list(read.at), "text": " ".join(reading.text[start:end].split())}
    choices = reading.form.column(read.place).unit_choices if reading.form else ()
    unit = read.cell.unit if read.cell.unit in choices else ""
    return Put(read.place, read.cell.value, unit=unit or "", source=Source.READ, origin=origin)
