"""Quantities: a number with its unit, where it stands, and whether it is meant exactly."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from gongkai.core.extraction.statements.nofigures import COVER, hidden
from gongkai.core.extraction.statements.numerals import number

Kind = Literal["count", "share", "change"]

UNITS = [
    "个部分",
    "部分",
    "个百分点",
    "百分点",
    "万人次",
    "人次",
    "户次",
    "场次",
    "班次",
    "期次",
    "批次",
    "件次",
    "条次",
    "篇次",
    "车次",
    "台次",
    "家次",
    "张次",
    "平方米",
    "平方公里",
    "公里",
    "大类",
    "大项",
    "小类",
    "小项",
    "大板块",
    "版块",
    "板块",
    "件",
    "条",
    "份",
    "篇",
    "个",
    "项",
    "次",
    "人",
    "名",
    "位",
    "户",
    "家",
    "处",
    "所",
    "场",
    "期",
    "册",
    "封",
    "本",
    "张",
    "块",
    "部",
    "宗",
    "起",
    "例",
    "批",
    "幅",
    "套",
    "台",
    "辆",
    "座",
    "间",
    "页",
    "版",
    "字",
    "类",
    "种",
    "款",
    "则",
    "门",
    "讲",
    "轮",
    "组",
    "亿元",
    "万元",
    "千元",
    "元",
    "吨",
    "亩",
    "倍",
    "分",
    "%",
    "％",
    "票",
    "字节",
    "颗",
    "头",
    "株",
    "根",
    "只",
    "桌",
    "面",
    "栏",
    "支",
    "站",
    "村",
]
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_SPELLED_UNIT = "个部分|部分|人次|场次|班次|件|条|份|篇|个|项|次|人|名|位|家|处|所|场|期|部|宗|起|例|批|大类|类|块|册|户"
_ABOUT = r"近|约|大约|将近|接近|超过|超|逾|达到?|突破|不少于|不低于|至少"
_MORE = "余|多|来"

_ARABIC = re.compile(
    rf"(?P<before>{_ABOUT})?(?<![\d.])(?<!\d,)(?P<sign>[-−+])?(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?P<more>{_MORE})?(?P<scale>百万|千万|万亿|万(?!元)|亿(?!元)|千(?!元)|百)?(?P<more2>{_MORE})?\s?(?P<unit>{_UNIT})(?P<more3>余|多(?=[,。;、)]|$))?"
)
_CHINESE = re.compile(
    rf"(?P<before>{_ABOUT})?(?<![零〇一二三四五六七八九十百千万亿两几数多半第十廿])(?P<number>[零〇一二三四五六七八九十百千万亿两]{{1,12}})"
    rf"(?P<more>{_MORE})?(?P<scale>万|亿)?(?P<unit>{_SPELLED_UNIT})(?!之|多|余)"
)
_PER_HUNDRED = re.compile(
    r"百分之(?P<number>[零〇一二三四五六七八九十百]+(?:点[零〇一二三四五六七八九]+)?|\d+(?:\.\d+)?)"
)
_BARE = re.compile(r"(?<=[为是计:])(?P<number>\d+)(?=[,;。、)]|$)")
_SCALE = {"百": 100, "千": 1000, "百万": 10**6, "千万": 10**7, "万": 10**4, "亿": 10**8}

_CHANGE = re.compile(
    r"(?:同比|环比|(?:较|比|与|同)(?:上|去|前)?(?:一)?(?:年|年度|年同期|去年|\d{4}年|█{4}年)?[^,。;]{0,8}?(?:相比)?[,]?)[^,。;\d]{0,12}?"
    r"(?P<verb>增长|增加|上升|提高|提升|上涨|攀升|增|多|升|下降|减少|降低|下滑|缩减|降|减|少|回落)(?:了|幅?为|幅度为|约|达|率为)?[^,。;\d]{0,4}$"
)
_ADDED = re.compile(
    r"(?P<verb>增长|增幅|涨幅|下降|降幅|上升)(?:了|为|约|达|率为|率达|幅度为|幅度达)?$"
)
_FALLING = ("下降", "减少", "降低", "下滑", "缩减", "降", "减", "少", "回落", "降幅")

_ONE = re.compile(
    r"(?:收到|受理|接到|发生|举办|召开|开展|发布|公示|公开|组织|举行|确定|明确|指定|配备|安排|设立|设置|有|共|新增|收取|提起|办理|印发|制定|出台|开设|建立|培训)[^,。;、]{0,10}$"
)
_COUNTED_ONE = "名条件份次场期宗起篇人家处例部"


@dataclass(slots=True)
class Quantity:
    """A number with its unit.

    Attributes:
        start: Where it begins in the sentence, words like 近 left out.
        end: Where it ends.
        value: The number, 万 and 亿 of counts multiplied out.
        unit: The unit as printed, ``None`` for a bare number.
        approximate: 余, 多, 近, 约 and their like.
        kind: A plain count, a share in per cent, or a change against another year (signed).
    """

    start: int
    end: int
    value: Decimal
    unit: str | None
    approximate: bool = False
    kind: Kind = "count"


def quantities(text: str) -> list[Quantity]:
    """Return the quantities of a sentence, in order."""
    shadow = hidden(text)
    found = sorted(
        (*_arabic(shadow), *_chinese(shadow), *_per_hundred(shadow), *_bare(shadow)),
        key=lambda q: (q.start, -q.end),
    )
    kept: list[Quantity] = []
    for quantity in found:
        if not kept or quantity.start >= kept[-1].end:
            _tell_changes(shadow, quantity, kept[-1].end if kept else 0)
            kept.append(quantity)
    return kept


def _arabic(shadow: str) -> Iterator[Quantity]:
    for match in _ARABIC.finditer(shadow):
        if _cut_off(shadow, match.start("number")):
            continue
        value = number(match["number"])
        if value is None:
            continue
        scale, unit = match["scale"], match["unit"].replace("％", "%")
        if scale:
            value *= _SCALE.get(scale, 10**12)
        if unit == "万人次":
            value, unit = value * 10_000, "人次"
        if match["sign"] and match["sign"] != "+":
            if shadow[match.start("sign") - 1 : match.start("sign")].isalnum():
                continue  # a dash, as in 1-3件
            value = -value
        yield Quantity(
            match.start("number"),
            match.end(),
            _plain(value),
            unit,
            approximate=_approximate(match),
            kind="share" if unit == "%" else "count",
        )


def _cut_off(shadow: str, start: int) -> bool:
    """Whether the digits before a gap may belong to the number, so that nothing is certain."""
    return re.search(r"[\d,.]\s$|[A-Za-z█./-]$", shadow[max(0, start - 2) : start]) is not None


def _chinese(shadow: str) -> Iterator[Quantity]:
    for match in _CHINESE.finditer(shadow):
        spelled, unit = match["number"], match["unit"]
        if spelled[0] in "万亿" or spelled in {"百", "千", "零", "〇", "两千", "百千"}:
            continue
        if spelled == "一" and not (
            unit in _COUNTED_ONE and _ONE.search(shadow[max(0, match.start() - 16) : match.start()])
        ):
            continue
        value = number(spelled)
        if value is None:
            continue
        if match["scale"]:
            value *= _SCALE[match["scale"]]
        yield Quantity(
            match.start("number"),
            match.end(),
            value,
            unit,
            approximate=_approximate(match),
        )


def _per_hundred(shadow: str) -> Iterator[Quantity]:
    for match in _PER_HUNDRED.finditer(shadow):
        whole, _, digits = match["number"].partition("点")
        value = number(whole)
        if value is not None:
            if digits:
                value += Decimal("0." + "".join(str(number(d)) for d in digits))
            yield Quantity(match.start(), match.end(), value, "%", kind="share")


def _bare(shadow: str) -> Iterator[Quantity]:
    """Yield numbers that stand without a unit after 为 or a colon: 收到申请数为0."""
    for match in _BARE.finditer(shadow):
        before = shadow[max(0, match.start() - 6) : match.start()]
        if re.search(r"[数量](?:为|是|共计|计)?[:为是计]$|均为$|全为$", before):
            yield Quantity(match.start(), match.end(), Decimal(match["number"]), None)


def _approximate(match: re.Match[str]) -> bool:
    groups = match.groupdict()
    before = groups["before"] or ""
    return bool(groups.get("more") or groups.get("more2") or groups.get("more3")) or before not in {
        "",
        "达",
        "达到",
    }


def _tell_changes(shadow: str, quantity: Quantity, after: int) -> None:
    before = shadow[max(after, quantity.start - 36) : quantity.start]
    match = _CHANGE.search(before)
    if not match and quantity.unit in {"%", "倍", "个百分点", "百分点"}:
        match = _ADDED.search(before)
    if match:
        quantity.kind = "change"
        if match["verb"].startswith(_FALLING):
            quantity.value = -quantity.value


def _plain(value: Decimal) -> Decimal:
    """Return 140000 rather than 1.4E+5, and 76.10 as printed."""
    return value if value.as_tuple().exponent != 0 and value % 1 else value.quantize(Decimal(1))


__all__ = ["COVER", "UNITS", "Kind", "Quantity", "quantities"]
