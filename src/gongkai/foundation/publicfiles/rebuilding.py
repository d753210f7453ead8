"""Everything anew, and the proof that nothing differs."""

import os
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import Self

from django.db import transaction

from gongkai.foundation.publicfiles.actions import NOTES, note
from gongkai.foundation.publicfiles.draining import BATCH, NotAllWritten, drain, pool, waiting
from gongkai.foundation.publicfiles.models import OutdatedPage
from gongkai.foundation.publicfiles.places import STAMP, place_of, root, stamp
from gongkai.foundation.publicfiles.registry import Body, in_batches, sources
from gongkai.foundation.publicfiles.rendering import render_many
from gongkai.foundation.publicfiles.writing import FRESH, put_now, remove, same

UNDER_WAY = ".rebuild"
"""Says in the folder which rebuild is under way and how far it is, for whoever takes it up again."""
ABANDONED = 3600
"""Seconds after which a new file that nobody put in place is rubbish."""

MISSING, OTHER, STRAY, BROKEN = "缺少", "与现在的内容不同", "多余", "无法生成"


def all_pages() -> Iterator[str]:
    """Yield every address of every source."""
    return chain.from_iterable(source.all_pages() for source in sources())


def rebuild(processes: int = 1) -> Iterator[tuple[int, int]]:
    """Write every page, take away what is no page any more, and set the stamp; yield how many of how many.

    Stopped at any point it goes on where it was when it is started again: what is not written yet is noted in
    the database. Pages are replaced, not taken away first, and nobody is kept from publishing meanwhile.
    """
    if _under_way() != f"{stamp()} writing":
        _say_under_way("noting")
        for batch in in_batches(all_pages(), NOTES):
            with transaction.atomic():
                note(batch, anew=False)
        _say_under_way("writing")
    total, done, failure = waiting(), 0, None
    yield 0, total
    try:
        for outcome in drain(processes):
            done += len(outcome.settled) + len(outcome.failed)
            yield done, total
    except NotAllWritten as error:
        failure = error  # the others are good, and are to be served
    sweep()
    put_now(root() / STAMP, stamp().encode())
    (root() / UNDER_WAY).unlink(missing_ok=True)
    if failure:
        raise failure


def sweep() -> int:
    """Take away files that belong to no page, and say how many."""
    with Leftovers() as left:
        for batch in in_batches(all_pages(), NOTES):
            left.expect(batch)
        count = 0
        for stray in left:
            remove(root() / stray)
            count += 1
    return count


def differing(processes: int = 1) -> Iterator[tuple[str, str]]:
    """Yield each page whose file is missing, differs or has no page, with what is the matter.

    Pages that wait to be written are left out: they are known to be outdated.
    """
    with Leftovers() as left:
        if processes > 1:
            with pool(processes) as workers:
                for found in workers.map(_compare, _expected(left), chunksize=1):
                    yield from found
        else:
            for batch in _expected(left):
                yield from _compare(batch)
        for stray in left:
            yield stray, STRAY


def _expected(left: "Leftovers") -> Iterator[list[str]]:
    for batch in in_batches(all_pages(), BATCH):
        left.expect(batch)
        yield batch


def _compare(addresses: list[str]) -> list[tuple[str, str]]:
    noted = set(
        OutdatedPage.objects.filter(address__in=addresses).values_list("address", flat=True)
    )
    found = []
    for address, body in render_many([a for a in addresses if a not in noted]):
        matter = BROKEN if isinstance(body, Exception) else _matter(address, body)
        if matter:
            found.append((address, matter))
    return found


def _matter(address: str, body: Body) -> str:
    place = place_of(address)
    if place is None or body is None:
        return STRAY if place is not None and place.exists() else ""
    if not place.exists():
        return MISSING
    return "" if same(place, body) else OTHER


class Leftovers:
    """The files of the folder, less those that are expected; on the disk, however many there are.

    The files are listed first: a page that is published while pages are being asked for is never taken for
    a stray.
    """

    def __enter__(self) -> Self:
        self._file = tempfile.NamedTemporaryFile(prefix="gongkai-files-")  # closed below
        self._table = sqlite3.connect(
            self._file.name, isolation_level=None, check_same_thread=False
        )
        self._table.execute("PRAGMA journal_mode=OFF")
        self._table.execute("CREATE TABLE file (name TEXT PRIMARY KEY) WITHOUT ROWID")
        self._insert(self._walk())
        return self

    def __exit__(self, *_: object) -> None:
        self._table.close()
        self._file.close()

    def __iter__(self) -> Iterator[str]:
        """Yield what belongs to no page."""
        with closing(self._table.execute("SELECT name FROM file ORDER BY name")) as rows:
            yield from (name for (name,) in rows)

    def expect(self, addresses: Iterable[str]) -> None:
        """Strike the files of *addresses* from the list."""
        top = f"{root()}/"
        places = map(place_of, addresses)
        names = [(str(place).removeprefix(top),) for place in places if place is not None]
        self._table.execute("BEGIN")
        self._table.executemany("DELETE FROM file WHERE name = ?", names)
        self._table.execute("COMMIT")

    def _insert(self, names: Iterator[str]) -> None:
        for batch in in_batches(names, NOTES):
            self._table.execute("BEGIN")
            self._table.executemany("INSERT OR IGNORE INTO file VALUES (?)", [(n,) for n in batch])
            self._table.execute("COMMIT")

    def _walk(self) -> Iterator[str]:
        top = root()
        for folder, _, names in os.walk(top):
            inside = Path(folder).relative_to(top).as_posix().removeprefix(".")
            before = f"{inside}/" if inside else ""
            for name in names:
                if name.startswith("."):
                    _throw_away_if_abandoned(Path(folder) / name)
                else:
                    # a compressed copy goes with its original
                    yield before + name.removesuffix(".gz")


def _throw_away_if_abandoned(file: Path) -> None:
    if file.name.startswith(FRESH):
        try:
            if time.time() - file.stat().st_mtime > ABANDONED:
                file.unlink()
        except FileNotFoundError:
            pass


def _under_way() -> str:
    try:
        return (root() / UNDER_WAY).read_text(encoding="ascii")
    except OSError:
        return ""


def _say_under_way(phase: str) -> None:
    put_now(root() / UNDER_WAY, f"{stamp()} {phase}".encode())
