"""How the open data take their place."""

from typing import Any

from django.urls import URLResolver, include, path, reverse_lazy
from wagtail import hooks

from gongkai.foundation.desk import DeskMenuItem


@hooks.register("register_portal_urls")
def portal_urls() -> list[Any]:
    """Open the API and the dumps."""
    return [path("", include("gongkai.site.api.urls"))]


@hooks.register("register_admin_urls")
def urls() -> list[URLResolver]:
    """Put the keys under /desk/exchange-keys/."""
    return [path("exchange-keys/", include("gongkai.site.api.desk.urls"))]


@hooks.register("register_admin_menu_item")
def menu() -> DeskMenuItem:
    """Lead to the keys."""
    return DeskMenuItem(
        "数据交换", reverse_lazy("exchange_keys:index"), act="api.keys", icon_name="key", order=840
    )
