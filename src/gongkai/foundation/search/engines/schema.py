"""The fields of the embedded index, and documents on their way in and out."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import tantivy

from gongkai.foundation.search.document import TEXT_LIMIT, Document, Issuer
from gongkai.foundation.search.engine import Value
from gongkai.foundation.search.engines.beginnings import beginnings, first_letters
from gongkai.foundation.search.folding import codes_of, fold
from gongkai.foundation.search.query import FACETS
from gongkai.foundation.search.sounds import sounds_of_title
from gongkai.foundation.search.sources import sources
from gongkai.foundation.search.words import characters, words

EDITION = 5
"""Raised whenever fields or words change, so that an index of before is not used."""
VALUES, YEARS = 12, 40
"""Values of a facet that are counted out."""
BETWEEN = "|"
AGGREGATIONS: dict[str, Any] = {
    facet: {"terms": {"field": facet, "size": VALUES}} for facet in FACETS
} | {"year": {"terms": {"field": "year", "size": YEARS, "order": {"_key": "desc"}}}}


TEXT, ISSUER, DAY = map(Document._fields.index, ("text", "issuer", "day"))
_read = json.JSONDecoder().raw_decode


@cache
def schema() -> tantivy.Schema:
    """Return the fields."""
    made = tantivy.SchemaBuilder()
    # in whitespace, because the words come cut
    for field in ("words", "title", "characters"):
        made.add_text_field(field, tokenizer_name="whitespace", index_option="position")
    made.add_text_field("sounds", tokenizer_name="whitespace", index_option="position")
    for field in ("name", "code", "path", "column", "beginning", "initials"):
        made.add_text_field(field, tokenizer_name="raw", index_option="basic")
    for field in (facet for facet in FACETS if facet != "organisation"):
        made.add_text_field(field, tokenizer_name="raw", index_option="basic", fast=True)
    # by its key: hundreds of names would be looked up to show a dozen of them
    made.add_integer_field("organisation", indexed=True, fast=True)
    made.add_integer_field("day", indexed=True, fast=True)
    made.add_bytes_field("shown", stored=True)
    return made.build()


def open_index(place: Path) -> tantivy.Index:
    """Return the index in the folder *place*, made where there is none."""
    place.mkdir(parents=True, exist_ok=True)
    return tantivy.Index(schema(), str(place))


def entry(document: Document) -> tantivy.Document:
    """Return *document* as the index takes it in."""
    made = tantivy.Document()
    issuer = document.issuer
    around = (
        issuer.name if issuer else "",
        document.column,
        document.topic,
        document.genre,
        document.number,
        document.keywords,
    )
    title = words(document.title)
    text = document.text[:TEXT_LIMIT]
    made.add_text("name", document.name)
    made.add_text("title", " ".join(title))
    made.add_text("words", " ".join((*title, *words(" ".join(around)), *words(text))))
    made.add_text("characters", " ".join(characters(document.title)))
    _add_sounds(made, document.title)
    for each in codes_of(document.number, document.index_number):
        made.add_text("code", each)
    if issuer:
        made.add_integer("organisation", issuer.key)
        if issuer.path:
            made.add_text("path", issuer.path)
    year = document.in_year
    facts = {"kind": document.kind, "topic": document.topic, "genre": document.genre}
    facts |= {"validity": document.validity, "column": document.column_key, "year": str(year or "")}
    for field, value in facts.items():
        if value:
            made.add_text(field, value)
    for start in beginnings(document.title):
        made.add_text("beginning", start)
    for letters in first_letters(document.title):
        made.add_text("initials", letters)
    made.add_integer("day", document.day.toordinal() if document.day else 0)
    made.add_bytes("shown", _packed(document, text))
    return made


def _packed(document: Document, text: str) -> bytes:
    """Return what is kept of *document*: a line of JSON and then *text*, which needs no reading."""
    facts = document._replace(text="", keywords="", year=document.in_year)
    day = document.day.isoformat() if document.day else None
    line = json.dumps(facts._replace(day=day), ensure_ascii=False)  # type: ignore[arg-type]
    return f"{line}\n{text}".encode("utf-8", "replace")


def _add_sounds(made: tantivy.Document, title: str) -> None:
    """Add how *title* sounds; two readings of a character stand in the same place."""
    tokens = [
        tantivy.Token(reading, at, at, at + 1)
        for at, readings in enumerate(sounds_of_title(fold(title)))
        for reading in readings
    ]
    made.add_pre_tokenized_text("sounds", tantivy.PreTokenizedString("", tokens))


def shown(found: tantivy.Document) -> bytes:
    """Return what an entry keeps of its document."""
    kept: bytes = found.get_first("shown") or b""
    return kept


def text_begins(kept: bytes) -> int:
    """Return where the text begins in what an entry keeps."""
    return kept.index(b"\n")


def document(kept: bytes) -> Document:
    """Return the document of which an entry keeps *kept*."""
    line, _, text = str(kept, "utf-8").partition("\n")
    facts = _read(line)[0]
    facts[TEXT] = text
    if issuer := facts[ISSUER]:
        facts[ISSUER] = Issuer(*issuer)
    if day := facts[DAY]:
        facts[DAY] = date.fromisoformat(day)
    return Document._make(facts)


def term(field: str, value: str | int) -> tantivy.Query:
    """Return the query for *value* in *field*."""
    return tantivy.Query.term_query(schema(), field, value)


def phrase(field: str, sequence: Sequence[str]) -> tantivy.Query:
    """Return the query for *sequence* in a row in *field*."""
    if len(sequence) == 1:
        return term(field, sequence[0])
    return tantivy.Query.phrase_query(schema(), field, list(sequence))


def values(facet: str, counted: Iterable[tuple[str, int]]) -> list[Value]:
    """Return counted values as people see them; an organisation's key brings its name along."""
    match facet:
        case "organisation":
            parted = ((key.partition(BETWEEN), count) for key, count in counted)
            return [Value(key, name, count) for (key, _, name), count in parted]
        case "kind":
            known = sources()
            return [Value(key, known[key].title, count) for key, count in counted if key in known]
        case "year":
            return [Value(key, f"{key}年", count) for key, count in counted]
        case _:
            return [Value(key, key, count) for key, count in counted]
