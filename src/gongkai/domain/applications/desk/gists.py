"""What lists of reviews say of a reply: what was asked for, how it is answered, and by when."""

from collections.abc import Mapping, Sequence
from typing import Any

from wagtail.models import Revision

from gongkai.core import codes
from gongkai.core.abridging import cut
from gongkai.core.lifecycle.course import outcome_of
from gongkai.domain.applications.desk.deciding import GROUPS
from gongkai.domain.applications.desk.signals import case_signal
from gongkai.domain.applications.models import Application, Decision
from gongkai.domain.applications.policies import visible_to
from gongkai.domain.review.models import Review
from gongkai.domain.review.queries import waiting_for
from gongkai.domain.review.subjects import Gist
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader

LONGEST = 60
"""Letters of a matter in a list."""
COLUMNS = (
    "pk",
    "matter",
    "state",
    "received",
    "due",
    "provisional",
    "decided",
    "in_time",
    "round",
)
"""What a list needs of a case; sealed columns are left alone."""


def gists_of_replies(reviews: Sequence[Review], reader: Reader) -> Mapping[int, Gist]:
    """Return what lists say of *reviews*, all of replies, to *reader*; as many queries for one as for all.

    An applicant's own words may name people: they are told only to who sees the case, or has to sign the reply now.
    Outcome and last day name nobody.
    """
    cases = dict(
        Decision.objects.filter(pk__in=[review.subject_id for review in reviews]).values_list(
            "pk", "application"
        )
    )
    rows = Application.objects.only(*COLUMNS).in_bulk(cases.values())
    known = set(visible_to(reader).filter(pk__in=rows).values_list("pk", flat=True))
    unknown = [review.pk for review in reviews if cases.get(review.subject_id) not in known]
    waiting = (
        waiting_for(reader).filter(pk__in=unknown).order_by() if unknown else Review.objects.none()
    )
    mine = set(waiting.values_list("pk", flat=True))
    contents = dict(
        Revision.objects.filter(pk__in=[review.revision_id for review in reviews]).values_list(
            "pk", "content"
        )
    )
    today = clock.today()
    found = {}
    for review in reviews:
        application = rows.get(cases.get(review.subject_id, 0))
        if application is None:
            continue
        signal = case_signal(application, today)
        due = application.due if application.is_open and not application.decided else None
        may_know = application.pk in known or review.pk in mine
        found[review.pk] = Gist(
            matter=cut(" ".join(application.matter.split()), LONGEST) if may_know else "",
            outcome=outcome_in_words(contents.get(review.revision_id, {})),
            days=f"{due.month}月{due.day}日前答复，{signal.words}" if due else signal.words,
            tone=signal.tone,
        )
    return found


def outcome_in_words(content: Mapping[str, Any]) -> str:
    """Return the outcome of *content*, a revision of a decision, as the statutory table calls it.

    With the ground where the table has several: ``不予公开：商业秘密``.
    """
    key = outcome_of(tuple(part["ground"] for part in content.get("parts", [])))
    if not key:
        return ""
    ground = codes.ground(key)
    group = GROUPS[ground.group]
    return group if group in ground.label else f"{group}：{ground.label}"
