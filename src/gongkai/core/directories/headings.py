"""The printed form of a standard directory: its headings, and the marks in its cells."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.core.directories.fields import squeezed
from gongkai.core.rulebook import Rulebook, national


@dataclass(frozen=True, slots=True)
class Heading:
    """A column of the table.

    Attributes:
        above: The heading that spans it, where the head has two lines.
        group: Columns of one group are alternatives, each with a mark.
        optional: Not in the form of the State; some places add it.
        counts_for: Levels of government that a mark in it binds.
    """

    title: str
    above: str = ""
    alias: tuple[str, ...] = ()
    group: str = ""
    optional: bool = False
    counts_for: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """Signs that mean one thing."""

    signs: tuple[str, ...]


def headings(book: Rulebook | None = None) -> Mapping[str, Heading]:
    """Return the columns by key, in the printed order."""
    return (book or national()).section("directories/headings", Heading, qualified=False)


def marks(book: Rulebook | None = None) -> Mapping[str, frozenset[str]]:
    """Return the signs by what they mean: ``chosen``, ``open``, ``same``."""
    book = book or national()
    found = book.section("directories/marks", Marks, qualified=False)
    return book.once("marks", lambda: {key: frozenset(mark.signs) for key, mark in found.items()})


def heading_of(text: str, book: Rulebook | None = None) -> str:
    """Return the key of the column called *text*, empty where the form has none of that name."""
    book = book or national()
    names = book.once(
        "headings",
        lambda: {
            squeezed(name): key
            for key, found in headings(book).items()
            for name in (found.title, *found.alias)
        },
    )
    return names.get(squeezed(text), "")
