"""The case file and its labels at the desk."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect

from gongkai.core.deadlines.deadline import in_chinese
from gongkai.core.refusal import Refusal
from gongkai.core.rendering.label import Label, label_file
from gongkai.domain.applications import policies as applications
from gongkai.domain.letters import policies
from gongkai.domain.letters.actions import assemble_case
from gongkai.domain.letters.events import CASE_SEEN
from gongkai.foundation import clock
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
        """Put it together."""
        row = applications.fetch(self.reader, self.kwargs["key"])
        try:
            made = assemble_case(row, by=self.reader)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"案卷已编成：{made.pieces}件，{made.pages}页。")
        return HttpResponseRedirect(row.get_absolute_url())


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


class LabelView(DeskView):
    """The label for the paper file, with its number as bars."""

    act = applications.VIEW

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
        """Send a sheet of labels; ``?first=5`` begins with the fifth label of a begun sheet."""
        row = applications.fetch(self.reader, self.kwargs["key"])
        day = row.received or clock.today()
        told = request.GET.get("first", "")
        first = int(told) if told.isascii() and told.isdigit() and len(told) < 4 else 1
        label = Label(row.number, row.organisation.name, (f"{in_chinese(day)}收到",))
        try:
            made = label_file([label], clock.today(), first=first)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(row.get_absolute_url())
        return HttpResponse(made, content_type="application/pdf")
