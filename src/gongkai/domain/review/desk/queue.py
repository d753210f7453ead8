"""What waits for one's signature, what one has signed, what is late with others."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from gongkai.domain.review.models import Review, Signature
from gongkai.domain.review.queries import overdue, waiting_for
from gongkai.domain.review.subjects import subject_of
from gongkai.foundation import clock
from gongkai.foundation.desk.paging import page_of
from gongkai.foundation.desk.views import DeskView

MOST = 200
LATE_SHOWN = 50


class QueueView(DeskView):
    """Reviews: mine to sign, signed by me, late with somebody."""

    act = "review.view"
    title = "审查和签批"
    template_name = "review/queue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the list of the tab that is open."""
        tab = self.request.GET.get("tab", "")
        waiting = waiting_for(self.reader)
        context: dict[str, Any] = {}
        if tab == "done":
            mine = Signature.objects.filter(by=self.reader.user).order_by("-pk")
            page = page_of(self.request, mine.select_related("review__organisation"))
            context = {"page": page, "signatures": [(s, href_of(s.review)) for s in page]}
        elif tab == "late":
            late = overdue().filter(self.reader.reach("review.view").q("organisation__path"))
            late = late.select_related("organisation", "opened_by", "chain").order_by("due", "pk")
            context = {"rows": rows_of(late[:LATE_SHOWN])}
        else:
            tab = ""
            context = {"rows": rows_of(waiting[:MOST])}
        return super().get_context_data(
            tab=tab,
            count=len(context["rows"]) if not tab else waiting.count(),
            may_set_chains=self.reader.may("review.chain"),
            chains=reverse("review:chains"),
            **context,
            **kwargs,
        )


def rows_of(reviews: Iterable[Review]) -> list[dict[str, Any]]:
    """Return *reviews* as lists show them."""
    today = clock.today()
    found = []
    for review in reviews:
        left = (review.due - today).days if review.due else None
        found.append(
            {
                "review": review,
                "href": href_of(review),
                "kind": subject_of(review.subject_type).title,
                "days_left": left,
                "days_late": -left if left is not None and left < 0 else 0,
            }
        )
    return found


def href_of(review: Review) -> str:
    """Return where it is read and signed."""
    return subject_of(review.subject_type).href(review)
