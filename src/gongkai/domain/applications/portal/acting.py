"""What applicants do in their case after having shown number and code."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from gongkai.domain.applications.actions import proceed
from gongkai.domain.applications.models import (
    Application,
    Document,
    DocumentKind,
    Fact,
    Note,
)
from gongkai.domain.applications.portal.drafts import taken_in
from gongkai.domain.applications.portal.events import OBJECTED
from gongkai.domain.applications.portal.models import Role
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
        NotTaken, Unreadable: A file may not come in; nothing is noted down then.
    """
    sealed = [taken_in(f, Role.MATERIAL) for f in files]
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
