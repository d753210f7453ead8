"""Reviews that were done elsewhere are noted, many at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from gongkai.domain.organisations.models import Organisation
from gongkai.domain.review.errors import NotedByASigner
from gongkai.domain.review.events import NOTED
from gongkai.domain.review.models import (
    Chain,
    Opinion,
    Review,
    ReviewFile,
    ReviewStatus,
    Signature,
)
from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.permissions import Reader, person
from gongkai.foundation.trail import record

BATCH = 500


@dataclass(frozen=True, slots=True)
class Noted:
    """One thing that was reviewed elsewhere.

    Attributes:
        digest: Of its content as it was reviewed.
        files: Names of its files by the digest of their bytes.
        at: When the last signature was given; now where it is left out.
    """

    subject: int
    title: str
    digest: str
    files: Mapping[str, str] = field(default_factory=dict)
    at: datetime | None = None


def note(  # noqa: PLR0913  # the facts of an act, all by name
    things: Sequence[Noted],
    *,
    subject_type: str,
    organisation: Organisation,
    chain: Chain,
    signers: Sequence[User],
    evidence: str,
    by: Reader,
    act: str,
) -> None:
    """Note that *signers*, one for each step of *chain*, have signed *things* elsewhere.

    *evidence* says where the papers of the review are kept. One entry in the trail for all of them, with
    their digests sealed in it. Whoever asks has checked *act*. The number of queries does not grow with
    the number of things but by batches of 500.

    Raises:
        NotedByASigner: Whoever notes them is one of *signers*.
        ValueError: There is not one signer for each step.
    """
    if person(by) in signers:
        raise NotedByASigner
    steps = chain.steps
    if len(signers) != len(steps):
        raise ValueError("one signer for each step")
    now = clock.now()
    with transaction.atomic():
        reviews = Review.objects.bulk_create(
            (
                Review(
                    subject_type=subject_type,
                    subject_id=thing.subject,
                    organisation=organisation,
                    title=thing.title[:300],
                    importance=chain.importance,
                    chain=chain,
                    steps_needed=chain.steps_count,
                    digest=thing.digest,
                    opened_at=thing.at or now,
                    opened_by=person(by),
                    evidence=evidence,
                )
                for thing in things
            ),
            batch_size=BATCH,
        )
        ReviewFile.objects.bulk_create(
            (
                ReviewFile(review=review, digest=digest, name=name)
                for review, thing in zip(reviews, things, strict=True)
                for digest, name in thing.files.items()
            ),
            batch_size=BATCH,
        )
        Signature.objects.bulk_create(
            (
                Signature(
                    review=review,
                    step=place,
                    title=step.name,
                    opinion=Opinion.AGREED,
                    by=signer,
                    authority=f"{step.role}@{step.place_of(organisation).pk}",
                    digest=review.digest,
                    at=review.opened_at,
                )
                for review in reviews
                for place, (step, signer) in enumerate(zip(steps, signers, strict=True), start=1)
            ),
            batch_size=BATCH,
        )
        for first in range(0, len(reviews), BATCH):
            keys = [review.pk for review in reviews[first : first + BATCH]]
            Review.objects.filter(pk__in=keys).update(
                status=ReviewStatus.COMPLETE, closed_at=now, step=chain.steps_count
            )
        record(
            NOTED,
            by=by,
            act=act,
            path=str(organisation.path),
            on=chain,
            after=[[thing.subject, thing.digest] for thing in things],
            facts={"count": len(reviews), "evidence": evidence},
        )
