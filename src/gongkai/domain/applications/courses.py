"""Facts in the database as the course of an application."""

from collections.abc import Iterable, Sequence
from datetime import date

from gongkai.core.lifecycle import Course, follow
from gongkai.domain.applications.models import Application, Fact
from gongkai.domain.applications.models.fact import STRIKE


def standing(facts: Iterable[Fact]) -> list[Fact]:
    """Return the *facts* that count: without those that were struck, and the striking ones."""
    facts = list(facts)
    struck = {fact.about_id for fact in facts if fact.act == STRIKE}
    return [fact for fact in facts if fact.act != STRIKE and fact.pk not in struck]


def course_of(
    application: Application, *, beside: Sequence[Fact] = (), today: date | None = None
) -> Course:
    """Return the course of *application*, with the facts *beside* as if they had been noted down.

    What may follow is told for *today*, or for the day of the last fact.

    Raises:
        FactRefused, EventRefused: The facts beside are against the table or the clock.
    """
    return course_after([*application.facts.order_by("pk"), *beside], today=today)


def course_after(facts: Iterable[Fact], *, today: date | None = None) -> Course:
    """Return the course of an application to which *facts* happened, in the order of their keys.

    Raises:
        FactRefused, EventRefused: The facts are against the table or the clock.
    """
    return follow((fact.plain() for fact in standing(facts)), today=today)
