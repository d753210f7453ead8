"""Adding up units: one query, whatever their number."""

from decimal import Decimal

from django.db.models import Sum

from gongkai.core.forms import Place
from gongkai.oversight.reports.models import Cell, Report
from gongkai.oversight.reports.models.report import FINISHED


def tally(report: Report) -> dict[Place, Decimal]:
    """Return the sums of the units of *report* that have confirmed; where all are blank there is none."""
    rows = (
        Cell.objects.filter(report__above=report, report__status__in=FINISHED, value__isnull=False)
        .order_by()
        .values_list("place")
        .annotate(total=Sum("value"))
    )
    form = report.form_facts
    sums = {Place(*place.split("/")): total for place, total in rows}
    return {place: total for place, total in sums.items() if place in form}
