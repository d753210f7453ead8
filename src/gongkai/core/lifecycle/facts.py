"""What happened to an application, on which day."""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened; facts are never changed, a wrong one is left out by a later one.

    Attributes:
        act: The key of the act.
        day: The day on which it happened: sent, received, decided, …
        key: What other facts call it by; 0 where none does.
        about: The key of the fact that it answers.
        until: The day set for an answer, for a late reply, or for a new round by a ruling.
        working_days: By how much the reply is put off.
        approved: The day on which that was approved.
        whom: Whose opinion is asked.
        grounds: The outcomes of a decision, one for each part of the application.
    """

    act: str
    day: date
    key: int = 0
    about: int | None = None
    until: date | None = None
    working_days: int | None = None
    approved: date | None = None
    whom: Literal["third-party", "co-agency"] | None = None
    grounds: tuple[str, ...] = ()
