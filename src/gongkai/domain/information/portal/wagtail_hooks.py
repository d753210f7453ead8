"""How the disclosure section takes its place on the portal."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from wagtail import hooks

from gongkai.domain.information.portal import addresses

ORDER = {"policy": 100, "guide": 200, "system": 300, "statutory": 400, "apply": 600}
"""The prescribed order; annual reports have a section of their own at 500."""


@hooks.register("register_portal_urls")
def urls() -> list[Any]:
    """Open the public pages."""
    return [path("", include("gongkai.domain.information.portal.urls"))]


@hooks.register("register_portal_section")
def sections() -> list[dict[str, Any]]:
    """Put the parts of the first organisation's section into the navigation."""
    from gongkai.domain.information.portal.sections import section_of  # noqa: PLC0415  # needs loaded apps
    from gongkai.domain.organisations.queries import top  # noqa: PLC0415

    first = top()
    if first is None:
        return []
    parts = [part for part in section_of(first).parts if part.section in ORDER]
    made = [{"title": p.title, "href": p.href, "order": ORDER[p.section]} for p in parts]
    if made:
        made.append({"title": "各机构公开专栏", "href": addresses.ORGANISATIONS, "order": 700})
    return made


@hooks.register("register_portal_front")
def front(request: HttpRequest) -> HttpResponse | None:
    """Show the home of the city once there is something to show."""
    from gongkai.domain.information.portal import home  # noqa: PLC0415  # needs loaded apps

    facts = home.city()
    return render(request, "portal_information/home.html", facts) if facts else None
