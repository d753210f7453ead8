"""Who has pages: each area registers what it owns, what there is, and how it is rendered."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final, TypeAlias, TypeVar

Thing = TypeVar("Thing")

Body: TypeAlias = bytes | Path | None
"""What stands at an address: bytes, a file that is there already and only linked, or nothing."""


@dataclass(frozen=True, slots=True)
class PageSource:
    """An area's pages.

    Attributes:
        name: Its name among sources.
        title: What people read.
        owns: The addresses that are its own: a folder (``/reports/``, with all below) or one page (``/``).
        all_pages: Yields every address that has a file, each once, in simplified characters.
        gathering: Those of its own, told likewise, that show many things and change with each: they are written last.
        group: Yields the pages of a group by its key, for :func:`~.actions.touch_group`.
        looks: Folders and files whose content decides how the pages look; when it changes, all are rewritten.
        of_organisations: Yields the pages for readers that belong to the organisations given, for the site map.
        render_many: Yields address and body of each address given; must say what the request handler would say.
    """

    name: str
    title: str
    owns: tuple[str, ...]
    all_pages: Callable[[], Iterable[str]]
    gathering: tuple[str, ...] = ()
    group: Callable[[str], Iterable[str]] | None = None
    looks: tuple[Path, ...] = ()
    of_organisations: Callable[[Sequence[int]], Iterable[str]] | None = None
    render_many: Callable[[Sequence[str]], Iterator[tuple[str, Body]]] | None = None


_sources: Final[dict[str, PageSource]] = {}


def register(source: PageSource) -> PageSource:
    """Let *source* take part."""
    _sources[source.name] = source
    return source


def sources() -> tuple[PageSource, ...]:
    """Return all, in the order of their names."""
    return tuple(_sources[name] for name in sorted(_sources))


def source_of(address: str) -> PageSource | None:
    """Return whose page *address* is: that of the longest folder that holds it, or of the page itself."""
    best: tuple[int, PageSource | None] = (0, None)
    for source in _sources.values():
        for owned in source.owns:
            if _holds(owned, address) and len(owned) > best[0]:
                best = (len(owned), source)
    return best[1]


def is_gathering(address: str) -> bool:
    """Tell whether the page at *address* shows many things."""
    return any(_holds(told, address) for each in _sources.values() for told in each.gathering)


def _holds(told: str, address: str) -> bool:
    """Tell whether *told*, a folder or a page, means the page at *address*."""
    return address == told or (told != "/" and told.endswith("/") and address.startswith(told))


def in_batches(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """Yield *things* in lists of *size*."""
    rest = iter(things)
    while batch := list(islice(rest, size)):
        yield batch
