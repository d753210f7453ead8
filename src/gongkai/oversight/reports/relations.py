"""The relations of a form: judged here for the server, and as data for the page that judges while one types."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from gongkai.core.checks.lines import Line, Summand, lines
from gongkai.core.checks.relations import Judgement, Verdict, judge, sentence
from gongkai.core.forms import FilledForm, Form, Place

WRONG = {Verdict.BROKEN, Verdict.TOTAL_BLANK, Verdict.PARTS_BLANK}


@dataclass(frozen=True, slots=True)
class Broken:
    """A relation that does not hold.

    Attributes:
        anchor: The cell that the message links to.
    """

    rule: str
    title: str
    level: str
    message: str
    left: str
    right: str
    places: tuple[Place, ...]
    anchor: Place
    reference: str


def broken(filled: FilledForm, previous: FilledForm | None = None) -> list[Broken]:
    """Return the relations of *filled* that do not hold, errors first."""
    found = [_broken(j, filled) for j in judge(filled, previous) if j.verdict in WRONG]
    return sorted(found, key=lambda b: b.level != "error")


def _broken(judgement: Judgement, filled: FilledForm) -> Broken:
    line = judgement.line
    # a total without parts, or parts without a total, is incomplete: while a form is being filled a hint
    level = line.relation.level if judgement.verdict is Verdict.BROKEN else "warning"
    return Broken(
        rule=line.relation.id,
        title=line.relation.title,
        level=level,
        message=sentence(judgement, filled),
        left=judgement.left_text,
        right=judgement.right_text,
        places=judgement.places,
        anchor=line.anchors[0],
        reference=line.relation.reference,
    )


@cache
def as_data(form: Form) -> tuple[dict[str, Any], ...]:
    """Return every line of every relation for ``reports/relations.js``, which must judge as we do."""
    return tuple(_line(line) for line in lines(form))


def _line(line: Line) -> dict[str, Any]:
    return {
        "rule": line.relation.id,
        "title": line.relation.title,
        "level": line.relation.level,
        "is": line.relation.operator,
        "name": line.name,
        "each": line.relation.each,
        "crosses": line.relation.crosses_years,
        "left": [_summand(s) for s in line.left],
        "right": [_summand(s) for s in line.right],
        "anchors": [str(place) for place in line.anchors],
    }


def _summand(summand: Summand) -> dict[str, Any]:
    data: dict[str, Any] = {"at": str(summand.place)}
    if summand.sign < 0:
        data["sign"] = -1
    if summand.previous:
        data["previous"] = True
    if summand.unless:
        data["unless"] = [str(place) for place in summand.unless]
    return data


def counts(found: list[Broken]) -> Mapping[str, int]:
    """Return how many of *found* are errors and how many warnings."""
    errors = sum(b.level == "error" for b in found)
    return {"errors": errors, "warnings": len(found) - errors}
