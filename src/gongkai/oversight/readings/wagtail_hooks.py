"""How the reading room takes its place at the desk."""

from typing import Any

from django.urls import include, path, reverse, reverse_lazy
from wagtail import hooks

from gongkai.foundation.desk import DeskMenuItem, Panel
from gongkai.foundation.permissions import Reader
from gongkai.oversight.readings import policies, queries


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    """Open the reading room."""
    return [path("readings/", include("gongkai.oversight.readings.desk.urls"))]


@hooks.register("register_admin_menu_item")
def menu() -> DeskMenuItem:
    """Stand behind the annual reports."""
    return DeskMenuItem(
        "年报审校",
        reverse_lazy("readings:index"),
        act=policies.VIEW,
        icon_name="search",
        order=350,
    )


@hooks.register("register_today_panel")
def panel() -> Panel:
    """Say how many reports have errors that nobody decided on."""

    def waiting(reader: Reader) -> dict[str, Any] | None:
        if not reader.may(policies.JUDGE) or not (count := queries.with_errors(reader)):
            return None
        listed = queries.listed(reader, queries.Filters(shows="errors"))[:5]
        return {
            "count": count,
            "readings": listed,
            "more": f"{reverse('readings:index')}?shows=errors",
        }

    return Panel("待核的年报", "readings/today.html", waiting, order=400)
