"""Work that takes a while."""

from typing import TYPE_CHECKING

from django.urls import reverse

from gongkai.foundation.jobs import job

if TYPE_CHECKING:
    from gongkai.foundation.jobs.progress import Progress


@job("reports.roll-up", title="汇总年度报告")
def roll_up_report(progress: "Progress", *, report: int, user: int) -> None:
    """Roll up one report in the name of the person who asked."""
    from gongkai.foundation.accounts.models import User  # noqa: PLC0415  # registered before models load
    from gongkai.foundation.permissions import Reader  # noqa: PLC0415
    from gongkai.oversight.reports import policies  # noqa: PLC0415
    from gongkai.oversight.reports.actions import roll_up  # noqa: PLC0415

    reader = Reader.of(User.objects.get(pk=user))
    target = policies.fetch(reader, report)

    def tell(done: int, total: int) -> None:
        if not done:
            progress.start(total)
        else:
            progress.step(str(target.organisation), count=done - progress.job.done)

    result = roll_up(target, by=reader, progress=tell)
    progress.finish(
        reverse("reports:units", args=[target.pk]),
        f"已汇总 {result.units} 个单位，{result.changed} 格有变动",
    )
