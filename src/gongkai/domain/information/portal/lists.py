"""Lists of items: of a column, of an organisation, of the whole city."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Exists, OuterRef, QuerySet

from gongkai.core.codes import validities
from gongkai.domain.information.models import Item, Link
from gongkai.domain.information.models.link import Relation
from gongkai.domain.information.portal import addresses, listing
from gongkai.domain.information.portal.items import STANDINGS
from gongkai.domain.information.portal.models import ListPage
from gongkai.domain.information.portal.sections import Place

SHOWN = (
    "pk",
    "title",
    "document_number",
    "published_on",
    "kind",
    "effective_on",
    "expires_on",
    "repealed_on",
    "organisation_id",
    "column_id",
)
"""What a line of a list needs; bodies are large."""


@dataclass(frozen=True, slots=True)
class Line:
    """An item in a list."""

    title: str
    href: str
    number: str
    on: date
    day: str
    """Written out once: a list has it twice in each line."""
    tag: str
    standing: str
    is_explained: bool
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class ColumnPage:
    """A page of a column.

    Attributes:
        number: Which page it is; ``None`` for the newest items at the column's own address.
        newer: The address of the page with newer items, empty where there is none.
        older: Likewise.
        count: On the newest page: how many items the column has.
    """

    lines: list[Line]
    number: int | None = None
    newer: str = ""
    older: str = ""
    oldest: str = ""
    count: int = 0
    updated: date | None = None


def newest_of(column: int) -> ColumnPage:
    """Return what stands at the address of *column*: its last page, with the one before where that is short."""
    last = listing.last_page(column)
    if last is None:
        return ColumnPage([])
    rows = _lines(listing.between(last))
    number = last.number
    if len(rows) < listing.PER_PAGE and number > 1:
        before = ListPage.objects.get(column=column, number=number - 1)
        rows, number = _lines(listing.between(before)), number - 1
    older = addresses.column(column, number - 1) if number > 1 else ""
    return ColumnPage(
        rows,
        older=older,
        oldest=addresses.column(column, 1) if older else "",
        count=Item.objects.public().filter(column=column).count(),
        updated=rows[0].on if rows else None,
    )


def pages_of(column: int, numbers: Iterable[int]) -> dict[int, ColumnPage]:
    """Return the pages of *column* that there are of *numbers*, counted from the oldest."""
    wanted = set(numbers)
    found = ListPage.objects.filter(column=column, number__in=wanted | {n + 1 for n in wanted})
    pages = {page.number: page for page in found}
    made: dict[int, ColumnPage] = {}
    for run in _in_a_row(sorted(wanted & pages.keys())):
        lines = _lines_by_page([pages[number] for number in run], pages.get(run[-1] + 1))
        for number in run:
            newer = number + 1 if number + 1 in pages else None
            made[number] = ColumnPage(
                lines[number],
                number=number,
                newer=addresses.column(column, newer),
                older=addresses.column(column, number - 1) if number > 1 else "",
                oldest=addresses.column(column, 1) if number > 2 else "",
            )
    return made


def _in_a_row(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Yield *numbers*, which rise, in runs without a gap."""
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        yield [number for _, number in run]


def _lines_by_page(pages: list[ListPage], following: ListPage | None) -> dict[int, list[Line]]:
    """Return the lines of neighbouring *pages* by number, up to the one *following*, one query."""
    starts = [page.first for page in pages]
    lines: dict[int, list[Line]] = {page.number: [] for page in pages}
    for item in _shown(listing.between(pages[0], following)):
        at = bisect_right(starts, (item.published_on or date.min, item.pk)) - 1
        lines[pages[max(0, at)].number].append(_line(item))
    return lines


def latest(items: QuerySet[Item], count: int, *, named: bool = False) -> list[Line]:
    """Return the newest *count* of the public *items*, with the organisation's name where that is wanted."""
    return _lines(items.public(), count, named=named)  # type: ignore[attr-defined]  # an ItemQuerySet


def newest_by_column(places: Iterable[Place], count: int) -> dict[int, list[Line]]:
    """Return the newest lines of each of *places*; a small query each, since there are few columns."""
    return {
        place.pk: latest(Item.objects.filter(column=place.pk), count)
        for place in places
        if place.holds_items
    }


def _lines(items: QuerySet[Item], count: int | None = None, *, named: bool = False) -> list[Line]:
    return [_line(item, named=named) for item in _shown(items, count, named=named)]


def _shown(
    items: QuerySet[Item], count: int | None = None, *, named: bool = False
) -> QuerySet[Item]:
    """Return the newest *count* of *items* with what a line of a list needs, the newest first."""
    explaining = Link.objects.filter(
        target=OuterRef("pk"), relation=Relation.INTERPRETS, source__live=True
    )
    rows: QuerySet[Item] = items.order_by("-published_on", "-pk").with_amended()  # type: ignore[attr-defined]  # an ItemQuerySet
    rows = rows.annotate(is_explained=Exists(explaining)).only(*SHOWN)
    if named:
        rows = rows.select_related("organisation").only(
            *SHOWN, "organisation__name", "organisation__short"
        )
    return rows[:count] if count else rows


def _line(item: Item, *, named: bool = False) -> Line:
    validity = item.validity()
    on = item.published_on or date.min
    return Line(
        title=item.title,
        href=addresses.item(item.pk),
        number=item.document_number,
        on=on,
        day=on.isoformat(),
        tag=validities()[validity].label if validity else "",
        standing=STANDINGS[validity] if validity else "",
        is_explained=item.is_explained,  # type: ignore[attr-defined]  # the query tells it
        organisation=str(item.organisation) if named else "",
    )


def newest_item(column: int) -> Item | None:
    """Return the newest public item of *column*, whole."""
    found = Item.objects.public().with_amended().filter(column=column)
    return found.select_related("organisation").order_by("-published_on", "-pk").first()
