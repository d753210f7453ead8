"""The fields of the embedded index, and documents on their way in and out."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import tantivy

from gongkai.foundation.search.document import Document
from gongkai.foundation.search.engine import Value
from gongkai.foundation.search.engines.beginnings import beginnings, first_letters
from gongkai.foundation.search.folding import code, fold
from gongkai.foundation.search.query import FACETS
from gongkai.foundation.search.sounds import sounds_of_title
from gongkai.foundation.search.sources import sources
from gongkai.foundation.search.words import characters, words

EDITION = 2
"""Raised whenever fields or words change, so that an index of before is not used."""
VALUES, YEARS = 12, 40
"""Values of a facet that are counted out."""
BETWEEN = "|"
COUNTED: Mapping[str, str] = {**{facet: facet for facet in FACETS}, "organisation": "issuer"}
"""The field that is counted for each facet."""
AGGREGATIONS: dict[str, Any] = {
    facet: {"terms": {"field": field, "size": VALUES}} for facet, field in COUNTED.items()
} | {"year": {"terms": {"field": "year", "size": YEARS, "order": {"_key": "desc"}}}}


@cache
def schema() -> tantivy.Schema:
    """Return the fields."""
    made = tantivy.SchemaBuilder()
    # in whitespace, because the words come cut
    for field in ("words", "title", "characters"):
        made.add_text_field(field, tokenizer_name="whitespace", index_option="position")
    made.add_text_field("sounds", tokenizer_name="whitespace", index_option="position")
    for field in ("name", "code", "organisation", "path", "column", "beginning", "initials"):
        made.add_text_field(field, tokenizer_name="raw", index_option="basic")
    for field in COUNTED.values():
        made.add_text_field(field, tokenizer_name="raw", index_option="basic", fast=True)
    made.add_integer_field("day", indexed=True, fast=True)
    made.add_bytes_field("shown", stored=True)
    made.add_bytes_field(
        "text", stored=True
    )  # apart, since reading it as JSON takes as long as finding it
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
    shown = document.shown()
    made.add_text("name", document.name)
    made.add_text("title", " ".join(title))
    text = shown.pop("text")
    made.add_text("words", " ".join((*title, *words(" ".join(around)), *words(text))))
    made.add_text("characters", " ".join(characters(document.title)))
    _add_sounds(made, document.title)
    for each in {code(document.number), code(document.index_number)} - {""}:
        made.add_text("code", each)
    if issuer:
        made.add_text("organisation", str(issuer.key))
        made.add_text("issuer", f"{issuer.key}{BETWEEN}{issuer.name}")
        if issuer.path:
            made.add_text("path", issuer.path)
    year = document.in_year
    facts = {"kind": document.kind, "topic": document.topic, "genre": document.genre}
    facts |= {"validity": document.validity, "column": document.column, "year": str(year or "")}
    for field, value in facts.items():
        if value:
            made.add_text(field, value)
    for start in beginnings(document.title):
        made.add_text("beginning", start)
    for letters in first_letters(document.title):
        made.add_text("initials", letters)
    made.add_integer("day", document.day.toordinal() if document.day else 0)
    made.add_bytes("shown", json.dumps(shown, ensure_ascii=False).encode("utf-8", "replace"))
    made.add_bytes("text", text.encode("utf-8", "replace"))
    return made


def _add_sounds(made: tantivy.Document, title: str) -> None:
    """Add how *title* sounds; two readings of a character stand in the same place."""
    tokens = [
        tantivy.Token(reading, at, at, at + 1)
        for at, readings in enumerate(sounds_of_title(fold(title)))
        for reading in readings
    ]
    made.add_pre_tokenized_text("sounds", tantivy.PreTokenizedString("", tokens))


def document(found: tantivy.Document) -> Document:
    """Return the document that an entry was made of."""
    shown, text = (str(found.get_first(field) or b"", "utf-8") for field in ("shown", "text"))
    return Document.read({**json.loads(shown), "text": text})


def term(field: str, value: str) -> tantivy.Query:
    """Return the query for *value* in *field*."""
    return tantivy.Query.term_query(schema(), field, value)


def phrase(field: str, sequence: Sequence[str]) -> tantivy.Query:
    """Return the query for *sequence* in a row in *field*."""
    if len(sequence) == 1:
        return term(field, sequence[0])
    return tantivy.Query.phrase_query(schema(), field, list(sequence))


def facet_value(facet: str, key: str, count: int) -> Value | None:
    """Return a counted value as people see it."""
    if facet == "organisation":
        value, _, label = key.partition(BETWEEN)
        return Value(value, label, count)
    if facet == "kind":
        source = sources().get(key)
        return Value(key, source.title, count) if source else None
    return Value(key, f"{key}年" if facet == "year" else key, count)
