"""Entries of the desk."""

from typing import Any

from django.urls import URLResolver, include, path, reverse_lazy
from wagtail import hooks

from gongkai.domain.media import policies
from gongkai.domain.media.models import Inspection
from gongkai.foundation.desk import DeskMenuItem, Panel
from gongkai.foundation.permissions import Reader


@hooks.register("register_admin_urls")
def urls() -> list[URLResolver]:
    """Put the screens under /desk/media/."""
    return [path("media/", include("gongkai.domain.media.desk.urls"))]


@hooks.register("register_admin_menu_item")
def menu() -> DeskMenuItem:
    """Stand behind what is published."""
    return DeskMenuItem(
        "网站和新媒体",
        reverse_lazy("media:index"),
        act=policies.VIEW,
        icon_name="site",
        order=260,
    )


@hooks.register("register_today_panel")
def panel() -> Panel:
    """Say which sites and accounts failed their last inspection, or wait for a judgement."""

    def waiting(reader: Reader) -> dict[str, Any] | None:
        if not reader.may(policies.INSPECT):
            return None
        mine = Inspection.objects.filter(concluded=None).exclude(
            conclusion=Inspection.Conclusion.PASSED
        )
        reach = reader.reach(policies.INSPECT)
        found = mine.filter(reach.q("site__organisation__path")) | mine.filter(
            reach.q("account__organisation__path")
        )
        count = found.count()
        if not count:
            return None
        shown = found.select_related("site__organisation", "account__organisation")[:5]
        return {"count": count, "inspections": shown}

    return Panel("网站和新媒体检查", "media/today.html", waiting, order=420)
