"""What is done in the background."""

from gongkai.core import lifecycle
from gongkai.domain.applications.portal import drafts, sms
from gongkai.domain.applications.portal.models import Wish
from gongkai.foundation.citizens import recovery
from gongkai.foundation.citizens.models import Citizen
from gongkai.foundation.jobs import job, regularly
from gongkai.foundation.jobs.progress import Progress


@regularly("applications.sweep-drafts", minutes=60)
def sweep_drafts() -> None:
    """Take away drafts that have expired."""
    drafts.sweep()


@job("applications.reset-password", title="发送重设密码的邮件", priority=10)
def send_reset(progress: Progress, *, citizen: int | None) -> None:  # noqa: ARG001  # there is nothing to count
    """Send the link to a new password; without a *citizen* nothing, so that asking takes as long either way."""
    from gongkai.domain.applications.portal.telling import mail_reset  # noqa: PLC0415  # it starts jobs

    found = Citizen.objects.filter(pk=citizen or 0).exclude(confirmed=None).first()
    if found is not None:
        mail_reset(str(found.name), recovery.new_link(found))


@job("applications.tell", title="提醒申请人", priority=10)
def tell_applicant(progress: Progress, *, application: int, act: str) -> None:  # noqa: ARG001  # there is nothing to count
    """Tell the applicant that something happened; the arguments hold keys only."""
    from gongkai.domain.applications.portal.telling import mail, sentence  # noqa: PLC0415  # it starts this job

    wish = Wish.objects.select_related("application").filter(application=application).first()
    if wish is None:
        return
    row = wish.application
    told = sentence(row, lifecycle.acts()[act])
    if wish.email and row.email:
        mail(str(row.email), told)
    if wish.sms and row.telephone:
        sms.send(str(row.telephone), told)
