"""Sweep away what nobody refers to."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.db.models.query import QuerySet

from gongkai.foundation import clock
from gongkai.foundation.attachments import places
from gongkai.foundation.attachments.events import SWEPT
from gongkai.foundation.attachments.models import FileText, PartialUpload, StoredFile
from gongkai.foundation.attachments.uploading import forget
from gongkai.foundation.trail import record

BATCH = 500
Keeper = Callable[[Collection[int], datetime], Collection[int]]
_keepers: Final[list[Keeper]] = []


def keeps(keeper: Keeper) -> Keeper:
    """Have *keeper* asked before files are swept: which of these keys does something name that is no reference?

    It is told since when the oldest of them is here. Versions name files without referring to them.
    """
    if keeper not in _keepers:
        _keepers.append(keeper)
    return keeper


@dataclass
class Swept:
    """How much went."""

    files: int = 0
    """Rows that nothing referred to."""
    bytes_: int = 0
    originals: int = 0
    copies: int = 0
    partial: int = 0

    def __bool__(self) -> bool:
        return bool(self.files or self.originals or self.copies or self.partial)


def unreferenced(before: datetime, files: type[Any] = StoredFile) -> QuerySet[Any]:
    """Return the *files* (rows with ``uploaded_at``) brought before *before* that no row of any app refers to."""
    found: QuerySet[Any] = files.objects.filter(uploaded_at__lt=before)
    # hidden ones too: a reference without a way back (related_name="+") is a reference all the same
    for relation in files._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete:
            continue
        model, column = relation.related_model, relation.field.name
        every = model._base_manager  # noqa: SLF001  # documented; a manager of its own may hide rows
        used = every.filter(Q(**{f"{column}__isnull": False}))
        found = found.exclude(pk__in=used.values(column))
    return found.order_by("pk")


def sweep(*, grace: timedelta, dry: bool = False) -> Swept:
    """Take away files that have been unreferenced for *grace*, and bytes that no row has.

    Args:
        grace: How old a file must be; people need time between uploading and saving.
        dry: Only count.
    """
    before = clock.now() - grace
    swept = Swept()
    for keys in _batches(unreferenced(before)):
        with transaction.atomic():
            # asked again inside: somebody may have come to use one of them meanwhile
            gone = _not_kept(list(unreferenced(before).filter(pk__in=keys)))
            swept.files += len(gone)
            swept.bytes_ += sum(stored.size for stored in gone)
            if not dry:
                StoredFile.objects.filter(pk__in=[stored.pk for stored in gone]).delete()
    if not dry:
        _sweep_bytes(swept)
        for upload in PartialUpload.objects.filter(begun__lt=before):
            forget(upload)
            swept.partial += 1
        if swept:
            facts = {"files": swept.files, "originals": swept.originals, "copies": swept.copies}
            record(SWEPT, by=None, facts=facts)
    return swept


def _not_kept(found: list[StoredFile]) -> list[StoredFile]:
    """Leave out of *found* what a keeper knows."""
    if not found:
        return found
    keys, since = {stored.pk for stored in found}, min(stored.uploaded_at for stored in found)
    for keeper in _keepers:
        keys -= set(keeper(keys, since))
    return [stored for stored in found if stored.pk in keys]


def _sweep_bytes(swept: Swept) -> None:
    for digest in places.kept("originals"):
        with transaction.atomic():
            places.lock(digest)
            if not StoredFile.objects.filter(digest=digest).exists():
                places.drop("originals", digest)
                FileText.objects.filter(pk=digest).delete()
                swept.originals += 1
    for digest in places.kept("public"):
        with transaction.atomic():
            places.lock(digest)
            if not StoredFile.objects.filter(public_digest=digest).exists():
                places.drop("public", digest)
                swept.copies += 1


def _batches(found: QuerySet[StoredFile]) -> Iterator[list[int]]:
    last = 0
    while keys := list(found.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        yield keys
        last = keys[-1]
