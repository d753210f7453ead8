"""Who has published what it owes: units by fields, down to the single obligation."""

from collections.abc import Sequence
from functools import reduce
from typing import Any, ClassVar

from gongkai.core.directories import criteria, fields
from gongkai.domain.directory import policies
from gongkai.domain.directory.desk.obligations import HOME, year_of
from gongkai.domain.directory.queries import Tally, coverage, due_by_unit, health
from gongkai.domain.organisations.kinds import level_choices
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.desk.paging import page_of
from gongkai.foundation.desk.views import Crumb, DeskView

FULL, HALF = 90, 50
"""Percent from which a cell is called good, and below which bad; colours of ours, no law."""


def tone_of(tally: Tally | None) -> str:
    """Return the tone of a cell; a word or number always stands beside it."""
    percent = tally.percent if tally else None
    if percent is None:
        return ""
    return "is-good" if percent >= FULL else "is-warn" if percent >= HALF else "is-bad"


class CoverageView(DeskView):
    """The matrix."""

    act = policies.VIEW
    title = "覆盖情况"
    template_name = "directory/coverage.html"
    crumbs: ClassVar[Sequence[Crumb]] = (HOME,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the matrix, its sums by field and by level."""
        year, day = year_of(self.request), clock.today()
        shown = policies.obligations_visible_to(self.reader).filter(year=year)
        cells = coverage(shown, "unit", "level", "field", day=day)
        by_unit: dict[int, Tally] = {}
        by_field: dict[str, Tally] = {}
        by_level: dict[str, Tally] = {}
        by_cell: dict[tuple[int, str], Tally] = {}
        for (unit, level, field), tally in cells.items():
            by_unit[unit] = by_unit.get(unit, Tally()).plus(tally)
            by_field[field] = by_field.get(field, Tally()).plus(tally)
            by_level[level] = by_level.get(level, Tally()).plus(tally)
            by_cell[unit, field] = by_cell.get((unit, field), Tally()).plus(tally)
        used = [key for key in fields() if key in by_field]
        page = page_of(self.request, Organisation.objects.filter(pk__in=list(by_unit)))
        known = fields()
        levels = dict(level_choices())
        total = reduce(Tally.plus, by_level.values(), Tally())
        return super().get_context_data(
            year=year,
            years=range(day.year, day.year - 4, -1),
            total=total,
            fields=[(key, known[key].title, by_field[key]) for key in used],
            levels=[(levels[key], tally) for key, tally in by_level.items()],
            page=page,
            rows=[
                {
                    "unit": unit,
                    "tally": by_unit[unit.pk],
                    "tone": tone_of(by_unit[unit.pk]),
                    "cells": [
                        (key, by_cell.get((unit.pk, key)), tone_of(by_cell.get((unit.pk, key))))
                        for key in used
                    ],
                }
                for unit in page
            ],
            due=due_by_unit(shown, day)[:10],
            tab="coverage",
            **kwargs,
        )


class WatchedView(DeskView):
    """The columns of all units against the criteria of inspection."""

    act = policies.VIEW
    title = "栏目检查"
    template_name = "directory/watched.html"
    crumbs: ClassVar[Sequence[Crumb]] = (Crumb("栏目", "/desk/directory/columns/"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a line for each unit, the worst first."""
        units = policies.units_visible_to(self.reader)
        found = health(units.values_list("pk", flat=True))
        order = sorted(
            found,
            key=lambda key: (
                -len(found[key].fails),
                -found[key].blank - sum(found[key].late.values()),
                key,
            ),
        )
        page = page_of(self.request, order)
        named = {unit.pk: unit for unit in Organisation.objects.filter(pk__in=list(page))}
        known = criteria()
        return super().get_context_data(
            page=page,
            rows=[
                {
                    "unit": named[key],
                    "health": found[key],
                    "late": sum(found[key].late.values()),
                    "why": [known[name].title for name in found[key].fails],
                }
                for key in page
            ],
            failing=sum(bool(state.fails) for state in found.values()),
            criteria=[known[key] for key in ("dynamic", "notice", "stale", "blank")],
            **kwargs,
        )
