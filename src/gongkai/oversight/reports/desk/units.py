"""Roll-up: who is missing, what each level contributes, and where the sums do not close."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.core.refusal import Refusal
from gongkai.foundation.jobs.actions import start
from gongkai.foundation.jobs.models import Job
from gongkai.oversight.reports import policies
from gongkai.oversight.reports.desk.screen import TONES, ReportScreen
from gongkai.oversight.reports.jobs import roll_up_report
from gongkai.oversight.reports.lifecycle import must_be_open
from gongkai.oversight.reports.lineage import breakdown, residuals
from gongkai.oversight.reports.models import Status
from gongkai.oversight.reports.models.report import FINISHED
from gongkai.oversight.reports.queries import units_of
from gongkai.oversight.reports.tiers import tier_title

PAGE = 100


class UnitsView(ReportScreen):
    """The units below a report."""

    template_name = "reports/units.html"
    tab = "units"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the units, the breakdown by level and what does not close."""
        report = self.report
        units = units_of(report)
        show = self.request.GET.get("show", "")
        if show == "missing":
            units = units.exclude(status__in=FINISHED)
        counts = breakdown(report)
        level = report.organisation.level
        page = Paginator(units, PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            page=page,
            rows=[
                {
                    "report": unit,
                    "tone": TONES.get(Status(unit.status), ""),
                    "tier": tier_title(level, unit.tier_facts),
                    "visible": self.reader.may("reports.view", str(unit.organisation.path)),
                }
                for unit in page
            ],
            show=show,
            counts=counts,
            residuals=[(cell, report.form_facts.label(cell.where)) for cell in residuals(report)],
            job=Job.objects.filter(kind=roll_up_report.name, arguments__report=report.pk).first(),
            may_roll=policies.may_fill(self.reader, report),
            may_urge=policies.may(self.reader, "reports.urge", report),
            **kwargs,
        )


class RollUpView(ReportScreen):
    """Start the roll-up."""

    act = "reports.fill"

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Put it into the queue, or say why not."""
        here = reverse("reports:units", args=[self.report.pk])
        try:
            self.reader.must("reports.fill", str(self.report.organisation.path))
            must_be_open(self.report, "汇总")
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(here)
        start(
            roll_up_report,
            by=self.reader,
            arguments={"report": self.report.pk, "user": self.reader.user.pk},  # type: ignore[union-attr]
            title=f"汇总{self.report.organisation}{self.report.year}年度报告",
        )
        return HttpResponseRedirect(here)

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:  # noqa: ARG002  # Django's signature
        """Lead back: rolling up is a matter of POST."""
        return HttpResponseRedirect(reverse("reports:units", args=[self.report.pk]))
