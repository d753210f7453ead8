"""The criteria, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from gongkai.core.directories.inspection import criteria
from gongkai.core.rulebook import Reference, Rulebook, national

Severity = Literal["veto", "deduct", "warn"]
SEVERITIES: Mapping[Severity, str] = {"veto": "单项否决", "deduct": "扣分", "warn": "提示"}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the inspection looks at.

    Attributes:
        ask: What is wrong when it fails, with gaps for the numbers.
        by: Whether a program can tell, or only a person.
        measure: What the program measures.
        criterion: Where days and limit stand in ``directories/inspection``.
        limit: From how many on it fails.
        seconds: After how long a page counts as not to be reached.
        probes: How often a day it has to be tried.
        only: Platforms that it is about; all of them where empty.
        confirmed: False where the text was not checked against its source; screens say 待核.
    """

    title: str
    ask: str
    severity: Severity
    by: Literal["machine", "person"]
    reference: Reference
    measure: str = ""
    criterion: str = ""
    limit: int = 0
    days: int = 0
    months: int = 0
    seconds: int = 0
    probes: int = 0
    unit: str = ""
    only: tuple[str, ...] = ()
    confirmed: bool = True
    note: str = ""

    @property
    def threshold(self) -> int:
        """Return from how many on it fails, or after how many days."""
        if not self.criterion:
            return self.limit
        found = criteria()[self.criterion]
        return found.days if self.unit == "天" else found.limit

    @property
    def question(self) -> str:
        """Return what is wrong when it fails, the numbers filled in."""
        known = criteria()
        here = known.get(self.criterion)
        other = known.get(here.counted_with) if here else None
        gaps = {
            "days": here.days if here else self.days,
            "other-days": other.days if other else 0,
            "limit": here.limit if here else self.limit,
            "months": self.months,
            "seconds": self.seconds,
            "probes": self.probes,
        }
        text = self.ask
        for gap, value in gaps.items():
            text = text.replace(f"{{{gap}}}", str(value))
        return text

    @property
    def severity_in_words(self) -> str:
        """Return what follows when it fails."""
        return SEVERITIES[self.severity]


def site_checks(book: Rulebook | None = None) -> Mapping[str, Check]:
    """Return what is looked at on a website, by key."""
    return (book or national()).section("inspection/sites", Check, qualified=False)


def account_checks(book: Rulebook | None = None) -> Mapping[str, Check]:
    """Return what is looked at in a new-media account, by key."""
    return (book or national()).section("inspection/accounts", Check, qualified=False)
