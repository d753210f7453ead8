"""What is asked, and what an engine is to look for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache

from gongkai.foundation.search.folding import code, one_line
from gongkai.foundation.search.sounds import LONGEST as LONGEST_SOUND
from gongkai.foundation.search.synonyms import known_until, other_ways
from gongkai.foundation.search.words import characters, needed, words

LONGEST = 100
"""Characters of a query that are read."""
MOST_TERMS = 8
SIZE = 20
DEEPEST = 50
"""Pages of results that can be turned; whoever needs more narrows the query."""
QUOTES = '"“”«»「」『』'
QUOTED = re.compile(rf"[{QUOTES}]([^{QUOTES}]+)[{QUOTES}]")
ODD = re.compile(r"[^\w〔〕（）()\[\]【】/-]+")
"""What parts terms besides spaces; brackets and strokes stay, for 文号 and 索引号."""

FACETS: Mapping[str, str] = {
    "kind": "类型",
    "organisation": "发布机构",
    "topic": "主题",
    "genre": "体裁",
    "year": "年份",
    "validity": "有效性",
}
"""What results can be narrowed by, with its title."""


class Sort(StrEnum):
    """In what order."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class Match(StrEnum):
    """How much of a query a document must have."""

    ALL = "all"
    TITLE = "title"
    """Its characters in a row in the title, however the words are cut."""
    SOME = "some"
    """Most of its words."""
    ANY = "any"
    """One of its words."""


def folded_of(text: str) -> str:
    """Return *text* as it is compared, cut where it is too long."""
    return one_line(text)[:LONGEST].strip()


@dataclass(frozen=True, slots=True)
class Query:
    """What somebody asks.

    Attributes:
        text: As typed.
        filters: Values by the keys of :data:`FACETS`.
        within: Path of an organisation; only it and what lies below.
        column: Key of a column; only what stands in it.
        page: From 1.
    """

    text: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)
    within: str = ""
    column: str = ""
    since: date | None = None
    until: date | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    size: int = SIZE

    @property
    def folded(self) -> str:
        """Return the text as it is compared, cut where it is too long."""
        return folded_of(self.text[: LONGEST * 4])

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything but the text restricts the results."""
        return bool(self.filters or self.within or self.column or self.since or self.until)

    def but(self, **changes: object) -> "Query":
        """Return the query with *changes*."""
        return replace(self, **changes)  # type: ignore[arg-type]  # checked by the dataclass


@dataclass(frozen=True, slots=True)
class Way:
    """One way of saying a term.

    Attributes:
        text: Folded.
        parts: All of which a document must have: a word, or several in a row.
        phrase: All words in their order, for those who have them in a row.
        characters: Its single characters.
    """

    text: str
    parts: tuple[tuple[str, ...], ...]
    phrase: tuple[str, ...]
    characters: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Way":
        """Return the way of saying folded *text* literally."""
        return cls(text, needed(text), tuple(words(text)), tuple(characters(text)))


@dataclass(frozen=True, slots=True)
class Term:
    """A part of a query between spaces: one of its ways has to be met.

    Attributes:
        exact: It stood in quotation marks.
    """

    ways: tuple[Way, ...]
    exact: bool = False

    @property
    def rows(self) -> tuple[str, ...]:
        """Return the ways of saying it whose words need not stand in a row to be found."""
        return tuple(way.text for way in self.ways if len(way.parts) > 1)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an engine is to look for.

    Attributes:
        codes: 文号 or 索引号 that the whole query may be; documents with one of them come first.
    """

    query: Query
    terms: tuple[Term, ...]
    codes: tuple[str, ...]
    match: Match = Match.ALL

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """Return, for each term that has several words, how it reads in a row."""
        return tuple(rows for term in self.terms if (rows := term.rows))

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is looked for, so that everything is found."""
        return not self.terms

    @property
    def marked(self) -> tuple[str, ...]:
        """Return what is highlighted, the longest first."""
        found: dict[str, None] = {}
        for term in self.terms:
            for way in term.ways:
                found.setdefault(way.text.strip("〔〕()[]【】/-"))
                for part in way.parts if way is term.ways[0] else ():
                    word = part[0] if len(part) == 1 else ""
                    if len(word) > 1 or word.isascii() or len(way.characters) == 1:
                        found.setdefault(word)
        return tuple(sorted(filter(None, found), key=len, reverse=True))


def plan(query: Query) -> Plan:
    """Return what *query* looks for; whatever is typed is a query, operators mean nothing."""
    return Plan(query, *_read(query.text[: LONGEST * 4], known_until()))


@lru_cache(maxsize=2000)  # the next page, a facet, the feed: the same words again
def _read(text: str, until: float) -> tuple[tuple[Term, ...], tuple[str, ...]]:  # noqa: ARG001  # kept as long as the synonyms
    """Return the terms of *text*, and the numbers that it may be."""
    quoted = (one_line(each)[:LONGEST] for each in QUOTED.findall(text))
    terms = [Term((Way.of(each),), exact=True) for each in quoted if characters(each)][:MOST_TERMS]
    rest = one_line(QUOTED.sub(" ", text))[:LONGEST]
    for part in ODD.sub(" ", rest).split():
        if characters(part) and len(terms) < MOST_TERMS:
            ways = (part, *other_ways(part))
            terms.append(Term(tuple(Way.of(way) for way in ways)))
    return tuple(terms), _codes(folded_of(text))


def _codes(folded: str) -> tuple[str, ...]:
    whole = code(folded)
    is_code = (
        any(c.isdigit() for c in whole) and 4 <= len(whole) <= LONGEST_SOUND * 2
    )  # a number of its own
    return (whole,) if is_code else ()
