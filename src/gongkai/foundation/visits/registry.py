"""Which pages are counted: each area registers its own."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from gongkai.foundation.keys import BIGGEST

LONGEST = 100
"""Characters of an address that can be a counted page's."""

Place: TypeAlias = tuple[str, int]
"""Kind and key: what a visit is counted for."""
EVERYTHING: Final[Place] = ("all", 0)
"""Every visit of the portal."""


@dataclass(frozen=True, slots=True)
class VisitSource:
    """Pages of one kind.

    Attributes:
        kind: What is counted, such as ``item``; at most 20 letters.
        pattern: The whole address; its first group, where it has one, is the key.
        pages: Of the given keys returns those that have a public page, each with what its visits count for
            besides. Asked for many at once, with a constant number of queries.
    """

    kind: str
    pattern: re.Pattern[str]
    pages: Callable[[Collection[int]], Mapping[int, Sequence[Place]]]


_sources: Final[dict[str, VisitSource]] = {}


def register(source: VisitSource) -> VisitSource:
    """Have the pages of *source* counted."""
    _sources[source.kind] = source
    return source


def sources() -> dict[str, VisitSource]:
    """Return all by kind."""
    return dict(_sources)


def place_of(address: str) -> Place | None:
    """Return what the page at *address* is counted as; that there is such a page is not asked here."""
    if len(address) > LONGEST:
        return None
    for source in _sources.values():
        found = source.pattern.fullmatch(address)
        if found:
            key = int(found[1]) if source.pattern.groups else 0
            return (source.kind, key) if key < BIGGEST else None
    return None
