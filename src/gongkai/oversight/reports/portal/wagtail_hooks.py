"""How annual reports take their place on the portal."""

from typing import Any

from django.urls import include, path, reverse_lazy
from wagtail import hooks


@hooks.register("register_portal_urls")
def urls() -> list[Any]:
    """Open the public pages."""
    return [path("reports/", include("gongkai.oversight.reports.portal.urls"))]


@hooks.register("register_portal_section")
def section() -> dict[str, Any]:
    """Stand in the navigation."""
    return {
        "title": "政府信息公开年报",
        "summary": "各机关历年年度报告、统计数据和图表",
        "href": reverse_lazy("portal_reports:index"),
        "order": 500,
    }
