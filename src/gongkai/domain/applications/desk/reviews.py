"""What is to be signed of a decision, for those who sign: read it, say yes or what to change."""

from functools import cached_property
from typing import Any

from django.http import FileResponse, HttpRequest
from django.urls import reverse

from gongkai.core import codes
from gongkai.domain.applications.actions import see_document
from gongkai.domain.applications.desk.case import Case
from gongkai.domain.applications.desk.deciding import consequences
from gongkai.domain.applications.desk.files import sent
from gongkai.domain.applications.models import Application, Decision, Document
from gongkai.domain.applications.policies import visible_to
from gongkai.domain.applications.reviewing import SUBJECT
from gongkai.domain.review.desk.signing import ReviewScreen, SigningView
from gongkai.domain.review.models import Review
from gongkai.foundation.permissions import NotThere


class CaseReviewScreen(ReviewScreen):
    """A screen about one review of a decision."""

    subject = SUBJECT.model

    @cached_property
    def content(self) -> Decision:
        """Return exactly what is reviewed."""
        revision = self.review.revision
        if revision is None:
            return Decision.objects.get(pk=self.review.subject_id)
        found: Decision = revision.as_object()
        return found

    @cached_property
    def application(self) -> Application:
        """Return the case."""
        rows = Application.objects.select_related("organisation", "unit", "handler")
        return rows.get(pk=self.content.application_id)

    @cached_property
    def documents(self) -> list[Document]:
        """Return the files that go with the reply."""
        rows = Document.objects.filter(pk__in=self.content.documents, application=self.application)
        return list(rows.select_related("sealed", "stored"))


class ReviewView(CaseReviewScreen, SigningView):
    """Read and sign."""

    template_name = "applications/review.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add all that one needs to know before signing."""
        review, row = self.review, self.application
        case = Case(row, self.reader)
        return super().get_context_data(
            application=row,
            case=case,
            parts=list(self._parts()),
            documents=[
                (document, reverse("applications:review-document", args=[review.pk, document.pk]))
                for document in self.documents
            ],
            follows=consequences(
                self.content.grounds,
                organisation=row.organisation,
                day=case.today,
                by=None,
                at_least=review.importance,
            ),
            sees_case=visible_to(self.reader).filter(pk=row.pk).exists(),
            **kwargs,
        )

    def _parts(self) -> Any:
        law = self.application.received or self.review.opened_at.date()
        parts = sorted(self.content.parts.all(), key=lambda p: (p.sort_order or 0, p.pk or 0))
        for part in parts:
            ground = codes.ground(part.ground)
            yield {
                "part": part,
                "ground": ground,
                "article": ground.article(law),
                "exemptions": [codes.ground(key).label for key in part.exemptions],
            }

    def finished(self, review: Review) -> str:  # noqa: ARG002  # always the same
        """Return what has happened to the case."""
        return "已登记作出决定，请承办人送达"


class ReviewDocumentView(CaseReviewScreen):
    """A file that goes with the reply, for those who sign and may see nothing else of the case."""

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> FileResponse:  # type: ignore[override]  # noqa: ARG002  # a file instead of a page
        """Send it."""
        found = next((d for d in self.documents if d.pk == self.kwargs["document"]), None)
        if found is None:
            raise NotThere(what="这份材料")
        document = see_document(found, self.application, by=self.reader)
        return sent(document.sealed or document.stored)
