"""Where documents come from: every area's ``searching.py``."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gongkai.foundation.search.document import Document

Documents = Callable[[Sequence[str]], Iterable[Document]]
Keys = Callable[[str], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Source:
    """An area's answer to what is public.

    Attributes:
        kind: The kind of its documents; it stands in the index for good.
        title: What people read in the list of kinds.
        documents: Returns the documents of those of the given keys that are public now, with a
            constant number of queries.
        all_keys: Returns every public key behind the given one, always in the same order; from an empty
            key on, all. It streams: there may be a million.
        public: Returns those of the given keys that are public now; cheaper than their documents, where an
            area can tell that more cheaply.
    """

    kind: str
    title: str
    documents: Documents
    all_keys: Keys
    public: Callable[[Sequence[str]], Iterable[str]] | None = None


_sources: Final[dict[str, Source]] = {}


def search_source(
    kind: str,
    *,
    title: str,
    all_keys: Keys,
    public: Callable[[Sequence[str]], Iterable[str]] | None = None,
) -> Callable[[Documents], Documents]:
    """Register the decorated function as the source of documents of *kind*."""

    def register(documents: Documents) -> Documents:
        source = Source(kind, title, documents, all_keys, public)
        known = _sources.setdefault(kind, source)
        if known.documents.__module__ != documents.__module__:
            raise ValueError(f"two sources are called {kind}")
        return documents

    return register


def sources() -> Mapping[str, Source]:
    """Return every source by kind."""
    return dict(sorted(_sources.items()))


def public_documents(kind: str, keys: Sequence[str]) -> tuple[list[Document], list[str]]:
    """Return the documents of *keys* that are public now, and the names of those that are not.

    A kind that no source answers for any more is public no more.
    """
    source = _sources.get(kind)
    found = list(source.documents(keys)) if source else []
    there = {document.key for document in found}
    return found, [f"{kind}:{key}" for key in keys if key not in there]


_names: Final[list[Callable[[], Iterable[tuple[str, ...]]]]] = []


def register_names(names: Callable[[], Iterable[tuple[str, ...]]]) -> None:
    """Have *names* asked for groups of names that mean the same organisation, the full one first."""
    if names not in _names:
        _names.append(names)


def registered_names() -> Iterator[tuple[str, ...]]:
    """Yield every group of names that an area has registered."""
    for names in _names:
        yield from names()


def still_public(documents: Sequence[Document]) -> set[str]:
    """Return the names of those of *documents* that are public at this moment; a query or two a kind."""
    names: set[str] = set()
    for kind in {document.kind for document in documents}:
        source = _sources.get(kind)
        if source is None:
            continue
        keys = [document.key for document in documents if document.kind == kind]
        there = source.public(keys) if source.public else (d.key for d in source.documents(keys))
        names |= {f"{kind}:{key}" for key in there}
    return names
