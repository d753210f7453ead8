"""Atom feeds, and the site map in parts."""

from datetime import date, datetime, time
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils import timezone

from gongkai.core.rendering.cleaning import clean
from gongkai.domain.information.models import Item
from gongkai.domain.information.portal import addresses
from gongkai.domain.information.ranges import public_ranges
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.feeds import Feed
from gongkai.foundation.publicfiles import mapping

ENTRIES = 30
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
MAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def absolute(address: str) -> str:
    """Return the full address that the public uses."""
    return f"{settings.GONGKAI_PUBLIC_URL}{address}"


def feed(title: str, *, page: str, own: str, items: QuerySet[Item]) -> bytes:
    """Return the newest of *items* as an Atom feed that lies at *own* and belongs to *page*."""
    made = Feed(
        title=title,
        link=absolute(page),
        description=title,
        feed_url=absolute(own),
        language="zh-CN",
        feed_guid=absolute(own),
    )
    newest = items.public().order_by("-published_on", "-pk")  # type: ignore[attr-defined]  # an ItemQuerySet
    for pk, name, summary, day, at, author in newest.values_list(
        "pk", "title", "summary", "published_on", "last_published_at", "organisation__name"
    )[:ENTRIES]:
        made.add_item(
            title=clean(name),
            link=absolute(addresses.item(pk)),
            unique_id=absolute(addresses.item(pk)),
            description=clean(summary or name),
            author_name=author,
            pubdate=_noon(day),
            updateddate=at or _noon(day),
        )
    return made.writeString("utf-8").encode()


def shard(number: int) -> bytes | None:
    """Return part *number* of the site map, the public items of a range of keys; nothing where there is none."""
    first = number * addresses.PER_SHARD
    rows = Item.objects.public().filter(pk__gte=first, pk__lt=first + addresses.PER_SHARD)
    lines = [
        _place(addresses.item(pk), timezone.localdate(at) if at else day)
        for pk, day, at in rows.order_by("pk").values_list(
            "pk", "published_on", "last_published_at"
        )
    ]
    return _places(lines)


def organisations_part(number: int) -> bytes | None:
    """Return part *number* of the site map of organisations: sections, guides, columns, reports and what else is theirs."""
    first = number * mapping.PER_PART
    units = Organisation.objects.filter(pk__range=(first, first + mapping.PER_PART - 1))
    keys = list(units.order_by("path").values_list("pk", flat=True))
    return _places([_place(address) for address in mapping.pages_of(keys)])


def organisation_parts() -> list[int]:
    """Return the numbers of the parts that the site map of organisations has."""
    numbers = Organisation.objects.order_by().annotate(number=F("pk") / mapping.PER_PART)
    return sorted(numbers.values_list("number", flat=True).distinct())


def _places(lines: list[str]) -> bytes | None:
    return f'{HEAD}<urlset xmlns="{MAPS}">{"".join(lines)}</urlset>\n'.encode() if lines else None


def _place(address: str, day: date | None = None) -> str:
    changed = f"<lastmod>{day}</lastmod>" if day else ""
    return f"<url><loc>{escape(absolute(address))}</loc>{changed}</url>"


def shards() -> list[int]:
    """Return the numbers of the parts that the site map has."""
    return public_ranges(addresses.PER_SHARD)


def sitemap() -> bytes:
    """Return the list of the parts."""
    places = [mapping.part(number) for number in organisation_parts()]
    places += [addresses.shard(number) for number in shards()]
    lines = [f"<sitemap><loc>{escape(absolute(place))}</loc></sitemap>" for place in places]
    return f'{HEAD}<sitemapindex xmlns="{MAPS}">{"".join(lines)}</sitemapindex>\n'.encode()


def _noon(day: date) -> datetime:
    """Return a moment of the *day* of publication; what the office promises is the day."""
    return timezone.make_aware(datetime.combine(day, time(12)))
