"""The sum of filled forms, with the share of each unit kept."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from gongkai.core.forms import Cell, FilledForm, Form, Place, State
from gongkai.core.refusal import Refusal

NOTHING = Decimal(0)
YUAN: Mapping[str, Decimal] = {
    "元": Decimal(1),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
    "亿元": Decimal(100_000_000),
}


class WrongForm(Refusal):
    """{unit}填的是{theirs}，不能与{ours}汇总在一起；请先换成同一种格式。"""


class Duplicate(Refusal):
    """{unit}出现了两次，汇总会重复计算；请删去一份。"""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's filled form.

    Attributes:
        key: What tells units apart, such as a credit code or a name.
        level: The breakdown it belongs to, such as 本级 or 下级, or the name of a county.
    """

    key: str
    name: str
    filled: FilledForm
    level: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """What a unit gave for a place, as its cell has it; money in the unit of the sum."""

    unit: str
    level: str
    cell: Cell
    value: Decimal | None


@dataclass(frozen=True)
class RollUp:
    """The sum of the units' forms.

    Attributes:
        units: Every unit that takes part, by key, in order of key.
        expected: Keys of the units that should take part.
    """

    form: Form
    units: Mapping[str, Unit]
    expected: frozenset[str] = frozenset()

    @property
    def missing(self) -> tuple[str, ...]:
        """Keys of the units that should take part and do not."""
        return tuple(sorted(self.expected - self.units.keys()))

    def shares(self, place: Place) -> tuple[Share, ...]:
        """Return what each unit gave for *place*, blanks and unreadable cells included."""
        return tuple(
            Share(unit.key, unit.level, cell, self._value(place, cell))
            for unit in self.units.values()
            for cell in (unit.filled[place],)
        )

    def sum(self, place: Place) -> Decimal | None:
        """Return the sum in *place*; ``None`` where no unit has a figure there.

        A blank adds nothing and an unreadable cell adds nothing: :meth:`silent` tells whose.
        """
        values = [share.value for share in self.shares(place) if share.value is not None]
        return sum(values, NOTHING) if values else None

    def by_level(self, place: Place) -> Mapping[str, Decimal]:
        """Return the sum in *place* of each level; levels without a figure are left out."""
        sums: dict[str, Decimal] = {}
        for share in self.shares(place):
            if share.value is not None:
                sums[share.level] = sums.get(share.level, NOTHING) + share.value
        return dict(sorted(sums.items()))

    def silent(self, place: Place) -> tuple[str, ...]:
        """Return the units that take part but have no usable figure in *place*."""
        return tuple(share.unit for share in self.shares(place) if share.value is None)

    def filled(self, *, year: int | None = None, agency: str | None = None) -> FilledForm:
        """Return the form filled with the sums; what no unit filled stays blank."""
        cells: dict[Place, Cell] = {}
        for place in self._places():
            if (total := self.sum(place)) is not None:
                state = State.VALUE if total else State.ZERO
                cells[place] = Cell(state, total, f"{total:f}", self.unit(place))
        return FilledForm(self.form, cells, year, agency)

    def unit(self, place: Place) -> str | None:
        """Return the unit of the sum in *place*: the form's, else the one all units printed.

        Where the form is silent and units disagree, money is added up in 元.
        """
        if (known := self._form_unit(place)) is not None:
            return known
        cells = [unit.filled[place] for unit in self.units.values()]
        printed = {cell.unit for cell in cells if cell.value and cell.unit}
        if len(printed) == 1:
            return next(iter(printed))
        return "元" if printed and printed <= YUAN.keys() else None

    def merged(self, other: "RollUp") -> "RollUp":
        """Return the roll-up of both.

        Raises:
            WrongForm: The two follow different forms.
            Duplicate: A unit takes part in both.
        """
        if other.form is not self.form:
            name = next(iter(other.units.values())).name if other.units else "对方"
            raise WrongForm(unit=name, theirs=other.form.short, ours=self.form.short)
        units = [*self.units.values(), *other.units.values()]
        return roll_up(self.form, units, expected=self.expected | other.expected)

    def _places(self) -> Iterable[Place]:
        own = {place: None for unit in self.units.values() for place in unit.filled}
        return [p for p in dict.fromkeys((*self.form.places, *sorted(own))) if p in own]

    def _value(self, place: Place, cell: Cell) -> Decimal | None:
        """Return the cell's number in the unit of the sum; ``None`` where that is not known."""
        if cell.value is None:
            return None
        target = self.unit(place)
        if cell.unit == target or (cell.unit is None and target == self._form_unit(place)):
            return cell.value
        mine, theirs = YUAN.get(cell.unit or ""), YUAN.get(target or "")
        if mine is not None and theirs is not None:
            return cell.value * mine / theirs
        # a figure without unit among figures with different units cannot be added to any
        return cell.value if not cell.value or not _is_money(self.form, place) else None

    def _form_unit(self, place: Place) -> str | None:
        return self.form.unit(place) if place in self.form else None


def _is_money(form: Form, place: Place) -> bool:
    return place in form and form.kind(place) == "money"


def roll_up(form: Form, units: Iterable[Unit], *, expected: Collection[str] = ()) -> RollUp:
    """Add up the forms of *units*.

    Args:
        form: The form all of them follow.
        units: The units, in any order.
        expected: Keys of the units that should take part.

    Raises:
        WrongForm: A unit filled another form.
        Duplicate: A unit comes twice.
    """
    known: dict[str, Unit] = {}
    for unit in units:
        if unit.filled.form is not form:
            raise WrongForm(unit=unit.name, theirs=unit.filled.form.short, ours=form.short)
        if unit.key in known:
            raise Duplicate(unit=unit.name)
        known[unit.key] = unit
    return RollUp(form, dict(sorted(known.items())), frozenset(expected))
