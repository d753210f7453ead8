"""Files of items: those whose examination takes longer than the screen waits, and those that only versions name."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision

from gongkai.domain.information.models import Item, ItemFile
from gongkai.foundation.attachments.models import StoredFile
from gongkai.foundation.attachments.signals import examined
from gongkai.foundation.attachments.sweeping import keeps

MANY = 2000


def register() -> None:
    """Listen."""
    examined.connect(_examined, dispatch_uid="information-file-examined")
    keeps(named_in_versions)


def named_in_versions(keys: Collection[int], since: datetime) -> set[int]:
    """Return those of *keys* that a version of an item names: the change of a public item lies there alone."""
    wanted = set(keys)
    kind = ContentType.objects.get_for_model(Item)
    versions = Revision.objects.filter(content_type=kind, created_at__gte=since)
    return {
        file["stored"]
        for files in versions.values_list("content__files", flat=True).iterator(MANY)
        for file in files or ()
        if file.get("stored") in wanted
    }


def _examined(stored: StoredFile, **_: Any) -> None:
    """Tell items that are not public which bytes the public would get of *stored*."""
    if stored.public_digest:
        waiting = ItemFile.objects.filter(stored=stored, digest="", item__live=False)
        waiting.update(digest=stored.public_digest)
