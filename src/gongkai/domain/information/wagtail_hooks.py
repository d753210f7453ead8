"""Information at the desk: addresses, menu, first page, style."""

from collections.abc import Mapping
from typing import Any

from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from gongkai.domain.information import policies
from gongkai.domain.information.desk.assessments import declassified_soon, due_for
from gongkai.domain.information.desk.assessments import rows_of as assessment_rows
from gongkai.domain.information.desk.documents import known_on, soon
from gongkai.domain.information.desk.items import own_units, waiting_for_me
from gongkai.foundation import clock
from gongkai.foundation.desk import DeskMenuItem, Panel
from gongkai.foundation.permissions import Reader

SHOWN = 6


@hooks.register("register_admin_urls")
def urls() -> list[URLResolver]:
    """Put the screens under /desk/information/."""
    return [path("information/", include("gongkai.domain.information.desk.urls"))]


@hooks.register("insert_global_admin_css")
def style() -> SafeString:
    """Bring the style of the form and of what is signed."""
    return format_html('<link rel="stylesheet" href="{}">', static("information/desk.css"))


@hooks.register("register_admin_menu_item")
def menu() -> DeskMenuItem:
    """Lead to the items."""
    return DeskMenuItem(
        "政府信息",
        reverse_lazy("information:index"),
        act="information.view",
        icon_name="doc-full",
        order=100,
    )


def _mine(reader: Reader) -> Mapping[str, Any] | None:
    if not reader.may("information.edit"):
        return None
    rows = waiting_for_me(reader)
    return {"rows": rows, "more": reverse_lazy("information:index")} if rows else None


@hooks.register("register_today_panel")
def to_finish() -> Panel:
    """What was sent back to one's own units, and what they have begun."""
    return Panel("政府信息：待修改和起草中", "information/today_items.html", _mine, order=110)


def _to_assess(reader: Reader) -> Mapping[str, Any] | None:
    units = own_units(reader) if reader.may("information.edit") else []
    if not units:
        return None
    today = clock.today()
    due = due_for(reader, units, today)
    rows = assessment_rows(due, today)[:SHOWN]
    return {"rows": rows, "more": reverse_lazy("information:assessments")} if rows else None


@hooks.register("register_today_panel")
def to_assess() -> Panel:
    """What was withheld and is to be looked at again."""
    return Panel("不公开信息：到期评估", "information/assess_rows.html", _to_assess, order=150)


def _to_declassify(reader: Reader) -> Mapping[str, Any] | None:
    units = own_units(reader) if reader.may("information.edit") else []
    if not units:
        return None
    today = clock.today()
    due = declassified_soon(reader, units, today).order_by("declassify_on", "pk")
    keys = list(due.values_list("pk", flat=True)[:SHOWN])
    rows = assessment_rows(policies.visible_to(reader).filter(pk__in=keys), today) if keys else []
    rows.sort(key=lambda row: row["item"].declassify_on)
    more = f"{reverse_lazy('information:assessments')}?which=declassify"
    return {"rows": rows, "more": more} if rows else None


@hooks.register("register_today_panel")
def to_declassify() -> Panel:
    """Secrets that cease to be secret, before they do."""
    return Panel("国家秘密：解密提醒", "information/assess_rows.html", _to_declassify, order=155)


def _running_out(reader: Reader) -> Mapping[str, Any] | None:
    units = own_units(reader) if reader.may("information.edit") else []
    if not units:
        return None
    today = clock.today()
    documents = known_on(policies.visible_to(reader).filter(organisation__in=units), today)
    found = soon(documents, today).only("title", "document_number", "expires_on")
    rows = list(found.order_by("expires_on", "pk")[:SHOWN])
    more = f"{reverse_lazy('information:documents')}?validity=soon"
    return {"documents": rows, "more": more} if rows else None


@hooks.register("register_today_panel")
def running_out() -> Panel:
    """Documents that run out within half a year."""
    return Panel(
        "规范性文件：即将到期", "information/today_documents.html", _running_out, order=160
    )
