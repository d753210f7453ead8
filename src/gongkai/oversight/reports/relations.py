"""The relations of a form: judged here for the server, and as data for the page that judges while one types."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from gongkai.core.checks import Judgement, Line, Verdict, judge, lines, rule, sentence
from gongkai.core.checks.lines import Summand, short
from gongkai.core.forms import FilledForm, Form, Place

INCOMPLETE = {Verdict.TOTAL_BLANK: "form.total-blank", Verdict.PARTS_BLANK: "form.parts-blank"}
"""Rules that say how bad it is when a total or all its parts are missing."""
LEVELS = ("error", "warning", "note")
LEVEL_OF = {name.removeprefix("form."): rule(name).level for name in INCOMPLETE.values()}
"""The same for the page: ``total-blank`` and ``parts-blank``."""
WRONG = {Verdict.BROKEN, *INCOMPLETE}


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
    return sorted(found, key=lambda b: LEVELS.index(b.level))


def _broken(judgement: Judgement, filled: FilledForm) -> Broken:
    line = judgement.line
    instead = INCOMPLETE.get(judgement.verdict)
    level = rule(instead).level if instead else line.relation.level
    return Broken(
        rule=line.relation.id,
        title=line.relation.title,
        level=level,
        message=sentence(judgement, filled),
        left=str(judgement.left),
        right=str(judgement.right),
        places=judgement.places,
        anchor=line.anchors[0],
        reference=line.relation.reference,
    )


@cache
def as_data(form: Form) -> dict[str, Any]:
    """Return every line of every relation for ``reports/relations.js``, which must judge as we do."""
    return {
        "lines": [_line(line) for line in lines(form)],
        "levels": LEVEL_OF,
        "labels": {
            f"{table.key}/{row.key}": short(row.label)
            for table in form.tables
            for row in table.rows.values()
        },
    }


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
    """Return how many of *found* are errors how many warnings, how many notes."""
    return {f"{level}s": sum(b.level == level for b in found) for level in LEVELS}
