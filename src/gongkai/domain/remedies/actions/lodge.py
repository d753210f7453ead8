"""Somebody goes against an answer."""

from datetime import date
from typing import Any

from django.db import transaction

from gongkai.core.lifecycle.course import outcome_of
from gongkai.domain.applications.courses import standing
from gongkai.domain.applications.models import Application, Fact
from gongkai.domain.remedies import policies
from gongkai.domain.remedies.actions.holding import must_have_been
from gongkai.domain.remedies.errors import (
    FollowsOther,
    NoBody,
    NothingToChallenge,
    StillPending,
)
from gongkai.domain.remedies.events import LODGED
from gongkai.domain.remedies.models import Kind, Remedy
from gongkai.domain.remedies.terms import settle
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

UNANSWERED = "unanswered"
DETAILS = ("number", "claimant", "claims", "notified", "is_summary")


def lodge(  # noqa: PLR0913  # the facts of an act, all by name
    application: Application,
    *,
    by: Reader,
    kind: Kind | str,
    filed: date,
    body: str,
    follows: Remedy | None = None,
    **details: Any,
) -> Remedy:
    """Note down that a reconsideration, a law suit or a complaint was begun on the day *filed*.

    It goes against the last decision by that day; where there is none, against the silence.

    Args:
        application: The application.
        by: Who notes it down.
        kind: What was begun.
        filed: When the body took it up.
        body: Who hears it.
        follows: The reconsideration or instance before.
        details: ``number``, ``claimant``, ``claims``, ``notified``, ``is_summary``.

    Raises:
        NotAllowed: The post does not allow it.
        NothingToChallenge: There was neither a decision nor a missed day.
        FollowsOther, StillPending: What it follows belongs elsewhere or has no result.
        NoBody, InFuture, TooEarly: What was told does not hold together.
    """
    if unknown := set(details) - set(DETAILS):
        raise TypeError(f"no such field: {', '.join(sorted(unknown))}")
    kind = Kind(kind)
    must_have_been(filed, "受理、立案", after=application.received, before="收到申请")
    if not body.strip():
        raise NoBody
    with transaction.atomic():
        organisation = application.organisation
        path = str(organisation.path)
        by.must(policies.HANDLE, path)
        _must_follow(application, kind, follows)
        against = _against(application, filed)
        if against is None and kind != Kind.COMPLAINT:
            _must_be_late(application, filed)
        remedy = Remedy(
            application=application,
            organisation=organisation,
            kind=kind,
            filed=filed,
            body=body.strip(),
            follows=follows,
            instance=follows.instance + 1 if follows and follows.kind == kind else 1,
            against=against,
            ground=_outcome(against),
            **details,
        )
        if remedy.notified:
            must_have_been(remedy.notified, "收到副本", after=filed, before="受理、立案")
        settle(remedy)
        remedy.save()
        record(
            LODGED,
            by=by,
            act=policies.HANDLE,
            path=path,
            on=remedy,
            facts={
                "application": application.number,
                "kind": kind.value,
                "filed": str(filed),
                "instance": remedy.instance,
            },
        )
    return remedy


def _must_follow(application: Application, kind: Kind, follows: Remedy | None) -> None:
    if follows is None:
        return
    if follows.application_id != application.pk or kind != Kind.LITIGATION:
        raise FollowsOther
    if follows.decided is None:
        raise StillPending


def _against(application: Application, day: date) -> Fact | None:
    """Return the decision that stood on *day*."""
    facts = standing(application.facts.order_by("pk"))
    made = [fact for fact in facts if fact.act in {"decide", "withdraw"} and fact.day <= day]
    return max(made, key=lambda fact: (fact.day, fact.pk), default=None)


def _must_be_late(application: Application, filed: date) -> None:
    if application.due is None or filed <= application.due:
        raise NothingToChallenge(due=application.due or "还不能确定")


def _outcome(against: Fact | None) -> str:
    if against is None:
        return UNANSWERED
    return outcome_of(tuple(against.grounds)) or "withdrawn"
