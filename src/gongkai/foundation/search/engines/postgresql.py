"""PostgreSQL as the engine: for offices that run it anyway and want no index beside it.

Our words stand in a ``tsvector``; PostgreSQL finds, counts and orders. Ranking a word that stands in half of
all documents takes seconds there, so that only the newest of what was found, and those with the words in the
title, are ranked (:data:`CANDIDATES` of each).
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from gongkai.foundation import clock
from gongkai.foundation.search.document import Document
from gongkai.foundation.search.engine import Found, Suggestion, Value
from gongkai.foundation.search.engines.beginnings import beginnings, first_letters
from gongkai.foundation.search.engines.schema import EDITION, YEARS
from gongkai.foundation.search.engines.schema import values as facet_values
from gongkai.foundation.search.folding import codes_of, fold
from gongkai.foundation.search.query import FACETS, Match, Plan, Query, Sort, Term, Way
from gongkai.foundation.search.sounds import sounds_of_title
from gongkai.foundation.search.words import characters, words

CANDIDATES = 2000
LEXEMES = 16_000
"""Words of a text that are indexed; a tsvector has no room for positions beyond that."""
COLUMNS = (
    "name", "kind", "shown", "organisation", "issuer", "path", "col", "topic", "genre", "year", "validity",
    "day", "codes", "words", "characters", "sounds", "generation",
)  # fmt: skip
VALUES = 12
MADE_IN = f"edition {EDITION}"
Row = tuple[Any, ...]


class PostgreSQL:
    """The engine in tables of the database."""

    name = "postgresql"

    # -- writing

    def write(self, documents: Iterable[Document], gone: Iterable[str]) -> None:
        """Put *documents* in and take out *gone*, one transaction."""
        self.put(list(documents), list(gone), self._generation())

    def put(self, documents: list[Document], gone: list[str], generation: int) -> None:
        """Write *documents* as of *generation* and take out *gone*, one transaction."""
        names = [*gone, *(document.name for document in documents)]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_beginning WHERE name = ANY(%s)", [names])
            cursor.execute("DELETE FROM search_document WHERE name = ANY(%s)", [gone])
            if documents:
                cursor.executemany(UPSERT, [_row(each, generation) for each in documents])
                cursor.executemany(
                    "INSERT INTO search_beginning (name, start) VALUES (%s, %s)",
                    [
                        (document.name, start)
                        for document in documents
                        for start in (*beginnings(document.title), *first_letters(document.title))
                    ],
                )

    def _generation(self) -> int:
        return int(self._one("SELECT coalesce(max(generation), 0) FROM search_document")[0])

    def is_current(self) -> bool:
        """Tell whether the rows were last renewed in this edition, which the table remembers."""
        return bool(self._one("SELECT obj_description('search_document'::regclass)")[0] == MADE_IN)

    def is_building(self) -> bool:
        """Tell whether a new index has been begun; here rows are renewed in place."""
        return False

    @contextmanager
    def rebuild(self, *, afresh: bool) -> Iterator["Renewal"]:  # noqa: ARG002  # an interruption costs nothing here
        """Renew all rows in place."""
        yield Renewal(self, self._generation() + 1)

    # -- reading

    def size(self) -> int:
        """Return how many documents are in it."""
        return int(self._one("SELECT count(*) FROM search_document")[0])

    def find(self, plan: Plan, *, facets: bool = True) -> Found:
        """Return a page of documents, the total, and the counts by facet."""
        where, values = _where(plan)
        asked = plan.query
        total = int(self._one(f"SELECT count(*) FROM search_document WHERE {where}", values)[0])  # noqa: S608  # conditions of our own
        if not total:
            return Found()
        limits = [asked.size, (asked.page - 1) * asked.size]
        if asked.sort is Sort.RELEVANCE and not plan.is_empty:
            ranked, ranking = _ranked(plan, where, values)
            rows = self._all(f"{ranked} LIMIT %s OFFSET %s", [*ranking, *limits])
        else:
            order = "ASC" if asked.sort is Sort.OLDEST else "DESC"
            rows = self._all(
                f"SELECT shown FROM search_document WHERE {where} "  # noqa: S608  # conditions of our own
                f"ORDER BY day {order} NULLS LAST, name LIMIT %s OFFSET %s",
                [*values, *limits],
            )
        documents = [Document.read(_json(row[0])) for row in rows]
        return Found(documents, total, self._facets(where, values) if facets else {})

    def _facets(self, where: str, values: list[Any]) -> dict[str, list[Value]]:
        columns = [("issuer" if facet == "organisation" else facet) for facet in FACETS]
        sets = ", ".join(f"({column})" for column in columns)
        rows = self._all(
            f"SELECT grouping({', '.join(columns)}), count(*), {', '.join(f'{c}::text' for c in columns)} "  # noqa: S608  # names of our own
            f"FROM search_document WHERE {where} GROUP BY GROUPING SETS ({sets})",
            values,
        )
        found: dict[str, list[Value]] = {facet: [] for facet in FACETS}
        for row in rows:
            for place, facet in enumerate(FACETS):
                mine = (1 << len(columns)) - 1 - (1 << (len(columns) - 1 - place))
                key = row[2 + place]
                if row[0] == mine and key:
                    found[facet] += facet_values(facet, [(key, row[1])])
        for facet, told in found.items():
            told.sort(
                key=(lambda v: -int(v.value))
                if facet == "year"
                else (lambda v: (-v.count, v.value))
            )
            del told[YEARS if facet == "year" else VALUES :]
        return found

    def suggest(self, text: str, limit: int) -> list[Suggestion]:
        """Return titles that begin with *text*, or whose initials do."""
        letters = text.replace(" ", "")
        start = letters if letters.isascii() and letters.isalnum() else text
        escaped = start.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        rows = self._all(
            "SELECT d.shown FROM (SELECT name FROM search_beginning WHERE start LIKE %s "
            "ORDER BY start USING ~<~ LIMIT %s) AS b JOIN search_document d USING (name)",
            [f"{escaped}%", limit * 3],
        )
        shown = [_json(row[0]) for row in rows]
        found = {each["title"]: Suggestion(each["title"], each["url"]) for each in shown}
        return list(found.values())[:limit]

    def sounding(self, sounds: Sequence[str], limit: int) -> list[str]:
        """Return titles in which *sounds* follow each other."""
        if not sounds:
            return []
        rows = self._all(
            "SELECT shown FROM search_document WHERE sounds @@ %s::tsquery LIMIT %s",
            [_phrase(sounds), limit],
        )
        return [_json(row[0])["title"] for row in rows]

    def _all(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())

    def _one(self, sql: str, values: Sequence[Any] = ()) -> Row:
        return self._all(sql, values)[0]


class Renewal:
    """All rows written again in place; those that no source answered for go at the end."""

    def __init__(self, owner: PostgreSQL, generation: int) -> None:
        self.owner, self.generation = owner, generation

    def done(self, kind: str) -> tuple[str, int] | None:  # noqa: ARG002  # the interface
        """Return nothing: an interrupted renewal begins again, and has cost no search."""
        return None

    def put(self, kind: str, documents: Sequence[Document], *, after: str, count: int) -> None:  # noqa: ARG002  # the interface
        """Put *documents* in."""
        self.owner.put(list(documents), [], self.generation)

    def renew(self, documents: Sequence[Document], gone: Sequence[str]) -> None:
        """Put in, and take out, what changed meanwhile."""
        self.owner.put(list(documents), list(gone), self.generation)

    def change_over(self) -> int:
        """Take out what no source has any more."""
        with connection.cursor() as cursor:
            old = "SELECT name FROM search_document WHERE generation < %s"
            cursor.execute(f"DELETE FROM search_beginning WHERE name IN ({old})", [self.generation])  # noqa: S608  # our own words
            cursor.execute("DELETE FROM search_document WHERE generation < %s", [self.generation])
            cursor.execute(f"COMMENT ON TABLE search_document IS '{MADE_IN}'")
        return self.owner.size()


UPSERT = (
    f"INSERT INTO search_document ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))}) "  # noqa: S608  # names of our own
    f"ON CONFLICT (name) DO UPDATE SET {', '.join(f'{c} = excluded.{c}' for c in COLUMNS[1:])}"
)


def _row(document: Document, generation: int) -> Row:
    issuer = document.issuer
    around = (
        issuer.name if issuer else "",
        document.column,
        document.topic,
        document.genre,
        document.number,
        document.keywords,
    )
    shown = {key: _without_nulls(value) for key, value in document.shown().items()}
    title = words(document.title)
    text = words(f"{' '.join(around)} {shown['text']}")[:LEXEMES]
    sounds = sounds_of_title(fold(document.title))
    return (
        document.name,
        document.kind,
        json.dumps(shown, ensure_ascii=False),
        issuer.key if issuer else None,
        f"{issuer.key}|{issuer.name}" if issuer else None,
        issuer.path if issuer else "",
        document.column_key,
        document.topic or None,
        document.genre or None,
        document.in_year,
        document.validity or None,
        document.day,
        list(codes_of(document.number, document.index_number)),
        _vector([[word] for word in title], "A")
        + " "
        + _vector([[w] for w in text], "D", len(title)),
        _vector([[each] for each in characters(document.title)]),
        _vector(sounds),
        generation,
    )


def _without_nulls(value: Any) -> Any:
    return value.replace("\x00", " ") if isinstance(value, str) else value


def _quoted(word: str) -> str:
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"


def _vector(places: Sequence[Sequence[str]], weight: str = "", start: int = 0) -> str:
    """Return a tsvector as text: the words that may stand in each place."""
    return " ".join(
        f"{_quoted(word)}:{min(start + at + 1, LEXEMES)}{weight}"
        for at, words_here in enumerate(places)
        for word in words_here
    )


def _phrase(sequence: Sequence[str]) -> str:
    return "(" + " <-> ".join(_quoted(word) for word in sequence) + ")"


def _where(plan: Plan) -> tuple[str, list[Any]]:
    """Return the condition that *plan* amounts to, and its values."""
    matching, values = _matching(plan)
    if plan.codes:
        matching, values = f"({matching} OR codes && %s)", [*values, list(plan.codes)]
    narrowing, more = _narrowing(plan.query)
    return " AND ".join([matching, *narrowing]), [*values, *more]


def _matching(plan: Plan) -> tuple[str, list[Any]]:
    if plan.is_empty:
        return "true", []
    if plan.match in {Match.SOME, Match.ANY}:
        some = {
            word
            for term in plan.terms
            for part in term.ways[0].parts
            for word in part
            if len(word) > 1
        }
        return (
            ("words @@ %s::tsquery", [" | ".join(map(_quoted, sorted(some)))])
            if some
            else ("false", [])
        )
    if plan.match is Match.TITLE:
        asked = " & ".join(
            "(" + " | ".join(_phrase(way.characters) for way in term.ways) + ")"
            for term in plan.terms
        )
        return "characters @@ %s::tsquery", [asked]
    return "words @@ %s::tsquery", [" & ".join(map(_term, plan.terms))]


def _term(term: Term) -> str:
    if term.exact:
        return _phrase(term.ways[0].phrase)
    return "(" + " | ".join(map(_way, term.ways)) + ")"


def _way(way: Way) -> str:
    return "(" + " & ".join(_phrase(part) for part in way.parts) + ")"


def _narrowing(asked: Query) -> tuple[list[str], list[Any]]:
    conditions: list[str] = []
    values: list[Any] = []
    for facet, value in asked.filters.items():
        conditions.append(f"{facet}::text = %s")
        values.append(value)
    simple = (("col = %s", asked.column), ("day >= %s", asked.since), ("day <= %s", asked.until))
    for condition, given in simple:
        if given:
            conditions.append(condition)
            values.append(given)
    if asked.within.isalnum():
        conditions.append("path LIKE %s")
        values.append(f"{asked.within}%")
    return conditions, values


def _ranked(plan: Plan, where: str, values: list[Any]) -> tuple[str, list[Any]]:
    """Return the statement that yields documents in order of relevance."""
    asked = " | ".join(
        _quoted(word)
        for term in plan.terms
        for way in term.ways
        for part in way.parts
        for word in part
    )
    literal = " & ".join("(" + _way(term.ways[0]) + ")" for term in plan.terms)
    in_title = " & ".join(f"{_quoted(w)}:A" for w in dict.fromkeys(
        word for term in plan.terms for part in term.ways[0].parts for word in part
    ))  # fmt: skip
    # there are always more candidates than results that can be turned to
    statement = (
        "WITH candidates AS ("  # noqa: S608  # conditions of our own
        f"(SELECT name FROM search_document WHERE {where} ORDER BY day DESC NULLS LAST LIMIT {CANDIDATES}) UNION "  # conditions of our own
        f"(SELECT name FROM search_document WHERE {where} AND words @@ %s::tsquery "
        f"ORDER BY day DESC NULLS LAST LIMIT {CANDIDATES})) "
        "SELECT shown FROM search_document JOIN candidates USING (name) ORDER BY "
        "(CASE WHEN codes && %s THEN 1 ELSE 0 END) DESC, "
        "(ts_rank('{0.1, 0.2, 0.4, 1.0}', words, %s::tsquery, 1) "
        "+ CASE WHEN words @@ %s::tsquery THEN 0.1 ELSE 0 END) "
        "* (1 + 0.4 * power(0.5, greatest(0, %s::date - coalesce(day, '1970-01-01'::date)) / 730.0)) DESC, "
        "day DESC NULLS LAST, name"
    )
    return statement, [*values, *values, in_title, list(plan.codes), asked, literal, clock.today()]


def _json(value: Any) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(value) if isinstance(value, str) else value
    return told
