"""The case file at the desk."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect

from gongkai.core.refusal import Refusal
from gongkai.domain.applications import policies as applications
from gongkai.domain.letters import policies
from gongkai.domain.letters.actions import start_assembling
from gongkai.domain.letters.events import CASE_SEEN
from gongkai.foundation.desk.views import DeskView
from gongkai.foundation.trail import record


class AssembleView(DeskView):
    """A case is put together."""

    act = policies.HANDLE

    def get(self, *_: Any, **__: Any) -> HttpResponse:
        """Lead back: it needs a click."""
        row = applications.fetch(self.reader, self.kwargs["key"])
        return HttpResponseRedirect(row.get_absolute_url())

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Have it put together in the background."""
        row = applications.fetch(self.reader, self.kwargs["key"])
        try:
            start_assembling(row, by=self.reader)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(f"{row.get_absolute_url()}#case-file")


class CaseFileView(DeskView):
    """The file, or its manifest; that it was taken is noted."""

    act = applications.IDENTITY

    def get(self, *_: Any, **__: Any) -> HttpResponse:
        """Send it."""
        row = policies.fetch_case_file(self.reader, self.kwargs["key"])
        kind = self.kwargs["kind"]
        record(
            CASE_SEEN,
            by=self.reader,
            act=applications.IDENTITY,
            path=str(row.application.organisation.path),
            on=row,
            facts={"file": kind},
        )
        answer: Any
        if kind == "pdf":
            answer = FileResponse(row.pdf.open(), as_attachment=True, filename=str(row.pdf.name))
        else:
            answer = HttpResponse(str(row.manifest["text"]), content_type="application/json")
            answer["Content-Disposition"] = f'attachment; filename="manifest-{row.pk}.json"'
        answer["Cache-Control"] = "no-store"
        told: HttpResponse = answer
        return told
