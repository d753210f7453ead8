"""The monthly series of a year is exported."""

from django.db import transaction

from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.jobs.actions import start
from gongkai.foundation.jobs.models import Job
from gongkai.foundation.permissions import NotThere, Reader
from gongkai.oversight.statistics import policies


def export_months(unit: Organisation, year: int, *, by: Reader) -> Job:
    """Have the months of *year* of *unit*, and of all below it that *by* may see, put into a workbook.

    Returns:
        The work in the background, also where it is under way already.

    Raises:
        NotThere: The figures of *unit* are not for *by*.
    """
    from gongkai.oversight.statistics.jobs import make_month_report  # noqa: PLC0415  # it needs models

    if not policies.may(by, "statistics.view", unit):
        raise NotThere(what="这个单位")
    under_way = last_export(unit, year, by=by)
    if under_way is not None and under_way.is_active:
        return under_way
    arguments = {"unit": unit.pk, "year": year}
    title = f"导出{unit.short or unit.name}{year}年月报"
    with transaction.atomic():
        return start(make_month_report, by=by, arguments=arguments, title=title)


def last_export(unit: Organisation, year: int, *, by: Reader) -> Job | None:
    """Return the last work of *by* on the months of *year* of *unit*."""
    jobs = Job.objects.filter(owner=by.user, kind="statistics.monthly")
    return jobs.filter(arguments__unit=unit.pk, arguments__year=year).order_by("-created").first()
