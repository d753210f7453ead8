"""What was asked for is proposed, taken up or not taken up to be published."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from gongkai.domain.applications import policies
from gongkai.domain.applications.errors import (
    AlreadySettled,
    AlreadySuggested,
    NamesApplicant,
    NoReasonToDecline,
    NothingReleased,
    NothingWritten,
    NoTitle,
    NotReleased,
)
from gongkai.domain.applications.events import (
    PUBLICATION_ACCEPTED,
    PUBLICATION_DECLINED,
    SUGGESTED,
)
from gongkai.domain.applications.models import Application, PublicationProposal, Verdict
from gongkai.domain.applications.publication import (
    opened_for,
    released_by,
    words_in,
    words_of,
)
from gongkai.domain.directory.models import Column
from gongkai.domain.information.actions import Attached, draft
from gongkai.domain.information.models import Item
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

SOURCE = "依申请公开转为主动公开"
"""What the item says of where it comes from: that, and nothing of who asked."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A released file under the title that it gets: a document of the case by its key."""

    document: int
    title: str


def suggest_publication(application: Application, text: str) -> PublicationProposal:
    """Note down that the applicant suggests to publish what they got; article 44 gives them the right to.

    Raises:
        NothingWritten: They do not say why.
        NothingReleased: Nothing was given out.
        AlreadySuggested: They have, and nobody has answered yet or somebody has.
    """
    if not text.strip():
        raise NothingWritten
    if not may_suggest(application):
        raise NothingReleased
    with transaction.atomic():
        made = _held(opened_for(application))
        if made.suggested_at:
            raise AlreadySuggested
        made.suggested_at, made.suggestion = clock.now(), text.strip()
        if made.verdict == Verdict.DECLINED:  # something new speaks for it
            made.verdict = Verdict.OPEN
        made.save()
        record(SUGGESTED, authority="public", on=application, facts={"proposal": made.pk})
    return made


def may_suggest(application: Application) -> bool:
    """Tell whether there is something that was given out and could be published."""
    return PublicationProposal.objects.filter(
        application=application, released=True
    ).exists() or bool(released_by(application))


def accept_publication(
    application: Application,
    *,
    by: Reader,
    title: str,
    files: Iterable[Chosen] = (),
    column: Column | None = None,
) -> Item:
    """Begin an item of what *application* was given; it goes through the ordinary chain.

    Args:
        application: The case.
        by: Who takes it up.
        title: What an official calls it; nothing is taken over from the application.
        files: Which of the released files go with it, and under which titles.
        column: Where it is to stand.

    Raises:
        NotAllowed: The post does not allow it.
        NoTitle: It has none.
        NamesApplicant: A title tells who asked.
        NotReleased: A file did not go out, or is the original of a redacted one.
        AlreadySettled: There is a draft already.
    """
    path = str(application.organisation.path)
    by.must(policies.PUBLISH, path)
    chosen = [Chosen(each.document, each.title.strip()) for each in files]
    if not title.strip() or not all(each.title for each in chosen):
        raise NoTitle
    told = " ".join([title, *(each.title for each in chosen)])
    if words_in(words_of(application), told):
        raise NamesApplicant
    known = {each.document.pk: each for each in released_by(application)}
    if any(each.document not in known for each in chosen):
        raise NotReleased
    with transaction.atomic():
        made = _held(opened_for(application))
        if not made.is_waiting:
            raise AlreadySettled(verdict=made.get_verdict_display())
        item = draft(
            application.organisation,
            by=by,
            title=title.strip(),
            source=SOURCE,
            column=column,
            files=[Attached(known[each.document].stored, each.title) for each in chosen],
        )
        made.verdict, made.item, made.reason = Verdict.ACCEPTED, item, ""
        made.by, made.decided_at = by.user, clock.now()
        made.save()
        record(
            PUBLICATION_ACCEPTED,
            by=by,
            act=policies.PUBLISH,
            path=path,
            on=application,
            facts={
                "item": item.pk,
                "files": [known[each.document].stored.public_digest for each in chosen],
            },
        )
    return item


def decline_publication(application: Application, *, by: Reader, reason: str) -> None:
    """Leave it at the answer, and say why; an applicant who suggested it reads that.

    Raises:
        NotAllowed: The post does not allow it.
        NoReasonToDecline: It is not said why.
        AlreadySettled: There is a draft already.
    """
    path = str(application.organisation.path)
    by.must(policies.PUBLISH, path)
    if not reason.strip():
        raise NoReasonToDecline
    with transaction.atomic():
        made = _held(opened_for(application))
        if not made.is_waiting:
            raise AlreadySettled(verdict=made.get_verdict_display())
        made.verdict, made.reason = Verdict.DECLINED, reason.strip()
        made.by, made.decided_at = by.user, clock.now()
        made.save()
        record(PUBLICATION_DECLINED, by=by, act=policies.PUBLISH, path=path, on=application)


def _held(made: PublicationProposal) -> PublicationProposal:
    return PublicationProposal.objects.select_for_update(of=("self",)).get(pk=made.pk)
