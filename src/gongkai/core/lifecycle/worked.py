"""Worked cases: what a lawyer says of an application, written down in ``law/cases`` beside the law.

Their days were counted by hand from the notices of the State Council and with a second calendar, never by the
clock that they are held against.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from gongkai.core.lifecycle.facts import Fact
from gongkai.core.rulebook import Reference, Rulebook, national
from gongkai.core.workdays.announced import Days


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What is right for a case on a day.

    Attributes:
        by: Only what happened until this day counts; everything where left out.
        today: The day of the question; that of the last fact where left out.
        known_on: Only holiday notices published by this day are known; all where left out.
        state: The state.
        due: The last day for a reply; ``none`` where there is none while the office waits.
        provisional: Whether a year on the way has no announced arrangement.
        running: All running duties with their last days, none for those that have no last day.
        late: The running duties whose last day has passed.
        in_time: Whether the decision came in time.
        paused: Working days after receipt that do not count: waiting, and all before the limit ran anew.
        rounds: How many rounds there are.
        may: Acts that may follow.
        may_not: Acts that may not.
        barred: Grounds that may not be chosen.
        rows: The row that counts the decision, by report form.
        refused: What the sentence says with which the last fact is refused; nothing else is looked at then.
    """

    by: date | None = None
    today: date | None = None
    known_on: date | None = None
    state: str = ""
    due: date | Literal["none"] | None = None
    provisional: bool = False
    running: Mapping[str, Days] | None = None
    late: tuple[str, ...] = ()
    in_time: bool | None = None
    paused: int | None = None
    rounds: int | None = None
    may: tuple[str, ...] = ()
    may_not: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    rows: Mapping[str, str] = field(default_factory=dict)
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedCase:
    """An application with its facts, and what the law says of it.

    Attributes:
        title: The case in a few words.
        why: Why the law says so, in our own words.
        reference: The article that the case is about.
        facts: What happened, as it was noted down.
        then: What is right, on some days and in the end.
        channel: How it came, where the case is about the day of receipt.
    """

    title: str
    why: str
    reference: Reference
    facts: tuple[Fact, ...]
    then: tuple[Expected, ...]
    channel: str = ""


def worked_cases(book: Rulebook | None = None) -> Mapping[str, WorkedCase]:
    """Return the worked cases by key, such as ``supplement.asked-twice``."""
    return (book or national()).section("cases", WorkedCase)
