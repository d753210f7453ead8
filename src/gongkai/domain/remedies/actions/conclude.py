"""There is a result."""

from datetime import date

from django.db import transaction

from gongkai.core import codes
from gongkai.domain.remedies import policies
from gongkai.domain.remedies.actions.holding import held, must_have_been
from gongkai.domain.remedies.errors import AlreadyConcluded, UnknownOutcome
from gongkai.domain.remedies.events import CONCLUDED, concluded
from gongkai.domain.remedies.models import Kind, Remedy
from gongkai.domain.remedies.terms import settle
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

COMPLAINT_OUTCOMES = {
    "complaint-founded": "查实",
    "complaint-unfounded": "不属实",
    "complaint-other": "其他",
}


def outcomes_for(kind: Kind | str) -> dict[str, str]:
    """Return the results that a remedy of *kind* may have, with what they are called."""
    if kind == Kind.COMPLAINT:
        return dict(COMPLAINT_OUTCOMES)
    return {
        key: outcome.label
        for key, outcome in codes.remedy_outcomes().items()
        if outcome.kind == kind and outcome.column != "pending"
    }


def conclude(  # noqa: PLR0913  # the facts of an act, all by name
    remedy: Remedy,
    *,
    by: Reader,
    outcome: str,
    decided: date,
    received: date | None = None,
    result: str = "",
    correct: bool = False,
) -> Remedy:
    """Note down how it ended.

    Args:
        remedy: What ended.
        by: Who notes it down.
        outcome: Key in ``law/codes/remedy-outcomes.yaml``.
        decided: The day of the decision or judgment.
        received: The day on which the agency got it.
        result: What it says, in a few sentences.
        correct: What was noted down before was wrong.

    Raises:
        NotAllowed: The post does not allow it.
        UnknownOutcome: That kind of remedy has no such result.
        AlreadyConcluded: It has a result.
        InFuture, TooEarly: The dates contradict each other.
    """
    with transaction.atomic():
        row = held(remedy, by=by)
        if outcome not in outcomes_for(row.kind):
            raise UnknownOutcome(outcome=outcome, kind=row.get_kind_display())
        if row.decided is not None and not correct:
            raise AlreadyConcluded(decided=row.decided)
        before = {"outcome": row.outcome, "decided": str(row.decided or "")}
        must_have_been(decided, "作出结果", after=row.filed, before="受理、立案")
        if received:
            must_have_been(received, "收到结果", after=decided, before="作出结果")
        row.outcome, row.decided, row.received, row.result = outcome, decided, received, result
        settle(row)
        row.save()
        concluded.send(sender=Remedy, remedy=row)
        record(
            CONCLUDED,
            by=by,
            act=policies.HANDLE,
            path=str(row.organisation.path),
            on=row,
            before=before,
            after={"outcome": outcome, "decided": str(decided)},
            facts={"outcome": outcome, "decided": str(decided), "corrects": correct},
        )
    remedy.refresh_from_db()
    return row
