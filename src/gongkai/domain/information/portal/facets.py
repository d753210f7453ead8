"""What the items of a column can be narrowed to: each value with its count and the search that shows it.

The list of a column is a file and has one order; what is narrowed down is the search's, which knows the rest.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from gongkai.core.codes import genres, validities
from gongkai.domain.information.models import Item, Kind
from gongkai.domain.information.portal.sections import Place
from gongkai.domain.information.searching import class_of

SHOWN = 8
"""Values that are named; the search has the others."""
PAGES = 100
"""In a column of more pages only the years are counted, from an index: other facts stand in rows with texts."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value, how many items have it, and where they are listed."""

    label: str
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class Facet:
    """What is told apart, and the values that occur."""

    title: str
    choices: tuple[Choice, ...]
    is_cut: bool = False


def search_in(place: Place, **more: str) -> str:
    """Return the address of the search in the column *place*, the newest first."""
    told = {"column": place.pk, "organisation": place.organisation, **more, "sort": "newest"}
    return f"{reverse('search:search')}?{urlencode(told)}"


def facets_of(place: Place, pages: int) -> tuple[int, list[Facet]]:
    """Return how many items a column of so many *pages* has, and the facets that tell something apart."""
    mine = Item.objects.public().filter(column=place.pk).order_by()
    years, kinds, topics = Counter[str](), Counter[str](), Counter[str]()
    standings = Counter[str]()
    if pages > PAGES:
        for day, count in mine.values_list("published_on").annotate(n=Count("*")):
            years[_year(day)] += count
    else:
        rows = list(mine.values_list("published_on", "genre", "topic", "kind"))
        for day, genre, topic, _ in rows:
            years[_year(day)] += 1
            kinds[genres()[genre].label if genre in genres() else ""] += 1
            topics[class_of(topic)] += 1
        if any(kind != Kind.OTHER for *_, kind in rows):
            standings = _standings(place)
    found = [
        _facet(place, "validity", "有效性", standings),
        _facet(place, "year", "年份", years),
        _facet(place, "genre", "体裁", kinds),
        _facet(place, "topic", "主题", topics),
    ]
    return years.total(), [facet for facet in found if len(facet.choices) > 1]


def _year(day: date | None) -> str:
    return str(day.year) if day else ""


def _standings(place: Place) -> Counter[str]:
    """Return how many rules and normative documents of a column are in force, over, not begun."""
    mine = Item.objects.public().documents().filter(column=place.pk).order_by().with_amended()
    rows = mine.only("kind", "effective_on", "expires_on", "repealed_on")
    standings = (row.validity() for row in rows)
    return Counter(validities()[each.value].label for each in standings if each)


def _facet(place: Place, key: str, title: str, counts: Counter[str]) -> Facet:
    named = [(value, count) for value, count in counts.items() if value]
    if key == "year":
        named.sort(reverse=True)
    else:
        named.sort(key=lambda pair: (-pair[1], pair[0]))
    word = "{}年" if key == "year" else "{}"
    choices = [
        Choice(word.format(value), count, search_in(place, **{key: value}))
        for value, count in named[:SHOWN]
    ]
    return Facet(title, tuple(choices), is_cut=len(named) > SHOWN)
