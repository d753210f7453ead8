"""A decision is drafted, handed in, and made when everybody has signed."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from gongkai.core import codes
from gongkai.domain.applications import policies
from gongkai.domain.applications.actions.proceed import carry_out_decision
from gongkai.domain.applications.actions.settle import held
from gongkai.domain.applications.courses import course_of
from gongkai.domain.applications.errors import (
    BeingReviewed,
    NothingDrafted,
    ReasonsMissing,
    WithholdsNothing,
)
from gongkai.domain.applications.events import DRAFTED, HANDED_IN
from gongkai.domain.applications.models import Application, Decision, DecisionPart, Document, Fact
from gongkai.domain.applications.models.decision import DecisionStatus
from gongkai.domain.applications.weights import importance_of
from gongkai.domain.review.actions import open_review
from gongkai.domain.review.models import Importance, Review
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

WITHHOLDING = "denied"
"""The group of grounds on which something is withheld."""
TAKES_MORE = {"partial", WITHHOLDING}
"""Groups of grounds beside which others may stand."""
NEEDS_REASONS = {"denied", "unable", "not-processed", "partial"}


@dataclass(frozen=True, slots=True)
class Answered:
    """A part of what was asked for, as the office means to answer it.

    Attributes:
        matter: What was asked for.
        ground: Key in ``law/codes/grounds.yaml``.
        exemptions: Grounds of what is withheld where the part is disclosed in part; further grounds of a refusal.
        reasons: Why; a refusal needs it.
    """

    matter: str
    ground: str
    exemptions: tuple[str, ...] = ()
    reasons: str = ""


def draft_decision(
    application: Application,
    *,
    by: Reader,
    parts: Iterable[Answered],
    documents: Iterable[Document] = (),
    importance: Importance | str | None = None,
) -> Decision:
    """Write down what is to be decided in the round that runs; a draft that was there is replaced.

    The weight, and with it who signs, follows from the grounds unless *importance* raises it.

    Raises:
        NotAllowed: The post does not allow it.
        BeingReviewed: It is being signed.
        NothingDrafted, ReasonsMissing: Something is missing.
        WithholdsNothing: A ground does not go with another one.
        FactRefused: A ground cannot be chosen now.
    """
    answered = list(parts)
    with transaction.atomic():
        row = held(application.pk)
        path = str(row.organisation.path)
        by.must(policies.HANDLE, path)
        _must_hold(answered)
        grounds = [part.ground for part in answered]
        withheld = [key for part in answered for key in part.exemptions]
        trial = [*grounds, *withheld]
        course_of(
            row, beside=[Fact(application=row, act="decide", day=clock.today(), grounds=trial)]
        )
        decision = _draft_of(row, by)
        decision.importance = importance_of(trial, at_least=importance)
        decision.documents = sorted(document.pk for document in documents)
        decision.status, decision.author = DecisionStatus.DRAFT, by.user
        decision.parts.set(
            [
                DecisionPart(
                    sort_order=place,
                    matter=part.matter.strip(),
                    ground=part.ground,
                    exemptions=list(part.exemptions),
                    reasons=part.reasons.strip(),
                )
                for place, part in enumerate(answered)
            ]
        )
        decision.save()
        decision.save_revision(user=by.user, clean=False)
        record(
            DRAFTED,
            by=by,
            act=policies.HANDLE,
            path=path,
            on=row,
            after=decision.content_digest(),
            facts={"decision": decision.pk, "grounds": grounds},
        )
    return decision


def hand_in(decision: Decision, *, by: Reader) -> Review:
    """Put the draft before those who sign.

    Raises:
        NotAllowed: The post does not allow it.
        NoChain: Nobody has decided who signs.
        AlreadyInReview: It is being signed.
    """
    with transaction.atomic():
        row = held(decision.application_id)
        path = str(row.organisation.path)
        by.must(policies.HANDLE, path)
        fresh = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
        revision = fresh.latest_revision or fresh.save_revision(user=by.user, clean=False)
        documents = Document.objects.filter(pk__in=fresh.documents).select_related("stored")
        review = open_review(
            fresh,
            by=by,
            act=policies.HANDLE,
            organisation=row.organisation,
            revision=revision,
            importance=fresh.importance,
            files={one.stored.digest: f"材料{one.pk}" for one in documents if one.stored},
        )
        fresh.status = DecisionStatus.REVIEW
        fresh.save(update_fields=["status"])
        record(
            HANDED_IN,
            by=by,
            act=policies.HANDLE,
            path=path,
            on=row,
            after=review.digest,
            facts={"decision": fresh.pk, "review": review.pk},
        )
    decision.refresh_from_db()
    return review


def made(review: Review, *, by: Reader) -> None:
    """Everybody has signed: the decision is made, in the same transaction."""
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=review.subject_id)
    carry_out_decision(decision, by=by)
    decision.status = DecisionStatus.MADE
    decision.save(update_fields=["status"])


def _must_hold(parts: list[Answered]) -> None:
    if not parts:
        raise NothingDrafted
    for part in parts:
        if codes.ground(part.ground).group in NEEDS_REASONS and not part.reasons.strip():
            raise ReasonsMissing(part=part.matter.strip()[:40])
        for key in part.exemptions:
            beside = codes.ground(part.ground)
            if codes.ground(key).group != WITHHOLDING or beside.group not in TAKES_MORE:
                raise WithholdsNothing(ground=codes.ground(key).label, beside=beside.label)


def _draft_of(row: Application, by: Reader) -> Decision:
    draft = Decision.objects.filter(application=row, round=row.round).first()
    if draft is None:
        draft = Decision(application=row, round=row.round, author=by.user, live=False)
        draft.save()
    elif draft.status in {DecisionStatus.REVIEW, DecisionStatus.MADE}:
        raise BeingReviewed
    return draft
