"""Who may see and declare figures."""

from django.db.models import QuerySet

from gongkai.domain.organisations.models import Organisation
from gongkai.domain.organisations.models.organisation import OrganisationQuerySet
from gongkai.foundation.permissions import NotThere, Reader
from gongkai.oversight.statistics.models import Declaration, MonthReport


def units_visible_to(reader: Reader) -> OrganisationQuerySet:
    """The units whose figures *reader* may see."""
    found: OrganisationQuerySet = Organisation.objects.filter(reader.reach("statistics.view").q())
    return found


def visible_to(reader: Reader) -> QuerySet[Declaration]:
    """The declarations *reader* may know of."""
    return Declaration.objects.filter(
        reader.reach("statistics.view").q("organisation__path")
    ).select_related("organisation", "by")


def fetch_unit(reader: Reader, key: int) -> Organisation:
    """Return a unit whose figures *reader* may see, or say that it is not there."""
    found: Organisation | None = units_visible_to(reader).filter(pk=key).first()
    if found is None:
        raise NotThere(what="这个单位")
    return found


def fetch(reader: Reader, key: int) -> Declaration:
    """Return one declaration, or say that it is not there."""
    found = visible_to(reader).filter(pk=key).first()
    if found is None:
        raise NotThere(what="这个申报数")
    return found


def fetch_month_report(reader: Reader, key: int) -> MonthReport:
    """Return a month report that *reader* had made, or say that it is not there: it tells what they could see."""
    found = MonthReport.objects.select_related("organisation").filter(pk=key)
    mine = found.filter(by=reader.user).first() if reader.user else None
    if mine is None:
        raise NotThere(what="这份月报")
    return mine


def may(reader: Reader, act: str, unit: Organisation) -> bool:
    """Tell whether *reader* may do *act* to the figures of *unit*."""
    return reader.may(act, str(unit.path))
