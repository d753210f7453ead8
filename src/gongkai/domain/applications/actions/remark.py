"""Colleagues leave notes and tasks in a case."""

from datetime import date

from django.db import transaction

from gongkai.domain.applications import policies
from gongkai.domain.applications.errors import NothingWritten, NotOfThisCase
from gongkai.domain.applications.events import REMARKED
from gongkai.domain.applications.models import Application, Note
from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.notices.actions import notify
from gongkai.foundation.permissions import NotAllowed, Reader
from gongkai.foundation.trail import record


def remark(
    application: Application,
    *,
    by: Reader,
    text: str,
    person: User | None = None,
    due: date | None = None,
) -> Note:
    """Leave *text* in the case; for *person* it is a task, due on a day where one is given.

    Raises:
        NotAllowed: The post does not allow it.
        NothingWritten: There is no text.
    """
    if not policies.may_write(by, application):
        raise NotAllowed(act="在公开申请上留言")
    if not text.strip():
        raise NothingWritten
    with transaction.atomic():
        note = Note.objects.create(
            application=application, by=by.user, text=text.strip(), person=person, due=due
        )
        if person is not None and person != by.user:
            until = f"，{due} 以前" if due else ""
            told = f"公开申请 {application.number} 有一件事交给您{until}"
            notify([person], told, href=application.get_absolute_url())
        _note(application, note, by)
    return note


def finish(note: Note, application: Application, *, by: Reader) -> Note:
    """Mark a task as done.

    Raises:
        NotAllowed: The post does not allow it.
        NotOfThisCase: It belongs to another case.
    """
    if note.application_id != application.pk:
        raise NotOfThisCase
    if not policies.may_write(by, application):
        raise NotAllowed(act="在公开申请上留言")
    with transaction.atomic():
        note.done_at = clock.now()
        note.save(update_fields=["done_at"])
        _note(application, note, by)
    return note


def _note(application: Application, note: Note, by: Reader) -> None:
    record(
        REMARKED,
        by=by,
        act=policies.VIEW,
        path=str(application.organisation.path),
        on=application,
        facts={"note": note.pk, "done": note.done_at is not None},
    )
