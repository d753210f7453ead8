"""Disclosure on request at the desk: addresses, menu, first page, style."""

from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from gongkai.domain.applications import policies
from gongkai.domain.applications.desk import log, panels, publication, renewing
from gongkai.domain.applications.desk.blocks import HOOK, CaseBlock
from gongkai.foundation.desk import DeskMenuItem, Panel


@hooks.register("register_admin_urls")
def urls() -> list[URLResolver]:
    """Put the screens under /desk/applications/."""
    return [path("applications/", include("gongkai.domain.applications.desk.urls"))]


@hooks.register("insert_global_admin_css")
def style() -> SafeString:
    """Bring the style of the list and of the case."""
    return format_html('<link rel="stylesheet" href="{}">', static("applications/desk.css"))


@hooks.register("register_admin_menu_item")
def menu() -> DeskMenuItem:
    """Lead to what is due, with how much is pressing."""
    return DeskMenuItem(
        "依申请公开",
        reverse_lazy("applications:index"),
        act=policies.VIEW,
        icon_name="form",
        order=200,
        badge=panels.urgent,
    )


@hooks.register("register_today_panel")
def due() -> Panel:
    """What is late, due today or this week."""
    return Panel(
        "依申请公开：逾期和本周到期", "applications/today_due.html", panels.pressing, order=20
    )


@hooks.register("register_today_panel")
def overdue() -> Panel:
    """What other units have let pass, for who watches over them."""
    return Panel(
        "依申请公开：各单位逾期", "applications/today_overdue.html", panels.overdue, order=25
    )


@hooks.register("register_today_panel")
def tasks() -> Panel:
    """What colleagues asked for."""
    return Panel("依申请公开：交给我的事", "applications/today_tasks.html", panels.tasks, order=30)


@hooks.register(HOOK)
def code() -> CaseBlock:
    """The secret code, for somebody who lost theirs."""
    return CaseBlock(
        "查询码", "applications/renewals.html", renewing.renewals, order=700, aside=True
    )


@hooks.register(HOOK)
def publishing() -> CaseBlock:
    """Whether what was given out is published, and what became of it."""
    return CaseBlock(
        "转主动公开", "applications/publication_block.html", publication.publication_of, order=240
    )


@hooks.register(HOOK)
def logged() -> CaseBlock:
    """Whether the case stands in the public log."""
    return CaseBlock(
        "公布办理情况", "applications/log_block.html", log.log_of, order=690, aside=True
    )
