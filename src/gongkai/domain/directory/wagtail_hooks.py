"""The directory at the desk and on the portal: addresses, menu, first page, style."""

from typing import Any

from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from gongkai.domain.directory import policies
from gongkai.domain.directory.desk.columns import today_panel
from gongkai.domain.directory.desk.obligations import due_panel
from gongkai.domain.directory.queries import waiting_proposals
from gongkai.foundation.desk import DeskMenuItem, Panel
from gongkai.foundation.permissions import Reader


@hooks.register("register_admin_urls")
def urls() -> list[URLResolver]:
    """Put the screens under /desk/directory/."""
    return [path("directory/", include("gongkai.domain.directory.desk.urls"))]


@hooks.register("register_portal_urls")
def portal_urls() -> list[Any]:
    """Open the public pages."""
    return [path("", include("gongkai.domain.directory.portal.urls"))]


@hooks.register("insert_global_admin_css")
def style() -> SafeString:
    """Bring the style of the screens."""
    return format_html('<link rel="stylesheet" href="{}">', static("directory/desk.css"))


@hooks.register("insert_global_admin_js")
def script() -> SafeString:
    """Bring the box that ticks all."""
    return format_html('<script src="{}" defer></script>', static("directory/desk.js"))


@hooks.register("register_admin_menu_item")
def columns() -> DeskMenuItem:
    """Lead to the columns."""
    return DeskMenuItem(
        "栏目",
        reverse_lazy("directory:columns_index"),
        act="directory.view",
        icon_name="list-ul",
        order=180,
    )


@hooks.register("register_admin_menu_item")
def obligations() -> DeskMenuItem:
    """Lead to what is owed; the entry is current on all pages of the directory but the columns."""
    return DeskMenuItem(
        "公开义务",
        reverse_lazy("directory:home"),
        act="directory.view",
        icon_name="calendar-check",
        order=190,
    )


@hooks.register("register_today_panel")
def due() -> Panel:
    """Say what is due."""
    return Panel("应公开的信息", "directory/today_due.html", due_panel, order=120)


@hooks.register("register_today_panel")
def proposals() -> Panel:
    """Say what waits to be confirmed."""
    return Panel("待确认的履行建议", "directory/today_proposals.html", _proposals, order=130)


def _proposals(reader: Reader) -> dict[str, Any] | None:
    if not reader.may("directory.fulfil"):
        return None
    found = waiting_proposals(policies.fulfilments_visible_to(reader))
    rows = list(found[:5])
    if not rows:
        return None
    return {"rows": rows, "count": found.count(), "more": reverse_lazy("directory:proposals")}


@hooks.register("register_today_panel")
def watched() -> Panel:
    """Say which columns fail the inspection."""
    return Panel("栏目检查不合格的单位", "directory/today_columns.html", today_panel, order=160)
