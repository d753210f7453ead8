"""Checking: what is wrong, where, and letting an error stand for a reason."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.core.refusal import Refusal
from gongkai.oversight.reports import policies
from gongkai.oversight.reports.actions import override
from gongkai.oversight.reports.checking import check
from gongkai.oversight.reports.desk.screen import ReportScreen

LEVELS = (("error", "错误"), ("warning", "疑点"), ("note", "说明"))


class CheckView(ReportScreen):
    """All findings, errors first."""

    template_name = "reports/check.html"
    tab = "check"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the findings by level."""
        checked = check(self.report)
        return super().get_context_data(
            groups=[
                {"level": level, "title": title, "found": checked.of(level)}
                for level, title in LEVELS
            ],
            checked=checked,
            may_override=not self.report.is_frozen
            and policies.may(self.reader, "reports.override", self.report),
            **kwargs,
        )

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Let one finding stand."""
        finding, reason = request.POST.get("finding", ""), request.POST.get("reason", "")
        try:
            made = override(self.report, finding, reason=reason, by=self.reader)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request, "已保留，理由已留痕。" if made else "这个问题已经不存在，不需要保留。"
            )
        return HttpResponseRedirect(reverse("reports:check", args=[self.report.pk]))
