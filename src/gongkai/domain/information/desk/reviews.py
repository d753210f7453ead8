"""What is to be signed, for those who sign: read it, see what changed, say yes or what to change."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.core.refusal import Refusal
from gongkai.domain.information.desk.as_public import body_of, files_to_read
from gongkai.domain.information.desk.item import facts_of, framed, send_file
from gongkai.domain.information.differences import compare
from gongkai.domain.information.models import Item
from gongkai.domain.information.policies import visible_to
from gongkai.domain.information.reviewing import SUBJECT
from gongkai.domain.review import policies
from gongkai.domain.review.actions import return_, sign
from gongkai.domain.review.models import Review, ReviewStatus
from gongkai.domain.review.queries import waiting_for
from gongkai.domain.review.standing import steps_of
from gongkai.domain.review.subjects import subject_of
from gongkai.foundation.desk.views import Crumb, DeskView

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
    """A screen about one review of an item."""

    act = "review.view"

    @cached_property
    def review(self) -> Review:
        """Return it."""
        found = policies.fetch(self.reader, self.kwargs["key"])
        if found.subject_type != SUBJECT.model:
            raise Http404
        return found

    @cached_property
    def item(self) -> Item:
        """Return the item as it is in the table."""
        return Item.objects.select_related("organisation", "column").get(pk=self.review.subject_id)

    @cached_property
    def content(self) -> Item:
        """Return exactly what is reviewed."""
        if self.review.revision is None:
            return self.item
        found: Item = self.review.revision.as_object()
        return found


class ReviewView(ReviewScreen):
    """Read and sign."""

    template_name = "information/review.html"

    def get_title(self) -> str:
        """Return what is reviewed."""
        return self.review.title

    def get_crumbs(self) -> Sequence[Crumb]:
        """Return the way here."""
        return [QUEUE]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add all that one needs to know before signing."""
        review, item, content = self.review, self.item, self.content
        queue = waiting_for(self.reader)
        is_mine = queue.filter(pk=review.pk).exists()
        is_change = item.live and review.status != ReviewStatus.COMPLETE
        kwargs.setdefault("form", SignForm())
        return super().get_context_data(
            review=review,
            item=item,
            content=content,
            body=body_of(content),
            files=files_to_read(content, review=review.pk),
            facts=facts_of(content),
            steps=steps_of(review),
            differences=compare(item, content) if is_change else None,
            correction=item.correction if is_change else "",
            is_mine=is_mine,
            sees_item=visible_to(self.reader).filter(pk=item.pk).exists(),
            others=queue.exclude(pk=review.pk).count() if is_mine else 0,
            **kwargs,
        )

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Sign or send back, then lead to the next one."""
        form = SignForm(request.POST)
        form.is_valid()
        comment = form.cleaned_data.get("comment", "")
        digest = request.POST.get("digest", "")
        agrees = request.POST.get("opinion") == "agree"
        try:
            if agrees:
                sign(self.review, by=self.reader, digest=digest, comment=comment)
            else:
                return_(self.review, by=self.reader, digest=digest, comment=comment)
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
            return f"已退回《{title}》，并通知了送审人。"
        fresh = Review.objects.get(pk=self.review.pk)
        if fresh.status != ReviewStatus.COMPLETE:
            return f"已签署《{title}》，转“{fresh.chain.steps[fresh.step - 1].name}”。"
        item = Item.objects.only("status", "live").get(pk=fresh.subject_id)
        return f"已签署《{title}》，审查完成，{item.get_status_display()}。"


class ReviewPage(ReviewScreen):
    """The public page of what is reviewed, for a frame or a tab of its own."""

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:  # noqa: ARG002  # Django's signature
        """Render it with the portal's own templates."""
        return framed(self.content)


class ReviewFileView(ReviewScreen):
    """A file of what is reviewed, for those who sign and may see nothing else of the unit."""

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> FileResponse:  # type: ignore[override]  # noqa: ARG002  # a file instead of a page
        """Send it."""
        return send_file(list(self.content.files.all()), self.kwargs["digest"])
