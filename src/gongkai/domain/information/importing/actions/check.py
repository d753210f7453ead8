"""Every line is looked at, and nothing is imported."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import transaction

from gongkai.domain.information.importing import archive, places
from gongkai.domain.information.importing.archive import Archive
from gongkai.domain.information.importing.judging import CHUNK, Judge, Judged
from gongkai.domain.information.importing.models import Batch, Line
from gongkai.domain.information.importing.reading import lines
from gongkai.foundation.jobs.progress import Progress
from gongkai.foundation.permissions import Reader

T = TypeVar("T")


def check(batch: Batch, progress: Progress | None = None) -> Batch:
    """Write down what would become of each line of *batch*; run again, it starts anew.

    Raises:
        Unreadable, NotAnExport, TooMuch: The source cannot be read to its end.
    """
    batch.lines.all().delete()
    if progress:
        progress.start(None)
    total = 0
    with archive_of(batch) as packed, lines(batch) as raws:
        judge = Judge(batch, Reader.of(batch.begun_by), packed)
        for chunk in chunks(raws, CHUNK):
            judged = judge.judge(chunk)
            with transaction.atomic():
                Line.objects.bulk_create([row_of(batch, line) for line in judged])
            total += len(chunk)
            if progress:
                progress.step(f"已检查 {total} 行", count=len(chunk))
    batch.total, batch.state = total, Batch.State.CHECKED
    batch.save(update_fields=["total", "state"])
    return batch


def row_of(batch: Batch, line: Judged) -> Line:
    """Return the row for a line that was judged."""
    return Line(
        batch=batch,
        number=line.raw.number,
        key=line.key,
        title=line.title,
        state=line.state,
        problems=line.problems,
        hints=line.hints,
        importance=line.importance,
        alike=line.alike,
    )


@contextmanager
def archive_of(batch: Batch) -> Iterator[Archive]:
    """Yield the files that go with *batch*."""
    if not batch.archive:
        yield Archive(None)
        return
    with places.as_path(batch.archive) as path, archive.opened(path, batch.name) as packed:
        yield packed


def chunks(things: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield *things* in lists of *size*."""
    held: list[T] = []
    for thing in things:
        held.append(thing)
        if len(held) == size:
            yield held
            held = []
    if held:
        yield held
