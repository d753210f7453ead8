"""The pages of the disclosure section as files: which there are, and how many are written quickly."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from django.db.models import Q
from django.db.models.signals import post_save

from gongkai.domain.directory.events import columns_changed
from gongkai.domain.directory.models import Column
from gongkai.domain.information import events
from gongkai.domain.information.models import Item
from gongkai.domain.information.portal import addresses, dependencies, feeds, frames, items, lists
from gongkai.domain.information.portal.models import ListPage
from gongkai.domain.information.portal.sections import Section, remembering, sections_of
from gongkai.domain.organisations.models import Guide, Organisation
from gongkai.foundation.publicfiles import PageSource, mapping, register, touch, touch_group
from gongkai.foundation.publicfiles.registry import Body, in_batches
from gongkai.foundation.publicfiles.rendering import render_view

NAME = "information"
ITEM = re.compile(r"/items/\d+/(\d+)/")
LIST = re.compile(r"/columns/(\d+)/(?:(\d+)/)?")
FILE = re.compile(r"/items/\d+/(\d+)/files/[^/]+")
SHARD = re.compile(r"/sitemap/items-(\d+)\.xml")
LISTS = ("/columns/", "/organisations/", "/sitemap/", addresses.SITEMAP, addresses.FEED)
FEW_FILES = 500

ListKey: TypeAlias = tuple[int, int | None]
"""A column and the number of its page; ``None`` for the newest."""
NOWHERE: ListKey = (0, None)


def all_pages() -> Iterator[str]:
    """Yield every address of the section, items by organisation, since those share what is around them."""
    yield from (addresses.FEED, addresses.SITEMAP, addresses.ORGANISATIONS)
    yield from (addresses.shard(number) for number in feeds.shards())
    yield from (mapping.part(number) for number in feeds.organisation_parts())
    # those that are no more as well: what they published stays, and leads to them
    for batch in in_batches(Organisation.objects.iterator(), 200):
        yield from _of_organisations(batch)
    columns = Column.objects.filter(
        live=True, kind__in=("group", *Column.HOLD_ITEMS), depth__gte=Column.SECTION_DEPTH
    )
    for key, kind, depth in columns.order_by().values_list("pk", "kind", "depth").iterator():
        if kind != "group":
            yield addresses.column(key)
            yield addresses.column_feed(key)
        elif depth > Column.SECTION_DEPTH:
            yield addresses.column(key)
    for key, number in ListPage.objects.order_by().values_list("column", "number").iterator():
        yield addresses.column(key, number)
    yield from _items()


def group(key: str) -> Iterator[str]:
    """Yield the pages of an organisation (``organisation-12``) or a column (``column-7``) that name it."""
    what, _, number = key.partition("-")
    if what == "organisation":
        yield addresses.FEED  # its entries name who published them
        unit = Organisation.objects.filter(pk=number).first()
        if unit is not None:
            yield from _of_organisations([unit])
            columns = Column.objects.filter(organisation=unit)
            yield from _of_columns(list(columns.values_list("pk", flat=True)))
            yield from _items(organisation=unit)
    elif what == "column":
        yield from _of_columns([int(number)])
        yield from _items(column=number)
    yield from (addresses.HOME, addresses.ORGANISATIONS)


def render_many(wanted: Sequence[str]) -> Iterator[tuple[str, Body]]:
    """Yield address and body; items and the lists of columns at once, newest lists and homes by their views."""
    keys = {address: int(found[1]) for address in wanted if (found := ITEM.fullmatch(address))}
    pages = dict(frames.pages(list(items.show(items.public(keys.values())).values())))
    holders = {address: int(found[1]) for address in wanted if (found := FILE.fullmatch(address))}
    files = _public_files(set(holders.values()))
    lists_asked = {
        a: (int(f[1]), int(f[2]) if f[2] else None) for a in wanted if (f := LIST.fullmatch(a))
    }
    sections: dict[int, Section] = {}
    list_pages = _list_pages(lists_asked.values(), sections)
    for address in wanted:
        if address in keys:
            text = pages.get(keys[address])
            yield address, text.encode() if text is not None else None
        elif address in holders:
            yield address, files.get(address)
        elif text := list_pages.get(lists_asked.get(address, NOWHERE)):
            yield address, text.encode()
        elif part := SHARD.fullmatch(address):
            yield address, feeds.shard(int(part[1]))
        else:
            with remembering(sections):
                body = render_view(address)
            yield address, body


def _list_pages(asked: Iterable[ListKey], sections: dict[int, Section]) -> dict[ListKey, str]:
    """Return the lists that there are of those *asked*, by column and number; keep the *sections*."""
    numbers: dict[int, set[int | None]] = defaultdict(set)
    for column, number in asked:
        numbers[column].add(number)
    units = Organisation.objects.filter(columns__in=numbers).distinct()
    pages: dict[ListKey, str] = {}
    sections |= sections_of(units)
    for section in sections.values():
        for place in section.places:
            if place.pk not in numbers or not place.holds_items:
                continue
            counted = {number for number in numbers[place.pk] if number}
            wanted = list(lists.pages_of(place.pk, counted).values())
            if None in numbers[place.pk] and place.is_plain:
                wanted.append(lists.newest_of(place))
            for number, text in frames.column_pages(section, place, wanted):
                pages[place.pk, number] = text
    return pages


def _public_files(keys: set[int]) -> dict[str, Body]:
    """Return the bytes of every public file of the items *keys*, by address."""
    public = Item.objects.public().filter(pk__in=keys).values_list("pk", flat=True)
    bodies: dict[str, Body] = {}
    for found in items.attachments(public).values():
        for attachment in found:
            place = items.file_of(attachment)
            bodies[attachment.address] = Path(place) if place else items.bytes_of(attachment)
    return bodies


def _of_organisations(units: Sequence[Organisation]) -> Iterator[str]:
    sections = sections_of(units)
    for unit in units:
        yield addresses.organisation(unit.pk)
        yield addresses.organisation_feed(unit.pk)
        for part in sections[unit.pk].parts:
            if part.href == addresses.part(unit.pk, part.section):
                yield part.href


def _pages_to_find(organisations: Sequence[int]) -> Iterator[str]:
    """Yield homes, parts and columns; what stands in the columns, the site map tells by item."""
    for key, section in sections_of(Organisation.objects.filter(pk__in=organisations)).items():
        yield addresses.organisation(key)
        yield from (place.href for place in section.places if place.kind != "link")


def _of_columns(keys: Sequence[int]) -> Iterator[str]:
    for key in keys:
        yield addresses.column(key)
        yield addresses.column_feed(key)
    pages = ListPage.objects.filter(column__in=keys).order_by()
    for key, number in pages.values_list("column", "number"):
        yield addresses.column(key, number)


def _items(**which: Any) -> Iterator[str]:
    """Yield the pages of public items and of their files."""
    found = Item.objects.public().filter(**which).order_by("organisation", "published_on", "pk")
    for keys in in_batches(found.values_list("pk", flat=True).iterator(), FEW_FILES):
        yield from (addresses.item(key) for key in keys)
        for files in items.attachments(keys).values():
            yield from (attachment.address for attachment in files)


def _organisation_saved(instance: Organisation, created: bool, **_: Any) -> None:  # noqa: FBT001  # Django's signature
    if created:
        own = {*_of_organisations([instance]), *mapping.parts_of([instance.pk])}
        general = (addresses.HOME, addresses.ORGANISATIONS, addresses.SITEMAP)
        touch([*general, *own, *_above(instance)])
    else:
        for unit in (instance, *instance.predecessors.all()):  # these name who took over
            touch_group(NAME, f"organisation-{unit.pk}")
        touch(_above(instance))


def _days_turned(days: tuple[date, date], **_: Any) -> None:
    """Have the pages of organisations written anew that have begun or ended by themselves."""
    for unit in Organisation.objects.filter(Q(founded__range=days) | Q(closed__range=days)):
        _organisation_saved(unit, created=False)


def _above(unit: Organisation) -> list[str]:
    above = Organisation.objects.filter(path=unit.parent_path).values_list("pk", flat=True)
    return [addresses.organisation(key) for key in above]


def _guide_saved(instance: Guide, **_: Any) -> None:
    key = instance.organisation_id
    pages = [addresses.organisation(key), addresses.part(key, "guide")]
    applying = Column.objects.filter(organisation=key, section="apply").values_list("pk", flat=True)
    touch([*pages, addresses.HOME, *map(addresses.column, applying)])


def _columns_changed(organisations: Iterable[int], **_: Any) -> None:
    """A column is named in the navigation of its whole organisation."""
    for key in organisations:
        touch_group(NAME, f"organisation-{key}")
    touch(mapping.parts_of(organisations))


register(
    PageSource(
        name=NAME,
        title="政府信息公开专栏",
        owns=("/items/", *LISTS),
        gathering=LISTS,
        all_pages=all_pages,
        render_many=render_many,
        group=group,
        of_organisations=_pages_to_find,
        looks=(Path(__file__).parent,),
    )
)
columns_changed.connect(_columns_changed, dispatch_uid="portal-information-columns")
events.shown.connect(dependencies.changed, dispatch_uid="portal-information")
events.days_turned.connect(_days_turned, dispatch_uid="portal-information-days")
post_save.connect(_organisation_saved, sender=Organisation, dispatch_uid="portal-information-unit")
post_save.connect(_guide_saved, sender=Guide, dispatch_uid="portal-information-guide")
