"""The pages of annual reports whose visits are counted."""

import re
from collections.abc import Collection, Mapping, Sequence

from gongkai.domain.information.portal.visited import OF_ORGANISATION
from gongkai.foundation.visits import VisitSource, register
from gongkai.foundation.visits.registry import Place
from gongkai.oversight.reports.portal import queries


def reports(keys: Collection[int]) -> Mapping[int, Sequence[Place]]:
    """Return which of *keys* are organisations that have issued a report."""
    rows = queries.issued().filter(organisation__in=keys).order_by()
    found = rows.values_list("organisation", flat=True).distinct()
    return {key: [(OF_ORGANISATION, key)] for key in found}


def lists(keys: Collection[int]) -> Mapping[int, Sequence[Place]]:
    """Return the lists of all reports."""
    return {key: [] for key in keys if key == 0}


register(VisitSource("report", re.compile(r"/reports/([0-9]+)/(?:[0-9]{4}/(?:units/)?)?"), reports))
register(VisitSource("reports", re.compile(r"/reports/(?:years/[0-9]{4}/)?"), lists))
