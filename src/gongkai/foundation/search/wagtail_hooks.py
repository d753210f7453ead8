"""How the search takes its place on the portal and at the desk."""

from typing import Any

from django.urls import URLResolver, include, path, reverse_lazy
from wagtail import hooks

from gongkai.foundation.desk import DeskMenuItem


@hooks.register("register_portal_urls")
def portal_urls() -> list[Any]:
    """Open the public pages."""
    return [path("search/", include("gongkai.foundation.search.portal.urls"))]


@hooks.register("register_admin_urls")
def urls() -> list[URLResolver]:
    """Put the screen under /desk/search-words/."""
    return [path("search-words/", include("gongkai.foundation.search.desk.urls"))]


@hooks.register("register_admin_menu_item")
def menu() -> DeskMenuItem:
    """Lead to what people search for."""
    return DeskMenuItem(
        "热搜词",
        reverse_lazy("search_words:index"),
        act="search.words",
        icon_name="search",
        order=640,
    )
