"""The duties of an application, as they begin and end."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from gongkai.core.lifecycle.course import Round, Term
from gongkai.core.lifecycle.table import Duty

BY_FACT = frozenset({"dispatch", "third-party", "co-agency"})
"""Duties that a fact begins, whatever the state; the others come with the state."""


@dataclass
class Ledger:
    """What is owed, by whom and until when.

    Attributes:
        duties: The table.
        terms: Every duty there was, in the order in which they began.
        rounds: For each of them the number of its round.
        waits: For each of them the place of the fact that it waits to be answered.
    """

    duties: Mapping[str, Duty]
    terms: list[Term] = field(default_factory=list)
    rounds: list[int] = field(default_factory=list)
    waits: list[int | None] = field(default_factory=list)

    def start(self, term: Term, number: int, *, waits: int | None = None) -> None:
        """Begin *term* in round *number*; *waits* is the place of the fact to be answered."""
        self.terms.append(term)
        self.rounds.append(number)
        self.waits.append(waits)

    def end(self, day: date, *, waits: int) -> None:
        """End what waited for an answer to the fact at the place *waits*."""
        self._end(day, lambda index: self.waits[index] == waits)

    def leave(self, state: str, day: date) -> list[str]:
        """End what is not owed in *state*, and return the duties that now begin."""
        self._end(day, lambda index: state not in self.duties[self.terms[index].duty].in_)
        running = {term.duty for term in self.terms if term.is_running}
        return [
            key
            for key, duty in self.duties.items()
            if key not in BY_FACT and state in duty.in_ and key not in running
        ]

    def close(self, day: date) -> None:
        """End everything: a round is over."""
        self._end(day, lambda _: True)

    def dated(self, rounds: Sequence[Round]) -> tuple[Term, ...]:
        """Return the terms; the last day of a reply follows from all that happened in its round."""
        delivered: set[int] = set()
        found = []
        for term, number in zip(self.terms, self.rounds, strict=True):
            due = rounds[number].due
            dated = replace(term, due=due.day if due else None, deadline=due)
            # a corrected decision is delivered once more, after the time for the reply
            first = term.duty == "deliver" and number not in delivered
            found.append(dated if first or term.duty == "reply" else term)
            if first:
                delivered.add(number)
        return tuple(found)

    def _end(self, day: date, which: Callable[[int], bool]) -> None:
        for index, term in enumerate(self.terms):
            if term.is_running and which(index):
                self.terms[index] = replace(term, ended=day)
