"""An item that is not public yet, as the public will see it: by the portal's own templates."""

from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from gongkai.domain.information.models import Item, ItemFile
from gongkai.domain.information.pictures import placed
from gongkai.domain.information.portal import frames, items
from gongkai.foundation import clock
from gongkai.foundation.attachments.models import StoredFile


def shown(content: Item) -> items.Shown:
    """Return what the public page of *content* would show today, with files that the desk delivers."""
    content.published_on = content.published_on or clock.today()
    told = items.show([content])[content.pk]
    ready = [file for file in _with_stored(content) if file.digest]
    told.files = [
        replace(attachment, address=_address(content, file))
        for attachment, file in zip(items.named(content.pk, ready), ready, strict=True)
    ]
    told.folder = pictures_of(content)
    return told


def page_of(content: Item) -> str:
    """Return the whole public page of *content*."""
    ((_, text),) = frames.pages([shown(content)])
    return str(text)


def files_to_read(content: Item, *, review: int | None = None) -> list[dict[str, Any]]:
    """Return the attachments of *content* with where the desk delivers them, to those who sign *review* if given."""
    return [
        {
            "title": file.title,
            "stored": file.stored,
            "href": _address(content, file, review) if file.digest else "",
        }
        for file in _with_stored(content)
        if not file.in_text
    ]


def body_of(content: Item) -> SafeString:
    """Return the text, which was cleaned when it was saved, with its pictures as the desk delivers them."""
    return mark_safe(placed(content.body, pictures_of(content)))  # noqa: S308  # core/cleaning let it in


def pictures_of(content: Item) -> str:
    """Return the folder in which the desk delivers the pictures of its text."""
    return f"{reverse('information:item', args=[content.pk])}pictures/"


def _with_stored(content: Item) -> list[ItemFile]:
    files = sorted(content.files.all(), key=lambda file: (file.sort_order or 0, file.pk or 0))
    stored = StoredFile.objects.in_bulk([file.stored_id for file in files])
    for file in files:
        file.stored = stored[file.stored_id]
    return files


def _address(content: Item, file: ItemFile, review: int | None = None) -> str:
    digest = file.digest.removeprefix("sha256:")
    if review is not None:
        return reverse("information:review-file", args=[review, digest])
    return reverse("information:file", args=[content.pk, digest])
