"""What the first page of the desk says about applications."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from gongkai.domain.applications import policies
from gongkai.domain.applications.desk.listing import term_rows
from gongkai.domain.applications.desk.queues import INSIDE, conditions, own_units
from gongkai.domain.applications.desk.slices import in_order
from gongkai.domain.applications.models import Note, Term
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader

SHOWN = 8
PRESSING = ("late", "today", "week")


def works(reader: Reader) -> bool:
    """Tell whether *reader* handles applications or answers what was asked of a unit."""
    return reader.may(policies.HANDLE) or reader.may(policies.REPORT)


def owed(reader: Reader) -> QuerySet[Term]:
    """Return what the reader's own units owe, but for what is somebody else's."""
    running = Term.objects.running().filter(organisation__in=own_units(reader))
    return running.filter(Q(person=reader.user) | Q(person=None))


def pressing(reader: Reader) -> Mapping[str, Any] | None:
    """Return what is late, due today or this week, the most urgent first."""
    if not works(reader):
        return None
    today = clock.today()
    asked = conditions(reader, today)
    rows = owed(reader).filter(asked["late"] | asked["today"] | asked["week"])
    return _first(rows, today, reverse("applications:index"))


def overdue(reader: Reader) -> Mapping[str, Any] | None:
    """Return what units within reach have let pass, the oldest first, but for what is the reader's own work."""
    if not reader.may(policies.VIEW):
        return None
    today = clock.today()
    rows = policies.terms_visible_to(reader).filter(ended=None, who__in=INSIDE, due__lt=today)
    if works(reader):
        rows = rows.exclude(organisation__in=own_units(reader))
    return _first(rows, today, f"{reverse('applications:index')}?when=late")


def _first(rows: QuerySet[Term], today: date, more: str) -> Mapping[str, Any] | None:
    """Return the first of *rows* and how many there are; nothing where there is none."""
    keys = list(in_order(rows).values_list("pk", flat=True)[: SHOWN + 1])
    if not keys:
        return None
    return {
        "rows": term_rows(keys[:SHOWN], today),
        "count": len(keys) if len(keys) <= SHOWN else rows.count(),
        "more": more,
    }


def urgent(reader: Reader) -> int:
    """Return how much is late or due today, for the menu."""
    if not works(reader):
        return 0
    asked = conditions(reader, clock.today())
    return owed(reader).filter(asked["late"] | asked["today"]).count()


def tasks(reader: Reader) -> Mapping[str, Any] | None:
    """Return what colleagues asked the reader to do in cases."""
    if reader.user is None or not works(reader):
        return None
    rows = Note.objects.filter(person=reader.user, done_at=None).select_related("application", "by")
    found = list(rows.order_by("due", "pk")[:SHOWN])
    return {"notes": found, "day": clock.today()} if found else None
