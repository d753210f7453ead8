"""A form with cells in it, whoever filled them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from gongkai.core.forms.form import Form, Place


class State(StrEnum):
    """What is known of a cell. A blank is not a zero: nobody has said anything there."""

    VALUE = "value"
    ZERO = "zero"
    BLANK = "blank"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in its place.

    Attributes:
        value: The number; ``None`` for a blank or unreadable cell.
        raw: What stood there, letter for letter.
        unit: The unit printed with the figure, where one was; else the form's.
        reason: Why an unreadable cell could not be read.
    """

    state: State
    value: Decimal | None = None
    raw: str = ""
    unit: str | None = None
    reason: str | None = None


BLANK = Cell(State.BLANK)


def cell_of(
    value: Decimal | int | str | None, *, raw: str | None = None, unit: str | None = None
) -> Cell:
    """Return the cell for a plain value; ``None`` makes a blank."""
    if value is None:
        return Cell(State.BLANK, raw=raw or "", unit=unit)
    number = Decimal(value)
    return Cell(
        State.VALUE if number else State.ZERO, number, str(value) if raw is None else raw, unit
    )


@dataclass(frozen=True)
class FilledForm(Mapping[Place, Cell]):
    """A form and its cells. A place that nobody mentioned is blank."""

    form: Form
    cells: Mapping[Place, Cell] = field(default_factory=dict)
    year: int | None = None
    agency: str | None = None

    def __getitem__(self, place: Place) -> Cell:
        return self.cells.get(place, BLANK)

    def __iter__(self) -> Iterator[Place]:
        return iter(self.cells)

    def __len__(self) -> int:
        return len(self.cells)

    def value(self, place: Place) -> Decimal | None:
        """Return the number in *place*, or ``None`` where it is blank or unreadable."""
        return self[place].value

    def with_cell(self, place: Place, cell: Cell) -> "FilledForm":
        """Return the same form with *cell* in *place*."""
        return FilledForm(self.form, {**self.cells, place: cell}, self.year, self.agency)
