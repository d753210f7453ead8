"""Review at the desk: addresses, menu, first page."""

from collections.abc import Mapping
from typing import Any

from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from gongkai.domain.review.desk.queue import rows_of
from gongkai.domain.review.queries import waiting_for
from gongkai.foundation.desk import DeskMenuItem, Panel
from gongkai.foundation.permissions import Reader

SHOWN = 8
MOST = 100


@hooks.register("register_admin_urls")
def urls() -> list[URLResolver]:
    """Put the screens under /desk/reviews/."""
    return [path("reviews/", include("gongkai.domain.review.desk.urls"))]


@hooks.register("insert_global_admin_css")
def style() -> SafeString:
    """Bring the style of the steps."""
    return format_html('<link rel="stylesheet" href="{}">', static("review/desk.css"))


@hooks.register("register_admin_menu_item")
def menu() -> DeskMenuItem:
    """Lead to what waits for one's signature."""
    return DeskMenuItem(
        "审查和签批",
        reverse_lazy("review:index"),
        act="review.view",
        badge=_count,
        icon_name="check",
        order=150,
    )


def _count(reader: Reader) -> int:
    return waiting_for(reader).order_by()[:MOST].count()


def _waiting(reader: Reader) -> Mapping[str, Any] | None:
    if not reader.may("review.view"):
        return None
    waiting = list(waiting_for(reader)[:MOST])
    if not waiting:
        return None
    return {
        "rows": rows_of(waiting[:SHOWN], reader),
        "count": len(waiting),
        "more": reverse_lazy("review:index"),
    }


@hooks.register("register_today_panel")
def to_sign() -> Panel:
    """What one has to sign, before anything else."""
    return Panel("待我审查", "review/today.html", _waiting, order=100)
