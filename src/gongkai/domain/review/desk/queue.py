"""What waits for one's signature, what one has signed, what is late with others."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from gongkai.domain.review.models import Review, Signature
from gongkai.domain.review.queries import overdue, waiting_for
from gongkai.domain.review.subjects import Gist, subject_of
from gongkai.foundation import clock
from gongkai.foundation.desk.paging import page_of
from gongkai.foundation.desk.views import DeskView
from gongkai.foundation.permissions import Reader

MOST = 200
LATE_SHOWN = 50
NO_GIST = Gist()


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
            gists = gists_of([signature.review for signature in page], self.reader)
            context = {
                "page": page,
                "signatures": [
                    (s, href_of(s.review), gists.get(s.review_id, NO_GIST)) for s in page
                ],
            }
        elif tab == "late":
            late = overdue().filter(self.reader.reach("review.view").q("organisation__path"))
            late = late.select_related("organisation", "opened_by", "chain")
            late = late.order_by("due", "pk")
            context = {"rows": rows_of(late[:LATE_SHOWN], self.reader)}
        else:
            tab = ""
            context = {"rows": rows_of(waiting[:MOST], self.reader)}
        return super().get_context_data(
            tab=tab,
            count=len(context["rows"]) if not tab else waiting.count(),
            may_set_chains=self.reader.may("review.chain"),
            chains=reverse("review:chains"),
            **context,
            **kwargs,
        )


def rows_of(reviews: Iterable[Review], reader: Reader) -> list[dict[str, Any]]:
    """Return *reviews* as lists show them to *reader*."""
    today = clock.today()
    listed = list(reviews)
    gists = gists_of(listed, reader)
    found = []
    for review in listed:
        left = (review.due - today).days if review.due else None
        found.append(
            {
                "review": review,
                "href": href_of(review),
                "kind": subject_of(review.subject_type).title,
                "gist": gists.get(review.pk, NO_GIST),
                "days_left": left,
                "days_late": -left if left is not None and left < 0 else 0,
            }
        )
    return found


def gists_of(reviews: Iterable[Review], reader: Reader) -> dict[int, Gist]:
    """Return what lists say of *reviews* to *reader*, by their keys; each kind is asked once."""
    kinds: dict[str, list[Review]] = {}
    for review in reviews:
        kinds.setdefault(review.subject_type, []).append(review)
    found: dict[int, Gist] = {}
    for kind, rows in kinds.items():
        found |= subject_of(kind).gists(rows, reader)
    return found


def href_of(review: Review) -> str:
    """Return where it is read and signed."""
    return subject_of(review.subject_type).href(review)
