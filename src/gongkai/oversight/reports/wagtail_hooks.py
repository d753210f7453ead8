"""The report office at the desk: addresses, menu, first page, style."""

from collections.abc import Mapping
from typing import Any

from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from gongkai.foundation import clock
from gongkai.foundation.desk import DeskMenuItem, Panel
from gongkai.foundation.permissions import Reader
from gongkai.oversight.reports import policies
from gongkai.oversight.reports.desk.screen import TONES
from gongkai.oversight.reports.models import Status
from gongkai.oversight.reports.queries import progress

SHOWN = 8
ROUNDS = 2


@hooks.register("register_admin_urls")
def urls() -> list[URLResolver]:
    """Put the screens under /desk/reports/."""
    return [path("reports/", include("gongkai.oversight.reports.desk.urls"))]


@hooks.register("insert_global_admin_css")
def style() -> SafeString:
    """Bring the style of the form."""
    return format_html('<link rel="stylesheet" href="{}">', static("reports/desk.css"))


@hooks.register("register_admin_menu_item")
def menu() -> DeskMenuItem:
    """Lead to the rounds."""
    return DeskMenuItem(
        "年度报告",
        reverse_lazy("reports:index"),
        act="reports.view",
        icon_name="doc-full-inverse",
        order=300,
    )


def _panel(status: Status, act: str) -> Any:
    def context(reader: Reader) -> Mapping[str, Any] | None:
        if not reader.may(act):
            return None
        found = (
            policies.visible_to(reader)
            .filter(reader.reach(act).q("organisation__path"), status=status)
            .select_related("organisation")
            .order_by("due", "organisation__path")
        )
        count = found.count()
        if not count:
            return None
        return {
            "reports": found[:SHOWN],
            "count": count,
            "more": reverse_lazy("reports:index"),
            "today": clock.today(),
        }

    return context


@hooks.register("register_today_panel")
def to_fill() -> Panel:
    """What one has to fill."""
    context = _panel(Status.FILLING, "reports.fill")
    return Panel("年度报告：待填报", "reports/today.html", context, order=300)


@hooks.register("register_today_panel")
def to_confirm() -> Panel:
    """What one has to confirm."""
    context = _panel(Status.FILLING, "reports.confirm")
    return Panel("年度报告：待确认", "reports/today.html", context, order=305)


@hooks.register("register_today_panel")
def to_review() -> Panel:
    """What one has to review."""
    context = _panel(Status.CONFIRMED, "reports.review")
    return Panel("年度报告：待审核", "reports/today.html", context, order=310)


@hooks.register("register_today_panel")
def to_approve() -> Panel:
    """What one has to approve."""
    context = _panel(Status.REVIEWED, "reports.approve")
    return Panel("年度报告：待批准", "reports/today.html", context, order=315)


@hooks.register("register_today_panel")
def to_issue() -> Panel:
    """What one has to publish."""
    context = _panel(Status.APPROVED, "reports.issue")
    return Panel("年度报告：待发布", "reports/today.html", context, order=320)


def _rounds(reader: Reader) -> Mapping[str, Any] | None:
    if not reader.may("reports.view"):
        return None
    seen = policies.visible_to(reader)
    open_rounds = policies.rounds_visible_to(reader).filter(
        reports__in=seen.exclude(status=Status.ISSUED)
    )
    shown = open_rounds.distinct().order_by("-year", "organisation__path")[:ROUNDS]
    units = [standing.unit for standing in reader.standings]
    day = clock.today()
    rounds = []
    for each in shown:
        reports = seen.filter(round=each).select_related("organisation")
        own = [(r, TONES.get(Status(r.status), "")) for r in reports.filter(organisation__in=units)]
        rounds.append((each, progress(reports, day), own))
    return {"rounds": rounds, "more": reverse_lazy("reports:index")} if rounds else None


@hooks.register("register_today_panel")
def under_way() -> Panel:
    """How far the rounds are that are not finished, for everybody who may see them."""
    return Panel("年度报告：进度", "reports/today_rounds.html", _rounds, order=330, wide=True)
