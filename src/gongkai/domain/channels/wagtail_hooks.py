"""How the channels take their place at the desk and on the portal."""

from collections.abc import Mapping
from typing import Any

from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from gongkai.domain.channels import policies
from gongkai.foundation import clock
from gongkai.foundation.desk import DeskMenuItem, Panel
from gongkai.foundation.permissions import Reader

SHOWN = 8


@hooks.register("register_portal_urls")
def public_urls() -> list[Any]:
    """Open the public pages, screens and kiosks."""
    from gongkai.domain.channels.portal import displays  # noqa: PLC0415  # needs loaded apps

    return [path("gazette/", include("gongkai.domain.channels.portal.urls")), *displays.urls()]


@hooks.register("register_portal_section")
def section() -> dict[str, Any]:
    """Stand in the navigation."""
    return {
        "title": "政府公报",
        "summary": "各期政府公报全文和 PDF",
        "href": reverse_lazy("gazettes:index"),
        "order": 450,
    }


@hooks.register("register_admin_urls")
def urls() -> list[URLResolver]:
    """Put the screens under /desk/channels/."""
    return [path("channels/", include("gongkai.domain.channels.desk.urls"))]


@hooks.register("insert_global_admin_css")
def style() -> SafeString:
    """Bring the style of the board."""
    return format_html('<link rel="stylesheet" href="{}">', static("channels/desk.css"))


@hooks.register("insert_global_admin_js")
def script() -> SafeString:
    """Bring copying and putting in order."""
    return format_html('<script src="{}" defer></script>', static("channels/desk.js"))


@hooks.register("register_admin_menu_item")
def menu() -> DeskMenuItem:
    """Lead to the board."""
    return DeskMenuItem(
        "公开渠道",
        reverse_lazy("channels:index"),
        act="channels.view",
        icon_name="globe",
        order=160,
        badge=_count_late,
    )


def _count_late(reader: Reader) -> int:
    return policies.visible_to(reader).overdue().count()


def _to_do(reader: Reader) -> Mapping[str, Any] | None:
    if not reader.may("channels.plan"):
        return None
    units = [standing.unit for standing in reader.standings]
    mine = policies.visible_to(reader).open().filter(responsible__in=units).order_by("due", "pk")
    count = mine.count()
    if not count:
        return None
    return {
        "releases": mine[:SHOWN],
        "count": count,
        "more": reverse("channels:index"),
        "today": clock.today(),
    }


@hooks.register("register_today_panel")
def to_do() -> Panel:
    """What one has to release, or to take down."""
    return Panel("渠道发布：待办", "channels/today.html", _to_do, order=160)
