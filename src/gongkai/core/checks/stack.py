"""Judging very many filled forms at once, cell by cell across all of them.

A :class:`Stack` holds one row of numbers for each cell of the form and one column for each filled form, so that a
sum is one addition of long rows. The verdicts are those of :func:`gongkai.core.checks.relations.judge`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby, pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from gongkai.core.checks.lines import Line, Summand, lines
from gongkai.core.checks.relations import Verdict
from gongkai.core.forms import FilledForm, Form, Place, State

Numbers: TypeAlias = NDArray[np.float64]
Flags: TypeAlias = NDArray[np.bool_]
Verdicts: TypeAlias = NDArray[np.int8]
Choice: TypeAlias = slice | NDArray[np.intp] | None
"""Which rows of the stack to take; ``None`` where the other form has no such cells."""

UNREADABLE = np.inf
BLOCK = 4096
"""Forms judged at a time: what they need stays in the processor's second-level cache."""
CLOSE = 1e-9
"""Relative difference below which two floating sums are the same."""


@cache
def stack_places(form: Form) -> tuple[Place, ...]:
    """Return the cells of a stack of *form*, in its order: those it prints, then others that relations name."""
    told = [p for line in lines(form) for s in line.left + line.right for p in (s.place, *s.unless)]
    own = [place for place in told if place not in set(form.places)]
    everything = {*form.places, *own}
    # by table, row, column as printed, so that the columns of a row lie side by side
    order: dict[Place, None] = {}
    for table in form.tables:
        for section in table.sections:
            for row in section.rows:
                for column in section.columns:
                    place = Place(table.key, row.key, column.key)
                    if place in everything:
                        order[place] = None
    return tuple(order)


@dataclass(frozen=True)
class Stack:
    """Filled forms of one kind on top of each other.

    Attributes:
        values: One row for each of :func:`stack_places`, one column for each filled form; NaN where
            the cell is blank, infinity where it could not be read.
    """

    form: Form
    values: Numbers

    @classmethod
    def of(cls, form: Form, filled: Sequence[FilledForm]) -> "Stack":
        """Return the stack of *filled*, all of which must follow *form*."""
        places = stack_places(form)
        values = np.full((len(places), len(filled)), np.nan)
        row_of = {place: index for index, place in enumerate(places)}
        for column, one in enumerate(filled):
            if one.form is not form:
                raise ValueError(f"{one.form.short}不能与{form.short}叠在一起")
            for place, cell in one.cells.items():
                row = row_of.get(place)
                if row is None or cell.state is State.BLANK:
                    continue
                unread = cell.state is State.UNREADABLE or cell.value is None
                values[row, column] = UNREADABLE if unread else float(cell.value or 0)
        return cls(form, values)

    def __len__(self) -> int:
        return int(self.values.shape[1])


def judge_stack(stack: Stack, previous: Stack | None = None) -> tuple[tuple[Line, ...], Verdicts]:
    """Return the lines judged, and for each of them the :class:`Verdict` of every form.

    Args:
        stack: The forms to judge.
        previous: The reports of the year before, in the same order; a report that is not there is a
            column of NaN. Without it, relations across years are left out.
    """
    plans = _plans(stack.form, previous.form if previous else None)
    judged = tuple(line for plan in plans for line in plan.lines)
    verdicts = np.zeros((len(judged), len(stack)), np.int8)
    for start in range(0, len(stack), BLOCK):
        now = _Block.of(stack.values[:, start : start + BLOCK])
        before = _Block.of(previous.values[:, start : start + BLOCK]) if previous else now
        row = 0
        for plan in plans:
            out = verdicts[row : row + len(plan.lines), start : start + BLOCK]
            plan.judge(now, before, out)
            row += len(plan.lines)
    return judged, verdicts


@dataclass(frozen=True, slots=True)
class _Block:
    """A few columns of a stack, with blanks told apart from numbers."""

    values: Numbers  # blanks are zero
    known: Flags
    unreadable: Flags | None  # None where every cell of the block could be read

    @classmethod
    def of(cls, values: Numbers) -> "_Block":
        known = values == values  # noqa: PLR0124  # NaN is not itself; twice as fast as isnan and not
        filled = np.where(known, values, 0.0)
        unreadable = np.isinf(filled)
        if not unreadable.any():
            return cls(filled, known, None)
        filled[unreadable] = 0.0
        return cls(filled, known, unreadable)


@dataclass(frozen=True, slots=True)
class _Term:
    """One summand of a relation, in all its lines at once."""

    rows: Choice
    sign: int
    previous: bool
    unless: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """A relation made ready: for each summand, the rows of the stack that its lines take."""

    lines: tuple[Line, ...]
    left: tuple[_Term, ...]
    right: tuple[_Term, ...]

    def judge(self, now: _Block, before: _Block, out: Verdicts) -> None:
        shape = out.shape
        relation = self.lines[0].relation
        left = _Sum(self.left, now, before, shape)
        right = _Sum(self.right, now, before, shape)
        gap = left.total - right.total
        near = CLOSE * np.maximum(np.abs(left.total), np.abs(right.total))
        equal = np.abs(gap) <= near
        holds = {"=": equal, "<=": equal | (gap < 0), ">=": equal | (gap > 0)}[relation.operator]
        both = left.filled & right.filled
        if relation.crosses_years:
            both = left.leading & right.leading
        np.copyto(out, np.where(holds, Verdict.HOLDS, Verdict.BROKEN), where=both)
        if relation.operator == "=" and not relation.crosses_years:
            singles = [
                s for s, terms in ((left, self.left), (right, self.right)) if len(terms) == 1
            ]
            anchors = singles or [left, right]
            lacking = ~np.logical_and.reduce([side.leading for side in anchors])
            some = left.filled | right.filled
            out[some & ~holds & lacking] = Verdict.TOTAL_BLANK
            out[some & ~holds & ~lacking & ~both] = Verdict.PARTS_BLANK
        for side in (left, right):
            if side.unreadable is not None:
                out[side.unreadable] = Verdict.UNREADABLE


class _Sum:
    """One side of a relation in a block: its sums, and what of it is filled."""

    def __init__(
        self, terms: tuple[_Term, ...], now: _Block, before: _Block, shape: tuple[int, ...]
    ) -> None:
        self.total = np.zeros(shape)
        self.filled = np.zeros(shape, np.bool_)
        self.leading = self.filled
        self.unreadable: Flags | None = None
        for index, term in enumerate(terms):
            if term.rows is not None:
                self._add(term, before if term.previous else now)
            if index == 0:
                self.leading = self.filled if len(terms) == 1 else self.filled.copy()

    def _add(self, term: _Term, block: _Block) -> None:
        values, known = block.values[term.rows], block.known[term.rows]
        alone: Flags | None = None
        for other in term.unless:
            if other is not None:
                blank = ~block.known[other]
                alone = blank if alone is None else alone & blank
        if alone is not None:
            values, known = np.where(alone, values, 0.0), known & alone
        if term.sign > 0:
            self.total += values
        else:
            self.total -= values
        self.filled |= known
        if block.unreadable is not None:
            self._doubt(term, block.unreadable, alone)

    def _doubt(self, term: _Term, unreadable: Flags, alone: Flags | None) -> None:
        doubt = unreadable[term.rows]
        if alone is not None:
            doubt = doubt & alone
        for other in term.unless:
            if other is not None:
                doubt = doubt | unreadable[other]
        self.unreadable = doubt.copy() if self.unreadable is None else self.unreadable | doubt


@cache
def _plans(form: Form, previous: Form | None) -> tuple[_Plan, ...]:
    rows_now = {place: index for index, place in enumerate(stack_places(form))}
    rows_before = (
        {place: index for index, place in enumerate(stack_places(previous))} if previous else {}
    )

    def rows(places: Sequence[Place], *, before: bool) -> Choice:
        known = rows_before if before else rows_now
        if any(place not in known for place in places):
            return None
        return _choice([known[place] for place in places])

    def terms(sides: Sequence[tuple[Summand, ...]]) -> tuple[_Term, ...]:
        return tuple(
            _Term(
                rows([s.place for s in summands], before=summands[0].previous),
                summands[0].sign,
                summands[0].previous,
                tuple(
                    rows(unless, before=summands[0].previous)
                    for unless in zip(*(s.unless for s in summands), strict=True)
                ),
            )
            for summands in zip(*sides, strict=True)
        )

    plans = []
    for _, group in groupby(lines(form), key=lambda line: (line.table, line.relation.id)):
        same = tuple(group)
        if previous is not None or not same[0].relation.crosses_years:
            left, right = [line.left for line in same], [line.right for line in same]
            plans.append(_Plan(same, terms(left), terms(right)))
    return tuple(plans)


def _choice(rows: list[int]) -> Choice:
    """Return a slice where the rows are evenly spaced, which numpy reads in place."""
    steps = {b - a for a, b in pairwise(rows)} or {1}
    if len(steps) == 1 and (step := steps.pop()) > 0:
        return slice(rows[0], rows[-1] + 1, step)
    return np.array(rows, np.intp)
