"""Say that pages are outdated."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.db import connection, transaction

from gongkai.foundation import clock
from gongkai.foundation.jobs.actions import start
from gongkai.foundation.jobs.models import Job
from gongkai.foundation.publicfiles.models import OutdatedPage, fresh_mark
from gongkai.foundation.publicfiles.places import are_kept, is_current, place_of
from gongkai.foundation.publicfiles.registry import in_batches, sources
from gongkai.foundation.publicfiles.writing import take_away

ROWS = 400
"""Addresses noted in one statement."""
NOTES = 5_000
"""Addresses noted in one transaction, where there are many."""
FEW = 20
"""Up to so many folders are asked for one by one."""
GROUP = "#"
"""Stands in the name of a group, and in no address."""
PATIENCE = timedelta(minutes=1)
"""A job that has waited longer may have lost its place in the queue: another one costs nothing."""


def touch(addresses: Iterable[str]) -> int:
    """Take the files of *addresses* away and have them written anew once the transaction is through.

    Called inside the transaction that changes what the pages show, once, with all of them: the rows are taken
    in one order, so that two transactions wait for each other and never block each other for good.

    Returns:
        How many addresses there were.
    """
    pages = sorted(set(addresses))
    if pages and are_kept():
        with transaction.atomic():
            # first the rows: from here on nobody can put an older page in place
            note(pages)
            take_away(pages)
            _write_soon()
    return len(pages)


def touch_group(source: str, key: str = "") -> None:
    """Have a group of pages written anew that is too large to name: all of *source*, or those under *key*.

    The job asks the source which pages these are. Until then the old ones stand.
    """
    if are_kept():
        with transaction.atomic():
            note([f"{source}{GROUP}{key}"])
            _write_soon()


def expand(name: str) -> int:
    """Note each page of the group *name*, take its file away, and say how many there are."""
    source, _, key = name.partition(GROUP)
    known = {each.name: each for each in sources()}.get(source)
    if known is None:
        return 0
    count = 0
    pages = known.group(key) if key and known.group else known.all_pages()
    for batch in in_batches(pages, NOTES):
        with transaction.atomic():
            note(sorted(set(batch)))
            take_away(batch)
        count += len(batch)
    return count


def note(addresses: list[str], *, anew: bool = True) -> None:
    """Note *addresses*; one that is noted already gets a new mark, unless *anew* is false."""
    for at in range(0, len(addresses), ROWS):
        rows = [OutdatedPage(address=a, mark=fresh_mark()) for a in addresses[at : at + ROWS]]
        if anew:
            OutdatedPage.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["address"], update_fields=["mark"]
            )
        else:
            OutdatedPage.objects.bulk_create(rows, ignore_conflicts=True)


def _write_soon() -> None:
    """Have a job write them after the transaction; once, however often it is asked in one."""
    asked = (call for _, call, *_ in connection.run_on_commit)
    if start_writing not in asked:
        transaction.on_commit(start_writing)


def start_writing() -> None:
    """Start the job that writes what is noted, unless one waits already, which will find it."""
    from gongkai.foundation.publicfiles.jobs import write_pages  # noqa: PLC0415  # imports this module

    with transaction.atomic():
        waiting = Job.objects.filter(
            kind=write_pages.name,
            state=Job.State.WAITING,
            created__gt=clock.now() - PATIENCE,
        )
        if not waiting.exists():
            start(write_pages)


def take_up() -> None:
    """Go on with what an earlier worker left, or an earlier state of the software; asked by each new worker."""
    if are_kept() and (not is_current() or OutdatedPage.objects.exists()):
        start_writing()


def files_below(folders: Iterable[str]) -> Iterator[str]:
    """Yield the addresses of the files that lie in *folders* now, or are about to be put there.

    For files whose records may be gone: those of a withdrawn item.
    """
    wanted = set(folders) if are_kept() else set()
    for folder in wanted:
        beside = place_of(f"{folder}file")
        try:
            files = list(beside.parent.iterdir()) if beside else []
        except OSError:
            continue
        yield from (f"{folder}{file.name}" for file in files if not file.name.startswith("."))
    for address in _noted_below(wanted):
        if address.rpartition("/")[0] + "/" in wanted:
            yield address


def _noted_below(folders: set[str]) -> Iterator[str]:
    """Yield what is noted in *folders*, and perhaps more."""
    noted = OutdatedPage.objects.values_list("address", flat=True)
    if len(folders) > FEW:
        yield from noted.exclude(address__endswith="/").iterator()
        return
    for folder in folders:
        if connection.vendor == "postgresql":  # it has an index for beginnings
            yield from noted.filter(address__startswith=folder)
        else:
            yield from noted.filter(address__gt=folder, address__lt=f"{folder}\U0010ffff")
