"""Judging the relations of one filled form: which sums hold, which do not, and which cannot be judged."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import IntEnum

from gongkai.core.checks.lines import Line, Summand, lines, short
from gongkai.core.forms import Cell, FilledForm, Place, State, cell_of

NOTHING = Decimal(0)
BLANK = cell_of(None)
FEW = 3


class Verdict(IntEnum):
    """What became of a line.

    A blank is not a zero. Blank parts count as nothing where the total and some other part are
    filled; a line that lacks its total, or all its parts, is not broken but incomplete.
    """

    SILENT = 0
    """All cells are blank, or nothing follows from those that are filled."""
    HOLDS = 1
    BROKEN = 2
    TOTAL_BLANK = 3
    """The total is blank though its parts are not."""
    PARTS_BLANK = 4
    """The total is filled, all its parts are blank."""
    UNREADABLE = 5
    """A cell could not be read; nothing is said."""


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a line.

    Attributes:
        parts: What takes part in it, and the cell of each.
        sum: Their sum, blanks counted as nothing.
        filled: Whether any cell has a figure.
    """

    parts: tuple[tuple[Summand, Cell], ...] = ()
    sum: Decimal = NOTHING
    filled: bool = False

    @property
    def leads(self) -> bool:
        """Whether the first cell has a figure."""
        return bool(self.parts) and self.parts[0][1].value is not None

    def __str__(self) -> str:
        """Spell the side as a person would write it: ``95 + 13 = 108``, noughts left out."""
        told = [s.sign * c.value for s, c in self.parts if c.value is not None]
        told = [value for value in told if value] or told[:1]
        spelled = "".join(
            f" {'-' if value < 0 else '+'} {number(abs(value))}" if index else number(value)
            for index, value in enumerate(told)
        )
        return f"{spelled} = {number(self.sum)}" if len(told) > 1 else spelled or "空白"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A line with what became of it."""

    line: Line
    verdict: Verdict
    left: Side = Side()
    right: Side = Side()

    @property
    def left_text(self) -> str:
        """The left side spelled out: ``95 + 13 = 108``."""
        return str(self.left)

    @property
    def right_text(self) -> str:
        """The right side spelled out."""
        return str(self.right)

    @property
    def places(self) -> tuple[Place, ...]:
        """The cells that take part and have a figure, those of last year's report left out."""
        return tuple(
            summand.place
            for summand, cell in self.left.parts + self.right.parts
            if not summand.previous and cell.value is not None
        )


def judge(filled: FilledForm, previous: FilledForm | None = None) -> Iterator[Judgement]:
    """Yield what became of each line of the form.

    Args:
        filled: The form to judge.
        previous: The report of the year before, where there is one; it may follow another form as
            long as that has the same cells. Without it, relations across years are left out.
    """
    for line in lines(filled.form):
        if previous is not None or not line.relation.crosses_years:
            yield _judged(line, filled, previous)


def _judged(line: Line, filled: FilledForm, previous: FilledForm | None) -> Judgement:
    left, right = (_side(side, filled, previous) for side in (line.left, line.right))
    if left is None or right is None:
        return Judgement(line, Verdict.UNREADABLE)
    return Judgement(line, _verdict(line, left, right), left, right)


def _side(
    summands: tuple[Summand, ...], filled: FilledForm, previous: FilledForm | None
) -> Side | None:
    """Return the side, or ``None`` where one of its cells is unreadable."""
    parts: list[tuple[Summand, Cell]] = []
    total, told = NOTHING, False
    for summand in summands:
        form = previous if summand.previous and previous is not None else filled
        if summand.unless:
            instead = [form[place].state for place in summand.unless]
            if State.UNREADABLE in instead:
                return None
            if any(state is not State.BLANK for state in instead):
                continue
        cell = form.cells.get(summand.place, BLANK)
        if cell.state is State.UNREADABLE:
            return None
        parts.append((summand, cell))
        if cell.value is not None:
            told = True
            if cell.value:
                total += cell.value if summand.sign > 0 else -cell.value
    return Side(tuple(parts), total, told)


def _verdict(line: Line, left: Side, right: Side) -> Verdict:
    both = left.filled and right.filled
    if not (left.filled or right.filled):
        return Verdict.SILENT
    operator = line.relation.operator
    if operator != "=" or line.relation.crosses_years:
        # an inequality needs both sides, a comparison of years the leading cell of each
        needed = left.leads and right.leads if line.relation.crosses_years else both
        if not needed:
            return Verdict.SILENT
        return Verdict.HOLDS if _holds(operator, left.sum, right.sum) else Verdict.BROKEN
    if left.sum == right.sum:
        return Verdict.HOLDS if both else Verdict.SILENT
    blank = {summand.place for summand, cell in left.parts + right.parts if cell.value is None}
    if blank.intersection(line.anchors):
        return Verdict.TOTAL_BLANK
    return Verdict.BROKEN if both else Verdict.PARTS_BLANK


def _holds(operator: str, left: Decimal, right: Decimal) -> bool:
    return {"=": left == right, "<=": left <= right, ">=": left >= right}[operator]


def number(value: Decimal) -> str:
    """Return *value* without exponent and without zeros behind the decimal point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _named(side: Side, filled: FilledForm) -> str:
    """Return what a side adds up to; its cells by name where they are few."""
    parts = [(short(filled.form.row(s.place).label), c.value) for s, c in side.parts if c.value]
    if len(parts) > FEW:
        return f"各项加起来是 {side}"
    return "、".join(f"“{label}”有 {number(value)}" for label, value in parts)


def sentence(judgement: Judgement, filled: FilledForm) -> str:
    """Return the finding in words that a clerk understands."""
    line = judgement.line
    where = f"{line.name}，" if line.name else ""
    match judgement.verdict:
        case Verdict.BROKEN:
            gap = number(abs(judgement.left.sum - judgement.right.sum))
            sign = {"=": "不等于", "<=": "大于", ">=": "小于"}[line.relation.operator]
            return (
                f"{where}应当{line.relation.title}，"
                f"但 {judgement.left}，{sign} {judgement.right}，相差 {gap}"
            )
        case Verdict.TOTAL_BLANK:
            blank = "、".join(
                f"“{short(filled.form.row(place).label)}”"
                for place in line.anchors
                if filled[place].state is State.BLANK
            )
            if line.relation.each == "row":
                return f"{where}合计空白，而各部分加起来是 {judgement.right}"
            told = judgement.right if judgement.right.sum else judgement.left
            return f"{where}{blank}空白，而{_named(told, filled)}"
        case Verdict.PARTS_BLANK:
            return f"{where}合计为 {judgement.left}，而各部分都空白，无法核对"
        case _:
            return ""
