"""How long a case file is kept: ``law/letters/retention.yaml``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.core.rulebook import Reference, Rulebook, national


@dataclass(frozen=True, slots=True)
class Retention:
    """A term of retention.

    Attributes:
        years: Full calendar years after the one in which the case was closed; ``None`` for ever.
        standard: Whether it is proposed where an office has chosen none.
    """

    label: str
    reference: Reference
    years: int | None = None
    standard: bool = False

    def until(self, closed: date) -> date | None:
        """Return the last day of keeping a case that was closed on *closed*; ``None`` for ever."""
        return None if self.years is None else date(closed.year + self.years, 12, 31)


def retentions(book: Rulebook | None = None) -> Mapping[str, Retention]:
    """Return the terms of retention by key, the longest first."""
    return (book or national()).section("letters/retention", Retention, qualified=False)


def standard_retention(book: Rulebook | None = None) -> str:
    """Return the key of the term that is proposed."""
    return next(key for key, term in retentions(book).items() if term.standard)
