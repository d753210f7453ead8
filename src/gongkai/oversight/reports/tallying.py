"""Adding up units: one query, whatever their number.

The database adds what is counted in the same unit of measure; :mod:`gongkai.core.rollup` then adds those sums,
turning 元 into 万元 where the form leaves the unit to whoever fills it.
"""

from collections import defaultdict
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Sum

from gongkai.core.forms import Cell as FormCell
from gongkai.core.forms import FilledForm, Place, cell_of
from gongkai.core.rollup import Unit, roll_up
from gongkai.oversight.reports.models import Cell, Report
from gongkai.oversight.reports.models.report import FINISHED


class Total(NamedTuple):
    """A sum and its unit of measure, the latter only where the form names none."""

    value: Decimal
    unit: str


def tally(report: Report) -> dict[Place, Total]:
    """Return the sums of the units of *report* that have confirmed; where all are blank there is none."""
    form = report.form_facts
    rows = (
        Cell.objects.filter(report__above=report, report__status__in=FINISHED, value__isnull=False)
        .order_by()
        .values_list("place", "unit")
        .annotate(total=Sum("value"))
    )
    sums: dict[str, dict[Place, FormCell]] = defaultdict(dict)
    for key, unit, total in rows:
        place = Place(*key.split("/"))
        if place in form:
            sums[unit][place] = cell_of(total, unit=unit or None)
    total = roll_up(
        form, [Unit(unit, unit, FilledForm(form, cells)) for unit, cells in sums.items()]
    )
    return {
        place: Total(cell.value, "" if form.unit(place) else cell.unit or "")
        for place, cell in total.filled().items()
        if cell.value is not None
    }
