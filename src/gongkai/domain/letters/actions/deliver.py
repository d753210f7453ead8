"""A letter arrives, and there is proof of it."""

from datetime import date
from typing import Any

from django.db import transaction

from gongkai.core.letters import template
from gongkai.core.lifecycle import FactRefused
from gongkai.domain.applications.actions.proceed import proceed
from gongkai.domain.applications.courses import course_of
from gongkai.domain.applications.models import (
    Document,
    DocumentKind,
    Fact,
    Letter,
    Means,
)
from gongkai.domain.letters import policies
from gongkai.domain.letters.errors import NotIssued, NoWay, WrongDay
from gongkai.domain.letters.events import DELIVERED
from gongkai.foundation import clock
from gongkai.foundation.attachments.scans import readable
from gongkai.foundation.permissions import Reader
from gongkai.foundation.sealing import receive_sealed
from gongkai.foundation.trail import record

SERVED = {"ask-supplement", "consult", "charge", "ask-reasons"}
"""Acts whose limits run from the day on which the letter arrives."""


def deliver(  # noqa: PLR0913  # the facts of an act, all by name
    letter: Letter,
    *,
    by: Reader,
    way: str,
    day: date | None = None,
    tracking: str = "",
    proof: Any = None,
) -> Letter:
    """Note down that *letter* arrived on *day*, today if left out; what follows from it follows.

    Args:
        letter: A letter that was issued.
        by: Who notes it down.
        way: One of :class:`Means`.
        day: The day of arrival.
        tracking: The number of the item of mail.
        proof: A scan of the receipt or signature; kept sealed in the case.

    Raises:
        NotAllowed: The post does not allow it.
        NotIssued, NoWay, WrongDay: What was told does not hold together.
        NotTaken: The proof is no file that is taken.
    """
    path = str(letter.application.organisation.path)
    by.must(policies.HANDLE, path)
    day = day or clock.today()
    if way not in Means:
        raise NoWay(way=way)
    if letter.issued is None:
        raise NotIssued
    if not letter.issued <= day <= clock.today():
        raise WrongDay(day=day, issued=letter.issued)
    file = receive_sealed(readable(proof), by) if proof else None
    with transaction.atomic():
        row = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
        first = row.delivered is None
        row.delivery, row.tracking, row.delivered = way, tracking.strip(), day
        row.save(update_fields=["delivery", "tracking", "delivered"])
        arrived = _follow(row, day, by) if first else None
        if file is not None:
            Document.objects.create(
                application=row.application,
                kind=DocumentKind.PROOF,
                title=f"{row.title}送达证明"[:200],
                sealed=file,
                fact=arrived or row.fact,
                added_by=by.user,
            )
        record(
            DELIVERED,
            by=by,
            act=policies.HANDLE,
            path=path,
            on=row,
            facts={"application": row.application_id, "way": way, "day": str(day)},
        )
    letter.refresh_from_db()
    return letter


def _follow(row: Letter, day: date, by: Reader) -> Fact | None:
    """Let the life cycle know, if it has to: a decision is delivered, a notice is served."""
    fact = row.fact
    if fact is None:
        return None
    application = row.application
    how: dict[str, Any] = {
        "by": by,
        "day": day,
        "means": row.delivery,
        "tracking": str(row.tracking),
    }
    if fact.act in {"decide", "withdraw", "correct"} and template(row.template).to == "applicant":
        if "deliver" in course_of(application).allowed:
            return proceed(application, "deliver", **how)
        return None
    if fact.act not in SERVED:
        return None
    try:
        with transaction.atomic():
            return proceed(application, "serve", about=fact, **how)
    except FactRefused:
        return None  # answered or noted already: nothing more follows from it
