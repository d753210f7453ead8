"""Take away sealed files that nothing refers to, and bytes without a row."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction

from gongkai.foundation import clock
from gongkai.foundation.attachments.sweeping import unreferenced
from gongkai.foundation.sealing.models import FOLDER, SealedFile

GRACE = timedelta(days=2)


def sweep(*, grace: timedelta = GRACE) -> int:
    """Take away what has been unreferenced for *grace*; return how many files went."""
    before = clock.now() - grace
    with transaction.atomic():
        gone = list(unreferenced(before, SealedFile))
        SealedFile.objects.filter(pk__in=[sealed.pk for sealed in gone]).delete()
    for sealed in gone:
        default_storage.delete(sealed.place)
    return len(gone) + _sweep_bytes(before.timestamp())


def _sweep_bytes(before: float) -> int:
    """Take away bytes whose row is gone, or was never written."""
    count = 0
    try:
        folders, _ = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return 0
    for folder in folders:
        _, names = default_storage.listdir(f"{FOLDER}/{folder}")
        known = {
            seal.hex
            for seal in SealedFile.objects.filter(seal__in=names).values_list("seal", flat=True)
        }
        for name in set(names) - known:
            place = f"{FOLDER}/{folder}/{name}"
            if default_storage.get_modified_time(place).timestamp() < before:
                default_storage.delete(place)
                count += 1
    return count
