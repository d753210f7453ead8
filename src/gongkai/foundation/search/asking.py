"""Searching: from what somebody typed to what is shown."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from gongkai.foundation.search.document import Document
from gongkai.foundation.search.engine import Found, Suggestion, engine
from gongkai.foundation.search.folding import one_line
from gongkai.foundation.search.query import Match, Plan, Query, plan
from gongkai.foundation.search.sounds import commonest, sounding_part, sounds_of_query
from gongkai.foundation.search.sources import still_public
from gongkai.foundation.search.words import is_han

SCARCE = 3
"""With fewer results than that, another spelling is offered."""
TITLES = 30
"""Titles in which another spelling is looked for."""
SUGGESTED = 8
NUMBER = re.compile(r"\D*[〔(\[]?\d{4}[〕)\]]?第?\d+号?")
"""A 文号 as people type it, folded; whoever asks for one does not mean others that have some of its words."""


@dataclass(frozen=True, slots=True)
class Results:
    """What is shown for a query.

    Attributes:
        corrected: Another spelling whose results these are, because the one typed had none.
        alternative: Another spelling that is offered; these are the results of what was typed.
        relaxed: No document has all words; these have some of them.
    """

    query: Query
    plan: Plan
    found: Found
    corrected: str = ""
    alternative: str = ""
    relaxed: bool = False
    documents: Sequence[Document] = field(default=())

    @property
    def total(self) -> int:
        """Return how many there are in all."""
        return self.found.total


def ask(query: Query, *, literal: bool = False, facets: bool = True) -> Results:
    """Return the results of *query*.

    What finds nothing is tried again: as characters in a row in titles, in another spelling with the same
    sound, then with some of its words. *literal* keeps to what was typed.
    """
    wanted = plan(query)
    if query.text.strip() and wanted.is_empty:
        return Results(query, wanted, Found())  # nothing but signs: nothing is found
    results = _found(query, wanted, facets=facets)
    if literal or wanted.is_empty or results.total >= SCARCE:
        return results
    spelt = _other_spelling(query.folded)
    if results.total:
        return replace(results, alternative=spelt)
    tries = _tries(query, wanted, spelt, facets=facets)
    return next((again for again in tries if again.total), results)


def _tries(query: Query, wanted: Plan, spelt: str, *, facets: bool) -> Iterator[Results]:
    """Yield other readings of a query that found nothing, the closest first."""
    in_titles = _found(query, replace(wanted, match=Match.TITLE), facets=facets)
    yield replace(in_titles, alternative=spelt)
    if wanted.codes and NUMBER.fullmatch(query.folded.replace(" ", "")):
        return
    if spelt:
        again = _found(query, plan(query.but(text=spelt)), facets=facets)
        yield replace(again, corrected=spelt)
    if any(term.exact for term in wanted.terms):
        return  # quotation marks mean what they say
    for match in (Match.SOME, Match.ANY):
        some = _found(query, replace(wanted, match=match), facets=facets)
        yield replace(some, relaxed=True)


def _found(query: Query, wanted: Plan, *, facets: bool) -> Results:
    found = engine().find(wanted, facets=facets)
    # the index may be a moment behind the truth; what is no longer public is not shown
    public = still_public(found.documents)
    return Results(query, wanted, found, documents=[d for d in found.documents if d.name in public])


def _other_spelling(folded: str) -> str:
    """Return what titles have that sounds like *folded* and is written otherwise."""
    sounds = sounds_of_query(folded)
    if len(sounds) < 2 or not any(
        is_han(c) or c.isalpha() for c in folded
    ):  # one syllable fits anything
        return ""
    titles = engine().sounding(sounds, TITLES)
    spelt = commonest(sounding_part(title, sounds) for title in titles)
    return "" if one_line(spelt) == folded else spelt


def suggestions(text: str) -> list[Suggestion]:
    """Return what somebody may be about to type."""
    from gongkai.foundation.search.counting import often_asked  # noqa: PLC0415  # counting uses queries

    folded = Query(text).folded
    if len(folded) < 2:  # one character begins everything
        return []
    asked = [Suggestion(each, "") for each in often_asked(folded, SUGGESTED // 2)]
    titles = engine().suggest(folded, SUGGESTED)
    found: dict[str, Suggestion] = {}
    inside = _inside_titles(folded) if len(asked) + len(titles) < SUGGESTED else []
    for each in (*asked, *titles, *inside):
        found.setdefault(each.title, each)
    return list(found.values())[:SUGGESTED]


def _inside_titles(folded: str) -> list[Suggestion]:
    """Return titles that have *folded* somewhere, or what it spells in pinyin."""
    sounds = sounds_of_query(folded)
    if len(sounds) < 2:  # one syllable stands in everything
        return []
    titles = engine().sounding(sounds, TITLES)
    return [Suggestion(t, "") for t in titles if folded.isascii() or folded in one_line(t)]
