"""The criteria by which websites and their columns are inspected."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.core.rulebook import Reference, Rulebook, national


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of the national inspection.

    Attributes:
        title: What is looked at.
        limit: How many failures make the whole site fail.
        days: After how many days without anything new it counts as not updated; 0 where it is not
            about days.
        counted_with: Another criterion whose failures are added to these.
        confirmed: False where a number was not checked against its source.
    """

    title: str
    limit: int
    reference: Reference
    days: int = 0
    counted_with: str = ""
    confirmed: bool = True
    note: str = ""


def criteria(book: Rulebook | None = None) -> Mapping[str, Criterion]:
    """Return the criteria by key."""
    return (book or national()).section("directories/inspection", Criterion, qualified=False)


def days_of(freshness: str, book: Rulebook | None = None) -> int:
    """Return after how many days a column of that rule counts as not updated, 0 for never."""
    found = criteria(book).get(freshness)
    return found.days if found else 0
