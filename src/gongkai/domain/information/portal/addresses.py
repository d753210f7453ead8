"""Public addresses. They are printed, linked and kept by others, and never change."""

from gongkai.domain.information.models.item import PER_FOLDER

HOME = "/"
FEED = "/feed.xml"
SITEMAP = "/sitemap.xml"
ORGANISATIONS = "/organisations/"
PER_SHARD = 2_000
"""Items in one part of the site map: small, since publishing one item writes it anew."""


def item(key: int) -> str:
    """Return the address of an item."""
    return f"/items/{key // PER_FOLDER}/{key}/"


def files(key: int) -> str:
    """Return the folder of an item's files."""
    return f"{item(key)}files/"


def column(key: int, number: int | None = None) -> str:
    """Return the address of a column: its newest items, or page *number* counted from the oldest."""
    return f"/columns/{key}/{number}/" if number else f"/columns/{key}/"


def column_feed(key: int) -> str:
    """Return the feed of a column."""
    return f"/columns/{key}/feed.xml"


def organisation(key: int) -> str:
    """Return the home of an organisation's section."""
    return f"/organisations/{key}/"


def part(key: int, section: str) -> str:
    """Return a part of an organisation's section."""
    return f"/organisations/{key}/{section}/"


def organisation_feed(key: int) -> str:
    """Return the feed of an organisation."""
    return f"/organisations/{key}/feed.xml"


def shard(number: int) -> str:
    """Return part *number* of the site map."""
    return f"/sitemap/items-{number}.xml"


def shard_of(key: int) -> str:
    """Return the part of the site map that names an item."""
    return shard(key // PER_SHARD)
