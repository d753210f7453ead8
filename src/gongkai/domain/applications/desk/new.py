"""The counter: one form beside the scan, and what to print when it is done."""

from functools import cached_property
from typing import Any
from uuid import uuid4

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from gongkai.core.refusal import Refusal
from gongkai.domain.applications import policies
from gongkai.domain.applications.actions import register
from gongkai.domain.applications.desk.case import HOME, Case
from gongkai.domain.applications.desk.files import SHOWN_INLINE
from gongkai.domain.applications.desk.registering import RegisterForm, offices, told_of_receipt
from gongkai.domain.applications.likeness import alike_to
from gongkai.domain.applications.models import Application, Document, DocumentKind
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.attachments.scans import readable
from gongkai.foundation.desk.views import DeskView
from gongkai.foundation.keys import key_of
from gongkai.foundation.permissions import NotAllowed, NotThere
from gongkai.foundation.sealing import SealedFile, receive_sealed

TOKENS = "applications-registered"
"""In the session: the forms that were sent, and what was registered with each."""
REMEMBERED = 20


class NewScreen(DeskView):
    """A screen of the counter."""

    act = policies.REGISTER
    title = "登记申请"
    crumbs = (HOME,)

    @cached_property
    def units(self) -> list[Organisation]:
        """Return the units for which the reader may register."""
        return offices(self.reader)

    def scan(self, key: str) -> SealedFile | None:
        """Return a scan that the reader has just brought, and that belongs to no case yet."""
        number = key_of(key)
        rows = SealedFile.objects.filter(pk=number, uploaded_by=self.reader.user)
        free = rows.exclude(pk__in=Document.objects.filter(sealed=number).values("sealed"))
        return free.exclude(
            pk__in=Application.objects.filter(identity=number).values("identity")
        ).first()


class NewView(NewScreen):
    """The form."""

    template_name = "applications/new.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form and the scan that was brought."""
        kwargs.setdefault("form", RegisterForm(units=self.units))
        kwargs.setdefault("token", uuid4().hex)
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Register it; a form that is sent twice registers once."""
        token = request.POST.get("token", "")[:32]
        known = request.session.get(TOKENS, {})
        if token in known:
            return HttpResponseRedirect(f"{HOME.href}{known[token]}/")
        form = RegisterForm(request.POST, request.FILES, units=self.units)
        scan = self.scan(request.POST.get("scan_key", ""))
        if form.is_valid():
            try:
                if scan is None and form.cleaned_data["scan"]:
                    scan = receive_sealed(readable(form.cleaned_data["scan"]), self.reader)
                row, code = register(
                    form.office,
                    by=self.reader,
                    channel=form.cleaned_data["channel"],
                    arrived=form.cleaned_data["arrived"],
                    confirmed=form.cleaned_data["confirmed"],
                    **form.given(),
                )
            except (NotThere, NotAllowed):
                raise
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                if scan is not None:
                    self._keep(scan, row)
                recent = [*known.items()][-REMEMBERED:]
                request.session[TOKENS] = {**dict(recent), token: row.pk}
                return self._registered(row, code)
        context = self.get_context_data(form=form, token=token or uuid4().hex, scan=scan)
        return self.render_to_response(context | _shown(scan), status=422)

    def _keep(self, scan: SealedFile, row: Application) -> None:
        Document.objects.create(
            application=row,
            kind=DocumentKind.REQUEST,
            title=str(scan.name),
            sealed=scan,
            added_by=self.reader.user,
        )

    def _registered(self, row: Application, code: str) -> HttpResponse:
        """Return the page to print: the code is told this once."""
        context = self.get_context_data(
            form=None, application=row, code=code, case=Case(row, self.reader)
        )
        context["title"] = "申请已登记"
        answer = render(self.request, "applications/registered.html", context)
        answer["Cache-Control"] = "no-store"
        return answer


class ToldView(NewScreen):
    """What can be told while one types: the day of receipt, and what is like it."""

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Say it."""
        told = request.POST
        unit = next((u for u in self.units if str(u.pk) == told.get("organisation")), None)
        unit = unit or (self.units[0] if len(self.units) == 1 else None)
        found = []
        if unit is not None:
            found = alike_to(
                unit,
                self.reader,
                matter=told.get("matter", "")[:4000],
                document_number=told.get("document_number", ""),
                telephone=told.get("telephone", ""),
            )
        days = told_of_receipt(
            told.get("channel", ""), told.get("day", ""), told.get("confirmed", "")
        )
        return render(request, "applications/told.html", {**days, "found": found})


class ScanView(NewScreen):
    """A scan is brought, to be read beside the form."""

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Seal it and show it."""
        upload = request.FILES.get("scan")
        if upload is None:
            return render(request, "applications/scan.html", {})
        try:
            scan = receive_sealed(readable(upload), self.reader)
        except (NotThere, NotAllowed):
            raise
        except Refusal as refusal:
            return render(request, "applications/scan.html", {"refusal": str(refusal)})
        return render(request, "applications/scan.html", _shown(scan))


def _shown(scan: SealedFile | None) -> dict[str, Any]:
    if scan is None:
        return {}
    media = scan.kind_facts.media_type
    return {
        "scan": scan,
        "is_image": media.startswith("image/"),
        "is_shown": media in SHOWN_INLINE,
    }


class ScanFileView(NewScreen):
    """The scan itself, for whoever has just brought it."""

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> FileResponse:  # type: ignore[override]  # noqa: ARG002  # a file instead of a page
        """Send it."""
        scan = self.scan(str(self.kwargs["key"]))
        if scan is None or scan.kind_facts.media_type not in SHOWN_INLINE:
            raise NotThere(what="这份材料")
        answer = FileResponse(scan.open(), content_type=scan.kind_facts.media_type)
        answer["Cache-Control"] = "no-store"
        answer["X-Frame-Options"] = "SAMEORIGIN"
        return answer
