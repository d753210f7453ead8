"""What applicants do in their case after having shown number and code."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from gongkai.core import lifecycle
from gongkai.domain.applications.actions import proceed
from gongkai.domain.applications.actions.proceed import add
from gongkai.domain.applications.actions.settle import held
from gongkai.domain.applications.models import (
    Application,
    Delivery,
    Document,
    DocumentKind,
    Fact,
    Letter,
    Note,
)
from gongkai.domain.applications.portal.drafts import KINDS, LIMITS
from gongkai.domain.applications.portal.events import LETTER_OPENED, OBJECTED
from gongkai.domain.applications.portal.models import Role
from gongkai.foundation import clock
from gongkai.foundation.sealing import receive_sealed
from gongkai.foundation.trail import record


def answer(
    application: Application,
    act: str,
    *,
    about: Fact | None,
    text: str,
    files: Iterable[Any] = (),
) -> Fact:
    """Note down what the applicant sends: a supplement, reasons, or that the application is withdrawn.

    Raises:
        NotAllowed: Applicants cannot do that.
        FactRefused: It cannot be done now.
        NotTaken: A file may not come in; nothing is noted down then.
    """
    sealed = [
        receive_sealed(f, None, kinds=KINDS[Role.MATERIAL], most=LIMITS[Role.MATERIAL])
        for f in files
    ]
    with transaction.atomic():
        fact = proceed(application, act, by=None, about=about, text=text.strip())
        for one in sealed:
            Document.objects.create(
                application=application,
                kind=DocumentKind.SUPPLEMENT,
                title=str(one.name),
                sealed=one,
                fact=fact,
            )
    return fact


def object_to(application: Application, text: str) -> Note:
    """Leave what the applicant wants to say with whoever handles the case; it moves no clock."""
    with transaction.atomic():
        note: Note = Note.objects.create(
            application=application,
            text=f"申请人通过网上查询页提出：\n{text.strip()}",
            person=application.handler,
        )
        record(OBJECTED, authority="public", on=application, facts={"note": note.pk})
    return note


def open_letter(letter: Letter) -> Letter:
    """Note down that the applicant has opened *letter*, the first time.

    Who chose to get the information online has it with that: the reply is delivered, a procedural letter served.
    Whoever chose another way is still sent the paper, and only the opening is on record.
    """
    with transaction.atomic():
        application = held(letter.application_id)
        fresh = (
            Letter.objects.select_for_update(of=("self",)).select_related("fact").get(pk=letter.pk)
        )
        if fresh.opened_at is not None:
            return fresh
        fresh.opened_at = clock.now()
        if application.delivery == Delivery.ONLINE and fresh.delivered is None:
            fresh.delivered = clock.today()
            _note_delivery(application, fresh)
        fresh.save(update_fields=["opened_at", "delivered"])
        record(LETTER_OPENED, authority="public", on=application, facts={"letter": fresh.pk})
    return fresh


def _note_delivery(application: Application, letter: Letter) -> None:
    fact = letter.fact
    if fact is None:
        return
    if fact.act == "decide":
        if application.state == "decided":
            add(application, Fact(application=application, act="deliver", day=clock.today()))
        return
    served = Fact.objects.filter(application=application, act="serve", about=fact).exists()
    if fact.act in lifecycle.acts()["serve"].answers and not served:
        add(application, Fact(application=application, act="serve", day=clock.today(), about=fact))
