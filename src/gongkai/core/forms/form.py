"""The parts of an official form: tables, sections, rows, columns, and the relations between cells."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple

Kind = Literal["count", "signed", "money"]
"""What a cell may hold: a whole number, a whole number with a sign, or an amount of money."""

Layout = Literal["rows", "across", "numbered"]
"""How a table is printed: rows under a header; all rows side by side in one line; rows with official numbers."""


class UnknownPlace(KeyError):
    """表中没有这一格。"""


class Place(NamedTuple):
    """Where a figure stands in a form: table, row and column key."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        """Spell the place as ``table/row/column``."""
        return "/".join(self)


@dataclass(frozen=True, slots=True)
class Heading:
    """A required chapter of the narrative."""

    key: str
    label: str
    alias: tuple[str, ...] = ()
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a section.

    Attributes:
        group: The heading printed above this and its neighbours, such as 法人或其他组织.
        total: Whether the column is the sum of the others.
        unit: Unit of its cells; ``None`` where the row or the section says it, or the form is silent.
        unit_choices: Units a person may choose where the form itself is silent.
        optional: Printed only by local variants of the form, never by the official one.
    """

    key: str
    label: str
    alias: tuple[str, ...] = ()
    group: str | None = None
    total: bool = False
    unit: str | None = None
    unit_choices: tuple[str, ...] = ()
    kind: Kind = "count"
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a section.

    Attributes:
        number: The official row number, where the form prints one.
        parent: Key of the row this one details.
        header: The row only carries a title; the official form leaves its cells empty.
        collapsible: A header that some reports print as one row with figures, without its children.
        confirmed: Whether the unit was seen in the official form.
    """

    key: str
    label: str
    alias: tuple[str, ...] = ()
    number: int | None = None
    parent: str | None = None
    group: str | None = None
    header: bool = False
    collapsible: bool = False
    unit: str | None = None
    kind: Kind = "count"
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Section:
    """A block of a table with its own columns, such as 第二十条第（一）项."""

    key: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    title: str | None = None
    corner: str | None = None
    corner_alias: tuple[str, ...] = ()
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """One summand of a relation.

    Attributes:
        key: A row key or a column key, as the relation runs along columns or rows.
        sign: +1 or -1.
        previous: Taken from the report of the year before.
        unless: The summand counts only where all of these are empty.
    """

    key: str
    sign: int = 1
    previous: bool = False
    unless: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """A sum or an inequality that the cells of a table should satisfy.

    Attributes:
        each: ``column``: terms are rows, judged in every column; ``row``: terms are columns, judged in
            every row (in ``rows`` where given).
        level: ``error`` for identities of the form, ``warning`` for what is merely improbable.
        reference: The document and article that the relation follows from.
    """

    id: str
    title: str
    level: Literal["error", "warning"]
    each: Literal["row", "column"]
    left: tuple[Term, ...]
    operator: Literal["=", "<=", ">="]
    right: tuple[Term, ...]
    reference: str
    rows: tuple[str, ...] = ()
    why: str | None = None

    @property
    def crosses_years(self) -> bool:
        """Whether the relation needs the report of the year before."""
        return any(term.previous for term in self.left + self.right)


@dataclass(frozen=True)
class Table:
    """A table of a form, made of one or more sections whose rows have distinct keys.

    Attributes:
        number_label: What stands above the official row numbers, where the table prints them.
        unit_label: What stands above the units, where the table prints them in a column.
        no_unit: What that column shows for a row that only carries a title.
    """

    key: str
    title: str
    layout: Layout
    sections: tuple[Section, ...]
    relations: tuple[Relation, ...] = ()
    unit: str | None = None
    note: str | None = None
    number_label: str | None = None
    unit_label: str | None = None
    no_unit: str | None = None

    @cached_property
    def rows(self) -> dict[str, Row]:
        """All rows by key, in printed order."""
        return {row.key: row for section in self.sections for row in section.rows}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section in which a row stands, by row key."""
        return {row.key: section for section in self.sections for row in section.rows}

    def depth(self, row: Row) -> int:
        """Return how many rows stand above *row* in its line of parents."""
        return 0 if row.parent is None else 1 + self.depth(self.rows[row.parent])

    def children(self, key: str) -> tuple[Row, ...]:
        """Return the rows that detail the row *key*."""
        return tuple(row for row in self.rows.values() if row.parent == key)


@dataclass(frozen=True, repr=False)
class Form:
    """The official form of an era.

    Attributes:
        years: First and last year it was prescribed for; ``None`` while in force. A report may
            use another form than its year's: the form is told by content, never by the year alone.
    """

    key: str
    title: str
    short: str
    years: tuple[int, int | None]
    reference: str
    headings: tuple[Heading, ...]
    tables: tuple[Table, ...]
    _tables: dict[str, Table] = field(init=False, repr=False, compare=False)

    def __repr__(self) -> str:
        return f"form({self.key!r})"

    def __post_init__(self) -> None:
        object.__setattr__(self, "_tables", {table.key: table for table in self.tables})

    def __hash__(self) -> int:
        return hash(self.key)

    def __reduce__(self) -> Any:
        # a form of the law stays the same object in every process
        from gongkai.core.forms.loading import UnknownForm, form  # noqa: PLC0415  # it imports us

        try:
            known = form(self.key)
        except UnknownForm:
            return super().__reduce__()
        return (form, (self.key,)) if known is self else super().__reduce__()

    def table(self, key: str) -> Table:
        """Return the table *key*; raise :class:`UnknownPlace` where the form has none."""
        try:
            return self._tables[key]
        except KeyError:
            raise UnknownPlace(key) from None

    def row(self, place: Place) -> Row:
        """Return the row of *place*."""
        try:
            return self.table(place.table).rows[place.row]
        except KeyError:
            raise UnknownPlace(str(place)) from None

    def column(self, place: Place) -> Column:
        """Return the column of *place*."""
        section = self.table(place.table).section_of.get(place.row)
        for column in section.columns if section else ():
            if column.key == place.column:
                return column
        raise UnknownPlace(str(place))

    def __contains__(self, place: object) -> bool:
        try:
            self.column(place)  # type: ignore[arg-type]  # whatever has no such attributes is not in it
        except (UnknownPlace, AttributeError):
            return False
        return True

    def unit(self, place: Place) -> str | None:
        """Return the unit of *place*, or ``None`` where the form does not say one."""
        column, table = self.column(place), self.table(place.table)
        if column.unit_choices:
            return None
        return self.row(place).unit or column.unit or table.section_of[place.row].unit or table.unit

    def kind(self, place: Place) -> Kind:
        """Return what *place* may hold: a money row or column makes the cell money."""
        row, column = self.row(place), self.column(place)
        return row.kind if row.kind != "count" else column.kind

    def label(self, place: Place) -> str:
        """Return the words a clerk would use for *place*: row label / column label."""
        row, column = self.row(place), self.column(place)
        head = f"{row.group} {row.label}" if row.group else row.label
        return f"{head} / {column.label}"

    @cached_property
    def places(self) -> tuple[Place, ...]:
        """Every cell that the official form asks to fill, in printed order."""
        return tuple(self._places())

    def _places(self) -> Iterator[Place]:
        for table in self.tables:
            for section in table.sections:
                for row in section.rows:
                    for column in section.columns:
                        if not row.header and not column.optional:
                            yield Place(table.key, row.key, column.key)
