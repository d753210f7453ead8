"""Where an application stands, and how it got there."""

from dataclasses import dataclass, field
from datetime import date

from gongkai.core import codes
from gongkai.core.deadlines import Deadline


def outcome_of(grounds: tuple[str, ...]) -> str:
    """Return the outcome of an application whose parts have *grounds*: each application counts once.

    Something disclosed and something not is 部分公开; of several ways not to disclose the first one counts.
    """
    groups = {codes.ground(key).group for key in grounds}
    disclosed = groups & {"granted", "partial"}
    if disclosed and len(groups) > 1:
        return "partial"
    if groups == {"granted"} and "granted" in grounds:
        return "granted"
    return grounds[0] if grounds else ""


@dataclass(frozen=True, slots=True)
class Term:
    """A running or ended duty.

    Attributes:
        duty: The key of the duty.
        who: Who owes it.
        started: The day it began.
        due: The last day on which it is done in time; ``None`` where no day is set.
        about: The key of the fact that it waits to be answered; 0 for the application itself.
        ended: The day it was done or fell away; ``None`` while it runs.
        deadline: How the day follows from the law, where it does.
    """

    duty: str
    who: str
    started: date
    due: date | None = None
    about: int = 0
    ended: date | None = None
    deadline: Deadline | None = None

    @property
    def is_running(self) -> bool:
        """Whether it is still owed."""
        return self.ended is None

    def is_late(self, today: date) -> bool:
        """Tell whether it was done after its last day, or is running after it."""
        return self.due is not None and (self.ended or today) > self.due


@dataclass(frozen=True, slots=True)
class Round:
    """The handling from receipt, or from a ruling, to a decision.

    Attributes:
        started: The day of receipt, or that on which it was taken up again.
        decided: The day of the decision.
        grounds: What was decided.
        delivered: The day of delivery.
        due: The last day for a reply; ``None`` while it cannot be told.
        extended: Whether the time was extended.
        delayed: Whether a later day was set for good reasons.
        paused: Working days after receipt that do not count: waiting, and all before the limit ran anew.
    """

    started: date
    decided: date | None = None
    grounds: tuple[str, ...] = ()
    delivered: date | None = None
    due: Deadline | None = None
    extended: bool = False
    delayed: bool = False
    paused: int = 0

    @property
    def outcome(self) -> str:
        """The one outcome that counts; empty while nothing is decided."""
        return outcome_of(self.grounds)

    @property
    def in_time(self) -> bool | None:
        """Whether the decision came in time; ``None`` while that is open."""
        if self.decided is None:
            return None
        return self.due is None or self.decided <= self.due.day


@dataclass(frozen=True, slots=True)
class Course:
    """Where an application stands.

    Attributes:
        state: The key of its state.
        rounds: Its rounds, the first one first.
        terms: Every duty that there was, running ones last.
        allowed: What may follow now, by the keys of the acts.
        outcomes: The grounds that may not be chosen now, and why.
        waiting: The keys of the facts that wait for an answer.
    """

    state: str
    rounds: tuple[Round, ...]
    terms: tuple[Term, ...]
    allowed: tuple[str, ...]
    barred: dict[str, str] = field(default_factory=dict)
    waiting: tuple[int, ...] = ()

    @property
    def received(self) -> date:
        """The day of receipt."""
        return self.rounds[0].started

    @property
    def current(self) -> Round:
        """The last round."""
        return self.rounds[-1]

    @property
    def due(self) -> Deadline | None:
        """The last day for a reply in this round, with its steps."""
        return self.current.due

    @property
    def running(self) -> tuple[Term, ...]:
        """The duties that are owed now, the nearest first."""
        terms = [term for term in self.terms if term.is_running]
        return tuple(sorted(terms, key=lambda term: (term.due or date.max, term.duty)))
