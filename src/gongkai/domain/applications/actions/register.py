"""An application comes in."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongkai.core import codes
from gongkai.core.deadlines import receipt
from gongkai.core.deadlines.errors import MissingConfirmation
from gongkai.core.lifecycle import follow
from gongkai.core.reminders import reminder
from gongkai.core.workdays import calendar
from gongkai.domain.applications.actions.settle import row_of, terms_of
from gongkai.domain.applications.errors import (
    InFuture,
    NoName,
    NothingAsked,
    NoWayBack,
    UnknownKind,
)
from gongkai.domain.applications.events import REGISTERED, happened
from gongkai.domain.applications.models import Application, Fact, Term
from gongkai.domain.applications.numbering import mark_of, new_code, take
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

ACT = "applications.register"
CONFIRM = "application-confirm"
"""By when the office should have spoken to an applicant whose application counts from that day: ``law/reminders``."""
TYPED = (
    "kind",
    "name",
    "contact",
    "document_kind",
    "document_number",
    "telephone",
    "email",
    "address",
    "postcode",
    "matter",
    "delivery",
)
"""What an applicant says, by the names of the fields."""
GIVEN = (*TYPED, "identity", "account")


def register(  # the facts of an act, all by name
    organisation: Organisation,
    *,
    by: Reader | None,
    channel: str,
    arrived: datetime | None = None,
    confirmed: date | None = None,
    **given: Any,
) -> tuple[Application, str]:
    """Register an application to *organisation*; return it and the secret code, which is told only once.

    Args:
        organisation: The agency that is asked.
        by: Who registers it at the desk; nobody for what the applicant submits on the portal.
        channel: Key, name or alias of the channel.
        arrived: When it came, now if left out.
        confirmed: When office and applicant confirmed it. Where the law of the channel wants that and there is
            no such day yet, the application waits to be confirmed.
        given: What the applicant gave, by the names of the fields in ``GIVEN``.

    Raises:
        NotAllowed: The post does not allow it.
        NothingAsked, NoName, NoWayBack, UnknownKind: Something that article 29 asks for is missing.
        UnknownChannel: There is no such channel.
        InFuture: It has not arrived yet.
    """
    path = str(organisation.path)
    if by is not None:
        by.must(ACT, path)
    arrived = arrived or clock.now()
    if arrived > clock.now():
        raise InFuture(act="收到申请", day=arrived.date())
    must_be_complete(given)
    facts = receipt.channel(channel)
    key = next(name for name, found in receipt.channels().items() if found is facts)
    day = arrived.astimezone(clock.now().tzinfo).date()
    try:
        received: date | None = receipt.receive(key, day, confirmed).day
    except MissingConfirmation:
        received = None
    code = new_code()
    fact = Fact(
        act="receive" if received else "arrive",
        day=received or day,
        until=None if received else calendar().on_or_after(day + reminder(CONFIRM).span),
        by=by.user if by else None,
    )
    # nothing else has happened to it, so what follows is known before anything is written
    course = follow([fact.plain()])
    with transaction.atomic():
        application = Application(
            organisation=organisation, channel=key, arrived=arrived, **given, **row_of(course)
        )
        application.number = take(organisation, day.year)[0]
        application.code_mark = mark_of(application.number, code)
        application.save()
        fact.application = application
        fact.save()
        Term.objects.bulk_create(
            Term(application=application, **wanted) for wanted in terms_of(application, course, {})
        )
        happened.send(sender=Application, application=application, fact=fact)
        record(
            REGISTERED,
            by=by,
            act=ACT if by else None,
            path=path,
            authority="" if by else "public",
            on=application,
            facts={"number": application.number, "channel": key, "day": str(fact.day)},
        )
    return application, code


def must_be_complete(given: dict[str, Any]) -> None:
    """Refuse what lacks something that article 29 asks for.

    Raises:
        NothingAsked, NoName, NoWayBack, UnknownKind: With what to do.
    """
    unknown = set(given) - set(GIVEN)
    if unknown:
        raise TypeError(f"no such field: {', '.join(sorted(unknown))}")
    if given.get("kind") not in codes.applicants():
        raise UnknownKind(kind=given.get("kind", ""))
    if not str(given.get("name") or "").strip():
        raise NoName
    if not str(given.get("matter") or "").strip():
        raise NothingAsked
    if not any(str(given.get(way) or "").strip() for way in ("telephone", "email", "address")):
        raise NoWayBack
