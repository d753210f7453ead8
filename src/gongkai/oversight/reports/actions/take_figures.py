"""Figures from records and declarations are taken over into a report."""

from typing import Final, Literal

from django.db import transaction

from gongkai.core.forms import Place
from gongkai.core.indicators import Indicator, indicators
from gongkai.foundation.figures import Period, cell_sources
from gongkai.foundation.permissions import Reader
from gongkai.oversight.reports.actions.moving import held
from gongkai.oversight.reports.actions.putting import Put, fill
from gongkai.oversight.reports.lifecycle import must_be_open
from gongkai.oversight.reports.models import Cell, Report, Source
from gongkai.oversight.reports.queries import rolls_up
from gongkai.oversight.statistics.queries import Figure, figures_of

CELLS: Final = "cells"
"""Under which a cell's origin says which table of records it comes from."""
Layer = Literal["own", "value"]


def take_figures(report: Report, *, by: Reader) -> list[Cell]:
    """Fill cells that are blank, or were taken over before, from records and declarations.

    What a person typed is never overwritten.

    Returns:
        The cells that changed.
    """
    with transaction.atomic():
        fresh = held(report.pk)
        by.must("reports.fill", str(fresh.organisation.path))
        must_be_open(fresh, "取用统计数")
        there = {c.place: c for c in fresh.cells.all()}
        layer: Layer = "own" if rolls_up(fresh) else "value"
        puts = [
            one
            for one in {**_from_tables(fresh, layer), **_from_indicators(fresh, layer)}.values()
            if _takes(there.get(str(one.place)), one)
        ]
        return fill(fresh, puts, there=there, by=by, facts={"from": "statistics"})


def _from_tables(report: Report, layer: Layer) -> dict[Place, Put]:
    """Return the cells that records fill whole tables with."""
    puts = {}
    for source in cell_sources().values():
        told = source.ask([report.organisation_id], Period(report.year), report.form)
        for text, answer in told.get(report.organisation_id, {}).items():
            place = Place(*text.split("/"))
            origin = {CELLS: source.key, "rule": answer.rule}
            puts[place] = Put(
                place, answer.value, layer=layer, source=Source.COMPUTED, origin=origin
            )
    return puts


def _from_indicators(report: Report, layer: Layer) -> dict[Place, Put]:
    """Return the cells that say what an indicator says; what somebody declared counts before records."""
    answers = figures_of(report.organisation_id, Period(report.year))
    return {
        place: _put(item, place, answers[item.key], layer)
        for item, place in _one_to_one(report.form)
        if item.key in answers
    }


def _one_to_one(form: str) -> list[tuple[Indicator, Place]]:
    """Return the indicators that stand in exactly one cell of *form*, in the same unit."""
    return [
        (item, places[0])
        for item in indicators()
        if len(places := item.places.get(form, ())) == 1 and form not in item.scale
    ]


def _takes(cell: Cell | None, one: Put) -> bool:
    if cell is None:
        return True
    now = cell.own if one.layer == "own" else cell.value
    taken_before = bool(cell.origin.get("indicator") or cell.origin.get(CELLS))
    return (now is None or taken_before) and now != one.value


def _put(item: Indicator, place: Place, figure: Figure, layer: Layer) -> Put:
    origin = {
        "indicator": item.key,
        "rule": figure.rule,
        "declaration": figure.declaration,
    }
    return Put(
        place,
        figure.value,
        layer=layer,
        source=Source.DECLARED if figure.declaration else Source.COMPUTED,
        ground=figure.ground,
        origin=origin,
    )
