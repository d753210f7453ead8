"""The row of an application and its terms are made to say what follows from its facts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from gongkai.core.lifecycle import Course
from gongkai.core.lifecycle import Term as Owed
from gongkai.domain.applications.courses import course_of
from gongkai.domain.applications.events import RECOMPUTED
from gongkai.domain.applications.models import Application, Fact, Term
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

FOLLOWS = (
    "state",
    "received",
    "due",
    "provisional",
    "round",
    "decided",
    "outcome",
    "delivered",
    "extended",
    "paused",
    "in_time",
)
"""What of the row follows from the facts."""


@dataclass(frozen=True, slots=True)
class Moved:
    """An application whose last day is another one than before."""

    application: Application
    before: date | None
    after: date | None


def held(key: int) -> Application:
    """Return the application *key*, held until the transaction is over."""
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("organisation", "unit", "handler")
        .get(pk=key)
    )


def settle(application: Application, course: Course | None = None) -> Course:
    """Bring row and terms of *application* up to date, inside the caller's transaction."""
    course = course or course_of(application)
    for name, value in row_of(course).items():
        setattr(application, name, value)
    application.save(update_fields=FOLLOWS)
    _settle_terms(application, course)
    return course


def recompute(
    applications: Iterable[Application], *, by: Reader | None = None, reason: str = ""
) -> Iterator[Moved | None]:
    """Follow the facts of *applications* anew, after a holiday notice; yield what moved, or nothing, for each.

    Each one is a transaction of its own: stopped at any point, it can be started again.
    """
    for application in applications:
        with transaction.atomic():
            row = held(application.pk)
            before = row.due
            settle(row)
            moved = row.due != before
            if moved:
                record(
                    RECOMPUTED,
                    by=by,
                    on=row,
                    path=str(row.organisation.path),
                    facts={"before": str(before), "after": str(row.due)},
                    reason=reason,
                )
        yield Moved(row, before, row.due) if moved else None


def row_of(course: Course) -> dict[str, Any]:
    """Return what of the row follows from *course*."""
    first = course.rounds[0]
    return {
        "state": course.state,
        "received": None if course.state == "unconfirmed" else course.received,
        "due": course.due.day if course.due else None,
        "provisional": bool(course.due and course.due.provisional),
        "round": len(course.rounds),
        "decided": first.decided,
        "outcome": first.outcome,
        "delivered": first.delivered,
        "extended": first.extended,
        "paused": first.paused,
        "in_time": first.in_time,
    }


def terms_of(
    application: Application, course: Course, keys: Mapping[int, int]
) -> Iterator[dict[str, Any]]:
    """Yield the fields of each term of *course*; *keys* are those of the facts by what the course calls them."""
    for owed in course.terms:
        yield _wanted(application, owed, {}) | {"about_id": keys.get(owed.about)}


def _settle_terms(application: Application, course: Course) -> None:
    known = {(t.duty, t.about_id, t.started): t for t in application.terms.all()}
    units = dict(
        Fact.objects.filter(application=application, unit__isnull=False).values_list("pk", "unit")
    )
    fresh: list[Term] = []
    for owed in course.terms:
        term = known.pop((owed.duty, owed.about or None, owed.started), None)
        wanted = _wanted(application, owed, units)
        if term is None:
            person = application.handler if owed.who == "office" else None
            fresh.append(Term(application=application, person=person, **wanted))
        elif any(getattr(term, name) != value for name, value in wanted.items()):
            if term.due != wanted["due"]:
                wanted["reminded"] = None  # another day is worth another reminder
            for name, value in wanted.items():
                setattr(term, name, value)
            term.save(update_fields=list(wanted))
    Term.objects.filter(pk__in=[term.pk for term in known.values()]).delete()
    Term.objects.bulk_create(fresh)


def _wanted(application: Application, owed: Owed, units: Mapping[int, int]) -> dict[str, Any]:
    return {
        "duty": owed.duty,
        "who": owed.who,
        "about_id": owed.about or None,
        "started": owed.started,
        "due": owed.due,
        "ended": owed.ended,
        "provisional": bool(owed.deadline and owed.deadline.provisional),
        "organisation_id": units.get(owed.about, application.organisation_id),
    }
