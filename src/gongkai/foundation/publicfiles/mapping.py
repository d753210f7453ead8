"""The site map beside its items: the pages of organisations, some organisations in a part.

Any area may have pages that belong to an organisation (:attr:`~.registry.PageSource.of_organisations`) and has their
part written anew when there is another one. No part tells when a page changed: it would change with each.
"""

from collections.abc import Iterable, Iterator, Sequence

from gongkai.foundation.publicfiles.registry import sources

PER_PART = 50
"""Organisations in one part: with a hundred columns and ten reports each far below the 50,000 addresses allowed."""


def part(number: int) -> str:
    """Return the address of part *number*."""
    return f"/sitemap/organisations-{number}.xml"


def parts_of(organisations: Iterable[int]) -> set[str]:
    """Return the addresses of the parts that name the pages of *organisations*."""
    return {part(key // PER_PART) for key in organisations}


def pages_of(organisations: Sequence[int]) -> Iterator[str]:
    """Yield the pages of *organisations* for readers, each once."""
    seen: set[str] = set()
    for source in sources():
        for address in source.of_organisations(organisations) if source.of_organisations else ():
            if address not in seen:
                seen.add(address)
                yield address
