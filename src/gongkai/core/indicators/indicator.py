"""An indicator, its places in the forms, and the words that name it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from gongkai.core.forms import FilledForm, Place

Words = tuple[str, ...]
"""Words of which any one will do."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A way in which narratives name an indicator.

    Attributes:
        say: Words that must stand in what is counted, in this order, other words between them.
        about: Words that must stand in what the passage is about, in this order.
        units: Units for which the phrase holds; empty for those of the indicator.
    """

    say: tuple[Words, ...]
    about: tuple[Words, ...] = ()
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A division of an indicator into others.

    Attributes:
        by: What divides them, in Chinese (渠道, 理由 …).
        parts: Keys of the parts.
        whole: The parts add up to the indicator; otherwise one thing may count in several parts.
        forms: Keys of the forms in which the division holds; empty for all.
    """

    by: str
    parts: tuple[str, ...]
    whole: bool
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Indicator:
    """A thing that is counted every year.

    Attributes:
        key: Identifier such as ``requests.received``.
        title: What an office calls it; live figures in a narrative are named by it.
        definition: What is counted and what is not.
        unit: The unit in which :meth:`value` answers.
        part_of: Key of the indicator that this one is a part of.
        places: For each form key, the cells that add up to the indicator.
        scale: For each form whose unit differs, the factor that leads to :attr:`unit`.
        note: Why figures of different eras should not be compared, where that is so.
        phrases: How narratives name it.
        unless: Words that show that something else is meant.
        units: Units in which narratives count it.
    """

    key: str
    title: str
    definition: str
    unit: str
    part_of: str | None = None
    breakdowns: tuple[Breakdown, ...] = ()
    places: Mapping[str, tuple[Place, ...]] = field(default_factory=dict)
    scale: Mapping[str, Decimal] = field(default_factory=dict)
    note: str | None = None
    phrases: tuple[Phrase, ...] = ()
    unless: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    def value(self, filled: FilledForm) -> Decimal | None:
        """Return the indicator as *filled* has it, in :attr:`unit`.

        Blank cells beside filled ones count as nothing; where all are blank, unreadable or not part of
        the form, the answer is ``None``.
        """
        numbers = {
            place: number
            for place in self.places.get(filled.form.key, ())
            if (number := filled.value(place)) is not None
        }
        if not numbers:
            return None
        counted = (n for place, n in numbers.items() if not _detailed(place, numbers, filled))
        return sum(counted, Decimal(0)) * self.scale.get(filled.form.key, Decimal(1))

    def comparable(self, one: str, other: str) -> bool:
        """Return whether the forms *one* and *other* count the same thing under this indicator.

        They do where nothing is noted against it, or where they count the very same cells.
        """
        here, there = self.places.get(one), self.places.get(other)
        return here is not None and there is not None and (self.note is None or here == there)


def _detailed(place: Place, numbers: Mapping[Place, Decimal], filled: FilledForm) -> bool:
    """Whether a row that may stand for its details has them filled as well, so that they count."""
    children = filled.form.table(place.table).children(place.row)
    return any(Place(place.table, row.key, place.column) in numbers for row in children)
