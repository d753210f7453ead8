"""Entries of the desk."""

from typing import Any

from django.urls import URLResolver, include, path, reverse_lazy
from wagtail import hooks

from gongkai.foundation.desk import DeskMenuItem, Panel
from gongkai.foundation.jobs import policies
from gongkai.foundation.jobs.models import Job
from gongkai.foundation.permissions import Reader


@hooks.register("register_admin_urls")
def urls() -> list[URLResolver]:
    """Put the screens under /desk/jobs/."""
    return [path("jobs/", include("gongkai.foundation.jobs.desk.urls"))]


@hooks.register("register_admin_menu_item")
def menu() -> DeskMenuItem:
    """Lead to the jobs."""
    return DeskMenuItem(
        "后台任务", reverse_lazy("jobs:index"), act="jobs.view", icon_name="tasks", order=850
    )


def under_way(reader: Reader) -> dict[str, Any] | None:
    """Return what one started and is not through, or has failed."""
    states = (Job.State.WAITING, Job.State.RUNNING, Job.State.FAILED)
    jobs = policies.visible_to(reader).filter(owner=reader.user, state__in=states)[:5]
    return {"jobs": jobs, "more": reverse_lazy("jobs:index")} if jobs else None


@hooks.register("register_today_panel")
def panel() -> Panel:
    """Show them on the first page."""
    return Panel("后台任务", "jobs/today.html", under_way, order=800)
