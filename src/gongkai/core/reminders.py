"""How long before a day the desk reminds, and after how long a silence is worth a look."""

from dataclasses import dataclass
from datetime import timedelta

from gongkai.core.rulebook import Reference, Rulebook, national


@dataclass(frozen=True, slots=True)
class Reminder:
    """A span that the law leaves open, or that nobody has checked against its source.

    Attributes:
        title: What one is reminded of.
        days: The span in calendar days.
        shown: The same in the words of the screens.
        reference: Where the law asks for what is to be done, if it does.
        confirmed: False where the number of days is practice and no provision.
    """

    title: str
    days: int
    shown: str
    reference: Reference | None = None
    confirmed: bool = True
    note: str = ""

    @property
    def span(self) -> timedelta:
        """Return the span."""
        return timedelta(days=self.days)


def reminder(key: str, book: Rulebook | None = None) -> Reminder:
    """Return the reminder of *key* in ``law/reminders.yaml``."""
    return (book or national()).section("reminders", Reminder, qualified=False)[key]
