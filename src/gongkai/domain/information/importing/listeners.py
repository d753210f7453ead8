"""Fingerprints are written whenever an item is."""

from typing import Any

from django.db.models.signals import post_save

from gongkai.domain.information.events import shown
from gongkai.domain.information.importing import duplicates
from gongkai.domain.information.models import Item


def register() -> None:
    """Listen."""
    post_save.connect(_saved, sender=Item, dispatch_uid="importing-fingerprint")
    shown.connect(_shown, dispatch_uid="importing-fingerprints")


def _saved(instance: Item, update_fields: Any = None, *, raw: bool = False, **_: Any) -> None:
    if raw or (update_fields is not None and not {"title", "body"} & set(update_fields)):
        return
    duplicates.write([instance])


def _shown(items: set[int], **_: Any) -> None:
    # many at once are written without Django's signal
    fresh = Item.objects.filter(pk__in=items).only("pk", "title", "body", "organisation")
    duplicates.write(fresh)
