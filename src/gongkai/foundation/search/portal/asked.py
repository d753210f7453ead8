"""A query in an address, both ways; what is odd in it is left out, never an error."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.http import QueryDict

from gongkai.foundation.search.folding import fold
from gongkai.foundation.search.query import DEEPEST, FACETS, LONGEST, Query, Sort

LONGEST_VALUE = 80
DIGITS = 12


def query_of(told: QueryDict) -> Query:
    """Return the query that the address asks for."""
    filters = {}
    for facet in FACETS:
        value = _clean(told.get(facet, ""))
        if value and (facet not in {"organisation", "year"} or _is_number(value)):
            filters[facet] = value
    since, until = _day(told.get("from", "")), _day(told.get("to", ""))
    if since and until and since > until:
        since, until = until, since
    sort = told.get("sort", "")
    page = told.get("page", "")
    return Query(
        text=told.get("q", "")[: LONGEST * 4].replace("\x00", " "),
        filters=filters,
        within=_clean(told.get("within", "")) if _clean(told.get("within", "")).isalnum() else "",
        column=_clean(told.get("column", "")),
        since=since,
        until=until,
        sort=Sort(sort) if sort in list(Sort) else Sort.RELEVANCE,
        page=min(max(int(page), 1), DEEPEST) if _is_number(page) else 1,
    )


def address_of(query: Query, **changes: str | None) -> str:
    """Return the part of the address behind the question mark, without what is as always.

    Args:
        query: What it leads to.
        changes: Parameters to set, or to take out with ``None``; the page goes back to the first.
    """
    parts: dict[str, str | None] = {"q": query.text.strip(), **query.filters}
    parts |= {
        "within": query.within,
        "column": query.column,
        "from": query.since.isoformat() if query.since else "",
        "to": query.until.isoformat() if query.until else "",
        "sort": query.sort.value if query.sort is not Sort.RELEVANCE else "",
    }
    parts |= changes
    return urlencode({key: value for key, value in parts.items() if value})


def hidden(query: Query) -> Mapping[str, str]:
    """Return what a form has to carry along besides the text."""
    kept = {**query.filters, "within": query.within, "column": query.column}
    return {key: value for key, value in kept.items() if value}


def _clean(value: str) -> str:
    return "".join(c for c in value[:LONGEST_VALUE] if c.isprintable()).strip()


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdigit() and len(value) < DIGITS


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(fold(value[:10]).strip())
    except ValueError:
        return None
