"""What is to be signed, for those who sign: read it, see what changed, say yes or what to change."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import FileResponse, HttpRequest, HttpResponse

from gongkai.core.titles import quoted
from gongkai.domain.information.desk.as_public import body_of, files_to_read
from gongkai.domain.information.desk.item import facts_of, framed, send_file
from gongkai.domain.information.differences import compare
from gongkai.domain.information.models import Item
from gongkai.domain.information.policies import visible_to
from gongkai.domain.information.reviewing import SUBJECT
from gongkai.domain.review.desk.signing import ReviewScreen, SigningView
from gongkai.domain.review.models import Opinion, Review, ReviewStatus, Signature


class ItemReviewScreen(ReviewScreen):
    """A screen about one review of an item."""

    subject = SUBJECT.model

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


@dataclass(frozen=True, slots=True)
class Before:
    """What was handed in the time before and was not signed by all.

    Attributes:
        returned: The signature that sent it back; ``None`` if it was taken back after somebody had signed.
    """

    content: Item
    returned: Signature | None


def sent_back_before(review: Review) -> Before | None:
    """Return what those who sign may remember of the same item, if it came to nothing; three queries at most."""
    earlier = Review.objects.filter(
        subject_type=review.subject_type, subject_id=review.subject_id, pk__lt=review.pk
    )
    last = (
        earlier.filter(Exists(Signature.objects.filter(review=OuterRef("pk"))))
        .select_related("revision")
        .order_by("-pk")
        .first()
    )
    if last is None or last.revision is None or last.status == ReviewStatus.COMPLETE:
        return None
    returned = last.signatures.filter(opinion=Opinion.RETURNED).select_related("by").first()
    return Before(last.revision.as_object(), returned)


class ReviewView(ItemReviewScreen, SigningView):
    """Read and sign."""

    template_name = "information/review.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add all that one needs to know before signing."""
        review, item, content = self.review, self.item, self.content
        is_change = item.live and review.status != ReviewStatus.COMPLETE
        before = sent_back_before(review)
        return super().get_context_data(
            item=item,
            content=content,
            body=body_of(content),
            files=files_to_read(content, review=review.pk),
            facts=facts_of(content),
            differences=compare(item, content) if is_change else None,
            correction=item.correction if is_change else "",
            before=before,
            since=compare(before.content, content) if before else None,
            sees_item=visible_to(self.reader).filter(pk=item.pk).exists(),
            **kwargs,
        )

    def quoted(self) -> str:
        """Return the title as that of a document."""
        return quoted(self.review.title[:40])

    def finished(self, review: Review) -> str:
        """Return how the item stands now."""
        item = Item.objects.only("status", "live").get(pk=review.subject_id)
        return str(item.get_status_display())


class ReviewPage(ItemReviewScreen):
    """The public page of what is reviewed, for a frame or a tab of its own."""

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:  # noqa: ARG002  # Django's signature
        """Render it with the portal's own templates."""
        return framed(self.content)


class ReviewFileView(ItemReviewScreen):
    """A file of what is reviewed, for those who sign and may see nothing else of the unit."""

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> FileResponse:  # type: ignore[override]  # noqa: ARG002  # a file instead of a page
        """Send it."""
        return send_file(list(self.content.files.all()), self.kwargs["digest"])
