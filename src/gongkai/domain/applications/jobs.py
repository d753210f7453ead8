"""What is done without being asked: reminding of what is due, following a new holiday notice, proposing to publish."""

from typing import Any

from gongkai.domain.applications.actions.recompute import days_told, recompute_open
from gongkai.domain.applications.actions.remind import remind
from gongkai.domain.applications.models import Application
from gongkai.domain.applications.publication import look_for_several as look
from gongkai.foundation.jobs import job, regularly
from gongkai.foundation.jobs.actions import start
from gongkai.foundation.jobs.models import Job
from gongkai.foundation.jobs.progress import Progress


@regularly("applications.remind", minutes=60)
def remind_of_terms() -> None:
    """Tell whom it concerns what becomes due soon and what is late, each once."""
    remind()


@regularly("applications.several", minutes=720)
def look_for_several() -> None:
    """Propose to publish what several applicants have asked for (article 44)."""
    look()


@job("applications.recompute", title="重新计算公开申请的期限", priority=-10)
def recompute_all(progress: Progress, *, reason: str, **_: Any) -> None:
    """Compute the days of all open cases anew; stopped, it goes on after the last case that was done."""
    after, done, moved = (int(str(progress.memory.get(k, 0))) for k in ("after", "done", "moved"))
    left = Application.objects.open().filter(pk__gt=after).count()
    progress.start(done + left, done=done)
    for key, change in recompute_open(after=after, reason=reason):
        done, moved = done + 1, moved + (change is not None)
        progress.memory |= {"after": key, "done": done, "moved": moved}
        progress.step(change.application.number if change else "")
    progress.finish(
        "/desk/applications/?when=cases", f"重新计算了 {done} 件，{moved} 件的期限有变化"
    )


@regularly("applications.calendar", minutes=60)
def follow_the_calendar() -> None:
    """Compute all open cases anew when the holidays are other ones than the last time, once."""
    told = days_told()
    rows = Job.objects.filter(kind=recompute_all.name, arguments__days=told)
    if Application.objects.open().exists() and not rows.exists():
        start(recompute_all, arguments={"days": told, "reason": "放假安排有变化"})
