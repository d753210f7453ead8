"""What every screen about one report shares: the report, its stages, its tabs."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.urls import reverse

from gongkai.foundation.desk.views import Crumb, DeskView
from gongkai.oversight.reports import policies
from gongkai.oversight.reports.models import Report, Status
from gongkai.oversight.reports.queries import FORWARD, rolls_up

HOME = Crumb("年度报告", "/desk/reports/")
TABS = (
    ("report", "概况"),
    ("fill", "数据"),
    ("text", "正文"),
    ("units", "汇总"),
    ("check", "核对"),
    ("preview", "预览"),
)
TONES = {
    Status.FILLING: "is-plain",
    Status.CONFIRMED: "",
    Status.REVIEWED: "",
    Status.APPROVED: "is-warn",
    Status.ISSUED: "is-good",
}


class ReportScreen(DeskView):
    """A screen about one report, which the reader may know of."""

    act = "reports.view"
    tab = ""

    @cached_property
    def report(self) -> Report:
        """Return it, with its unit and round."""
        return policies.fetch(self.reader, self.kwargs["key"])

    @cached_property
    def rolls_up(self) -> bool:
        """Tell whether other units report to this one."""
        return bool(rolls_up(self.report))

    def get_title(self) -> str:
        """Return whose report of what year."""
        return f"{self.report.year}年度报告 · {self.report.organisation}"

    def get_crumbs(self) -> Sequence[Crumb]:
        """Return the way here."""
        return [HOME, Crumb(str(self.report.round), self.report.round.get_absolute_url())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the report, its stages and tabs."""
        return super().get_context_data(
            report=self.report,
            form_facts=self.report.form_facts,
            stages=stages(self.report),
            tabs=self._tabs(),
            may_fill=policies.may_fill(self.reader, self.report),
            moves=policies.moves_open_to(self.reader, self.report),
            rolls_up=self.rolls_up,
            **kwargs,
        )

    def _tabs(self) -> list[dict[str, Any]]:
        return [
            {
                "title": title,
                "href": reverse(f"reports:{name}", args=[self.report.pk]),
                "open": name == self.tab,
                "count": self.report.errors if name == "check" else 0,
            }
            for name, title in TABS
            if name != "units" or self.rolls_up
            if name != "fill" or self.report.form_facts.tables
        ]


def stages(report: Report) -> list[dict[str, Any]]:
    """Return the stages with which are done and which is now: a confirmed report is at its review."""
    reached = FORWARD.index(Status(report.status)) if report.status in FORWARD else len(FORWARD) - 1
    now = reached + 1 if reached else 0
    return [
        {"title": status.label, "done": index < now, "now": index == now}
        for index, status in enumerate(FORWARD)
    ]
