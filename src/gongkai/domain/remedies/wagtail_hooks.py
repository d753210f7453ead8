"""Remedies at the desk: addresses, menu, first page, the page of a case."""

from django.urls import URLResolver, include, path, reverse_lazy
from wagtail import hooks

from gongkai.domain.applications.desk.blocks import CaseBlock
from gongkai.domain.applications.desk.cautions import HOOK, Caution
from gongkai.domain.remedies import policies
from gongkai.domain.remedies.desk import blocks, panels
from gongkai.foundation.desk import DeskMenuItem, Panel


@hooks.register("register_admin_urls")
def urls() -> list[URLResolver]:
    """Put the screens under /desk/remedies/."""
    return [path("remedies/", include("gongkai.domain.remedies.desk.urls"))]


@hooks.register("register_admin_menu_item")
def menu() -> DeskMenuItem:
    """Lead to the list, with how much waits."""
    return DeskMenuItem(
        "复议和诉讼",
        reverse_lazy("remedies:index"),
        act=policies.VIEW,
        icon_name="warning",
        order=205,
        badge=panels.urgent,
    )


@hooks.register("register_today_panel")
def waiting() -> Panel:
    """What waits for an answer or has to be decided again."""
    return Panel("复议、诉讼：等我方办理", "remedies/today.html", panels.waiting, order=35)


@hooks.register("register_case_block")
def of_case() -> CaseBlock:
    """What was set going against the answer."""
    return CaseBlock("复议、诉讼和举报投诉", "remedies/case.html", blocks.of_case, order=280)


@hooks.register(HOOK)
def cautions() -> Caution:
    """Grounds that are corrected often."""
    return blocks.cautions
