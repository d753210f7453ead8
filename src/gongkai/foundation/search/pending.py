"""The note that something changed, and taking the notes into the index."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from itertools import islice

from django.db import transaction

from gongkai.foundation.search.engine import Engine, engine
from gongkai.foundation.search.models import Pending
from gongkai.foundation.search.sources import public_documents

BATCH = 500
"""Keys of one commit of the index."""


def touch(kind: str, keys: Iterable[object]) -> None:
    """Note inside the caller's transaction that the public state of *keys* of *kind* may have changed.

    What is public then is asked of the source after the commit. A transaction that fails leaves no note.
    """
    stream = iter(keys)
    noted = False
    while some := [Pending(kind=kind, key=str(key)) for key in islice(stream, 2000)]:
        Pending.objects.bulk_create(some)
        noted = True
    if noted:
        transaction.on_commit(have_drained)


def have_drained() -> None:
    """Start the job that drains, unless one waits already."""
    from gongkai.foundation.jobs.actions import start  # noqa: PLC0415  # jobs import their registry first
    from gongkai.foundation.jobs.models import Job  # noqa: PLC0415
    from gongkai.foundation.search.jobs import drain_index  # noqa: PLC0415

    if not Job.objects.filter(kind=drain_index.name, state=Job.State.WAITING).exists():
        with transaction.atomic():
            start(drain_index)


def waiting() -> int:
    """Return how many notes wait."""
    return Pending.objects.filter(drained=False).count()


def drain(step: Callable[[int], None] = lambda _: None) -> int:
    """Take all notes into the index; return how many keys were looked at.

    Notes go when the index has been written, so that whatever breaks in between is done again.
    """
    done = 0
    while notes := list(Pending.objects.filter(drained=False).order_by("pk")[:BATCH]):
        _write(engine(), notes)
        written = Pending.objects.filter(pk__in=[note.pk for note in notes])
        if engine().is_building():
            written.update(drained=True)
        else:
            written.delete()
        done += len(notes)
        step(len(notes))
    return done


def _write(index: Engine, notes: Iterable[Pending]) -> None:
    by_kind: dict[str, dict[str, None]] = defaultdict(dict)
    for note in notes:
        by_kind[note.kind][note.key] = None
    documents, gone = [], []
    for kind, keys in by_kind.items():
        public, not_public = public_documents(kind, list(keys))
        documents += public
        gone += not_public
    index.write(documents, gone)
