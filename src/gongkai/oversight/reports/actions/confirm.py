"""The head of a unit stands by its figures."""

from gongkai.foundation.permissions import Reader
from gongkai.oversight.reports.actions.moving import moving
from gongkai.oversight.reports.events import CONFIRMED
from gongkai.oversight.reports.models import Report
from gongkai.oversight.reports.models.handling import Verb


def confirm(report: Report, *, by: Reader, comment: str = "") -> None:
    """Confirm *report*: from now on its figures may be rolled up and no longer changed."""
    with moving(report, "confirm", by=by, event=CONFIRMED, note=Verb.CONFIRMED, comment=comment):
        pass
