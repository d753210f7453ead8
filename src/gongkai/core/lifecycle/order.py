"""In which order things happened, and what answers what.

Facts are noted down in any order, also weeks later. What happened on different days happened in the order
of the days; what happened on one day, in the order in which it was noted down where the table allows that,
otherwise in the first order that it does allow, the usual one first.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import groupby

from gongkai.core.lifecycle.facts import Fact
from gongkai.core.lifecycle.table import Act

RENEW = "renew"
MOST = 12
"""Of a day with more facts than this no other order is looked for: there are too many."""


def in_order(facts: Iterable[Fact], acts: Mapping[str, Act]) -> tuple[Fact, ...]:
    """Return *facts* in the order in which they happened.

    Keys grow as facts are noted down; one without a key is the latest. Where no order of a day's facts is
    allowed by the table, they come in the usual order.
    """
    noted = sorted(facts, key=lambda fact: (fact.day, fact.key == 0, fact.key))
    ordered: list[Fact] = []
    state = ""
    for _, group in groupby(noted, key=lambda fact: fact.day):
        for fact in _of_a_day(state, tuple(group), acts):
            ordered.append(fact)
            act = acts.get(fact.act)
            state = (act.to if act else "") or state
    return tuple(ordered)


def _of_a_day(state: str, facts: tuple[Fact, ...], acts: Mapping[str, Act]) -> Sequence[Fact]:
    if _is_allowed(state, facts, acts):
        return facts
    rank = {key: place for place, key in enumerate(acts)}
    facts = tuple(sorted(facts, key=lambda fact: rank.get(fact.act, len(rank))))
    if len(facts) > MOST:
        return facts

    @cache
    def path(state: str, rest: tuple[str, ...]) -> tuple[str, ...] | None:
        if not rest:
            return ()
        for place, key in enumerate(rest):
            if place and rest[place - 1] == key:
                continue
            after = _after(state, acts.get(key))
            onward = path(after, rest[:place] + rest[place + 1 :]) if after else None
            if onward is not None:
                return (key, *onward)
        return None

    found = path(state, tuple(fact.act for fact in facts))
    if found is None:
        return facts
    queues: dict[str, list[Fact]] = {}
    for fact in facts:
        queues.setdefault(fact.act, []).append(fact)
    return [queues[key].pop(0) for key in found]


def _is_allowed(state: str, facts: Sequence[Fact], acts: Mapping[str, Act]) -> bool:
    """Tell whether the table allows *facts* in this order."""
    for fact in facts:
        state = _after(state, acts.get(fact.act))
        if not state:
            return False
    return True


def _after(state: str, act: Act | None) -> str:
    """Return the state after *act* in *state*; nothing where the table does not allow it."""
    if act is None or (state not in (*act.from_, *act.late) if state else bool(act.from_)):
        return ""
    return act.to or state


@dataclass(frozen=True, slots=True)
class Answers:
    """What answers what, by the places of the facts in their order.

    Attributes:
        asked: For the place of an answer, that of what it answers.
        given: For the place of what was asked and an act, the place of the answer.
        open: For the place of an answer that does not say which one it is to, how many there are.
    """

    asked: dict[int, int] = field(default_factory=dict)
    given: dict[tuple[int, str], int] = field(default_factory=dict)
    open: dict[int, int] = field(default_factory=dict)

    @classmethod
    def among(cls, facts: Sequence[Fact], acts: Mapping[str, Act]) -> "Answers":
        """Return the answers among *facts*, which are in order."""
        found, begun = cls(), 0
        for place, fact in enumerate(facts):
            act = acts.get(fact.act)
            if fact.act == RENEW:
                begun = place
            if act and act.answers:
                found._note(place, begun, facts, act)
        return found

    def waiting(self, facts: Sequence[Fact], act: str, answers: tuple[str, ...]) -> list[int]:
        """Return the places among *facts* of what *act*, which answers *answers*, has not answered."""
        return [
            place
            for place, fact in enumerate(facts)
            if fact.act in answers and (place, act) not in self.given
        ]

    def _note(self, place: int, begun: int, facts: Sequence[Fact], act: Act) -> None:
        fact = facts[place]
        waiting = [n for n in self.waiting(facts[:place], fact.act, act.answers) if n >= begun]
        if fact.about is not None:
            waiting = [n for n in waiting if facts[n].key == fact.about]
        if len(waiting) > 1:
            self.open[place] = len(waiting)
        elif waiting:
            self.asked[place] = waiting[0]
            self.given[waiting[0], fact.act] = place


def day_of(facts: Sequence[Fact], place: int | None) -> date | None:
    """Return the day of the fact at *place*, where there is one."""
    return None if place is None else facts[place].day
