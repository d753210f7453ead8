"""The files of a case, who applies, and what is like it: parts of the page that come when asked for."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from gongkai.core.refusal import Refusal
from gongkai.domain.applications import policies
from gongkai.domain.applications.actions import attach, see_document, see_identity
from gongkai.domain.applications.desk.case import PartOfCase
from gongkai.domain.applications.desk.forms import DocumentForm
from gongkai.domain.applications.identities import IdentityKind
from gongkai.domain.applications.likeness import alike
from gongkai.domain.applications.models import Document
from gongkai.domain.applications.portal.published import already_published
from gongkai.foundation.permissions import NotAllowed, NotThere
from gongkai.foundation.sealing import SealedFile

SHOWN_INLINE = {"application/pdf", "image/png", "image/jpeg", "image/gif", "image/webp"}
"""Kinds of files that a frame may show; all others are downloads."""


class IdentityView(PartOfCase):
    """Who applies: shown when asked for, and that is noted in the trail."""

    act = policies.IDENTITY
    template_name = "applications/identity.html"

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Show it."""
        try:
            row = see_identity(self.application, by=self.reader)
        except NotAllowed:
            raise NotThere(what="这件申请的申请人") from None
        known = {kind.value: kind.label for kind in IdentityKind}
        facts = [
            ("姓名或者名称", row.name),
            ("联系人", row.contact),
            ("证件", known.get(row.document_kind, row.document_kind)),
            ("证件号码", row.document_number),
            ("联系电话", row.telephone),
            ("电子邮箱", row.email),
            ("通信地址", row.address),
            ("邮政编码", row.postcode),
        ]
        told = {"identity": [(name, value) for name, value in facts if value], "case": self.case}
        answer = render(request, "applications/identity.html", told)
        answer["Cache-Control"] = "no-store"
        return answer

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:  # noqa: ARG002  # Django's signature
        """Lead back: looking needs a click."""
        return HttpResponseRedirect(self.application.get_absolute_url())


class AlikeView(PartOfCase):
    """Similar earlier cases, and what is public on the subject."""

    template_name = "applications/alike.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Look for them; nothing of the case is kept by the search."""
        row = self.application
        return super().get_context_data(
            found=alike(row, self.reader),
            public=already_published(row.matter, row.organisation),
            may_handle=policies.may(self.reader, policies.HANDLE, row),
            **kwargs,
        )


class AddDocumentView(PartOfCase):
    """A file is put into the case."""

    title = "放入材料"
    template_name = "applications/add_document.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form."""
        if not policies.may_write(self.reader, self.application):
            raise NotThere(what="这件申请的案卷")
        kwargs.setdefault("form", DocumentForm())
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Take it in."""
        form = DocumentForm(request.POST, request.FILES)
        if form.is_valid():
            data = form.cleaned_data
            try:
                attach(
                    self.application,
                    data["file"],
                    by=self.reader,
                    kind=data["kind"],
                    title=data["title"],
                )
            except (NotThere, NotAllowed):
                raise
            except Refusal as refusal:
                form.add_error("file", str(refusal))
            else:
                messages.success(request, "材料已放入案卷。")
                return HttpResponseRedirect(f"{self.application.get_absolute_url()}#documents")
        return self.render_to_response(self.get_context_data(form=form), status=422)


class DocumentScreen(PartOfCase):
    """A screen about one file of the case."""

    @property
    def document(self) -> Document:
        """Return it, or say that it is not there."""
        return policies.fetch_document(self.reader, self.application, self.kwargs["document"])


class DocumentView(DocumentScreen):
    """The file itself."""

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> FileResponse:  # type: ignore[override]  # noqa: ARG002  # a file instead of a page
        """Send it; that a sealed one was opened is noted."""
        document = see_document(self.document, self.application, by=self.reader)
        return sent(document.sealed or document.stored)


def sent(file: Any) -> FileResponse:
    """Return the bytes of a sealed or stored *file*, to be shown in a frame where that is safe."""
    stream = file.open() if isinstance(file, SealedFile) else file.open_original()
    media = file.kind_facts.media_type
    shown = media in SHOWN_INLINE
    answer = FileResponse(
        stream,
        as_attachment=not shown,
        filename=str(file.name),
        content_type=media if shown else "application/octet-stream",
    )
    answer["Cache-Control"] = "no-store"
    answer["X-Frame-Options"] = "SAMEORIGIN"
    return answer


class ReadView(DocumentScreen):
    """The file beside the case: what is written there, and what is typed here."""

    template_name = "applications/read.html"

    def get_title(self) -> str:
        """Return what it is."""
        return str(self.document.get_kind_display())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the file and the others."""
        document = kwargs["document"] = self.document
        file = document.sealed or document.stored
        rows = policies.documents_visible_to(self.reader, self.application)
        return super().get_context_data(
            is_image=bool(file and file.kind_facts.media_type.startswith("image/")),
            is_shown=bool(file and file.kind_facts.media_type in SHOWN_INLINE),
            documents=list(rows.order_by("pk")),
            **kwargs,
        )
