"""Writing values into cells with their history: the one place where a cell changes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from gongkai.core.forms import Place, State
from gongkai.core.rollup.rollup import YUAN
from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record
from gongkai.oversight.reports.events import FILLED
from gongkai.oversight.reports.models import Cell, Entry, Report, Source
from gongkai.oversight.reports.queries import filled, last_year
from gongkai.oversight.reports.relations import broken, counts

BATCH = 500
FIELDS = (
    "value",
    "state",
    "unit",
    "source",
    "by",
    "at",
    "ground",
    "origin",
    "version",
    "own",
    "rolled",
)


@dataclass(frozen=True, slots=True)
class Put:
    """A value on its way into a cell.

    Attributes:
        layer: ``value`` replaces the figure, ``own`` the unit's own part, ``rolled`` the sum of its units.
    """

    place: Place
    value: Decimal | None
    unit: str = ""
    layer: Literal["value", "own", "rolled"] = "value"
    source: Source = Source.DECLARED
    ground: str = ""
    origin: dict[str, Any] = field(default_factory=dict)


def put(
    report: Report,
    puts: Iterable[Put],
    *,
    there: Mapping[str, Cell],
    user: User | None,
    at: datetime,
) -> list[Cell]:
    """Write *puts* into *report* inside the caller's transaction, with the counters that lists show.

    Args:
        report: Held by the caller; its counters are saved.
        puts: What goes where.
        there: All cells of the report by place; fresh ones are added if it is a dict.
        user: Who puts.
        at: When.

    Returns:
        The cells as they are now.
    """
    cells = dict(there)
    touched = {}
    for one in puts:
        key = str(one.place)
        cell = cells.get(key) or Cell(report=report, place=key, version=0)
        _apply(cell, one)
        cell.by, cell.at = user, at
        cell.version += 1
        cells[key] = touched[key] = cell
    changed = list(touched.values())
    Cell.objects.bulk_create([c for c in changed if c.pk is None], batch_size=BATCH)
    Cell.objects.bulk_update([c for c in changed if c.version > 1], FIELDS, batch_size=BATCH)
    Entry.objects.bulk_create([_entry(c) for c in changed], batch_size=BATCH)
    _recount(report, cells, at)
    return changed


def fill(  # noqa: PLR0913  # what the trail tells
    report: Report,
    puts: Sequence[Put],
    *,
    there: Mapping[str, Cell],
    by: Reader,
    facts: Mapping[str, str],
    reason: str = "",
) -> list[Cell]:
    """Write *puts* into *report* as :func:`put` does, and into the trail, with *facts* about where they are from."""
    if not puts:
        return []
    saved = put(report, puts, there=there, user=by.user, at=clock.now())
    record(
        FILLED,
        by=by,
        act="reports.fill",
        path=str(report.organisation.path),
        on=report,
        after={c.place: c.text for c in saved},
        facts={"cells": {c.place: c.version for c in saved}, **facts},
        reason=reason,
    )
    return saved


def _apply(cell: Cell, one: Put) -> None:
    if one.layer == "own":
        cell.own, cell.rolled = one.value, in_unit(cell.rolled, cell.unit, one.unit)
    elif one.layer == "rolled":
        cell.rolled, cell.own = one.value, in_unit(cell.own, cell.unit, one.unit)
    if one.layer == "value":
        cell.value = one.value
        cell.source = one.source
    else:
        parts = [part for part in (cell.own, cell.rolled) if part is not None]
        cell.value = sum(parts, Decimal()) if parts else None
        cell.source = Source.ROLLED if cell.rolled is not None else one.source
    cell.state = (
        State.BLANK if cell.value is None else State.VALUE if cell.value else State.ZERO
    ).value
    cell.unit = one.unit
    # a sum beside it does not change where one's own part is from
    if one.layer != "rolled" or cell.own is None:
        cell.ground, cell.origin = one.ground, one.origin


def in_unit(value: Decimal | None, unit: str, wanted: str) -> Decimal | None:
    """Return money of *unit* in the unit *wanted*; what is no money stays as it is."""
    if value is None or unit == wanted or unit not in YUAN or wanted not in YUAN:
        return value
    return value * YUAN[unit] / YUAN[wanted]


def _entry(cell: Cell) -> Entry:
    same = ("value", "state", "unit", "source", "by", "at", "ground", "origin", "version")
    return Entry(of=cell, **{name: getattr(cell, name) for name in same})


def _recount(report: Report, cells: Mapping[str, Cell], at: datetime) -> None:
    form = filled(report, cells.values())
    found = counts(broken(form, last_year(report)))
    report.filled = sum(c.state != State.BLANK.value for c in cells.values())
    report.errors, report.warnings, report.touched = found["errors"], found["warnings"], at
    report.save(update_fields=["filled", "errors", "warnings", "touched"])
