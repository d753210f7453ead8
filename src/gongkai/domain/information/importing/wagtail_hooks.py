"""Entries of the desk."""

from django.urls import URLResolver, include, path, reverse_lazy
from wagtail import hooks

from gongkai.domain.information.importing import policies
from gongkai.foundation.desk import DeskMenuItem


@hooks.register("register_admin_urls")
def urls() -> list[URLResolver]:
    """Put the screens under /desk/importing/."""
    return [path("importing/", include("gongkai.domain.information.importing.desk.urls"))]


@hooks.register("register_admin_menu_item")
def menu() -> DeskMenuItem:
    """Stand behind the items."""
    return DeskMenuItem(
        "批量导入",
        reverse_lazy("importing:index"),
        act=policies.BEGIN,
        icon_name="upload",
        order=190,
    )
