"""How applying takes its place on the portal."""

from typing import Any

from django.urls import include, path
from wagtail import hooks


@hooks.register("register_portal_urls")
def urls() -> list[Any]:
    """Open the pages under /apply/."""
    return [path("apply/", include("gongkai.domain.applications.portal.urls"))]


@hooks.register("register_portal_section")
def section() -> dict[str, Any]:
    """Put it behind the prescribed sections."""
    return {"title": "我要申请", "href": "/apply/", "order": 650}
