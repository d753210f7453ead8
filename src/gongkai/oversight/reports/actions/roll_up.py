"""Units' figures are added up into the report above them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from gongkai.core.forms import Place
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record
from gongkai.oversight.reports.actions.moving import held
from gongkai.oversight.reports.actions.putting import Put, put
from gongkai.oversight.reports.errors import NobodyReady, NoUnits
from gongkai.oversight.reports.events import ROLLED
from gongkai.oversight.reports.lifecycle import must_be_open
from gongkai.oversight.reports.models import Cell, Handling, Report
from gongkai.oversight.reports.models.handling import Verb
from gongkai.oversight.reports.models.report import FINISHED
from gongkai.oversight.reports.tallying import Total, tally


@dataclass(frozen=True, slots=True)
class Rolled:
    """What a roll-up did.

    Attributes:
        units: How many units were added up.
        missing: How many had not confirmed and were left out.
        changed: How many cells changed.
    """

    units: int
    missing: int
    changed: int


def roll_up(
    report: Report, *, by: Reader, progress: Callable[[int, int], None] | None = None
) -> Rolled:
    """Add up the figures of the units that have confirmed, beside the unit's own part.

    The number of queries does not depend on the number of units.

    Args:
        report: The report above.
        by: Who rolls up.
        progress: Called with what is done and how much there is.

    Raises:
        NoUnits: Nobody reports to this unit.
        NobodyReady: No unit has confirmed.
        NotNow: The report is not being filled.
    """
    tell = progress or (lambda done, total: None)  # noqa: ARG005  # nobody listens
    with transaction.atomic():
        fresh = held(report.pk)
        path = str(fresh.organisation.path)
        by.must("reports.fill", path)
        must_be_open(fresh, "汇总")
        states = list(Report.objects.filter(above=fresh).values_list("status", flat=True))
        ready = sum(status in FINISHED for status in states)
        if not states:
            raise NoUnits(report=str(fresh.organisation))
        if not ready:
            raise NobodyReady
        tell(0, len(states))
        there = {c.place: c for c in fresh.cells.all()}
        puts = _changes(tally(fresh), there)
        tell(len(states) // 2, len(states))
        fresh.rolled_at, fresh.rolled_units = clock.now(), ready
        fresh.save(update_fields=["rolled_at", "rolled_units"])
        saved = put(fresh, puts, there=there, user=by.user, at=fresh.rolled_at)
        result = Rolled(ready, len(states) - ready, len(saved))
        Handling.objects.create(
            report=fresh,
            verb=Verb.ROLLED,
            before=fresh.status,
            after=fresh.status,
            by=by.user,
            comment=_sentence(result),
        )
        record(
            ROLLED,
            by=by,
            act="reports.fill",
            path=path,
            on=fresh,
            after={c.place: c.text for c in saved},
            facts={"units": ready, "missing": result.missing, "cells": len(saved)},
        )
        tell(len(states), len(states))
    return result


def _sentence(result: Rolled) -> str:
    rest = f"，{result.missing} 个单位未确认，没有计入" if result.missing else ""
    return f"汇总 {result.units} 个单位{rest}，{result.changed} 格有变动。"


def _changes(sums: dict[Place, Total], there: dict[str, Cell]) -> list[Put]:
    """Return what changed against the last roll-up; a figure that no unit has any more goes, too."""
    puts = [
        Put(place, total.value, unit=total.unit, layer="rolled")
        for place, total in sums.items()
        if (cell := there.get(str(place))) is None
        or (cell.rolled, cell.unit) != (total.value, total.unit)
    ]
    gone = [
        Put(cell.where, None, unit=cell.unit, layer="rolled")
        for cell in there.values()
        if cell.rolled is not None and cell.where not in sums
    ]
    return puts + gone
