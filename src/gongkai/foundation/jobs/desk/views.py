"""Jobs as people see them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from gongkai.core.refusal import Refusal
from gongkai.foundation.desk.paging import page_of
from gongkai.foundation.desk.views import Crumb, DeskView
from gongkai.foundation.jobs import actions, policies
from gongkai.foundation.permissions import behind
from gongkai.foundation.permissions.guard import reader_of

VIEW = "jobs.view"


class JobsView(DeskView):
    """The jobs one started."""

    act = VIEW
    title = "后台任务"
    template_name = "jobs/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page of jobs."""
        jobs = policies.visible_to(self.reader).select_related("owner")
        return super().get_context_data(page=page_of(self.request, jobs, size=20), **kwargs)


class JobView(DeskView):
    """One job."""

    act = VIEW
    template_name = "jobs/job.html"
    crumbs = (Crumb("后台任务", "/desk/jobs/"),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the job."""
        job = policies.fetch(self.reader, self.kwargs["key"])
        may_steer = policies.may_steer(self.reader, job)
        return super().get_context_data(job=job, title=job.title, may_steer=may_steer, **kwargs)


@behind(VIEW)
def progress(request: HttpRequest, key: UUID) -> HttpResponse:
    """Return the fragment that shows how far the job is."""
    job = policies.fetch(reader_of(request), key)
    response = render(request, "jobs/progress.html", {"job": job})
    if not job.is_active:
        # the whole page has something new to say: results, buttons
        response["HX-Refresh"] = "true"
    return response


@behind(VIEW)
@require_POST
def stop(request: HttpRequest, key: UUID) -> HttpResponse:
    """Ask it to stop."""
    job = policies.fetch_own(reader_of(request), key)
    actions.stop(job)
    return HttpResponseRedirect(job.get_absolute_url())


@behind(VIEW)
@require_POST
def resume(request: HttpRequest, key: UUID) -> HttpResponse:
    """Start it again."""
    job = policies.fetch_own(reader_of(request), key)
    try:
        actions.resume(job)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return HttpResponseRedirect(job.get_absolute_url())
