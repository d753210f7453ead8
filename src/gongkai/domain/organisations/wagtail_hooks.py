"""Entries of the desk."""

from django.urls import URLResolver, include, path, reverse_lazy
from wagtail import hooks

from gongkai.foundation.desk import DeskMenuItem


@hooks.register("register_admin_urls")
def urls() -> list[URLResolver]:
    """Put the screens under /desk/organisations/."""
    return [path("organisations/", include("gongkai.domain.organisations.desk.urls"))]


@hooks.register("register_admin_menu_item")
def organisations() -> DeskMenuItem:
    """Lead to the tree."""
    return DeskMenuItem(
        "机构",
        reverse_lazy("organisations:index"),
        act="organisations.view",
        icon_name="site",
        order=700,
    )


@hooks.register("register_admin_menu_item")
def people() -> DeskMenuItem:
    """Lead to the people."""
    return DeskMenuItem(
        "人员",
        reverse_lazy("organisations:people"),
        act="organisations.people",
        icon_name="group",
        order=710,
    )
