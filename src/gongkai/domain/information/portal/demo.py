"""How often the demo city's pages were opened: invented, the same every time, more for what was new."""

import zlib
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from gongkai.domain.information.models import Item
from gongkai.domain.information.portal.visited import COLUMN, IN_COLUMN, ITEM, OF_ORGANISATION
from gongkai.foundation import clock
from gongkai.foundation.search.counting import KEPT_FROM
from gongkai.foundation.search.models import CountedQuery
from gongkai.foundation.visits.models import VisitCount
from gongkai.foundation.visits.registry import EVERYTHING
from gongkai.foundation.visits.writing import add

ORDER = 400
MONTHS = 23
"""So many months back."""
SEARCHES = (
    ("加装电梯", 61, 5),
    ("公租房", 44, 6),
    ("低保标准", 38, 46),
    ("义务教育招生", 35, 15),
    ("征地补偿", 29, 52),
    ("自来水水质", 24, 23),
    ("公务员招录", 21, 8),
    ("停车收费", 19, 1),
    ("农机补贴", 16, 6),
    ("流感疫苗", 14, 2),
    ("积分落户", 11, 0),
    ("夜市摊位", 9, 0),
)
"""Words, how often on the day when most, and how much they found; what found nothing is what to look at."""
LISTS = 3
"""Of so many readings one came by the column's list."""


def load(folder: Path) -> str | None:  # noqa: ARG001  # asked of all alike
    """Enter the visits of the last two years, unless some were counted already."""
    if VisitCount.objects.exists():
        return None
    rows: Counter[tuple[str, int, date]] = Counter()
    facts = Item.objects.public().exclude(published_on=None).order_by("pk")
    months = list(_months(clock.today()))
    for key, unit, column, day in facts.values_list("pk", "organisation", "column", "published_on"):
        for month in months:
            count = _readings(key, day or month, month)
            if not count:
                continue
            rows[ITEM, key, month] += count
            rows[COLUMN, column or 0, month] += count // LISTS
            total = count + count // LISTS
            for kind, place in ((IN_COLUMN, column or 0), (OF_ORGANISATION, unit), EVERYTHING):
                rows[kind, place, month] += total
    counted = {
        place: count for place, count in rows.items() if count and place[1] + (place[0] == "all")
    }
    add(counted)
    _searches()
    return f"访问统计：{sum(n for (kind, _, _), n in counted.items() if kind == 'all')} 次。"


def _searches() -> None:
    """Enter what people searched for in the last weeks."""
    today = clock.today()
    rows = [
        CountedQuery(text=text, day=today - timedelta(days=3 * back), count=often, results=found)
        for text, times, found in SEARCHES
        for back in range(8)
        if (often := times - 2 * back) >= KEPT_FROM
    ]
    CountedQuery.objects.bulk_create(rows, ignore_conflicts=True)


def _months(today: date) -> Iterator[date]:
    for back in range(MONTHS, -1, -1):
        number = today.year * 12 + today.month - 1 - back
        yield date(number // 12, number % 12 + 1, 1)


def _readings(key: int, published: date, month: date) -> int:
    """Return how often the item was read in *month*: much at first, then ever less."""
    age = (month.year - published.year) * 12 + month.month - published.month
    if age < 0:
        return 0
    interest = zlib.crc32(f"{key}".encode()) % 90 + 6
    noise = zlib.crc32(f"{key} {month}".encode()) % 7
    return int(interest * 2 / (1 + age) ** 1.3) + (noise if age < 12 else noise // 4)
