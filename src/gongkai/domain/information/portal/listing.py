"""Keeping the pages of columns: which page an item stands on, and where a new page begins.

Called inside the transaction that changes items. Whatever the number of items, an ordinary publication asks for
the last page only; a page grows when older items are brought in between, and the column is laid out anew
only when one has become three times as long as it should be.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from itertools import pairwise

from django.db.models import Q, QuerySet

from gongkai.domain.directory.models import Column
from gongkai.domain.information.models import Item
from gongkai.domain.information.portal.models import ListPage

PER_PAGE = 20
TOO_LONG = 3 * PER_PAGE
BEGINNING = (date.min, 0)

Key = tuple[date, int]


def arrange(column: int, keys: Iterable[Key]) -> set[int]:
    """Bring the pages of *column* up to date after the items at *keys* came, went or changed.

    Returns:
        The numbers of the pages that show something else now, those that are no more included.
    """
    # one at a time: what the last page holds is asked after whoever was before
    list(Column.objects.select_for_update(of=("self",)).filter(pk=column).values_list("pk"))
    touched = sorted(keys)
    if not touched:
        return set()
    pages = _pages_from(column, touched[0])
    starts = [page.first for page in pages]
    numbers = {pages[max(0, bisect_right(starts, key) - 1)].number for key in touched}
    last = pages[-1]
    if last.number in numbers:
        numbers |= _grow_or_shrink(last)
    inner = [page for page in pages[:-1] if page.number in numbers]
    if not inner:
        return numbers
    end = next((page for page in pages if page.number > inner[-1].number), None)
    held = sorted(between(inner[0], end).values_list("published_on", "pk"))
    for page, following in pairwise(pages):
        first, past = (bisect_left(held, each.first) for each in (page, following))
        if page.number in numbers and past - first > TOO_LONG:
            return numbers | _lay_out_anew(page)
    return numbers


def last_pages(column: int, count: int) -> list[ListPage]:
    """Return the newest *count* pages of *column*, the newest first."""
    return list(ListPage.objects.filter(column=column).order_by("-number")[:count])


def between(page: ListPage, following: ListPage | None = None) -> QuerySet[Item]:
    """Return the public items of a column from the beginning of *page* to that of the one *following*, if any."""
    found = Item.objects.public().filter(column=page.column_id)
    if page.number > 1:
        found = found.filter(published_on__gte=page.first_on).filter(
            ~Q(published_on=page.first_on) | Q(pk__gte=page.first_item)
        )
    if following is not None:
        found = found.filter(published_on__lte=following.first_on).filter(
            ~Q(published_on=following.first_on) | Q(pk__lt=following.first_item)
        )
    return found


def _pages_from(column: int, key: Key) -> list[ListPage]:
    """Return the page on which *key* stands and all after it; the first one is made where there is none."""
    day, pk = key
    before = Q(first_on__lt=day) | Q(first_on=day, first_item__lte=pk)
    start = ListPage.objects.filter(before, column=column).order_by("-number").first()
    if start is None:
        start, _ = ListPage.objects.get_or_create(
            column_id=column,
            number=1,
            defaults={"first_on": BEGINNING[0], "first_item": BEGINNING[1]},
        )
    later = ListPage.objects.filter(column=column, number__gt=start.number).order_by("number")
    return [start, *later]


def _grow_or_shrink(last: ListPage) -> set[int]:
    """Begin new pages where the last one has become too long, take it away where it is empty."""
    keys = list(between(last).order_by("published_on", "pk").values_list("published_on", "pk"))
    if not keys and last.number > 1:
        last.delete()
        before = ListPage.objects.get(column=last.column_id, number=last.number - 1)
        return {last.number} | _grow_or_shrink(before)
    made = [
        ListPage(
            column_id=last.column_id,
            number=last.number + at // PER_PAGE,
            first_on=keys[at][0] or BEGINNING[0],
            first_item=keys[at][1],
        )
        for at in range(PER_PAGE, len(keys), PER_PAGE)
    ]
    ListPage.objects.bulk_create(made)
    return {last.number, *(page.number for page in made)}


def _lay_out_anew(page: ListPage) -> set[int]:
    """Number everything from *page* on anew, twenty on a page."""
    later = ListPage.objects.filter(column=page.column_id, number__gt=page.number)
    numbers = {page.number, *later.values_list("number", flat=True)}
    later.delete()
    return numbers | _grow_or_shrink(page)
