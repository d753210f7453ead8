"""A report goes back to those who fill it."""

from django.urls import reverse

from gongkai.domain.organisations.queries import holders
from gongkai.foundation.notices.actions import notify
from gongkai.foundation.permissions import Reader
from gongkai.oversight.reports.actions.moving import moving
from gongkai.oversight.reports.errors import NoReason
from gongkai.oversight.reports.events import RETURNED
from gongkai.oversight.reports.models import Report
from gongkai.oversight.reports.models.handling import Verb


def return_(report: Report, *, by: Reader, comment: str) -> None:
    """Return *report* to 填报 with what has to be changed; its clerks are told.

    Raises:
        NoReason: Nothing says what has to be changed.
    """
    if not comment.strip():
        raise NoReason
    with moving(
        report, "return", by=by, event=RETURNED, note=Verb.RETURNED, comment=comment
    ) as going:
        unit = going.report.organisation
        notify(
            holders("clerk", of=unit),
            f"{unit}{going.report.year}年度报告已退回：{comment.strip()}"[:300],
            href=reverse("reports:report", args=[report.pk]),
        )
