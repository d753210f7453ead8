"""Which letters a case asks for: what happened and has not been told yet."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.core.letters import Template, for_ground, templates
from gongkai.domain.applications.models import Application, Fact, Letter
from gongkai.domain.letters.deriving import Case

WHOM = {"third-party": "third-party", "agency": "co-agency"}
"""To whom a letter of consultation goes, by whose opinion was asked."""


ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A letter that a fact asks for."""

    fact: Fact
    key: str
    template: Template


def suggestions(application: Application) -> list[Suggestion]:
    """Return the letters that facts of *application* ask for and nobody has written; none once it is archived."""
    if application.state == ARCHIVED:
        return []
    case = Case(application)
    written = {
        (letter.fact_id, letter.template)
        for letter in Letter.objects.filter(application=application).only("fact", "template")
    }
    return [
        Suggestion(fact, key, templates()[key])
        for fact in case.facts
        for key in keys_for(fact)
        if (fact.pk, key) not in written
        and templates()[key].in_force(application.received or fact.day)
    ]


def keys_for(fact: Fact) -> Iterator[str]:
    """Yield the keys of the templates that tell of *fact*."""
    if fact.act == "decide":
        yield reply_for(list(fact.grounds))
        return
    for key, made in templates().items():
        if fact.act not in made.acts:
            continue
        if fact.act == "consult" and made.to in WHOM and fact.whom != WHOM[made.to]:
            continue
        yield key


def reply_for(grounds: list[str]) -> str:
    """Return the key of the reply to a decision with *grounds*, one for each part."""
    if len(grounds) == 1:
        return for_ground(grounds[0]) or "other"
    return "combined"


def offered(application: Application) -> list[tuple[str, Template]]:
    """Return every letter that may be written by hand in the case, forms aside."""
    day = application.received or application.arrived.date()
    return [
        (key, made)
        for key, made in templates().items()
        if made.class_ != "form" and made.in_force(day)
    ]
