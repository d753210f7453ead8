"""Figures are put into cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

from django.db import transaction

from gongkai.core.forms import Form, Place, UnknownPlace
from gongkai.core.refusal import Refusal
from gongkai.foundation.permissions import Reader
from gongkai.oversight.reports.actions.moving import held
from gongkai.oversight.reports.actions.putting import Put, fill
from gongkai.oversight.reports.entering import entered
from gongkai.oversight.reports.errors import UnknownCell
from gongkai.oversight.reports.lifecycle import must_be_open
from gongkai.oversight.reports.models import Cell, Report, Source

Layer = Literal["value", "own"]
"""What is typed: the figure itself, or in a report that rolls up the unit's own part of it."""


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody typed into a cell.

    Attributes:
        version: The version that the page showed; 0 where the cell was empty from the start.
        unit: Chosen unit, where the form leaves it open.
    """

    place: Place
    text: str
    version: int = 0
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a change: ``saved``, ``conflict`` (the cell is theirs) or ``wrong`` (with the reason)."""

    place: Place
    result: Literal["saved", "conflict", "wrong"]
    cell: Cell | None = None
    message: str = ""


@dataclass
class _Batch:
    """The changes of one call, sorted into those that can be saved and those that cannot."""

    form: Form
    there: dict[str, Cell]
    layer: Layer
    puts: list[Put] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def take(self, change: Change) -> None:
        try:
            value = entered(change.text, self.form, change.place)
            unit = _unit(change, self.form)
        except UnknownPlace:
            message = str(UnknownCell(place=change.place))
            self.outcomes.append(Outcome(change.place, "wrong", message=message))
            return
        except Refusal as refusal:
            self.outcomes.append(Outcome(change.place, "wrong", message=str(refusal)))
            return
        cell = self.there.get(str(change.place))
        if cell is None and value is None:
            self.outcomes.append(Outcome(change.place, "saved"))
        elif cell is not None and self._stands(cell, value, unit):
            # the answer to an earlier try was lost on the way, or nothing was changed
            self.outcomes.append(Outcome(change.place, "saved", cell))
        elif (cell.version if cell else 0) != change.version:
            self.outcomes.append(Outcome(change.place, "conflict", cell))
        else:
            self.puts.append(Put(change.place, value, unit=unit, layer=self.layer))

    def _stands(self, cell: Cell, value: Decimal | None, unit: str) -> bool:
        now = cell.own if self.layer == "own" else cell.value
        return now == value and cell.unit == unit


def fill_cells(  # noqa: PLR0913  # the facts of an act, all by name
    report: Report,
    changes: Iterable[Change],
    *,
    by: Reader,
    ground: str = "",
    layer: Layer = "value",
    source: Source = Source.DECLARED,
    origin: dict[str, Any] | None = None,
) -> Sequence[Outcome]:
    """Save what was typed, cell by cell; one that is wrong or in conflict does not hold up the others.

    Raises:
        NotAllowed: The post does not allow it.
        NotNow: The report is not being filled.
        Frozen: It was published.
    """
    with transaction.atomic():
        fresh = held(report.pk)
        by.must("reports.fill", str(fresh.organisation.path))
        must_be_open(fresh, "填报")
        there = {c.place: c for c in fresh.cells.select_related("by")}
        batch = _Batch(fresh.form_facts, there, layer)
        for change in changes:
            batch.take(change)
        if not batch.puts:
            return batch.outcomes
        told = [
            replace(p, source=source, ground=ground.strip(), origin=origin or {})
            for p in batch.puts
        ]
        saved = fill(fresh, told, there=there, by=by, facts={"layer": layer}, reason=ground)
    report.filled, report.errors, report.warnings = fresh.filled, fresh.errors, fresh.warnings
    return [*batch.outcomes, *(Outcome(c.where, "saved", c) for c in saved)]


def _unit(change: Change, form: Form) -> str:
    choices = form.column(change.place).unit_choices
    if not choices:
        return ""
    if change.unit and change.unit not in choices:
        raise Refusal(f"计量单位只能是{'、'.join(choices)}。")
    return change.unit
