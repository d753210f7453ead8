"""Lists without end: a page by where the last one ended, never by counting or skipping what came before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

SIZE = 50
BEFORE, AFTER = "before", "after"
"""``?before=`` asks for what follows in the list, ``?after=`` for what stands above."""


@dataclass(frozen=True, slots=True)
class Capped:
    """How many there are, up to a limit beyond which nobody counts."""

    number: int
    more: bool

    def __str__(self) -> str:
        return f"{self.number}+" if self.more else str(self.number)

    def __bool__(self) -> bool:
        return self.number > 0


def capped(rows: QuerySet[Any], most: int = 1000) -> Capped:
    """Count *rows* up to *most*; the database stops there."""
    number = rows.order_by().values("pk")[: most + 1].count()
    return Capped(min(number, most), number > most)


@dataclass(frozen=True, slots=True)
class Slice:
    """A page of keys, with the cursors of its neighbours, empty at an end."""

    keys: Sequence[Any]
    previous: str
    next: str


def slice_of(request: HttpRequest, rows: QuerySet[Any], *, by: str = "", size: int = SIZE) -> Slice:
    """Return the keys of *rows*, the newest first, of the page that the request asks for; one query.

    *by* is a date field that comes before the key in the order, for lists that an index serves so.
    """
    order = [f"-{by}", "-pk"] if by else ["-pk"]
    backwards = AFTER in request.GET
    cursor = _cursor(request.GET.get(AFTER if backwards else BEFORE, ""), by)
    if cursor:
        rows = rows.filter(_beyond(cursor, by, "gt" if backwards else "lt"))
    backwards = backwards and cursor is not None
    rows = rows.order_by(*(name.removeprefix("-") for name in order) if backwards else order)
    found = list(rows.values_list("pk", *([by] if by else []))[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return Slice([], "", "")
    has_previous = more if backwards else cursor is not None
    has_next = True if backwards else more
    return Slice(
        [row[0] for row in found],
        _told(found[0]) if has_previous else "",
        _told(found[-1]) if has_next else "",
    )


def _told(row: Sequence[Any]) -> str:
    return "~".join(str(part) for part in row)


def _cursor(text: str, by: str) -> tuple[int, date | None] | None:
    """Return what *text* says, or ``None`` where it makes no sense: the list then begins at its start."""
    key, _, day = text.partition("~")
    if not (key.isascii() and key.isdigit() and len(key) < 19):
        return None
    if not by:
        return int(key), None
    try:
        return int(key), date.fromisoformat(day)
    except ValueError:
        return None


def _beyond(cursor: tuple[int, date | None], by: str, side: str) -> Q:
    key, day = cursor
    if not by:
        return Q(**{f"pk__{side}": key})
    # the first condition lets the index begin at the day
    return Q(**{f"{by}__{side}e": day}) & (Q(**{f"{by}__{side}": day}) | Q(**{f"pk__{side}": key}))
