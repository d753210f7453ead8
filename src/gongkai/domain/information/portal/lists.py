"""Lists of items: of a column, of an organisation, of the whole city."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from gongkai.core.codes import validities
from gongkai.domain.information.models import Item, Kind, Link, Validity
from gongkai.domain.information.models.link import Relation
from gongkai.domain.information.portal import addresses, listing
from gongkai.domain.information.portal.facets import Facet, facets_of
from gongkai.domain.information.portal.items import STANDINGS
from gongkai.domain.information.portal.models import ListPage
from gongkai.domain.information.portal.sections import Place
from gongkai.foundation import clock

SHOWN = (
    "pk",
    "title",
    "document_number",
    "published_on",
    "kind",
    "effective_on",
    "expires_on",
    "repealed_on",
    "is_amended",
    "is_explained",
)
"""What a line of a list needs; bodies are large, and a row of them costs less than an item."""
EXPLAINED = mark_safe(' <span class="tag">有解读</span>')  # our own words
GAP = 5
"""Pages so near to each other are asked for at once: some rows too many cost less than a question."""
NAMES = ("organisation__short", "organisation__name")


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

    @property
    def row(self) -> str:
        """Return it as a row of a list; in Python, since there are twenty for each page that is written."""
        return format_html(
            '<li><div class="list-title"><a href="{}">{}</a>{}{}</div>'
            '<span class="number">{}</span><time class="when" datetime="{}">{}</time></li>',
            self.href,
            self.title,
            format_html(' <span class="tag {}">{}</span>', self.standing, self.tag)
            if self.tag
            else "",
            EXPLAINED if self.is_explained else "",
            self.organisation or self.number,
            self.day,
            self.day,
        )


@dataclass(frozen=True, slots=True)
class ColumnPage:
    """A page of a column.

    Attributes:
        number: Which page it is; ``None`` for the newest items at the column's own address.
        newer: The address of the page with newer items, empty where there is none.
        older: Likewise.
        count: On the newest page: how many items the column has.
        facets: Likewise: what they can be narrowed to.
    """

    lines: list[Line]
    number: int | None = None
    newer: str = ""
    older: str = ""
    oldest: str = ""
    count: int = 0
    updated: date | None = None
    facets: Sequence[Facet] = ()


def newest_of(place: Place) -> ColumnPage:
    """Return what stands at the address of a column: its last page, with the one before where that is short."""
    pages = listing.last_pages(place.pk, 2)
    if not pages:
        return ColumnPage([])
    rows = list(_shown(listing.between(pages[-1])))
    last = [row for row in rows if (row.published_on, row.pk) >= pages[0].first]
    number = pages[-1].number
    if len(last) >= listing.PER_PAGE:
        rows, number = last, pages[0].number
    older = addresses.column(place.pk, number - 1) if number > 1 else ""
    count, facets = facets_of(place, pages[0].number)
    return ColumnPage(
        [_line(row) for row in rows],
        older=older,
        oldest=addresses.column(place.pk, 1) if older else "",
        count=count,
        updated=rows[0].published_on if rows else None,
        facets=facets,
    )


def pages_of(column: int, numbers: Iterable[int]) -> dict[int, ColumnPage]:
    """Return the pages of *column* that there are of *numbers*, counted from the oldest."""
    wanted = sorted(set(numbers))
    around = Q(number__range=(wanted[0], wanted[-1] + 1)) if wanted else Q(pk=None)
    pages = {page.number: page for page in ListPage.objects.filter(around, column=column)}
    made: dict[int, ColumnPage] = {}
    for run in _near([number for number in wanted if number in pages]):
        between = [pages[n] for n in range(run[0], run[-1] + 1) if n in pages]
        lines = _lines_by_page(between, pages.get(run[-1] + 1), set(run))
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


def _near(numbers: Sequence[int]) -> Iterator[list[int]]:
    """Yield *numbers*, which rise, in runs without a large gap."""
    run: list[int] = []
    for number in numbers:
        if run and number - run[-1] > GAP:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _lines_by_page(
    pages: list[ListPage], following: ListPage | None, wanted: set[int]
) -> dict[int, list[Line]]:
    """Return the lines of those *wanted* of the *pages*, which lie up to the one *following*, by number; one query."""
    starts = [page.first for page in pages]
    lines: dict[int, list[Line]] = {number: [] for number in wanted}
    for row in _shown(listing.between(pages[0], following)):
        at = bisect_right(starts, (row.published_on, row.pk)) - 1
        number = pages[max(0, at)].number
        if number in wanted:
            lines[number].append(_line(row))
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
    return [_line(row) for row in _shown(items, count, named=named)]


def _shown(
    items: QuerySet[Item], count: int | None = None, *, named: bool = False
) -> Iterable[Any]:
    """Return what lines of a list need of the newest *count* of *items*, the newest first."""
    explaining = Link.objects.filter(
        target=OuterRef("pk"), relation=Relation.INTERPRETS, source__live=True
    )
    rows = items.order_by("-published_on", "-pk").with_amended()  # type: ignore[attr-defined]  # an ItemQuerySet
    rows = rows.annotate(is_explained=Exists(explaining))
    rows = rows.values_list(*SHOWN, *(NAMES if named else ()), named=True)
    found: Iterable[Any] = rows[:count] if count else rows
    return found


def _line(row: Any) -> Line:
    validity = row.kind != Kind.OTHER and Validity.on(
        clock.today(),
        effective=row.effective_on,
        expires=row.expires_on,
        repealed=row.repealed_on,
        is_amended=row.is_amended,
    )
    return Line(
        title=row.title,
        href=addresses.item(row.pk),
        number=row.document_number,
        on=row.published_on,
        day=row.published_on.isoformat(),
        tag=validities()[validity].label if validity else "",
        standing=STANDINGS[validity] if validity else "",
        is_explained=row.is_explained,
        organisation=getattr(row, NAMES[0], "") or getattr(row, NAMES[1], ""),
    )


def newest_item(column: int) -> Item | None:
    """Return the newest public item of *column*, whole."""
    found = Item.objects.public().with_amended().filter(column=column)
    return found.select_related("organisation").order_by("-published_on", "-pk").first()
