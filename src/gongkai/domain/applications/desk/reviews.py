"""What is to be signed of a decision, for those who sign: read it, say yes or what to change."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.core import codes
from gongkai.core.refusal import Refusal
from gongkai.domain.applications.actions import see_document
from gongkai.domain.applications.desk.case import Case
from gongkai.domain.applications.desk.deciding import consequences
from gongkai.domain.applications.desk.files import sent
from gongkai.domain.applications.models import Application, Decision, Document
from gongkai.domain.applications.policies import visible_to
from gongkai.domain.applications.reviewing import SUBJECT
from gongkai.domain.review import policies
from gongkai.domain.review.actions import return_, sign
from gongkai.domain.review.models import Review, ReviewStatus
from gongkai.domain.review.queries import waiting_for
from gongkai.domain.review.standing import steps_of
from gongkai.domain.review.subjects import subject_of
from gongkai.foundation.desk.views import Crumb, DeskView
from gongkai.foundation.permissions import NotAllowed, NotThere

QUEUE = Crumb("待我审查", "/desk/reviews/")


class SignForm(forms.Form):
    """What one says."""

    comment = forms.CharField(
        label="意见",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2, "placeholder": "同意可以不写；退回请写明要改什么"}),
    )


class ReviewScreen(DeskView):
    """A screen about one review of a decision."""

    act = policies.VIEW

    @cached_property
    def review(self) -> Review:
        """Return it."""
        found = policies.fetch(self.reader, self.kwargs["key"])
        if found.subject_type != SUBJECT.model:
            raise Http404
        return found

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


class ReviewView(ReviewScreen):
    """Read and sign."""

    template_name = "applications/review.html"

    def get_title(self) -> str:
        """Return what is reviewed."""
        return self.review.title

    def get_crumbs(self) -> Sequence[Crumb]:
        """Return the way here."""
        return [QUEUE]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add all that one needs to know before signing."""
        review, row = self.review, self.application
        queue = waiting_for(self.reader)
        is_mine = queue.filter(pk=review.pk).exists()
        case = Case(row, self.reader)
        kwargs.setdefault("form", SignForm())
        return super().get_context_data(
            review=review,
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
            steps=steps_of(review),
            is_mine=is_mine,
            sees_case=visible_to(self.reader).filter(pk=row.pk).exists(),
            others=queue.exclude(pk=review.pk).count() if is_mine else 0,
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

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Sign or send back, then lead to the next one."""
        form = SignForm(request.POST)
        form.is_valid()
        comment = form.cleaned_data.get("comment", "")
        digest = request.POST.get("digest", "")
        agrees = request.POST.get("opinion") == "agree"
        verb = sign if agrees else return_
        try:
            verb(self.review, by=self.reader, digest=digest, comment=comment)
        except (NotThere, NotAllowed):
            raise
        except Refusal as refusal:
            form.add_error("comment", str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=422)
        messages.success(request, self._done(agrees=agrees))
        following = waiting_for(self.reader).first()
        if following is not None:
            return HttpResponseRedirect(subject_of(following.subject_type).href(following))
        return HttpResponseRedirect(reverse("review:index"))

    def _done(self, *, agrees: bool) -> str:
        title = self.review.title[:40]
        if not agrees:
            return f"已退回“{title}”，并通知了送审人。"
        fresh = Review.objects.get(pk=self.review.pk)
        if fresh.status != ReviewStatus.COMPLETE:
            return f"已签署“{title}”，转“{fresh.chain.steps[fresh.step - 1].name}”。"
        return f"已签署“{title}”，审查完成，已登记作出决定，请承办人送达。"


class ReviewDocumentView(ReviewScreen):
    """A file that goes with the reply, for those who sign and may see nothing else of the case."""

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> FileResponse:  # type: ignore[override]  # noqa: ARG002  # a file instead of a page
        """Send it."""
        found = next((d for d in self.documents if d.pk == self.kwargs["document"]), None)
        if found is None:
            raise NotThere(what="这份材料")
        document = see_document(found, self.application, by=self.reader)
        return sent(document.sealed or document.stored)
