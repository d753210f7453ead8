"""The pages of annual reports: which there are, and which change when an edition appears."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db.models.signals import post_save
from django.urls import reverse

from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.publicfiles import PageSource, mapping, register, touch, touch_group
from gongkai.oversight.reports.models import Edition, Report
from gongkai.oversight.reports.portal import queries

DATA_FORMATS = ("json", "csv")


def all_pages() -> Iterator[str]:
    """Yield every address that has a file."""
    yield from sorted(general_pages())
    for unit in queries.organisations():
        yield from sorted(pages_of(unit.pk))


def general_pages() -> set[str]:
    """Return the addresses that show reports of many organisations."""
    pages = {reverse("portal_reports:index")}
    return pages | {reverse("portal_reports:year", args=[year]) for year, _ in queries.years()}


def pages_of(organisation: int) -> set[str]:
    """Return the addresses that show the reports of *organisation* alone."""
    pages = {reverse("portal_reports:organisation", args=[organisation])}
    for format in DATA_FORMATS:  # noqa: A001  # the name in the address
        pages.add(reverse("portal_reports:figures", args=[organisation, format]))
    for report in queries.issued().filter(organisation=organisation):
        pages |= _pages_of_report(report)
    return pages


def pages_showing(report: Report) -> set[str]:
    """Return the addresses that change when *report* is issued or corrected."""
    pages = general_pages() | pages_of(report.organisation_id) | section_of(report.organisation_id)
    pages.add(reverse("portal_reports:year", args=[report.year]))
    pages |= _pages_of_report(report)
    if report.above is not None:
        pages |= _pages_of_report(report.above)
    return pages


def section_of(organisation: int) -> set[str]:
    """Return the pages of the disclosure section that name the newest reports."""
    home = reverse("portal_information:organisation", args=[organisation])
    return {reverse("front"), home, f"{home}annual/"}


def _pages_of_report(report: Report) -> set[str]:
    key = [report.organisation_id, report.year]
    pages = {
        reverse("portal_reports:report", args=key),
        reverse("portal_reports:units", args=key),
    }
    pages |= {reverse("portal_reports:units-data", args=[*key, f]) for f in DATA_FORMATS}
    formats = ("docx", "pdf", "xlsx", "json", "csv")
    return pages | {reverse("portal_reports:download", args=[*key, f]) for f in formats}


def _pages_to_find(organisations: Sequence[int]) -> Iterator[str]:
    rows = queries.issued().filter(organisation__in=organisations).order_by("organisation", "year")
    for unit, year in rows.values_list("organisation", "year"):
        yield reverse("portal_reports:organisation", args=[unit])
        yield reverse("portal_reports:report", args=[unit, year])


def _edition_saved(instance: Edition, **_: Any) -> None:
    touch(pages_showing(instance.report) | mapping.parts_of([instance.report.organisation_id]))


def _organisation_saved(instance: Organisation, created: bool, **_: Any) -> None:  # noqa: ARG001, FBT001  # Django's signature
    if not created:
        touch_group("reports")


register(
    PageSource(
        name="reports",
        title="政府信息公开年报",
        owns=("/reports/",),
        all_pages=all_pages,
        of_organisations=_pages_to_find,
        looks=(Path(__file__).parent,),
    )
)
post_save.connect(_edition_saved, sender=Edition, dispatch_uid="portal-pages-edition")
post_save.connect(_organisation_saved, sender=Organisation, dispatch_uid="portal-pages-unit")
