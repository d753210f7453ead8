"""A leader approves a report."""

from functools import partial

from gongkai.foundation.permissions import Reader
from gongkai.oversight.reports.actions.moving import moving
from gongkai.oversight.reports.checking import must_be_sound
from gongkai.oversight.reports.events import APPROVED
from gongkai.oversight.reports.models import Report
from gongkai.oversight.reports.models.handling import Verb


def approve(report: Report, *, by: Reader, comment: str = "") -> None:
    """Approve *report* for publication.

    Raises:
        StillBroken: An error was found that nobody gave a reason for.
    """
    check = partial(must_be_sound, verb="批准")
    with moving(
        report, "approve", by=by, event=APPROVED, note=Verb.APPROVED, comment=comment, check=check
    ):
        pass
