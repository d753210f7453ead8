"""What becomes of obligations and columns when items change, and of items when columns end."""

from typing import Any

from gongkai.domain.directory import events as directory
from gongkai.domain.directory.actions import reckon_items
from gongkai.domain.directory.models import Column
from gongkai.domain.information.events import shown
from gongkai.domain.information.models import Item
from gongkai.domain.information.shown import tell
from gongkai.foundation import clock

AT_ONCE = 500


def register() -> None:
    """Listen to both."""
    shown.connect(_reckon, dispatch_uid="information-owed")
    directory.items_moved.connect(_follow, dispatch_uid="information-columns")


def _reckon(items: set[int], **_: Any) -> None:
    # an item that was taken back no longer fulfils anything, one that comes back does again
    reckon_items(items)


def _follow(source: Column, target: Column, **_: Any) -> None:
    """Put every item of *source* into *target*; its address, and what was signed, stay as they are."""
    rows = Item.objects.filter(column=source).select_related("organisation")
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        batch = Item.objects.filter(pk__in=keys[start : start + AT_ONCE])
        batch.update(column=target, touched=clock.now())
        live = list(batch.filter(live=True).select_related("organisation"))
        if live:
            tell(live, columns={source.pk})
