"""A letter is drafted."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from gongkai.core.letters import Value, template
from gongkai.domain.applications.errors import NotOfThisCase
from gongkai.domain.applications.models import Application, Fact, Letter
from gongkai.domain.letters import policies
from gongkai.domain.letters.errors import AlreadyIssued, NotForThisCase
from gongkai.domain.letters.events import DISCARDED, DRAFTED
from gongkai.domain.letters.writing import as_json
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def draft(application: Application, key: str, *, by: Reader, fact: Fact | None = None) -> Letter:
    """Begin a letter of the template *key*; it says what the case says until :func:`rewrite` says more.

    Raises:
        NotAllowed: The post does not allow it.
        UnknownTemplate, NotForThisCase: There is no such letter, or not under the law of this case.
        NotOfThisCase: *fact* is of another application.
    """
    path = str(application.organisation.path)
    by.must(policies.HANDLE, path)
    made = template(key)
    if fact is not None and fact.application_id != application.pk:
        raise NotOfThisCase
    if not made.in_force(application.received or application.arrived.date()):
        raise NotForThisCase(title=made.name)
    with transaction.atomic():
        letter = Letter.objects.create(
            application=application,
            fact=fact,
            template=key,
            title=made.title,
            content={"addressee": _addressee(application, fact, made.to), "values": {}},
        )
        record(
            DRAFTED,
            by=by,
            act=policies.HANDLE,
            path=path,
            on=letter,
            facts={"application": application.pk, "template": key},
        )
    return letter


def rewrite(  # noqa: PLR0913  # what a draft says, all by name
    letter: Letter,
    *,
    by: Reader,
    values: Mapping[str, Value],
    parts: Sequence[Mapping[str, Value]] = (),
    addressee: str,
    online: bool = False,
    attachments: Sequence[str] = (),
) -> Letter:
    """Say in the draft what the case does not say by itself.

    Raises:
        NotAllowed: The post does not allow it.
        AlreadyIssued: It has gone out.
    """
    by.must(policies.HANDLE, str(letter.application.organisation.path))
    with transaction.atomic():
        row = _unissued(letter)
        row.content = {
            "addressee": addressee.strip(),
            "values": as_json(values),
            "parts": [as_json(told) for told in parts],
            "online": online,
            "attachments": [title.strip() for title in attachments if title.strip()],
        }
        row.save(update_fields=["content"])
    letter.content = row.content
    return letter


def discard(letter: Letter, *, by: Reader) -> None:
    """Take a draft away.

    Raises:
        NotAllowed: The post does not allow it.
        AlreadyIssued: It has gone out.
    """
    path = str(letter.application.organisation.path)
    by.must(policies.HANDLE, path)
    with transaction.atomic():
        row = _unissued(letter)
        facts = {"letter": row.pk, "template": row.template}
        row.delete()
        record(
            DISCARDED,
            by=by,
            act=policies.HANDLE,
            path=path,
            on=letter.application,
            facts=facts,
        )


def _unissued(letter: Letter) -> Letter:
    row = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if row.issued:
        raise AlreadyIssued
    return row


def _addressee(application: Application, fact: Fact | None, to: str) -> str:
    whom: Any = None
    if to == "applicant":
        whom = application.name
    elif fact is not None and fact.party is not None:
        whom = fact.party.name
    elif fact is not None and fact.unit is not None:
        whom = fact.unit.name
    return str(whom or "")
