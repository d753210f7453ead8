"""How annual reports take their place on the portal."""

from typing import Any

from django.urls import include, path, reverse, reverse_lazy
from wagtail import hooks

LATEST = 6


@hooks.register("register_portal_urls")
def urls() -> list[Any]:
    """Open the public pages."""
    return [path("reports/", include("gongkai.oversight.reports.portal.urls"))]


def latest() -> list[dict[str, Any]]:
    """Return what was published last, for the front page."""
    from gongkai.oversight.reports.portal import queries  # noqa: PLC0415  # needs loaded apps

    return [
        {
            "title": report.title,
            "href": reverse("portal_reports:report", args=[report.organisation_id, report.year]),
            "on": report.issued_on,
        }
        for report in queries.issued().order_by("-issued_on", "organisation__path")[:LATEST]
    ]


@hooks.register("register_portal_section")
def section() -> dict[str, Any]:
    """Stand in the navigation."""
    return {
        "title": "政府信息公开年报",
        "summary": "各机关历年年度报告、统计数据和图表",
        "href": reverse_lazy("portal_reports:index"),
        "latest": latest,
        "order": 500,
    }


@hooks.register("register_annual_reports")
def of_organisation(organisation: int) -> list[dict[str, Any]]:
    """Return the issued reports of *organisation*, for its section."""
    from gongkai.oversight.reports.portal import queries  # noqa: PLC0415  # needs loaded apps

    return [
        {
            "title": report.title,
            "year": report.year,
            "href": reverse("portal_reports:report", args=[organisation, report.year]),
            "on": report.issued_on,
        }
        for report in queries.issued().filter(organisation=organisation).order_by("-year")
    ]
