"""Signing at the desk: what the screens of all kinds of subjects have in common."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.core.refusal import Refusal
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
    """A screen about one review of a subject of the kind ``subject``."""

    act = policies.VIEW
    subject: ClassVar[str] = ""
    """``app.model`` in lower case."""

    @cached_property
    def review(self) -> Review:
        """Return it."""
        found = policies.fetch(self.reader, self.kwargs["key"])
        if found.subject_type != self.subject:
            raise Http404
        return found


class SigningView(ReviewScreen):
    """Read and sign."""

    def get_title(self) -> str:
        """Return what is reviewed."""
        return self.review.title

    def get_crumbs(self) -> Sequence[Crumb]:
        """Return the way here."""
        return [QUEUE]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how the review stands and whether it is the reader's turn."""
        review = self.review
        queue = waiting_for(self.reader)
        is_mine = queue.filter(pk=review.pk).exists()
        kwargs.setdefault("form", SignForm())
        return super().get_context_data(
            review=review,
            steps=steps_of(review),
            is_mine=is_mine,
            others=queue.exclude(pk=review.pk).count() if is_mine else 0,
            **kwargs,
        )

    def quoted(self) -> str:
        """Return the title as a sentence has it."""
        return f"“{self.review.title[:40]}”"

    def finished(self, review: Review) -> str:
        """Return what follows now that everybody has signed."""
        raise NotImplementedError

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
        if not agrees:
            return f"已退回{self.quoted()}，并通知了送审人。"
        fresh = Review.objects.get(pk=self.review.pk)
        if fresh.status != ReviewStatus.COMPLETE:
            return f"已签署{self.quoted()}，转“{fresh.chain.steps[fresh.step - 1].name}”。"
        return f"已签署{self.quoted()}，审查完成，{self.finished(fresh)}。"
