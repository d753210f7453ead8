"""Files of items whose examination takes longer than the screen waits."""

from typing import Any

from gongkai.domain.information.models import ItemFile
from gongkai.foundation.attachments.models import StoredFile
from gongkai.foundation.attachments.signals import examined


def register() -> None:
    """Listen."""
    examined.connect(_examined, dispatch_uid="information-file-examined")


def _examined(stored: StoredFile, **_: Any) -> None:
    """Tell items that are not public which bytes the public would get of *stored*."""
    if stored.public_digest:
        waiting = ItemFile.objects.filter(stored=stored, digest="", item__live=False)
        waiting.update(digest=stored.public_digest)
