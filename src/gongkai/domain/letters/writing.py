"""A row of a letter and what core makes of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from gongkai.core import letters as core
from gongkai.core.letters import Facts, Part, Value, slots
from gongkai.domain.applications.models import Letter
from gongkai.domain.letters.deriving import Case, derived
from gongkai.domain.letters.offices import office_of, template_of

Told = Mapping[str, Any]


def as_json(values: Mapping[str, Value]) -> dict[str, Any]:
    """Return *values* as a draft keeps them."""
    return {
        name: value.isoformat()
        if isinstance(value, date)
        else list(value)
        if isinstance(value, tuple)
        else str(value)
        if isinstance(value, Decimal)
        else value
        for name, value in values.items()
    }


def from_json(told: Told) -> dict[str, Value]:
    """Return the values that :func:`as_json` wrote; names that are no slots are left out."""
    known = slots()
    found: dict[str, Value] = {}
    for name, value in told.items():
        if name not in known or value in (None, "", []):
            continue
        match known[name].kind:
            case "date":
                found[name] = date.fromisoformat(value)
            case "money":
                found[name] = Decimal(value)
            case "lines":
                found[name] = tuple(value) if isinstance(value, list) else value
            case _:
                found[name] = value
    return found


def facts_of(letter: Letter, *, number: str = "") -> Facts:
    """Return the facts of *letter*: what the case says, and over it what its draft says."""
    draft = letter.content or {}
    case = Case(letter.application, letter.fact)
    values = {**derived(case), **from_json(draft.get("values", {}))}
    parts = case.parts()
    of_parts = draft.get("parts", [])
    told = [from_json(of_parts[n]) if n < len(of_parts) else {} for n in range(len(parts))]
    return Facts(
        office=office_of(letter.application.organisation),
        addressee=str(draft.get("addressee", "")),
        values=values,
        number=number,
        received=letter.application.received,
        ground=parts[0].ground if len(parts) == 1 and letter.template != "combined" else "",
        withheld=parts[0].withheld if len(parts) == 1 else (),
        parts=_laid_over(parts, told),
        online=bool(draft.get("online")),
        attachments=tuple(draft.get("attachments", ())),
    )


def composed(letter: Letter, day: date, *, number: str = "", draft: bool = False) -> core.Letter:
    """Return what *letter* says: as issued, or as its draft says on *day*.

    Raises:
        Refusal: A fact is missing, or does not fit.
    """
    if letter.issued:
        return core.Letter.of(dict(letter.content["letter"]))
    made = template_of(letter.application.organisation, letter.template)
    facts = facts_of(letter, number=number)
    if facts.ground not in made.grounds:  # a letter about something else than the decision
        facts = replace(facts, ground="", withheld=())
    return core.compose(made, facts, day, draft=draft)


def _laid_over(parts: tuple[Part, ...], told: list[dict[str, Value]]) -> tuple[Part, ...]:
    return tuple(
        replace(part, values={**part.values, **values})
        for part, values in zip(parts, told, strict=True)
    )
