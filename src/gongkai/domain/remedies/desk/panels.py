"""What the desk's first page says about remedies."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.urls import reverse_lazy

from gongkai.domain.remedies import policies
from gongkai.domain.remedies.desk.filtering import in_order
from gongkai.domain.remedies.desk.rows import rows_of
from gongkai.domain.remedies.models import Remedy
from gongkai.domain.remedies.queries import NEXT, TO_RENEW, WAITING
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader

SHOWN = 6


def _owed(reader: Reader) -> Any:
    units = {standing.unit for standing in reader.standings}
    return Remedy.objects.filter(Q(WAITING) | Q(TO_RENEW), organisation__in=units)


def waiting(reader: Reader) -> Mapping[str, Any] | None:
    """Return what the reader's own units have to answer or to decide again."""
    if not reader.may(policies.HANDLE):
        return None
    rows = in_order(_owed(reader).defer("claimant", "claims", "result", "lessons"))
    found = list(rows.select_related("organisation", "follows").prefetch_related(NEXT)[: SHOWN + 1])
    if not found:
        return None
    return {
        "rows": rows_of(found[:SHOWN], clock.today()),
        "count": len(found) if len(found) <= SHOWN else _owed(reader).count(),
        "more": reverse_lazy("remedies:index"),
    }


def urgent(reader: Reader) -> int:
    """Return how much waits, for the menu."""
    return _owed(reader).count() if reader.may(policies.HANDLE) else 0
