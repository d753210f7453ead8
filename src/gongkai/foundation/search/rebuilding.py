"""A new index from the truth, beside the old one."""

from collections.abc import Callable, Iterator
from itertools import islice

from django.db import transaction

from gongkai.foundation.jobs.actions import start, under_way
from gongkai.foundation.search.engine import Rebuild, engine
from gongkai.foundation.search.models import Pending
from gongkai.foundation.search.pending import drain
from gongkai.foundation.search.sources import Source, public_documents, sources

BATCH = 2000
"""Documents between two commits; that much is done again after an interruption."""

Told = Callable[[str, int], None]


def rebuild(*, told: Told = lambda _title, _count: None, afresh: bool = False) -> int:
    """Build a new index, change over to it, and return how many documents it has.

    Searches use the old one meanwhile. What was interrupted goes on where it was; *afresh* begins anew.

    Raises:
        AlreadyBuilding: Another process is at it.
    """
    index = engine()
    with index.rebuild(afresh=afresh) as fresh:
        for source in sources().values():
            _fill(fresh, source, told)
        # what changed meanwhile: first most of it, then, in the new one, what came during that
        _catch_up(fresh)
        total = fresh.change_over()
    Pending.objects.filter(drained=True).update(drained=False)
    drain()
    return total


def take_up() -> None:
    """Have an index built where there is none that this state of the software can read; asked by each new worker."""
    from gongkai.foundation.search.jobs import rebuild_index  # noqa: PLC0415  # imports this module

    if engine().is_current():
        return
    with transaction.atomic():  # several workers start at one moment
        if under_way(rebuild_index) is None:
            start(rebuild_index)


def _fill(fresh: Rebuild, source: Source, told: Told) -> None:
    after, count = fresh.done(source.kind) or ("", 0)
    if count:
        told(source.title, count)
    for keys in _batches(iter(source.all_keys(after))):
        documents, _ = public_documents(source.kind, keys)
        count += len(documents)
        fresh.put(source.kind, documents, after=keys[-1], count=count)
        told(source.title, len(documents))


def _batches(keys: Iterator[str]) -> Iterator[list[str]]:
    while some := list(islice(keys, BATCH)):
        yield some


def _catch_up(fresh: Rebuild) -> None:
    last = 0
    while notes := list(Pending.objects.filter(pk__gt=last).order_by("pk")[:BATCH]):
        for kind in {note.kind for note in notes}:
            keys = list(dict.fromkeys(note.key for note in notes if note.kind == kind))
            fresh.renew(*public_documents(kind, keys))
        last = notes[-1].pk
