"""What a letter is made from: the facts of the case and the office that writes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeAlias

Value: TypeAlias = str | int | Decimal | date | tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """The office that writes.

    Attributes:
        name: As in its seal.
        mark: 机关代字 for document numbers, such as 云公复.
        kind: Its kind by who hears a reconsideration: a key of ``codes/review-bodies``.
        reviewers: Who hears a reconsideration of its decisions; more than one where one may choose. Of a
            province or ministry it is the office itself.
        court: Where it is sued; empty for whichever court has jurisdiction.
        online: Where an application for reconsideration can be made online.
        contact: Telephone and address, as letters name them.
    """

    name: str
    mark: str = ""
    kind: str = "department"
    reviewers: tuple[str, ...] = ()
    court: str = ""
    online: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A matter of an application that is answered on its own.

    Attributes:
        matter: What was asked for, in a few words.
        ground: Key of the legal outcome.
        values: Facts of this matter, laid over those of the case.
        withheld: For a partial release: keys of the grounds of what is withheld.
    """

    matter: str
    ground: str
    values: Mapping[str, Value] = field(default_factory=dict)
    withheld: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """The facts of a case, as far as a letter needs them.

    Attributes:
        office: Who writes.
        addressee: To whom.
        values: Facts by the name of their slot.
        number: 文号, where the letter has one already; drafts have none.
        received: The day whose law applies; the slot 收到日期 where left out, else the day of the letter.
        ground: Key of the legal outcome, for a template that serves several.
        withheld: For a partial release: keys of the grounds of what is withheld.
        parts: The matters, for a reply that answers each on its own.
        online: Whether the letter is delivered over the internet.
        attachments: Titles of what is attached.
    """

    office: Office
    addressee: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    number: str = ""
    received: date | None = None
    ground: str = ""
    withheld: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    online: bool = False
    attachments: tuple[str, ...] = ()

    def law_day(self, day: date) -> date:
        """Return the day whose law applies to a letter of *day*."""
        told = self.values.get("收到日期")
        return self.received or (told if isinstance(told, date) else day)
