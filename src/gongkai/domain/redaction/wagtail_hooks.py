"""How redaction takes its place at the desk."""

from collections.abc import Mapping
from typing import Any

from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from gongkai.domain.redaction import policies
from gongkai.domain.redaction.models import Stage
from gongkai.foundation.desk import Panel
from gongkai.foundation.permissions import Reader

SHOWN = 8


@hooks.register("register_admin_urls")
def urls() -> list[URLResolver]:
    """Put the screens under /desk/redaction/."""
    return [path("redaction/", include("gongkai.domain.redaction.desk.urls"))]


@hooks.register("insert_global_admin_css")
def style() -> SafeString:
    """Bring the style of the pages."""
    return format_html('<link rel="stylesheet" href="{}">', static("redaction/redaction.css"))


@hooks.register("insert_global_admin_js")
def script() -> SafeString:
    """Bring drawing with the mouse."""
    return format_html('<script src="{}" defer></script>', static("redaction/drawing.js"))


def _in_work(reader: Reader) -> Mapping[str, Any] | None:
    if reader.user is None or not reader.may(policies.MARK):
        return None
    rows = policies.visible_to(reader).filter(
        made_by=reader.user, stage__in=(Stage.MARKING, Stage.BUILT, Stage.FAILED)
    )[:SHOWN]
    return {"redactions": rows, "more": reverse("redaction:index")} if rows else None


@hooks.register("register_today_panel")
def in_work() -> Panel:
    """What one has begun to redact and not finished."""
    return Panel("区分处理：做了一半的", "redaction/today.html", _in_work, order=170)
