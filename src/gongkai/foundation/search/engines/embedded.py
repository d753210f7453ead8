"""tantivy inside the process: the default, and the fastest that was measured.

The index is a folder that the file ``current`` names, so that a new one takes its place in one step.
Readers look at both on every search and open what is new. One writer at a time: a lock on a file, held
while a batch is written.
"""

import math
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import tantivy

from gongkai.foundation import clock
from gongkai.foundation.search.document import Document
from gongkai.foundation.search.engine import Found, Suggestion, Value
from gongkai.foundation.search.engines import asking, schema
from gongkai.foundation.search.engines.folder import Folder
from gongkai.foundation.search.query import FACETS, Plan, Sort

CANDIDATES = 60
"""How many of the best are put in order by freshness too."""
FRESH_DAYS = 730
FRESHNESS = 0.4
"""What a document of today gains over one that is very old; half of it is gone after two years."""
COMMIT = 20_000
"""Documents between two commits of a rebuild."""
HEAP = 64_000_000
READ = 30
"""How many of the best have their text looked at for words in a row; the index would look at all that have the words."""
IN_A_ROW = 0.5
"""What a document gains whose text has the words of every term in a row."""


class Freshness(dict[Any, float]):
    """What a score is multiplied with, by the day of the document; filled as days turn up."""

    def __init__(self, today: int) -> None:
        super().__init__()
        self.today = today

    def __missing__(self, day: Any) -> float:
        gain = 1 + FRESHNESS * math.exp2(min(0, int(day or 0) - self.today) / FRESH_DAYS)
        self[day] = gain
        return gain


_freshness = lru_cache(maxsize=1)(Freshness)


class Embedded:
    """The engine in a folder."""

    name = "embedded"

    def __init__(self, place: str) -> None:
        self.folder = Folder(Path(place))
        self._lock = threading.Lock()
        self._open: tuple[str, tantivy.Index] | None = None
        self._seen: tuple[str, int] | None = None
        self._names: dict[int, str] = {}

    # -- writing

    def write(self, documents: Iterable[Document], gone: Iterable[str]) -> None:
        """Put *documents* in and take out *gone*, one commit."""
        with self.folder.lock():
            name = self.folder.current() or self.folder.begin()
            index = schema.open_index(self.folder.place(name))
            with writing(index, threads=1) as writer:
                for document in documents:
                    writer.delete_documents_by_term("name", document.name)
                    writer.add_document(schema.entry(document))
                for each in gone:
                    writer.delete_documents_by_term("name", each)
            if self.folder.current() != name:
                self.folder.change_over(name)

    def is_current(self) -> bool:
        """Tell whether there is an index of this edition."""
        return bool(self.folder.current())

    def is_building(self) -> bool:
        """Tell whether a new index has been begun."""
        return self.folder.is_building()

    @contextmanager
    def rebuild(self, *, afresh: bool) -> Iterator["NewIndex"]:
        """Return a new index beside the current one."""
        with self.folder.building_lock():
            fresh = NewIndex(self, self.folder.resume(afresh=afresh))
            try:
                yield fresh
            finally:
                fresh.finish()  # what was done is kept, whatever comes in between

    # -- reading

    def _searcher(self) -> tantivy.Searcher | None:
        name, changed = self.folder.state()
        if not name:
            return None
        if self._seen != (name, changed) or self._open is None:
            with self._lock:
                if self._open is None or self._open[0] != name:
                    self._open = (name, schema.open_index(self.folder.place(name)))
                self._open[1].reload()
                self._seen = (name, changed)
                self._names = {}  # one of them may have changed
        return self._open[1].searcher()

    def size(self) -> int:
        """Return how many documents are in it."""
        searcher = self._searcher()
        return searcher.num_docs if searcher else 0

    def find(self, plan: Plan, *, facets: bool = True) -> Found:
        """Return a page of documents, the total, and the counts by facet."""
        searcher = self._searcher()
        if searcher is None or not searcher.num_docs:
            return Found()
        asked = plan.query
        start = (asked.page - 1) * asked.size
        wanted = asking.build(plan)
        if asked.sort is Sort.RELEVANCE and not plan.is_empty:
            shown, total = self._ranked(searcher, plan, wanted)
        else:
            result = searcher.search(
                wanted,
                limit=asked.size,
                offset=start,
                order_by_field="day",
                order=tantivy.Order.Asc if asked.sort is Sort.OLDEST else tantivy.Order.Desc,
            )
            shown = [schema.shown(searcher.doc(at)) for _, at in result.hits]
            total = int(result.count)  # type: ignore[attr-defined]  # left out of the stubs
        counts = self._facets(searcher, plan) if facets and total else {}
        return Found([schema.document(each) for each in shown], total, counts)

    def _ranked(
        self, searcher: tantivy.Searcher, plan: Plan, wanted: tantivy.Query
    ) -> tuple[list[bytes], int]:
        """Return a page of what is shown: the best by words, words in a row and freshness, the rest by words."""
        start, size = (plan.query.page - 1) * plan.query.size, plan.query.size
        result = searcher.search(wanted, limit=max(CANDIDATES, start + size))
        total = int(result.count)  # type: ignore[attr-defined]  # left out of the stubs
        best = list(result.hits)
        if start >= CANDIDATES:
            return [schema.shown(searcher.doc(at)) for _, at in best[start:]], total
        days = searcher.fast_field_values("day", [at for _, at in best])
        fresh = map(_freshness(clock.today().toordinal()).__getitem__, days)
        weights = [score * gain for (score, _), gain in zip(best, fresh, strict=True)]
        rows = [[row.encode() for row in ways] for ways in plan.rows]
        read = [schema.shown(searcher.doc(at)) for _, at in best[:READ]] if rows else []
        for at, kept in enumerate(read):
            begin = schema.text_begins(kept)
            met = sum(any(kept.find(row, begin) > 0 for row in ways) for ways in rows)
            weights[at] *= 1 + IN_A_ROW * met / len(rows)
        order = sorted(range(len(best)), key=weights.__getitem__, reverse=True)
        return [
            read[at] if at < len(read) else schema.shown(searcher.doc(best[at][1]))
            for at in order[start : start + size]
        ], total

    def _facets(self, searcher: tantivy.Searcher, plan: Plan) -> dict[str, list[Value]]:
        told = searcher.aggregate(asking.build(plan, ranked=False), schema.AGGREGATIONS)
        counted = {
            facet: [(each["key"], each["doc_count"]) for each in told[facet]["buckets"]]
            for facet in FACETS
        }
        organisations = [
            Value(str(key), self._name_of(searcher, key), count)
            for key, count in counted.pop("organisation")
        ]
        found = {facet: schema.values(facet, each) for facet, each in counted.items()}
        return found | {"organisation": organisations}

    def _name_of(self, searcher: tantivy.Searcher, organisation: int) -> str:
        """Return the name of *organisation* as its newest document has it; kept until something is written."""
        if name := self._names.get(organisation):
            return name
        by_key = schema.term("organisation", organisation)
        newest = searcher.search(by_key, limit=1, count=False, order_by_field="day")
        issuers = (schema.document(schema.shown(searcher.doc(at))).issuer for _, at in newest.hits)
        name = next((issuer.name for issuer in issuers if issuer), "")
        self._names[organisation] = name
        return name

    def suggest(self, text: str, limit: int) -> list[Suggestion]:
        """Return titles that begin with *text*, or whose initials do."""
        searcher = self._searcher()
        if searcher is None or not text:
            return []
        letters = text.replace(" ", "")
        field = "initials" if letters.isascii() and letters.isalnum() else "beginning"
        terms = searcher.terms_with_prefix(
            field, letters if field == "initials" else text, limit=limit
        )
        found: dict[str, Suggestion] = {}
        for term, _ in terms:
            for _, at in searcher.search(schema.term(field, term), limit=2, count=False).hits:
                shown = schema.document(schema.shown(searcher.doc(at)))
                found.setdefault(shown.title, Suggestion(shown.title, shown.url))
        return list(found.values())[:limit]

    def sounding(self, sounds: Sequence[str], limit: int) -> list[str]:
        """Return titles in which *sounds* follow each other."""
        searcher = self._searcher()
        if searcher is None or not sounds:
            return []
        result = searcher.search(schema.phrase("sounds", sounds), limit=limit, count=False)
        return [schema.document(schema.shown(searcher.doc(at))).title for _, at in result.hits]


class NewIndex:
    """An index that is being built in its own folder."""

    def __init__(self, owner: Embedded, name: str) -> None:
        self.owner, self.name = owner, name
        self._place = owner.folder.place(name)
        self._index = schema.open_index(self._place)
        self._writer: tantivy.IndexWriter | None = None
        self._through: dict[str, list[Any]] = owner.folder.progress(name)
        # what was committed, and then not written down as done, is put in again
        self._index.reload()
        self._is_resumed = self._index.searcher().num_docs > 0
        self._unwritten = 0

    def done(self, kind: str) -> tuple[str, int] | None:
        """Return up to which key *kind* is in it."""
        told = self._through.get(kind)
        return (told[0], told[1]) if told else None

    def put(self, kind: str, documents: Sequence[Document], *, after: str, count: int) -> None:
        """Put *documents* in; commit now and then, and remember."""
        if self._writer is None:
            self._writer = self._index.writer(HEAP * 2, 2)
        for document in documents:
            if self._is_resumed:
                self._writer.delete_documents_by_term("name", document.name)
            self._writer.add_document(schema.entry(document))
        self._unwritten += len(documents)
        self._through[kind] = [after, count]
        if self._unwritten >= COMMIT:
            self._commit()

    def _commit(self) -> None:
        if self._writer is not None:
            self._writer.commit()
        self._unwritten = 0
        self._is_resumed = False
        self.owner.folder.remember(self.name, self._through)

    def finish(self) -> None:
        """End all merging."""
        if self._writer is not None:
            self._commit()
            self._writer.wait_merging_threads()
            self._writer = None

    def change_over(self) -> int:
        """Have searches use it, and remove the old one."""
        self.finish()
        with self.owner.folder.lock():
            self.owner.folder.change_over(self.name)
        return self.owner.size()

    def renew(self, documents: Sequence[Document], gone: Sequence[str]) -> None:
        """Put in, and take out, what changed while it was built."""
        self.finish()
        with writing(self._index, threads=1) as writer:
            for document in documents:
                writer.delete_documents_by_term("name", document.name)
                writer.add_document(schema.entry(document))
            for each in gone:
                writer.delete_documents_by_term("name", each)


@contextmanager
def writing(index: tantivy.Index, *, threads: int) -> Iterator[tantivy.IndexWriter]:
    """Give a writer whose work is committed at the end, or not at all."""
    writer = index.writer(HEAP, threads)
    try:
        yield writer
        writer.commit()
    except BaseException:
        writer.rollback()
        raise
    finally:
        writer.wait_merging_threads()
