"""The applicant opens a letter on the portal."""

from django.db import transaction

from gongkai.core.lifecycle import FactRefused, acts
from gongkai.domain.applications.actions.proceed import add
from gongkai.domain.applications.actions.settle import held
from gongkai.domain.applications.courses import course_of
from gongkai.domain.applications.events import LETTER_OPENED
from gongkai.domain.applications.models import Application, Delivery, Fact, Letter, Means
from gongkai.foundation import clock
from gongkai.foundation.trail import record

REPLIES = {"decide", "withdraw", "correct"}
"""Acts whose letter is the reply: with it the case is delivered."""


def open_letter(letter: Letter) -> Letter:
    """Note down that the applicant, who has shown number and code, has opened *letter*; the first time counts.

    Who chose to get the information online has it with that: the reply is delivered, a notice is served. Whoever
    chose another way is still sent the paper, and only the opening is on record.
    """
    with transaction.atomic():
        application = held(letter.application_id)
        fresh = (
            Letter.objects.select_for_update(of=("self",)).select_related("fact").get(pk=letter.pk)
        )
        if fresh.issued is None or fresh.opened_at is not None:
            return fresh
        fresh.opened_at = clock.now()
        if application.delivery == Delivery.ONLINE and fresh.delivered is None:
            fresh.delivered, fresh.delivery = clock.today(), Means.ONLINE
            _arrive(application, fresh.fact)
        fresh.save(update_fields=["opened_at", "delivered", "delivery"])
        record(
            LETTER_OPENED,
            authority="public",
            on=application,
            path=str(application.organisation.path),
            facts={"letter": fresh.pk},
        )
    return fresh


def _arrive(application: Application, fact: Fact | None) -> None:
    """Let the life cycle know: the reply is delivered, or a notice is served."""
    if fact is None:
        return
    if fact.act in REPLIES:
        if "deliver" in course_of(application).allowed:
            add(application, _arrived(application, "deliver"))
    elif fact.act in acts()["serve"].answers:
        served = _arrived(application, "serve", about=fact)
        try:
            with transaction.atomic():
                add(application, served)
        except FactRefused:
            return  # answered or served already: nothing more follows from it


def _arrived(application: Application, act: str, *, about: Fact | None = None) -> Fact:
    day = clock.today()
    return Fact(application=application, act=act, day=day, about=about, means=Means.ONLINE)
