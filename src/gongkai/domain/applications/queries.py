"""Questions about applications."""

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.domain.applications.models import Application, Term
from gongkai.foundation import clock
from gongkai.foundation.sealing import fingerprints


def owed_by_desk(organisations: list[int]) -> QuerySet[Term]:
    """Return what is owed at the desks of *organisations*, the most urgent first."""
    return (
        Term.objects.running()
        .filter(organisation__in=organisations)
        .select_related("application", "application__organisation", "organisation", "person")
        .order_by("due", "pk")
    )


def overdue(day: date | None = None) -> QuerySet[Term]:
    """Return what offices and units owe and is late on *day*."""
    return Term.objects.overdue(day or clock.today()).filter(who__in=("office", "unit"))


def of_same_person(application: Application) -> QuerySet[Application]:
    """Return the other applications of whoever has the same document number or telephone."""
    same = Q(pk__in=[])
    if application.document_number:
        same |= Q(document_mark__in=fingerprints(application.document_number))
    if application.telephone:
        same |= Q(telephone_mark__in=fingerprints(application.telephone))
    return Application.objects.filter(same).exclude(pk=application.pk).order_by("-pk")
