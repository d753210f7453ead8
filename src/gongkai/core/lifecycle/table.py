"""The table of the life cycle, typed: ``law/lifecycle``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from gongkai.core.rulebook import Reference, Rulebook, national

Who = Literal["office", "unit", "applicant", "party"]


@dataclass(frozen=True, slots=True)
class State:
    """A state that an application may be in.

    Attributes:
        label: What the office calls it.
        public: What the applicant reads.
        open: Whether something is still owed to the applicant.
    """

    label: str
    public: str
    open: bool


@dataclass(frozen=True, slots=True)
class Act:
    """Something that may be done in the course of an application.

    Attributes:
        title: What it is called.
        who: Who does it.
        from_: States in which it may be done; none for the first of all.
        to: The state it leads to; empty where the state stays.
        answers: Acts one of which it answers; empty where it answers none.
        after: An act that must have been done in the same round before.
        since: The day of receipt from which on there is such an act; always where left out.
        once: Whether it may be done once in a round only.
        unless: Acts after which it may not be done any more in the same round.
        late: States in which it may be done too, but only after the last day for a reply.
        moves: Whether it moves the last day for a reply; a day that a ruling set cannot be moved.
        public: What the applicant reads of it; empty for what the applicant is not shown.
        reference: The article, where there is one.
    """

    title: str
    who: Who
    from_: tuple[str, ...] = ()
    to: str = ""
    answers: tuple[str, ...] = ()
    after: str = ""
    since: date | None = None
    once: bool = False
    unless: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    moves: bool = False
    public: str = ""
    reference: Reference | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """What somebody owes in a state.

    Attributes:
        title: What has to be done.
        who: Who has to.
        in_: The states in which it is owed.
        limit: The key of the limit in ``law/deadlines``; empty where no article sets one.
    """

    title: str
    who: Who
    in_: tuple[str, ...]
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """What must have happened before an outcome may be chosen.

    Attributes:
        after: The act that must have been done.
        lapsed: Whether its time must have passed in vain, in the same round.
        opinions: Whether the opinions asked for must have come, or the time for them have passed.
        reference: The article.
    """

    after: str = ""
    lapsed: bool = False
    opinions: bool = False
    reference: Reference | None = None


@dataclass(frozen=True, slots=True)
class Weight:
    """How weighty a decision is, and with it who signs: a key of ``law/codes/importance.yaml``."""

    importance: str
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Occasion:
    """An occasion on which an agency considers to publish of itself what it was asked for.

    Attributes:
        people: How many different applicants there must be.
        alike: How much of two matters must be the same, in per cent, for them to ask for the same thing.
        reference: The article.
        confirmed: False where the numbers are practice and no provision.
    """

    people: int
    alike: int = 0
    reference: Reference | None = None
    confirmed: bool = True
    note: str = ""


def states(book: Rulebook | None = None) -> Mapping[str, State]:
    """Return the states by key."""
    return (book or national()).section("lifecycle/states", State, qualified=False)


def acts(book: Rulebook | None = None) -> Mapping[str, Act]:
    """Return the acts by key, in the order in which they usually come."""
    return (book or national()).section("lifecycle/acts", Act, qualified=False)


def duties(book: Rulebook | None = None) -> Mapping[str, Duty]:
    """Return the duties by key."""
    return (book or national()).section("lifecycle/terms", Duty, qualified=False)


def conditions(book: Rulebook | None = None) -> Mapping[str, Condition]:
    """Return the outcomes that need something to have happened first, by the key of the ground."""
    return (book or national()).section("lifecycle/grounds", Condition, qualified=False)


def weights(book: Rulebook | None = None) -> Mapping[str, Weight]:
    """Return how weighty decisions are, by the key or the group of their ground."""
    return (book or national()).section("lifecycle/weights", Weight, qualified=False)


def occasions(book: Rulebook | None = None) -> Mapping[str, Occasion]:
    """Return the occasions to publish what was asked for: ``several``, ``released``, ``suggested``."""
    return (book or national()).section("lifecycle/publication", Occasion, qualified=False)
