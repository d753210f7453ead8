"""A page of what is due, the most urgent first, what has no day last; found by where the last page ended."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet
from django.http import HttpRequest

from gongkai.domain.applications.models import Term

SIZE = 50


@dataclass(frozen=True, slots=True)
class Part:
    """The keys of a page, and where the next one begins."""

    keys: list[int]
    next: str = ""


def part_of(request: HttpRequest, terms: QuerySet[Term], *, size: int = SIZE) -> Part:
    """Return the page of *terms* that the request asks for with ``?from=``; one query."""
    if beyond := _beyond(request.GET.get("from", "")):
        terms = terms.filter(beyond)
    rows = list(in_order(terms).values_list("pk", "due")[: size + 1])
    following = ""
    if len(rows) > size:
        key, due = rows[size - 1]
        following = f"{key}~{due or ''}"
    return Part([key for key, _ in rows[:size]], following)


def in_order(terms: QuerySet[Term]) -> QuerySet[Term]:
    """Put the most urgent first and what has no day last."""
    return terms.order_by(F("due").asc(nulls_last=True), "pk")


def _beyond(cursor: str) -> Q | None:
    """Return the condition for what comes after *cursor*; nothing for nonsense: the list then begins anew."""
    key, mark, day = cursor.partition("~")
    if not (mark and key.isascii() and key.isdigit() and len(key) < 19):
        return None
    if not day:
        return Q(due=None, pk__gt=int(key))
    try:
        due = date.fromisoformat(day)
    except ValueError:
        return None
    return Q(due__gt=due) | Q(due=due, pk__gt=int(key)) | Q(due=None)
