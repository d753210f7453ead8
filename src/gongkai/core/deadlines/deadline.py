"""A day by which something is due, and how the law gets there."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.core.days import in_chinese
from gongkai.core.rulebook import Reference


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way to a day.

    Attributes:
        day: The day that the step is about.
        text: What happened or follows, in Chinese.
        reference: The article or notice, or ``None`` where the step is a bare fact.
        confirmed: False where the article was not checked against its source; screens say 待核.
    """

    day: date
    text: str
    reference: Reference | None = None
    confirmed: bool = True

    def __str__(self) -> str:
        source = (
            f"（{self.reference}{'' if self.confirmed else '，待核'}）" if self.reference else ""
        )
        return f"{self.day} {self.text}{source}"

    def as_dict(self) -> dict[str, Any]:
        """Return the step for JSON."""
        return {
            "day": self.day.isoformat(),
            "text": self.text,
            "reference": str(self.reference) if self.reference else None,
            "confirmed": self.confirmed,
        }


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day by which something is due, and how the law gets there.

    Attributes:
        day: The last day on which it is in time.
        provisional: True where a year on the way has no announced calendar; screens say 暂估.
        steps: How the day follows, with articles, oldest first.
        counted: The days that were counted, where days were counted one by one.
    """

    day: date
    provisional: bool
    steps: tuple[Step, ...]
    counted: tuple[date, ...] = ()

    @property
    def confirmed(self) -> bool:
        """False where a step rests on an article that was not checked; screens say 待核."""
        return all(step.confirmed for step in self.steps)

    def __str__(self) -> str:
        return in_chinese(self.day) + ("（暂估）" if self.provisional else "")

    def as_dict(self) -> dict[str, Any]:
        """Return the deadline for JSON: ``due``, ``provisional`` and ``steps``."""
        return {
            "due": self.day.isoformat(),
            "provisional": self.provisional,
            "steps": [step.as_dict() for step in self.steps],
        }
