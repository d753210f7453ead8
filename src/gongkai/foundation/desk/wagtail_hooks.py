"""The desk's own hooks: style, menu."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail import hooks

from gongkai.foundation.desk import DeskMenuItem


@hooks.register("insert_global_admin_css")
def style() -> SafeString:
    """Put our tokens and density over Wagtail's."""
    sheets = [(static(name),) for name in ("tokens.css", "parts.css", "desk/desk.css")]
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("insert_global_admin_js")
def script() -> SafeString:
    """Bring HTMX and the few lines of ours."""
    return format_html(
        '<script src="{}" defer></script><script src="{}" defer></script>',
        static("django_htmx/htmx-2.min.js"),
        static("desk/desk.js"),
    )


@hooks.register("register_admin_menu_item")
def today() -> DeskMenuItem:
    """Put the first page first."""
    return DeskMenuItem("今日", reverse_lazy("wagtailadmin_home"), icon_name="home", order=0)


@hooks.register("construct_main_menu")
def only_ours(request: HttpRequest, items: list[Any]) -> None:  # noqa: ARG001  # Wagtail's signature
    """Keep what an office needs; areas that use more of Wagtail register their own entries."""
    items[:] = [item for item in items if isinstance(item, DeskMenuItem)]
