"""Which indicators the figures of a document are."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from gongkai.core.extraction.statements.items import Item
from gongkai.core.extraction.statements.subjects import clean
from gongkai.core.indicators import named

_FILLING = re.compile(
    r"各类|各种|各项|各级|有关|相关|新增|累计|主动对外|向社会|共计|对外|及时|的|了|其他应(?=主动)|[“”\"'‘’]|(?<!公)共(?![享同建治管产])"
)
_SINCE_EVER = re.compile(r"累计|历年|截至|截止|总计")
_PLAIN = re.compile(r"(?:公开|发布|公布|上传|更新)(?:政府|政务)?信息(?:总?数量?|量)?$")
_THIS_YEAR = re.compile(r"本年|今年|新增|当年|(?:19|20)\d{2}年")
_TOTAL = "proactive.total"
_STRONG = re.compile(r"主动公开|公开政府信息|公布政府信息|信息公开(?:总|数)|公开信息(?:总|数)")
_CHANNEL = re.compile(
    r"(?:通过|利用|依托|借助)[^、]{0,20}(?:微信|微博|公众号|新媒体|门户网站|政府网站|公报)(?:平台)?$"
)
_SEVERAL = re.compile(r"等[^,]{0,4}?(?:载体|渠道|平台|形式|方式|途径|媒介|媒体)")
_MADE = re.compile(r"(?:制作|产生|生成|形成|编制|公开|发布)[^,]{0,12}(?:信息|公文)")
_PLANS = re.compile(r"问题|改进|打算|下一步|今后|计划|努力方向|不足")
_COUNTER = re.compile(r"审批|窗口|入驻|服务中心|服务大厅|办件|办事|政务服务|信访|热线|12345")


def name(items: Sequence[Item]) -> None:
    """Set :attr:`Item.indicator` where the words name one for certain."""
    for item in items:
        if item.kind != "count" or _PLANS.search(item.sentence.heading.rpartition(" ")[2]):
            continue
        subject, about = words(_through(item) + item.subject), words(_about(item))
        found = named(subject, about=about, unit=item.quantity.unit)
        if found is None and (several := _SEVERAL.search(subject)):
            # by several channels together: what follows is said of all of them
            found = named(subject[several.end() :], about=about, unit=item.quantity.unit)
        item.indicator = found.key if found and not _elsewhere(found.key, item) else None
    for item in items:
        _narrow(item)
    _one_total(items)


def _through(item: Item) -> str:
    """The channel that the clause before names for this figure: 通过政务微信公众号,发布信息97条."""
    before, comma, clause = item.sentence.text[: item.quantity.start].rpartition(",")
    passage = re.split(r"[,;:]", before)[-1]
    if not comma or len(clause) > len(item.subject) + 4 or re.search(r"\d", passage):
        return ""
    return passage if _CHANNEL.search(passage) and not re.search(r"[和及与]", passage) else ""


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


def _elsewhere(key: str, item: Item) -> bool:
    """Whether an application is one at a service counter, or an answer one to a letter."""
    if not key.startswith(("requests.", "outcomes.")):
        return False
    if item.whole and _MADE.search(item.whole.subject) and "申请" not in item.whole.subject:
        return True  # 制作政府信息…条,其中…依申请公开…条: how information may be opened, and no application
    passage = _before(item)
    topic = (
        item.subject
        + item.sentence.heading
        + item.sentence.text
        + (item.whole.subject if item.whole else "")
    )
    return "公开" not in topic or (
        _COUNTER.search(passage) is not None and "公开" not in item.subject + _about(item)
    )


def _narrow(item: Item) -> None:
    """Part of a figure of the same indicator is that of some units only, and no figure of the whole."""
    above = item.whole
    while above:
        if above.indicator and above.indicator == item.indicator:
            if _SINCE_EVER.search(_before(above)) and _THIS_YEAR.search(item.frame.left):
                above.indicator = None  # 累计…条,其中本年…条: the year is what counts
            else:
                item.indicator = None
            return
        if item.indicator is None and above.indicator and not item.frame.right:
            bare = clean(item.frame.left)
            if (
                _SINCE_EVER.search(_before(above))
                and _THIS_YEAR.search(item.frame.left)
                and len(bare) <= 4
            ):
                item.indicator, above.indicator = above.indicator, None
            return
        above = above.whole


def _before(item: Item) -> str:
    return item.sentence.text[max(0, item.quantity.start - 40) : item.quantity.start]


def _one_total(items: Iterable[Item]) -> None:
    """Keep the best of several figures that could be the total of what was published."""
    by_key: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        if item.indicator:
            by_key[item.indicator].append(item)
    totals = by_key[_TOTAL]
    for key, rivals in by_key.items():
        if key.startswith("channels."):
            _of_the_total(rivals)
    strong = [i for i in totals if _STRONG.search(words(i.subject))]
    if not strong:
        strong = [i for i in by_key["channels.website"] if "主动公开" in words(i.subject)][:1]
        for item in strong:
            item.indicator = _TOTAL
    kept = _of_this_year(strong) or [i for i in totals if _PLAIN.search(words(i.subject))]
    for item in totals:
        if kept and item not in kept:
            item.indicator = None


def _of_this_year(strong: Sequence[Item]) -> list[Item]:
    """Of several totals, those of the year before those since ever, and what the first of them says."""
    year = [i for i in strong if not _SINCE_EVER.search(_clause(i))] or list(strong)
    proper = [i for i in year if "主动公开" in words(i.subject)] or year
    return [i for i in strong if proper and i.quantity.value == proper[0].quantity.value]


def _clause(item: Item) -> str:
    return re.split(r"[,;:]", item.sentence.text[: item.quantity.start])[-1]


def _of_the_total(rivals: Sequence[Item]) -> None:
    """What a channel published of the total is the channel's figure; what it published on one topic is not."""
    ours = [i for i in rivals if i.whole and i.whole.indicator == _TOTAL]
    for item in rivals:
        if ours and item not in ours:
            item.indicator = None
