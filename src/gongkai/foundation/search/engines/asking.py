"""A plan as a query of tantivy."""

import tantivy

from gongkai.foundation.search.engines.schema import phrase, schema, term
from gongkai.foundation.search.query import Match, Plan, Query, Term, Way

TITLE = 2.5
"""What a word in the title weighs against one in the text."""
IN_A_ROW = 2.0
"""What the words of a term in a row weigh in the title; in the text they are looked for in the best only."""
AS_TYPED = 2.0
"""What a term weighs as it was typed against another way of saying it."""
EXACT_CODE = 10_000.0
LARGEST = 2**63 - 1
"""Key of an organisation; no larger one fits into the index."""
SOME = 0.67
"""The share of words that is enough when nothing has them all."""

Must, Should = tantivy.Occur.Must, tantivy.Occur.Should
Clause = tuple[tantivy.Occur, tantivy.Query]


def build(plan: Plan, *, ranked: bool = True) -> tantivy.Query:
    """Return what *plan* looks for, narrowed as it says.

    What is only counted need not be *ranked*: the same is found with less work.
    """
    wanted = _wanted(plan, ranked=ranked)
    narrowing = _narrowing(plan.query)
    if not narrowing:
        return wanted
    restricting = [(Must, tantivy.Query.const_score_query(each, 0.0)) for each in narrowing]
    return tantivy.Query.boolean_query([(Must, wanted), *restricting])


def _wanted(plan: Plan, *, ranked: bool) -> tantivy.Query:
    if plan.is_empty:
        return tantivy.Query.all_query()
    if plan.match is Match.TITLE:
        wanted = _joined(
            [(Must, _any([phrase("characters", w.characters) for w in t.ways])) for t in plan.terms]
        )
    elif plan.match in {Match.SOME, Match.ANY}:
        wanted = _some(plan.terms, share=SOME if plan.match is Match.SOME else 0)
    else:
        wanted = _joined([clause for each in plan.terms for clause in _term(each, ranked=ranked)])
    if not plan.codes:
        return wanted
    exact = [tantivy.Query.const_score_query(term("code", each), EXACT_CODE) for each in plan.codes]
    return _joined([(Should, wanted), *((Should, each) for each in exact)])


def _term(wanted: Term, *, ranked: bool) -> list[Clause]:
    if wanted.exact:
        sequence = wanted.ways[0].phrase
        title = tantivy.Query.boost_query(phrase("title", sequence), TITLE)
        found: list[Clause] = [(Must, phrase("words", sequence))]
        return [*found, (Should, title)] if ranked else found
    if len(wanted.ways) == 1:
        return _way(wanted.ways[0], ranked=ranked)
    # whatever has more words gathers more weight; each way is to weigh as if it had as many as the first
    literal = wanted.ways[0]
    weighed = [
        tantivy.Query.boost_query(
            _joined(_way(way, ranked=ranked)),
            (AS_TYPED if way is literal else 1.0) * len(literal.parts) / len(way.parts),
        )
        for way in wanted.ways
    ]
    return [(Must, _any(weighed))]


def _way(way: Way, *, ranked: bool) -> list[Clause]:
    """Return what a document must have, and what makes it better."""
    clauses: list[Clause] = [(Must, phrase("words", part)) for part in way.parts]
    if not ranked:
        return clauses
    boost = tantivy.Query.boost_query
    clauses += [(Should, boost(phrase("title", part), TITLE)) for part in way.parts]
    if len(way.parts) > 1:
        clauses.append((Should, boost(phrase("title", way.phrase), IN_A_ROW)))
    return clauses


def _some(terms: tuple[Term, ...], *, share: float) -> tantivy.Query:
    parts = {part for each in terms for part in each.ways[0].parts}
    if len(parts) == 1:
        # a single part of several words may do with some of them
        parts = {(word,) for part in parts for word in part if len(part) > 1}
    if not parts:
        return tantivy.Query.empty_query()
    clauses: list[Clause] = [(Should, phrase("words", part)) for part in sorted(parts)]
    return tantivy.Query.boolean_query(
        clauses, minimum_number_should_match=max(1, int(len(parts) * share))
    )


def _narrowing(asked: Query) -> list[tantivy.Query]:
    made = [_of_facet(facet, value) for facet, value in asked.filters.items()]
    if asked.column:
        made.append(term("column", asked.column))
    if asked.within.isalnum():
        made.append(tantivy.Query.regex_query(schema(), "path", f"{asked.within}.*"))
    if asked.since or asked.until:
        made.append(
            tantivy.Query.range_query(
                schema(),
                "day",
                tantivy.FieldType.Integer,
                lower_bound=asked.since.toordinal() if asked.since else 1,
                upper_bound=asked.until.toordinal() if asked.until else None,
            )
        )
    return made


def _of_facet(facet: str, value: str) -> tantivy.Query:
    if facet != "organisation":
        return term(facet, value)
    if not value.isdecimal() or int(value) > LARGEST:
        return tantivy.Query.empty_query()
    return term(facet, int(value))


def _any(queries: list[tantivy.Query]) -> tantivy.Query:
    return queries[0] if len(queries) == 1 else tantivy.Query.disjunction_max_query(queries)


def _joined(clauses: list[Clause]) -> tantivy.Query:
    if len(clauses) == 1:
        return clauses[0][1]
    return tantivy.Query.boolean_query(clauses)
