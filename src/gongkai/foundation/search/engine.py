"""What an index can do, whatever it is made of."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

from django.conf import settings

from gongkai.foundation.search.document import Document
from gongkai.foundation.search.query import Plan


@dataclass(frozen=True, slots=True)
class Value:
    """A value that results can be narrowed to, and how many there are of it."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Found:
    """What an engine found: a page of documents, how many there are in all, and the counts by facet."""

    documents: Sequence[Document] = ()
    total: int = 0
    facets: Mapping[str, Sequence[Value]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A title that begins with what is being typed."""

    title: str
    url: str


class Rebuild(Protocol):
    """A new index, beside the one in use."""

    def done(self, kind: str) -> tuple[str, int] | None:
        """Return up to which key *kind* is in it from an earlier start, and how many documents."""

    def put(self, kind: str, documents: Sequence[Document], *, after: str, count: int) -> None:
        """Put *documents* in and remember that *kind* is through up to the key *after*."""

    def renew(self, documents: Sequence[Document], gone: Sequence[str]) -> None:
        """Put in, and take out, what changed while it was built."""

    def change_over(self) -> int:
        """Have searches use it; return how many documents it has."""


class Engine(Protocol):
    """An index over documents."""

    name: str

    def write(self, documents: Iterable[Document], gone: Iterable[str]) -> None:
        """Put *documents* in, in place of those of the same name, and take out those named in *gone*."""

    def find(self, plan: Plan, *, facets: bool = True) -> Found:
        """Return what *plan* looks for."""

    def suggest(self, text: str, limit: int) -> list[Suggestion]:
        """Return titles that begin with folded *text*, or whose initials do."""

    def sounding(self, sounds: Sequence[str], limit: int) -> list[str]:
        """Return titles in which *sounds* follow each other."""

    def size(self) -> int:
        """Return how many documents are in it."""

    def is_current(self) -> bool:
        """Tell whether there is an index, and this state of the software can read it."""

    def is_building(self) -> bool:
        """Tell whether a new index has been begun."""

    def rebuild(self, *, afresh: bool) -> AbstractContextManager[Rebuild]:
        """Return a new index to be filled; one that was begun before, unless *afresh*."""


@cache
def _engine(name: str, place: str) -> Engine:
    if name == "postgresql":
        from gongkai.foundation.search.engines.postgresql import PostgreSQL  # noqa: PLC0415

        return PostgreSQL()
    from gongkai.foundation.search.engines.embedded import Embedded  # noqa: PLC0415

    return Embedded(place)


def engine() -> Engine:
    """Return the engine of the settings."""
    return _engine(settings.GONGKAI_SEARCH_ENGINE, str(settings.GONGKAI_SEARCH_INDEX))
