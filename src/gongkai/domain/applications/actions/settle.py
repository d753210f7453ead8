"""The row of an application and its terms are made to say what follows from its facts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from gongkai.core.lifecycle import Course
from gongkai.core.lifecycle import Term as Owed
from gongkai.domain.applications.courses import course_after
from gongkai.domain.applications.models import Application, Fact, Term


@dataclass(frozen=True, slots=True)
class Followed:
    """An application with what the database has of it, and the course that follows from its facts.

    Attributes:
        facts: All its facts, those that were struck as well.
        terms: Its terms as they stand.
    """

    application: Application
    facts: Sequence[Fact]
    terms: Sequence[Term]
    course: Course


def held(key: int) -> Application:
    """Return the application *key*, held until the transaction is over."""
    return (
        Application.objects.select_for_update(of=("self",))
        .select_related("organisation", "unit", "handler")
        .get(pk=key)
    )


def settle(application: Application, facts: Sequence[Fact] | None = None) -> Course:
    """Bring row and terms of *application* up to date, inside the caller's transaction.

    Args:
        application: The application.
        facts: All its facts in the order of their keys, where the caller has them.
    """
    if facts is None:
        facts = list(application.facts.order_by("pk"))
    course = course_after(facts)
    write([Followed(application, facts, list(application.terms.all()), course)])
    return course


def write(cases: Iterable[Followed]) -> None:
    """Make rows and terms say what follows, with a few commands for all of them together."""
    rows, terms = Changes(Application), Changes(Term)
    fresh: list[Term] = []
    gone: list[int] = []
    for case in cases:
        rows.tell(case.application, row_of(case.course))
        known = {(term.duty, term.about_id, term.started): term for term in case.terms}
        units = {fact.pk: fact.unit_id for fact in case.facts if fact.unit_id}
        for owed in case.course.terms:
            term = known.pop((owed.duty, owed.about or None, owed.started), None)
            wanted = _wanted(case.application, owed, units)
            if term is None:
                person = case.application.handler if owed.who == "office" else None
                fresh.append(Term(application=case.application, person=person, **wanted))
                continue
            if term.due != wanted["due"]:
                wanted["reminded"] = None  # another day is worth another reminder
            terms.tell(term, wanted)
        gone += [term.pk for term in known.values()]
    rows.write()
    terms.write()
    if gone:
        Term.objects.filter(pk__in=gone).delete()
    Term.objects.bulk_create(fresh)


class Changes:
    """What is to be changed in rows of a table; rows that change alike are changed together."""

    def __init__(self, model: type[Model]) -> None:
        self._rows = model._default_manager  # noqa: SLF001  # Django's public name for it
        self._alike: dict[tuple[tuple[str, Any], ...], list[int]] = defaultdict(list)

    def tell(self, row: Model, wanted: Mapping[str, Any]) -> None:
        """Let *row* have the values *wanted*, and note down those that are others than before."""
        other = {name: value for name, value in wanted.items() if getattr(row, name) != value}
        for name, value in other.items():
            setattr(row, name, value)
        if other:
            self._alike[tuple(other.items())].append(row.pk)

    def write(self) -> None:
        """Write them down."""
        for values, keys in self._alike.items():
            self._rows.filter(pk__in=keys).update(**dict(values))


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
