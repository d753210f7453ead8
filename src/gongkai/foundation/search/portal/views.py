"""The search page, the suggestions while typing, and a search as a feed."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from gongkai.foundation.callers import caller_of
from gongkai.foundation.search import counting
from gongkai.foundation.search.asking import Results, ask, suggestions
from gongkai.foundation.search.document import Document
from gongkai.foundation.search.highlighting import highlighted, pattern, snippet
from gongkai.foundation.search.portal.asked import address_of, hidden, query_of
from gongkai.foundation.search.query import DEEPEST, FACETS, QUOTES, Query, Sort
from gongkai.foundation.search.sources import sources

SHOWN_VALUES = 6
"""Values of a facet that are open; the rest unfolds."""
SORTS = {Sort.RELEVANCE: "相关度", Sort.NEWEST: "最新", Sort.OLDEST: "最早"}
EXAMPLES = ("政府信息公开指南", "财政预算", "公租房", "医疗保险", "zhengfu gongbao")


@dataclass(frozen=True, slots=True)
class Hit:
    """A result as it stands on the page."""

    document: Document
    title: SafeString
    snippet: SafeString
    kind: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that the results can be narrowed to, or that is taken off again."""

    label: str
    count: int
    href: str
    is_open: bool


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show the results of a query."""
    query = query_of(request.GET)
    text = query.text.strip()
    context: dict[str, Any] = {"query": query, "text": text, "sorts": _sorts(query)}
    context["told"] = text.strip(QUOTES)  # the page puts its own around it
    if not query.folded and not query.is_narrowed:
        context |= {"examples": EXAMPLES, "kinds": _kinds()}
        return _answer(request, context)
    results = ask(query, literal=request.GET.get("literal") == "1")
    if query.page == 1 and not query.is_narrowed:
        counting.count(query.folded, results.total, caller=caller_of(request))
    context |= {
        "results": results,
        "hits": _hits(results),
        "facets": _facets(results),
        "chosen": _chosen(results),
        "pages": _pages(results),
        "literal": address_of(query, literal="1"),
        "spelt": address_of(query, q=results.alternative),
        "feed": f"{reverse('search:feed')}?{address_of(query, sort=None)}",
        "hidden": hidden(query),
        "dates": _dates(query),
        "examples": EXAMPLES,
    }
    return _answer(request, context)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Return what may be meant by what has been typed so far."""
    found = suggestions(request.GET.get("q", "")[:200].replace("\x00", " "))
    address = reverse("search:search")
    told = [
        {
            "text": each.title,
            "href": each.url or f"{address}?{address_of(Query(each.title))}",
            "is_query": not each.url,
        }
        for each in found
    ]
    return JsonResponse({"suggestions": told}, json_dumps_params={"ensure_ascii": False})


def _answer(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    response = render(request, "search/portal.html", context)
    # results are no pages of their own for search engines, and change by the minute
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response


def _hits(results: Results) -> list[Hit]:
    found = pattern(results.plan.marked)
    known = sources()
    return [
        Hit(
            document=each,
            title=highlighted(each.title, found),
            snippet=snippet(each.text, found),
            kind=known[each.kind].title if each.kind in known else "",
        )
        for each in results.documents
    ]


def _facets(results: Results) -> list[dict[str, Any]]:
    shown = []
    for facet, title in FACETS.items():
        values = results.found.facets.get(facet, ())
        if facet in results.query.filters or len(values) < 2:  # one value narrows nothing
            continue
        choices = [
            Choice(v.label, v.count, address_of(results.query, **{facet: v.value}), is_open=False)
            for v in values
        ]
        shown.append(
            {
                "title": title,
                "first": choices[:SHOWN_VALUES],
                "more": choices[SHOWN_VALUES:],
            }
        )
    return shown


def _chosen(results: Results) -> list[Choice]:
    query = results.query
    chosen = []
    for facet, value in query.filters.items():
        labels = {v.value: v.label for v in results.found.facets.get(facet, ())}
        label = f"{FACETS[facet]}：{labels.get(value, value)}"
        chosen.append(Choice(label, 0, address_of(query, **{facet: None}), is_open=True))
    if query.since or query.until:
        label = f"日期：{query.since or '最早'} 至 {query.until or '今天'}"
        chosen.append(
            Choice(label, 0, address_of(query, **{"from": None, "to": None}), is_open=True)
        )
    if query.column:
        titles = (each.column for each in results.documents if each.column_key == query.column)
        label = f"栏目：{next(titles, '') or '只在一个栏目内'}"
        chosen.append(Choice(label, 0, address_of(query, column=None), is_open=True))
    if query.within:
        chosen.append(Choice("只在一个机构内", 0, address_of(query, within=None), is_open=True))
    return chosen


def _pages(results: Results) -> dict[str, Any]:
    query = results.query
    last = min(-(-results.total // query.size), DEEPEST)
    near = range(max(1, query.page - 3), min(last, query.page + 3) + 1)
    return {
        "last": last,
        "numbers": [(number, address_of(query, page=str(number))) for number in near]
        if last > 1
        else [],
        "before": address_of(query, page=str(query.page - 1)) if query.page > 1 else "",
        "after": address_of(query, page=str(query.page + 1)) if query.page < last else "",
        "is_cut": -(-results.total // query.size) > DEEPEST,
    }


def _sorts(query: Query) -> list[tuple[str, str, bool]]:
    return [
        (
            title,
            address_of(query, sort=None if sort is Sort.RELEVANCE else sort.value),
            sort is query.sort,
        )
        for sort, title in SORTS.items()
    ]


def _dates(query: Query) -> dict[str, str]:
    return {
        "since": query.since.isoformat() if query.since else "",
        "until": query.until.isoformat() if query.until else "",
    }


def _kinds() -> list[tuple[str, str]]:
    """Return the kinds of what can be found, each with the address that lists them."""
    return [
        (source.title, address_of(Query(filters={"kind": kind})))
        for kind, source in sources().items()
    ]
