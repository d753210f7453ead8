"""What can happen to an application on the way, as facts with dates."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol


class Whom(StrEnum):
    """Whose opinion is asked."""

    THIRD_PARTY = "third-party"
    CO_AGENCY = "co-agency"

    @property
    def chinese(self) -> str:
        """The Chinese name."""
        return "第三方" if self is Whom.THIRD_PARTY else "其他机关"


class Event(Protocol):
    """Anything that happens on the way; events are told in the order of their days."""

    @property
    def day(self) -> date:
        """The day on which it begins."""

    @property
    def name(self) -> str:
        """What happens, as a verb phrase."""


@dataclass(frozen=True, slots=True)
class Supplement:
    """The office asks for a supplement, and later receives it.

    Attributes:
        notified: The day of the notice, where known.
        received: The day the supplement came, or ``None`` while the office waits.
    """

    notified: date | None
    received: date | None = None

    @property
    def day(self) -> date:
        """The day of the notice, or of the supplement where the notice is not known."""
        return self.notified or self.received or date.max

    @property
    def name(self) -> str:
        """What happens."""
        return "告知补正"


@dataclass(frozen=True, slots=True)
class Consultation:
    """The office asks a third party or another agency; the time this takes is not counted.

    Attributes:
        sent: The day the letter went out; it is the last day counted before the pause.
        answered: The day the opinion came; the next day is counted again. ``None`` for silence:
            the pause then ends with the time that the law gives for an answer.
        whom: Whose opinion is asked.
        delivered: The day the letter was delivered, where it is not the day it was sent.
    """

    sent: date
    answered: date | None = None
    whom: Whom = Whom.THIRD_PARTY
    delivered: date | None = None

    @property
    def day(self) -> date:
        """The day the letter went out."""
        return self.sent

    @property
    def name(self) -> str:
        """What happens."""
        return f"征求{self.whom.chinese}意见"


@dataclass(frozen=True, slots=True)
class FeeNotice:
    """The office asks for the processing fee, and later is paid.

    Attributes:
        notified: The day the applicant received the notice; the time to pay runs from it.
        paid: The day of payment in full, or ``None`` while the office waits.
        sent: The day the notice went out, where it is not the day it was received; it must not be
            after the last day for a reply.
    """

    notified: date
    paid: date | None = None
    sent: date | None = None

    @property
    def day(self) -> date:
        """The day the notice went out."""
        return self.sent or self.notified

    @property
    def name(self) -> str:
        """What happens."""
        return "发出收费通知"


@dataclass(frozen=True, slots=True)
class Extension:
    """The head of the disclosure office agrees to more time, and the applicant is told.

    Attributes:
        working_days: How many working days are added.
        notified: The day the applicant was told; it must not be after the old last day. ``None``
            where it is not known: then it is taken to have been in time.
        approved: The day of the approval, where known.
    """

    working_days: int
    notified: date | None = None
    approved: date | None = None

    @property
    def day(self) -> date:
        """The day the applicant was told; after everything else where it is not known."""
        return self.notified or date.max

    @property
    def name(self) -> str:
        """What happens."""
        return "告知延长答复期限"


@dataclass(frozen=True, slots=True)
class Delay:
    """Too many applications, but with good reasons: the office sets a reasonable later day.

    Attributes:
        notified: The day the applicant was told.
        until: The later day.
    """

    notified: date
    until: date

    @property
    def day(self) -> date:
        """The day the applicant was told."""
        return self.notified

    @property
    def name(self) -> str:
        """What happens."""
        return "告知延迟答复"
