"""Information items in the search: what is public now, with the text of its attachments."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from gongkai.core.codes import genres, topics, validities
from gongkai.domain.information.events import shown
from gongkai.domain.information.models import Item, ItemFile
from gongkai.domain.information.pictures import is_name
from gongkai.foundation.attachments.models import FileText
from gongkai.foundation.search import Document, Issuer, search_source, touch

KIND = "item"
MANY = 2000
BREAK = re.compile(r"<(?:br|hr|/p|/h[1-6]|/li|/tr|/div|/t[dh])\b[^>]*>", re.IGNORECASE)
SPOKEN = re.compile(r'<img src="[^"]*" alt="([^"]*)">')
TAG = re.compile(r"<[^>]*>")


def keys(after: str) -> Iterator[str]:
    """Yield the key of every public item behind *after*."""
    found = Item.objects.public().filter(pk__gt=int(after or 0)).order_by("pk")
    yield from map(str, found.values_list("pk", flat=True).iterator(MANY))


def public(wanted: Sequence[str]) -> Iterator[str]:
    """Yield those of *wanted* that are public."""
    yield from map(str, Item.objects.public().filter(pk__in=wanted).values_list("pk", flat=True))


@search_source(KIND, title="政府信息", all_keys=keys, public=public)
def documents(wanted: Sequence[str]) -> Iterator[Document]:
    """Yield the documents of *wanted*, three queries."""
    items = list(
        Item.objects.public()
        .filter(pk__in=wanted)
        .with_amended()
        .select_related("organisation", "column")
    )
    attached = _texts_of_files(item.pk for item in items)
    for item in items:
        unit = item.organisation
        validity = item.validity()
        genre = genres().get(item.genre)
        yield Document(
            kind=KIND,
            key=str(item.pk),
            title=item.title,
            url=item.address,
            text="\n".join((plain(item.body) or item.summary, *attached[item.pk])),
            issuer=Issuer(unit.pk, unit.name, str(unit.path)),
            keywords=item.keywords,
            column=item.column.title if item.column else "",
            column_key=str(item.column_id or ""),
            topic=class_of(item.topic),
            genre=genre.label if genre else "",
            validity=validities()[validity.value].label if validity else "",
            day=item.published_on,
            number=item.document_number,
            index_number=item.index_number or "",
        )


def plain(html: str) -> str:
    """Return the text of clean *html*, a line a paragraph; of a picture what it says to those who cannot see it."""
    lines = unescape(TAG.sub("", BREAK.sub("\n", SPOKEN.sub(r"\1\n", html)))).splitlines()
    return "\n".join(text for line in lines if (text := line.strip()))


def class_of(topic: str) -> str:
    """Return the first level of *topic* in words."""
    known = topics()
    found = known.get(topic)
    if found is None:
        return ""
    return known[found.parent].label if found.parent else found.label


def _texts_of_files(items: Iterable[int]) -> Mapping[int, list[str]]:
    """Return titles and texts of the public copies; what only the original has is nobody's to find."""
    rows = list(
        ItemFile.objects.filter(item__in=list(items))
        .order_by("item", "sort_order", "pk")
        .values_list("item", "title", "stored__digest", "stored__public_digest")
    )
    # the text that is kept is that of the public copy, wherever there is one
    digests = {digest for *_, digest, cleaned in rows if cleaned}
    texts = dict(FileText.objects.filter(pk__in=digests).values_list("pk", "text"))
    found: dict[int, list[str]] = defaultdict(list)
    for item, title, digest, cleaned in rows:
        if not is_name(title):
            found[item] += [title, texts.get(digest, "") if cleaned else ""]
    return found


def _shown(items: Iterable[int], **_: Any) -> None:
    touch(KIND, sorted(items))


shown.connect(_shown, dispatch_uid="search-items")
