"""The first page of a report: where it stands, what comes next, what happened."""

from typing import Any

from gongkai.oversight.reports import policies
from gongkai.oversight.reports.desk.screen import ReportScreen
from gongkai.oversight.reports.models import Status


class ReportView(ReportScreen):
    """One report."""

    template_name = "reports/report.html"
    tab = "report"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add its history, its editions and what may be done."""
        report = self.report
        tables = {table.key for table in report.form_facts.tables}
        written = {c.heading: c for c in report.chapters.select_related("by")}
        editions = report.editions.prefetch_related("files", "corrections").select_related(
            "issued_by"
        )
        return super().get_context_data(
            handlings=report.handlings.select_related("by").order_by("-pk")[:200],
            chapters=[
                {
                    "heading": h,
                    "has_table": h.key in tables,
                    "chapter": written.get(h.key),
                }
                for h in report.form_facts.headings
            ],
            places=len(report.form_facts.places),
            editions=list(editions),
            may_correct=report.status == Status.ISSUED
            and policies.may(self.reader, "reports.correct", report),
            may_urge=report.status == Status.FILLING
            and policies.may(self.reader, "reports.urge", report),
            **kwargs,
        )
