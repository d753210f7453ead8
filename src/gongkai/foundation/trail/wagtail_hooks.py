"""Entries of the desk."""

from django.urls import URLResolver, include, path, reverse_lazy
from wagtail import hooks

from gongkai.foundation.desk import DeskMenuItem


@hooks.register("register_admin_urls")
def urls() -> list[URLResolver]:
    """Put the screens under /desk/trail/."""
    return [path("trail/", include("gongkai.foundation.trail.desk.urls"))]


@hooks.register("register_admin_menu_item")
def menu() -> DeskMenuItem:
    """Lead to the trail."""
    return DeskMenuItem(
        "操作留痕", reverse_lazy("trail:index"), act="trail.view", icon_name="history", order=800
    )
