"""Which indicators the figures of a document are."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from gongkai.core.extraction.statements.items import Item
from gongkai.core.indicators import named

_FILLING = re.compile(
    r"各类|各种|各项|各级|有关|相关|新增|累计|主动对外|向社会|共计|对外|及时|的|了|其他应(?=主动)|[“”\"'‘’]|(?<!公)共(?![享同建治管产])"
)
_SCOPED = re.compile(r"代表|本级|本机关|办公室本身|窗口|行政服务中心|审批服务|政务服务中心|便民服务")
_TOTAL = "proactive.total"
_STRONG = re.compile(r"主动公开|公开政府信息|公布政府信息|信息公开(?:总|数)|公开信息(?:总|数)?")


def name(items: Sequence[Item]) -> None:
    """Set :attr:`Item.indicator` where the words name one for certain."""
    for item in items:
        if item.kind != "count" or item.indicator:
            continue
        found = named(words(item.subject), about=words(_about(item)), unit=item.quantity.unit)
        item.indicator = found.key if found else None
    for item in items:
        _narrow(item)
    _one_total(items)


def words(text: str) -> str:
    """Return *text* without the words that only fill."""
    return _FILLING.sub("", text)


def _about(item: Item) -> str:
    """What the passage is about: headings, the wholes above, the sentence up to the figure."""
    wholes: list[str] = []
    above = item.whole
    while above and len(wholes) < 4:
        wholes.append(above.subject)
        above = above.whole
    segment = item.sentence.text[: item.quantity.start]
    return " ".join((*reversed(wholes), segment.rpartition(";")[2][-60:])) or item.sentence.heading


def _narrow(item: Item) -> None:
    """Part of a figure of the same indicator is that of some units only, and no figure of the whole."""
    above = item.whole
    while above:
        if above.indicator == item.indicator:
            item.indicator = None
            return
        above = above.whole


def _one_total(items: Iterable[Item]) -> None:
    """Keep the best of several figures that could be the total of what was published."""
    by_key: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.indicator:
            by_key[item.indicator].append(item)
    totals = by_key[_TOTAL]
    strong = [i for i in totals if _STRONG.search(words(i.subject))]
    if not strong:
        strong = [i for i in by_key["channels.website"] if "主动公开" in words(i.subject)][:1]
        for item in strong:
            item.indicator = _TOTAL
    for item in totals:
        if strong and item not in strong:
            item.indicator = None
