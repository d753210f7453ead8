"""What the portal offers to statistics: how often the disclosure section was visited."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import partial

from django.db.models import Exists, OuterRef

from gongkai.domain.information.models import Item
from gongkai.domain.information.portal.visited import ITEM, OF_ORGANISATION
from gongkai.foundation.figures import Answer, Period, Record, figure
from gongkai.foundation.visits.queries import between, most

NAMED = 200
"""Items that are named one by one; the others are one line."""


@figure("visits.total", title="本期专栏各页面的访问次数")
def visits(units: Sequence[int], period: Period) -> Mapping[int, Answer]:
    """Count what was opened of the units' own pages; who has none counted has no figure, which is not zero."""
    rule = (
        f"{period}本单位专栏首页、栏目、信息和年报页面被打开的次数。同一人半小时内重开同一页只计一次；"
        "搜索引擎的抓取、声明不愿被统计的浏览器、没有脚本的浏览器不计。"
    )
    counts = between(OF_ORGANISATION, units, period.first, period.last)
    return {
        unit: Answer(Decimal(count), rule, partial(_records, unit, period, count))
        for unit, count in counts.items()
    }


def _records(unit: int, period: Period, count: int) -> Iterable[Record]:
    mine = Exists(Item.objects.filter(pk=OuterRef("key"), organisation=unit))
    read = most(ITEM, period.first, period.last, among=mine, limit=NAMED)
    titles = Item.objects.in_bulk([key for key, _ in read])
    for key, times in read:
        item = titles[key]
        yield Record(item.title, Decimal(times), item.get_absolute_url(), f"阅读 {times} 次")
    rest = count - sum(times for _, times in read)
    if rest > 0:
        yield Record("首页、栏目、年报和其余信息的页面", Decimal(rest), note=f"{rest} 次")
