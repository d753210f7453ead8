"""Statistics at the desk."""

from django.urls import URLResolver, include, path, reverse_lazy
from wagtail import hooks

from gongkai.foundation.desk import DeskMenuItem


@hooks.register("register_admin_urls")
def urls() -> list[URLResolver]:
    """Put the screens under /desk/statistics/."""
    return [path("statistics/", include("gongkai.oversight.statistics.desk.urls"))]


@hooks.register("register_admin_menu_item")
def menu() -> DeskMenuItem:
    """Lead to the figures."""
    return DeskMenuItem(
        "统计数据",
        reverse_lazy("statistics:dashboard"),
        act="statistics.view",
        icon_name="table",
        order=290,
    )
