"""The public pages of gazettes: which there are, and which change with an item."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db.models.signals import post_save

from gongkai.domain.channels.models import Gazette
from gongkai.domain.information import events
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.publicfiles import PageSource, register, touch, touch_group

BATCH = 500


def all_pages() -> Iterator[str]:
    """Yield every address that has a file."""
    yield "/gazette/"
    for gazette in Gazette.objects.issued().iterator():
        yield gazette.address
        yield gazette.file_address


def _pages_to_find(organisations: Sequence[int]) -> Iterator[str]:
    issues = Gazette.objects.issued().filter(organisation__in=organisations).order_by("pk")
    return (gazette.address for gazette in issues)


def _shown(items: set[int], **_: Any) -> None:
    """Have the issues written anew in which an item stands that was corrected or taken back."""
    keys, pages = sorted(items), set()
    for first in range(0, len(keys), BATCH):
        issues = Gazette.objects.issued().filter(entries__item__in=keys[first : first + BATCH])
        for gazette in issues.distinct():
            pages |= {gazette.address, gazette.file_address}
    if pages:
        touch(pages)


def _organisation_saved(instance: Organisation, created: bool, **_: Any) -> None:  # noqa: FBT001  # Django's signature
    if not created and Gazette.objects.issued().filter(organisation=instance).exists():
        touch_group("gazettes")


register(
    PageSource(
        name="gazettes",
        title="政府公报",
        owns=("/gazette/",),
        all_pages=all_pages,
        of_organisations=_pages_to_find,
        looks=(Path(__file__).parent / "portal", Path(__file__).parent / "templates" / "channels"),
    )
)
events.shown.connect(_shown, dispatch_uid="gazette-pages-shown")
post_save.connect(_organisation_saved, sender=Organisation, dispatch_uid="gazette-pages-unit")
