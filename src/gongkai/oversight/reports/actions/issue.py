"""A report is published."""

from functools import partial

from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.oversight.reports.actions.moving import moving
from gongkai.oversight.reports.checking import must_be_sound
from gongkai.oversight.reports.events import ISSUED
from gongkai.oversight.reports.lifecycle import must_allow
from gongkai.oversight.reports.models import Edition, Report
from gongkai.oversight.reports.models.handling import Verb
from gongkai.oversight.reports.publishing import Papers, publish, to_be_published


def issue(report: Report, *, by: Reader, comment: str = "") -> Edition:
    """Publish *report*: seal its content, write its files, freeze it.

    Raises:
        StillBroken: An error was found that nobody gave a reason for.
        NotNow: It is not approved.
        MovedMeanwhile: It was changed while its files were being written.
    """
    draft = Report.objects.select_related("organisation", "round").get(pk=report.pk)
    by.must(must_allow(draft, "issue").act, str(draft.organisation.path))
    draft.issued_on = clock.today()
    # nobody else can write while a transaction is open, so that the slow part comes before it
    papers = Papers.of(to_be_published(draft, number=1))
    check = partial(must_be_sound, verb="发布")
    with moving(
        report, "issue", by=by, event=ISSUED, note=Verb.ISSUED, comment=comment, check=check
    ) as going:
        going.report.issued_on = clock.today()
        edition = publish(going.report, papers, number=1, user=by.user)
        going.after_digest = edition.digest
        going.facts = {"edition": 1, "digest": edition.digest, "late": going.report.days_late}
    return edition
