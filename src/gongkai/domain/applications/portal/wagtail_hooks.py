"""How applying takes its place on the portal."""

from typing import Any

from django.urls import include, path
from wagtail import hooks

from gongkai.domain.information.portal.links import APPLY_LINKS
from gongkai.domain.organisations.models import Organisation


@hooks.register("register_portal_urls")
def urls() -> list[Any]:
    """Open the pages under /apply/, and the public logs."""
    from gongkai.domain.applications.portal.views import log as views  # noqa: PLC0415  # needs models

    return [
        path("apply/", include("gongkai.domain.applications.portal.urls")),
        path("requests/<int:key>/", views.log, name="requests"),
        path("requests/<int:key>/<int:number>/", views.log, name="requests_page"),
    ]


@hooks.register("register_portal_section")
def section() -> dict[str, Any]:
    """Put it behind the prescribed sections."""
    return {"title": "我要申请", "href": "/apply/", "order": 650}


@hooks.register(APPLY_LINKS)
def log(organisation: Organisation) -> tuple[str, str] | None:
    """Lead to what others have asked for, where the organisation says so."""
    from gongkai.domain.applications.actions.log import is_open  # noqa: PLC0415  # needs models

    return (
        ("申请公开的办理情况", f"/requests/{organisation.pk}/")
        if is_open(organisation.pk)
        else None
    )
