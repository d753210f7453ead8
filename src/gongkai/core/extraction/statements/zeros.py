"""Zeros that are said rather than written: 未收到, 没有发生, 无, 零投诉."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_NEGATION = re.compile(
    r"(?:尚|均|也|还|从|暂|仍|都|并)?(?:未|没有|没|无)(?:曾|有|再)?(?:发生过?|收到过?|接到过?|接收到?|受理|产生|出现过?|收取过?|征收|收过|提起|接受|收|引发|涉及|存在|被|发现|提供|支出|因|要求|对|向)?|"
    r"不存在|(?:暂|均)不(?:收取|收费)|不收取|不收费|免费(?:提供|公开|向(?![^,。;]{0,12}(?:发放|赠|派送|寄送|开放)))|免收|(?:均|都|全|皆)?为零(?=[,;。、]|$)|零(?=申请|投诉|举报|复议|诉讼|收费|上访)"
)
_NO_NEGATION = re.compile(
    r"未(?:出台|制定|经|能|必|及时|来|成年|予|按|办结|完成|答复|公开|批准|达|满|设|建|明确|纳入|更新|审结|缴|补正|说明|发布|落实|到位|全|尽|主动)|"
    r"无(?:法|障碍|关|须|需|论|偿|不|效|论|锡|纸|证|线|正当|缝|死角|理由|人机|差别|为)|没有(?:现成|法律|明确|得到|完全|及时|设置|建立|落实|很好|形成|不|正当|充分)|没(?:收|落实)"
)
REACH = 120
"""Characters before and after a negation that are looked at."""
_STOP = re.compile(r"[,;:。!?]")
_JOIN = re.compile(r"、|以及|或者|或|和|及|与|暨|并(?!未|无|没)|/")
_DOUBT = re.compile(r"如|若|凡|因其|对于|导致|避免|防止|杜绝|确保|尽可能|不得|即使|是否|有无|未来")

_RECONSIDERATION = re.compile(r"复议")
_LITIGATION = re.compile(r"诉讼(?!费|请求)|起诉|应诉")
_APPEAL = re.compile(r"申诉|申述")
_COMPLAINT = re.compile(r"举报|投诉")
_REQUEST = re.compile(
    r"申请(?!人收|表|指南|渠道|方式|提供|行政复议|复议|提起)|依申请公开|要求公开|公开申请|公开请求"
)
_DENIED = re.compile(r"不予公开|不予以公开|不同意公开|免予公开")
_FEE = re.compile(r"费|收取")
_WAIVED = re.compile(r"减免|免除")


class Zero(NamedTuple):
    """A zero and the words that say it.

    Attributes:
        start: Where the negating words begin in the sentence.
        end: Where they end.
        subject: What there was none of.
        indicator: The indicator it is zero of.
        unit: ``件`` or ``元``.
    """

    start: int
    end: int
    subject: str
    indicator: str
    unit: str


def zeros(
    text: str, heading: str, written: Iterator[tuple[int, int]] | tuple[tuple[int, int], ...]
) -> list[Zero]:
    """Return the zeros that the sentence *text* says of things that are indicators.

    Args:
        text: The sentence.
        heading: The headings above it, for sentences such as 无 or 本年度未发生 alone.
        written: The stretches of its written figures; a clause that has one says its own number.
    """
    figures = tuple(written)
    found: list[Zero] = []
    for match in _NEGATION.finditer(text):
        if _NO_NEGATION.match(text, match.start() + _prefix(match.group())):
            continue
        begin, end = _clause(text, match.start(), match.end())
        if any(begin <= at < end for at, _ in figures):
            continue
        before = text[max(begin, match.start() - REACH) : match.start()]
        after = text[match.end() : min(end, match.end() + REACH)]
        if _DOUBT.search(before[-8:]) or after.startswith(("不", "超", "任何不应", "违")):
            continue
        for zero in _none_of(match, before, after, heading):
            if not any(z.indicator == zero.indicator for z in found):
                found.append(zero)
    return found


def _prefix(words: str) -> int:
    return len(words) - len(words.lstrip("尚均也还从暂仍都并"))


def _clause(text: str, start: int, end: int) -> tuple[int, int]:
    begin = 0
    for match in _STOP.finditer(text, 0, start):
        begin = match.end()
    stop = _STOP.search(text, end)
    return begin, stop.start() if stop else len(text)


def _none_of(match: re.Match[str], before: str, after: str, heading: str) -> Iterator[Zero]:
    words = match.group()
    start, end = match.span()
    if re.search(r"费|收取|征收|免费|免收", words) or (
        _FEE.search(after) and not _LITIGATION.search(after)
    ):
        if not re.search(r"经费|三公|教育|事业性|违规|乱收", before + after):
            yield Zero(start, end, _fee_words(after), "fees.collected", "元")
            if _WAIVED.search(after):
                yield Zero(start, end, "减免费用", "fees.waived", "元")
        if not _REQUEST.search(after) or "费" in after:
            return
    said = False
    for piece in _pieces(after):
        for zero in _named(start, end, piece):
            said = True
            yield zero
    if said or _content(after):
        return
    yield from _topic(start, end, before, heading)


def _topic(start: int, end: int, before: str, heading: str) -> Iterator[Zero]:
    """行政复议、行政诉讼均未发生: what there was none of stands before, or in the heading above."""
    said = False
    for piece in _pieces(before):
        if re.search(r"(?:收费|费用|收取)[^,]{0,4}$", piece) and not re.search(
            r"经费|三公|事业", piece
        ):
            said = True
            yield Zero(start, end, _fee_words(piece), "fees.collected", "元")
            continue
        for zero in _named(start, end, piece):
            said = True
            yield zero
    if not said and not _content(before):
        last = heading.rpartition(" ")[2]
        for piece in _pieces(last):
            yield from _named(start, end, piece)


def _content(words: str) -> bool:
    plain = re.sub(
        r"\d{4}年度?|\d+月|\d+日|[我本]?[局镇乡县市区办委院所街道单位机关部门系统]+|全年|本年度?|今年|情况|发生|上述|此类|以上|相关|有关|任何|的|均|等|年|度|内",
        "",
        words,
    )
    return len(plain) > 1


def _pieces(words: str) -> Iterator[str]:
    start = 0
    for match in _JOIN.finditer(words):
        yield words[start : match.start()]
        start = match.end()
    yield words[start:]


def _named(start: int, end: int, piece: str) -> Iterator[Zero]:
    """Yield what a piece of the list names; the head of a Chinese noun stands last, 复议 wins over 申请."""
    words = piece.strip("的了过到 “”")
    if _RECONSIDERATION.search(words):
        yield Zero(start, end, _short(words, "行政复议"), "remedies.reconsideration", "件")
        if not _LITIGATION.search(words):
            return
    if re.search(r"诉讼.{0,6}(?:费|支出|开支)", words):
        return
    if _LITIGATION.search(words):
        yield Zero(start, end, _short(words, "行政诉讼"), "remedies.litigation", "件")
    elif _APPEAL.search(words):
        yield Zero(start, end, _short(words, "申诉"), "complaints.appeals", "件")
    elif _COMPLAINT.search(words):
        yield Zero(start, end, _short(words, "举报投诉"), "complaints.total", "件")
    elif _DENIED.search(words):
        yield Zero(start, end, _short(words, "不予公开"), "outcomes.denied", "件")
    elif _REQUEST.search(words):
        yield Zero(start, end, _short(words, "政府信息公开申请"), "requests.received", "件")


def _short(words: str, otherwise: str) -> str:
    plain = re.sub(
        r"^(?:任何|有关|相关|关于|因|由|过|的|对|针对)+|(?:的?情况|案件|案|事项|事件|现象|发生|行为)+(?:的?发生)?$",
        "",
        words,
    )
    return plain if 2 <= len(plain) <= 24 else otherwise


def _fee_words(after: str) -> str:
    match = re.search(r"[^,]{0,16}?(?:费用|收费|费|成本)", after)
    plain = match.group().strip("取任何的过") if match else ""
    return plain if len(plain) > 1 else "收费"
