"""A run over a collection: what is new is read and checked, and goes into the store batch by batch."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from gongkai.core.corpus.engines import Engine
from gongkai.core.corpus.store import Store, short_key
from gongkai.core.corpus.work import READER, Outcome, Status, Task
from gongkai.core.extraction.sources import collect

BATCH = 200
BATCH_SECONDS = 10.0
BATCH_CHARACTERS = 32 * 2**20
SECONDS = 60.0


@dataclass
class Progress:
    """How far a run has come.

    Attributes:
        seen: Files met.
        known: Files whose content was in the store before.
        copies: Files with the content of another of this run.
        done: Documents finished in this run, by status.
    """

    seen: int = 0
    known: int = 0
    copies: int = 0
    done: Counter[Status] = field(default_factory=Counter)


def run(  # noqa: PLR0913  # all but the first three by name
    paths: Iterable[str | Path],
    store: Store,
    engine: Engine,
    *,
    jobs: int,
    seconds: float = SECONDS,
    batch: int = BATCH,
    reader: str = READER,
    tell: Callable[[Progress], None] = lambda _: None,
) -> Progress:
    """Read and check what is behind *paths* into *store*; return what was done.

    What is in the store already, told by its content, is not read again.

    Args:
        paths: Files, directories and archives.
        store: Where the rows go.
        engine: Runs the work on documents.
        jobs: Workers.
        seconds: Time for one document.
        batch: Documents written at once; a run that is killed loses no more.
        reader: Import path of the function that reads.
        tell: Called whenever a file was met or a document finished.
    """
    progress = Progress()
    seen: set[bytes] = set()
    known = store.known()
    writer = _Writer(store, batch)

    def tasks() -> Iterator[Task]:
        for source in collect(paths):
            progress.seen += 1
            data = source.data
            key = hashlib.sha256(source.name.encode() if data is None else data).hexdigest()
            if short_key(key) in known:
                progress.known += 1
            elif short_key(key) in seen:
                progress.copies += 1
            elif data is None:
                finished(
                    Outcome.without_reading(
                        key, source.name, Status.UNREADABLE, str(source.problem or "")
                    )
                )
            else:
                seen.add(short_key(key))
                yield Task(key, source.name, data, reader)
            tell(progress)

    def finished(outcome: Outcome) -> None:
        seen.add(short_key(outcome.key))
        progress.done[outcome.status] += 1
        writer.add(outcome)
        tell(progress)

    for outcome in engine(tasks(), jobs, seconds):
        finished(outcome)
    writer.flush()
    return progress


class _Writer:
    """Collects outcomes until a batch is full, old or large."""

    def __init__(self, store: Store, size: int) -> None:
        self.store, self.size = store, size
        self.outcomes: list[Outcome] = []
        self.characters = 0
        self.since = monotonic()

    def add(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        self.characters += sum(map(len, outcome.lines.values()))
        old = monotonic() - self.since > BATCH_SECONDS
        if old or len(self.outcomes) >= self.size or self.characters > BATCH_CHARACTERS:
            self.flush()

    def flush(self) -> None:
        if self.outcomes:
            self.store.write(self.outcomes)
        self.outcomes, self.characters, self.since = [], 0, monotonic()
