"""The relations of a form, laid out line by line: one line for each column or row that a relation is judged in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from gongkai.core.forms import Form, Place, Relation, Table, Term

NOTE = re.compile(r"（[^（）]{8,}）|\([^()]{8,}\)")
"""An explanation inside a label, which a sentence about the cell leaves out."""


@dataclass(frozen=True, slots=True)
class Summand:
    """A cell in a sum.

    Attributes:
        previous: The cell is that of the report of the year before.
        unless: The cell counts only where all of these are blank.
    """

    place: Place
    sign: int = 1
    previous: bool = False
    unless: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A relation in one column or one row of its table.

    Attributes:
        key: Key of that column or row.
        name: The column or row in words, such as “自然人”一列.
    """

    relation: Relation
    table: str
    key: str
    name: str
    left: tuple[Summand, ...]
    right: tuple[Summand, ...]

    @property
    def anchors(self) -> tuple[Place, ...]:
        """The cells without which the comparison means nothing.

        A sum stands on its total: the only cell of its side, or the first where both sides are sums.
        """
        singles = [side[0].place for side in (self.left, self.right) if len(side) == 1]
        return tuple(singles) or (self.left[0].place, self.right[0].place)


@cache
def lines(form: Form) -> tuple[Line, ...]:
    """Return every line of every relation of *form*, in the order of its tables."""
    return tuple(
        line
        for table in form.tables
        for relation in table.relations
        for line in _lines(table, relation)
    )


def _lines(table: Table, relation: Relation) -> Iterator[Line]:
    keys = [term.key for term in relation.left + relation.right]
    if relation.each == "column":
        yield from _by_column(table, relation, keys)
    else:
        yield from _by_row(table, relation, keys)


def _by_column(table: Table, relation: Relation, rows: list[str]) -> Iterator[Line]:
    sections = [table.section_of[row] for row in rows]
    official = [column.key for column in sections[0].columns if not column.optional]
    only = official[0] if len(official) == 1 else None
    for column in sections[0].columns:
        if all(any(c.key == column.key for c in section.columns) for section in sections):
            name = f"{column.group}·{column.label}" if column.group else column.label
            yield Line(
                relation,
                table.key,
                column.key,
                "" if column.key == only else f"“{name}”一列",
                _summands(table, relation.left, column=column.key),
                _summands(table, relation.right, column=column.key),
            )


def _by_row(table: Table, relation: Relation, columns: list[str]) -> Iterator[Line]:
    for row in table.rows.values():
        there = {column.key for column in table.section_of[row.key].columns}
        asked = row.key in relation.rows if relation.rows else there.issuperset(columns)
        if asked and (not row.header or row.collapsible):
            name = short(f"{row.group}·{row.label}" if row.group else row.label)
            yield Line(
                relation,
                table.key,
                row.key,
                f"“{name}”一行",
                _summands(table, relation.left, row=row.key),
                _summands(table, relation.right, row=row.key),
            )


def _summands(
    table: Table, terms: tuple[Term, ...], *, row: str = "", column: str = ""
) -> tuple[Summand, ...]:
    def place(key: str) -> Place:
        return Place(table.key, row or key, column or key)

    return tuple(
        Summand(place(term.key), term.sign, term.previous, tuple(map(place, term.unless)))
        for term in terms
    )


def short(label: str) -> str:
    """Return a label without the explanation in brackets that some carry."""
    return NOTE.sub("", label)
