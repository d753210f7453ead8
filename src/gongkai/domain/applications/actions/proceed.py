"""Something of the table of the life cycle is done."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.core import lifecycle
from gongkai.domain.applications import policies
from gongkai.domain.applications.actions.settle import held, settle
from gongkai.domain.applications.courses import course_after
from gongkai.domain.applications.errors import (
    AlreadyGiven,
    InFuture,
    NoOrder,
    NoParty,
    NotOfThisCase,
    NoUnit,
    OnlyByReview,
    OwnUnit,
)
from gongkai.domain.applications.events import PROCEEDED, happened
from gongkai.domain.applications.models import Application, Fact, Term
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.permissions import NotAllowed, Reader
from gongkai.foundation.trail import record

BY_APPLICANT = {"supplement", "reasons", "withdraw", "pay"}
"""What applicants may do by themselves, with their number and code."""


def proceed(  # the facts of an act, all by name
    application: Application,
    act: str,
    *,
    by: Reader | None,
    day: date | None = None,
    about: Fact | None = None,
    **details: Any,
) -> Fact:
    """Note down that *act* was done on *day*, today if left out, and let everything follow from it.

    Args:
        application: The application.
        act: A key of ``law/lifecycle/acts.yaml``.
        by: Who does it at the desk; nobody for the applicant, who has shown the secret code.
        day: When it happened.
        about: What it answers.
        details: ``until``, ``working_days``, ``approved``, ``whom``, ``unit``, ``party``, ``consents``, ``amount``,
            ``means``, ``tracking``, ``text``, as the act needs them.

    Raises:
        NotAllowed: The post does not allow it.
        OnlyByReview: Decisions come from a review that was signed.
        FactRefused, EventRefused: The table or the clock does not allow it now.
        InFuture, NotOfThisCase, NoUnit, OwnUnit, AlreadyGiven, NoParty, NoOrder: What was told does not hold together.
    """
    if act == "decide":
        raise OnlyByReview
    with transaction.atomic():
        row = held(application.pk)
        _may(row, act, by, about)
        return _carry_out(
            row, act, by=by, day=day, about=about, details=details, used=_used(act, by)
        )


def carry_out_decision(decision: Any, *, by: Reader, day: date | None = None) -> Fact:
    """Note down that *decision* was made: its review is complete. Inside the caller's transaction."""
    row = held(decision.application_id)
    details = {"grounds": decision.grounds, "decision": decision}
    return _carry_out(row, "decide", by=by, day=day, about=None, details=details, used=None)


def add(application: Application, fact: Fact) -> lifecycle.Course:
    """Put *fact* to the others, if table and clock allow it, and settle; inside the caller's transaction."""
    facts = [*application.facts.order_by("pk"), fact]
    course_after(facts)
    fact.save()
    course = settle(application, facts)
    happened.send(sender=Application, application=application, fact=fact)
    return course


def _carry_out(  # noqa: PLR0913  # handed on
    row: Application,
    act: str,
    *,
    by: Reader | None,
    day: date | None,
    about: Fact | None,
    details: Mapping[str, Any],
    used: str | None,
) -> Fact:
    day = day or clock.today()
    known = lifecycle.acts().get(act)
    title = known.title if known else act
    if day > clock.today():
        raise InFuture(act=title, day=day)
    if about is not None and about.application_id != row.pk:
        raise NotOfThisCase
    if act == "dispatch":
        _must_be_free(row, details.get("unit"))
    if act == "consult" and details.get("party") is None:
        raise NoParty
    if act == "renew" and known and row.state in known.late and details.get("until") is None:
        raise NoOrder
    user = by.user if by else None
    fact = Fact(application=row, act=act, day=day, about=about, by=user, **details)
    add(row, fact)
    record(
        PROCEEDED,
        by=by,
        act=used,
        authority="public" if by is None else "",
        path=str(row.organisation.path),
        on=row,
        facts={"act": act, "day": str(day), "fact": fact.pk},
    )
    return fact


def _must_be_free(row: Application, unit: Organisation | None) -> None:
    """Refuse a unit that need not, or cannot, be given *row*."""
    if unit is None:
        raise NoUnit
    if unit.pk == row.organisation_id:
        raise OwnUnit(unit=unit)
    owed = Term.objects.running().filter(application=row, duty="dispatch", organisation=unit)
    if term := owed.first():
        raise AlreadyGiven(unit=unit, until=term.due)


def _may(row: Application, act: str, by: Reader | None, about: Fact | None) -> None:
    if by is None:
        if act not in BY_APPLICANT:
            raise NotAllowed(act="办理公开申请")
        return
    unit = str(about.unit.path) if about is not None and about.unit else ""
    if act in lifecycle.acts() and not policies.may_proceed(by, row, act, unit=unit):
        raise NotAllowed(act=lifecycle.acts()[act].title)


def _used(act: str, by: Reader | None) -> str | None:
    if by is None:
        return None
    if act == "extend":
        return policies.EXTEND
    known = lifecycle.acts().get(act)
    return policies.REPORT if known and known.who == "unit" else policies.HANDLE
