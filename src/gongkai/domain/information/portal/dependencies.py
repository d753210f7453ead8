"""Which pages show an item: nothing is written that could stay, nothing stays that has changed."""

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from gongkai.domain.directory.models import Column
from gongkai.domain.information.models import Item, Link
from gongkai.domain.information.portal import addresses, listing
from gongkai.domain.information.portal.items import attachments
from gongkai.foundation.publicfiles import touch
from gongkai.foundation.publicfiles.actions import files_below

if TYPE_CHECKING:
    from gongkai.domain.information.portal.listing import Key

AT_ONCE = 500
"""Keys asked for in one query."""


def changed(
    items: Iterable[int], columns: Iterable[int], organisations: Iterable[int], **_: Any
) -> None:
    """Note what shows *items*, which came, went or changed, in *columns* of *organisations*."""
    touch(pages_showing(set(items), set(columns), set(organisations)))


def pages_showing(items: set[int], columns: set[int], organisations: set[int]) -> set[str]:
    """Return every page that shows one of *items*, and bring the pages of *columns* up to date."""
    pages = {addresses.HOME, addresses.FEED, addresses.SITEMAP}
    pages |= {addresses.item(key) for key in items | _tied_to(items)}
    pages |= {addresses.shard_of(key) for key in items}
    pages |= _files_of(items)
    pages |= _lists(items, columns)
    pages |= _above(columns)
    for key in organisations:
        pages |= {addresses.organisation(key), addresses.organisation_feed(key)}
    return pages


def _tied_to(items: set[int]) -> set[int]:
    """Return the items whose pages name one of *items*."""
    tied: set[int] = set()
    for keys in _in_parts(items):
        links = Link.objects.filter(Q(source__in=keys) | Q(target__in=keys))
        for pair in links.values_list("source", "target"):
            tied |= set(pair)
    return tied


def _files_of(items: set[int]) -> set[str]:
    """Return the addresses of the files that *items* have, and of those that lie there from before."""
    pages = set(files_below(addresses.files(key) for key in items))
    for keys in _in_parts(items):
        pages |= {a.address for found in attachments(keys).values() for a in found}
    return pages


def _lists(items: set[int], columns: set[int]) -> set[str]:
    """Return the pages of *columns* on which *items* stand or stood."""
    keys: dict[int, list[Key]] = defaultdict(list)
    for part in _in_parts(items):
        facts = Item.objects.filter(pk__in=part, published_on__isnull=False)
        for pk, column, day in facts.values_list("pk", "column", "published_on"):
            if column and day:
                keys[column].append((day, pk))
    everywhere = [key for found in keys.values() for key in found]
    pages = set()
    for column in sorted(columns):
        # an item that has left a column may have stood on any of its pages that its key leads to
        numbers = listing.arrange(column, keys.get(column) or everywhere)
        pages |= {addresses.column(column), addresses.column_feed(column)}
        pages |= {addresses.column(column, number) for number in numbers}
    return pages


def _above(columns: set[int]) -> set[str]:
    """Return the pages of the groups that show the newest items of *columns*."""
    pages = set()
    rows = Column.objects.filter(pk__in=columns)
    for path, organisation, section in rows.values_list("path", "organisation_id", "section"):
        if section:
            pages.add(addresses.part(organisation, section))
        ends = range((Column.SECTION_DEPTH + 1) * Column.steplen, len(path), Column.steplen)
        groups = Column.objects.filter(path__in=[path[:end] for end in ends]) if ends else []
        pages |= {addresses.column(group.pk) for group in groups}
    return pages


def _in_parts(keys: set[int]) -> Iterable[list[int]]:
    ordered = sorted(keys)
    return (ordered[at : at + AT_ONCE] for at in range(0, len(ordered), AT_ONCE))
