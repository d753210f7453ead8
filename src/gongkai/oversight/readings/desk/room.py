"""The list of the reading room, and bringing documents in."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from gongkai.core.extraction.sources.kinds import SUFFIXES
from gongkai.core.extraction.sources.limits import MAX_FILE_BYTES
from gongkai.core.forms import forms
from gongkai.core.refusal import Refusal
from gongkai.foundation.desk import DeskView
from gongkai.foundation.desk.views import Crumb
from gongkai.foundation.permissions import behind
from gongkai.oversight.readings import actions, errors, intake, policies, queries

PER_PAGE = 25
SLACK = 2**20
"""What the frame of a request may weigh beyond its files."""


class Room(DeskView):
    """All readings that one may see, with filters."""

    act = policies.VIEW
    title = "年报审校"
    template_name = "readings/room.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the list and what it may be narrowed by."""
        filters = queries.Filters.of(self.request.GET)
        pages = Paginator(queries.listed(self.reader, filters), PER_PAGE)
        page = pages.get_page(self.request.GET.get("page"))
        query = self.request.GET.copy()
        query.pop("page", None)
        return super().get_context_data(
            filters=filters,
            page=page,
            query=query.urlencode(),
            years=queries.years(self.reader),
            forms=forms(),
            shows=[(key, title) for key, (title, _) in queries.SHOWS.items()],
            waiting=[r for r in page if r.state == r.State.WAITING],
            jobs=_jobs(page),
            may_upload=self.reader.may(policies.UPLOAD),
            limits=limits(),
            **kwargs,
        )


class Upload(DeskView):
    """The form for bringing documents in."""

    act = policies.UPLOAD
    title = "上传年报"
    template_name = "readings/upload.html"

    def get_crumbs(self) -> list[Crumb]:
        """Lead back to the list."""
        return [Crumb("年报审校", reverse("readings:index"))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rooms and the limits."""
        kwargs.setdefault("refused", [])
        return super().get_context_data(
            rooms=policies.rooms(self.reader), limits=limits(), **kwargs
        )

    def post(self, request: HttpRequest) -> HttpResponseBase:
        """Take the files in; what was refused is said, file by file."""
        files = request.FILES.getlist("files") if isinstance(request.FILES, MultiValueDict) else []
        try:
            received = self._receive(request, files)
        except Refusal as refusal:
            return self._again([str(refusal)])
        if not received.readings:
            return self._again([turned.why for turned in received.turned])
        for turned in received.turned:
            messages.warning(request, turned.why)
        count = len(received.readings)
        if count == 1:
            return redirect("readings:reading", pk=received.readings[0].pk)
        messages.success(request, f"收下 {count} 份年报，正在后台读取。")
        return redirect("readings:index")

    def _receive(self, request: HttpRequest, files: list[Any]) -> actions.Received:
        if not files:
            raise errors.NothingUploaded
        rooms = policies.rooms(self.reader)
        if not rooms:
            raise errors.NoRoom
        wanted = request.POST.get("room", "")
        room = next((unit for unit in rooms if str(unit.pk) == wanted), None) or rooms[0]
        return actions.receive(
            ((str(f.name), int(f.size or 0), f.file) for f in files),
            by=self.reader,
            organisation=room,
            source=request.POST.get("source", ""),
        )

    def _again(self, refused: list[str]) -> HttpResponse:
        context = self.get_context_data(refused=refused, source=self.request.POST.get("source", ""))
        return self.render_to_response(context, status=422)


def _upload(request: HttpRequest) -> HttpResponseBase:
    """Refuse what is far too large before it is read, then go on as usual."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > intake.REQUEST_LIMIT + SLACK:
        view = Upload(request=request)
        view.setup(request)
        refused = str(errors.TooMuch(limit=intake.sized(intake.REQUEST_LIMIT)))
        context = view.get_context_data(refused=[refused], source="")
        return view.render_to_response(context, status=413)
    return csrf_protect(Upload.as_view())(request)


# the token is asked for inside, where the size of the request is known to be bearable
upload = csrf_exempt(behind(policies.UPLOAD)(_upload))


def limits() -> dict[str, Any]:
    """Return the limits as people read them."""
    return {
        "kinds": f"{intake.KINDS} 或 ZIP",
        "accept": ",".join(SUFFIXES),
        "file": intake.sized(MAX_FILE_BYTES),
        "request": intake.sized(intake.REQUEST_LIMIT),
        "count": intake.COUNT_LIMIT,
        "file_bytes": MAX_FILE_BYTES,
    }


def _jobs(page: Any) -> list[Any]:
    """Return the jobs that still work on what the page shows, or could go on."""
    jobs = {r.job.pk: r.job for r in page if r.job and r.state == r.State.WAITING}
    return list(jobs.values())[:3]
