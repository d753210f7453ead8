"""Something is handed in for review."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from wagtail.models import Revision

from gongkai.domain.organisations.models import Organisation
from gongkai.domain.review.errors import AlreadyInReview
from gongkai.domain.review.events import OPENED
from gongkai.domain.review.models import Importance, Review, ReviewFile
from gongkai.domain.review.queries import chain_for, due_on, tell_signers
from gongkai.domain.review.subjects import subject_of
from gongkai.foundation.permissions import Reader, person
from gongkai.foundation.trail import record


def open_review(  # noqa: PLR0913  # the facts of an act, all by name
    thing: Any,
    *,
    by: Reader,
    act: str,
    organisation: Organisation,
    revision: Revision,
    importance: Importance | str,
    files: Mapping[str, str],
) -> Review:
    """Start the chain for exactly *revision* of *thing*, which *organisation* means to publish.

    *thing* is a model with Wagtail's workflow and revision mixins, of a registered kind; *files* are the
    names of the files that go with it by the digest of their bytes. Whoever asks has checked *act*.

    Raises:
        NoChain: Nobody has decided who signs.
        AlreadyInReview: It is being reviewed.
    """
    kind = subject_of(thing)
    importance = Importance(importance)
    chain = chain_for(organisation, importance)
    with transaction.atomic():
        if Review.objects.open().of(thing).exists():
            raise AlreadyInReview
        state = chain.workflow.start(thing, by.user)
        review = Review.objects.create(
            subject_type=kind.model,
            subject_id=thing.pk,
            organisation=organisation,
            title=str(thing)[:300],
            importance=importance,
            chain=chain,
            steps_needed=chain.steps_count,
            revision=revision,
            workflow_state=state,
            digest=kind.digest(revision.as_object()),
            opened_by=person(by),
            due=due_on(chain.steps[0]),
        )
        ReviewFile.objects.bulk_create(
            ReviewFile(review=review, digest=digest, name=name) for digest, name in files.items()
        )
        tell_signers(review)
        record(
            OPENED,
            by=by,
            act=act,
            path=str(organisation.path),
            on=thing,
            after=review.digest,
            facts={"review": review.pk, "importance": importance.value},
        )
    return review
