"""On which day an application counts as received."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from gongkai.core.deadlines.deadline import Step
from gongkai.core.deadlines.errors import MissingConfirmation, UnknownChannel, WrongOrder
from gongkai.core.rulebook import Rulebook, Timeline, national


@dataclass(frozen=True, slots=True)
class Decisive:
    """The day that decides: that of arrival, or that of confirmation, and its name in the law."""

    day: Literal["arrived", "confirmed"]
    label: str


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in which an application comes.

    Attributes:
        label: Its name.
        alias: Other names that people use.
        rows: The row of each report form that counts it.
        receipt: Which day is the day of receipt, by the law of the day of arrival.
    """

    label: str
    alias: tuple[str, ...]
    rows: Mapping[str, str]
    receipt: Timeline[Decisive]


@dataclass(frozen=True, slots=True)
class Receipt:
    """The day of receipt and the step that explains it."""

    day: date
    step: Step


def channels(book: Rulebook | None = None) -> Mapping[str, Channel]:
    """Return the channels by key: ``in-person``, ``registered-mail`` and so on."""
    return (book or national()).section("codes/channels", Channel, qualified=False)


def channel(name: str, book: Rulebook | None = None) -> Channel:
    """Return the channel of that key, label or alias.

    Raises:
        UnknownChannel: There is none.
    """
    known = channels(book)
    for key, found in known.items():
        if name in (key, found.label, *found.alias):
            return found
    raise UnknownChannel(name=name, known="、".join(entry.label for entry in known.values()))


def receive(
    name: str, arrived: date, confirmed: date | None = None, *, book: Rulebook | None = None
) -> Receipt:
    """Return the day on which an application counts as received.

    Args:
        name: The channel: key, label or alias.
        arrived: The day it was handed in, signed for, or came in.
        confirmed: The day on which office and applicant confirmed it, where they did.
        book: The law data; the national one where left out.

    Raises:
        UnknownChannel: There is no such channel.
        MissingConfirmation: The law of that day wants a confirmation.
        WrongOrder: It was confirmed before it arrived.
    """
    found = channel(name, book)
    source = found.receipt.on(arrived)
    decisive = source.value
    if confirmed and confirmed < arrived:
        raise WrongOrder(later="确认", last=confirmed, earlier="到达", first=arrived)
    if decisive.day == "confirmed" and not confirmed:
        raise MissingConfirmation(channel=found.label, label=decisive.label)
    day = confirmed if decisive.day == "confirmed" and confirmed else arrived
    came = f"{arrived}到达，" if day != arrived else ""
    text = f"{found.label}提交，{came}以{decisive.label}为收到申请之日"
    return Receipt(day, Step(day, text, source.reference, source.confirmed))
