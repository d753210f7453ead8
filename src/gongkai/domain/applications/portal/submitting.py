"""A draft becomes an application: once, whatever happens to the connection."""

from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.db import transaction

from gongkai.domain.applications.actions import register
from gongkai.domain.applications.actions.register import TYPED
from gongkai.domain.applications.events import CODE_RENEWED
from gongkai.domain.applications.models import Application, Document, DocumentKind, Note
from gongkai.domain.applications.numbering import mark_of, new_code
from gongkai.domain.applications.portal.drafts import OPEN_FOR
from gongkai.domain.applications.portal.errors import NoSuchDraft
from gongkai.domain.applications.portal.models import Draft, DraftFile, Role, Wish
from gongkai.domain.applications.queries import of_same_person
from gongkai.foundation import clock
from gongkai.foundation.citizens.models import Citizen
from gongkai.foundation.sealing import receive_sealed
from gongkai.foundation.sealing.marking import folded
from gongkai.foundation.trail import record

COMPARED = 50
"""Earlier applications of the same person that are looked at for the same matter."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """What the receipt shows."""

    application: Application
    code: str
    following: Draft | None = None
    """The next matter, with everything else filled in, where somebody split several."""


def submit(draft: Draft, *, account: Citizen | None = None) -> Submitted:
    """Register what *draft* says, into the list of *account* where somebody is signed in.

    Sent again (a lost answer, two clicks), it is the same application, with a new secret code: the first one was
    shown to nobody, or on a page that has been left.

    Raises:
        NoSuchDraft: It has expired meanwhile.
        ApplicationRefused: Something that article 29 asks for is missing.
    """
    with transaction.atomic():
        held = Draft.objects.select_for_update().filter(pk=draft.pk).first()
        if held is None:
            raise NoSuchDraft
        if held.application_id is not None:
            return Submitted(*_renewed(held.application_id))
        content = dict(held.content)
        files = list(held.files.select_related("sealed"))
        identity = next((f.sealed for f in files if f.role == Role.IDENTITY), None)
        given: dict[str, Any] = {name: content.get(name, "") for name in TYPED}
        application, code = register(
            held.organisation, by=None, channel="web", identity=identity, account=account, **given
        )
        for file in files:
            if file.role == Role.MATERIAL:
                _add_document(application, file)
        _keep_wish(application, content)
        _note_doubles(application)
        following = _next_matter(held, content, identity is not None)
        held.application, held.content, held.code_mark = application, {}, ""
        held.expires = clock.now() + OPEN_FOR
        held.save()
        held.files.all().delete()
    return Submitted(application, code, following)


def _renewed(key: int) -> tuple[Application, str]:
    application = Application.objects.select_related("organisation").get(pk=key)
    code = new_code()
    application.code_mark = mark_of(application.number, code)
    application.save(update_fields=["code_mark"])
    record(CODE_RENEWED, authority="public", on=application)
    return application, code


def _add_document(application: Application, file: DraftFile) -> None:
    Document.objects.create(
        application=application,
        kind=DocumentKind.REQUEST,
        title=str(file.sealed.name),
        sealed=file.sealed,
    )


def _keep_wish(application: Application, content: dict[str, Any]) -> None:
    email = bool(content.get("tell_email") and application.email)
    sms = bool(content.get("tell_sms") and application.telephone)
    if email or sms:
        Wish.objects.create(application=application, email=email, sms=sms)


def _note_doubles(application: Application) -> None:
    """Leave a note where the same person has asked for the same thing; nobody is refused for it."""
    asked = folded(application.matter)
    earlier = of_same_person(application).select_related("organisation")[:COMPARED]
    doubles = [other for other in earlier if folded(other.matter) == asked]
    if doubles:
        numbers = "、".join(f"{other.number}（{other.organisation}）" for other in doubles)
        text = f"同一申请人用同样的内容申请过：{numbers}。可能是重复申请，也可能是误点，请核对。"
        Note.objects.create(application=application, text=text)


def _next_matter(draft: Draft, content: dict[str, Any], has_identity: bool) -> Draft | None:  # noqa: FBT001  # one caller
    """Return a draft for the next of several matters; files are sealed anew, each case has its own."""
    rest = list(content.get("rest", []))
    if not rest:
        return None
    content |= {"matter": rest[0], "rest": rest[1:], "seen": False}
    fresh: Draft = Draft.objects.create(
        organisation=draft.organisation, content=content, expires=clock.now() + OPEN_FOR
    )
    if has_identity:
        sealed = draft.files.get(role=Role.IDENTITY).sealed
        with sealed.open() as stream:
            again = receive_sealed(File(stream, name=str(sealed.name)), None)
        DraftFile.objects.create(draft=fresh, sealed=again, role=Role.IDENTITY)
    return fresh
