"""The disclosure office has checked a report."""

from gongkai.foundation.permissions import Reader
from gongkai.oversight.reports.actions.moving import moving
from gongkai.oversight.reports.events import REVIEWED
from gongkai.oversight.reports.models import Report
from gongkai.oversight.reports.models.handling import Verb


def review(report: Report, *, by: Reader, comment: str = "") -> None:
    """Pass *report* on to whoever approves it; what is wrong in it is listed there, and may still stand."""
    with moving(report, "review", by=by, event=REVIEWED, note=Verb.REVIEWED, comment=comment):
        pass
