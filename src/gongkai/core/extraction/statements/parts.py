"""Which figure is part of which: lists after 其中, in brackets, under 在…中, and shares of a whole."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gongkai.core.extraction.statements.items import Item
from gongkai.core.extraction.statements.subjects import clean

_AMONG = re.compile(
    r"其中|包括|包含|内有|内含|(?<=[,(（])含|下设|分别涉及|分别是|具体(?:可)?分为|可?分为|具体为|组成|"
    r"(?:在|从)[^,;:]{1,24}(?:中|里|来看|上看|看)[,:]|按[^,;]{2,16}(?:分|看)[,:为]|(?:类别|渠道|形式|方式|来源|内容|途径|领域|情况)(?:主要)?(?:有|为|是|包括)?:"
)
_REST = re.compile(r"^(?:其他|其它|其余|另外)")
_CLASS = re.compile(r"类(?:政府)?(?:信息|文件)?$")
_SHARE_OF = re.compile(r"占|比重")
_VERB = re.compile(
    r"发布|主动公开|公布|举办|召开|开展|收到|受理|接受|办理|印发|回应|组织|通过|参加|新增|制发|制定|设立|设置|安排|答复|提供|推送"
)
MOST = 150
"""No sentence has so many figures; a table that was not recognised may."""
_REACH = 4
"""So many sentences back a list may look for its whole."""


@dataclass(slots=True)
class _List:
    """A list of parts that is being read."""

    whole: Item
    items: list[Item] = field(default_factory=list)
    ends: int | None = None
    inside: bool = (
        False  # the whole stands in the same part of the sentence, between two semicolons
    )

    @property
    def total(self) -> Decimal:
        return sum((i.quantity.value for i in self.items), Decimal(0))

    def room_for(self, item: Item) -> bool:
        return self.total + item.quantity.value <= self.whole.quantity.value or (
            self.whole.quantity.approximate
            and self.total + item.quantity.value <= self.whole.quantity.value * 2
        )


def nest(sentences: Sequence[Sequence[Item]]) -> None:
    """Set :attr:`Item.whole` and :attr:`Item.parts` in the items of consecutive sentences."""
    tops: list[Item] = []
    unfinished: _List | None = None
    for items in sentences:
        if len(items) > MOST:
            unfinished = None
            continue
        reader = _Reader(items, tops, unfinished)
        unfinished = reader.read()
        tops.extend(i for i in items if i.kind == "count" and i.whole is None)
        del tops[:-40]


def own_noun(share: Item) -> bool:
    """Whether a share names what it is the share of: 机构职能类信息占总体的比例为4.28%."""
    left = share.frame.left
    noun = clean(left[: left.index("占")]) if "占" in left else ""
    return len(noun) > 1 and not re.search(r"^(?:所|约|分别|大约)$|数$|量$", noun)


def _off(count: Item, whole: Item, share: Item) -> Decimal:
    """By how many points the stated share misses that of *count* in *whole*."""
    if not whole.quantity.value:
        return Decimal(100)
    return abs(count.quantity.value * 100 / whole.quantity.value - share.quantity.value)


def _slack(share: Item) -> Decimal:
    """How far a share may be off and still tell which whole is meant."""
    return Decimal("0.15") if share.quantity.value % 1 else Decimal("0.6")


def _bare(item: Item) -> bool:
    """Whether the figure only has a name, as in a list, and no verb of its own."""
    return len(item.subject) <= 14 and not _VERB.search(item.frame.left)


def _parallel(item: Item, last: Item) -> bool:
    """Whether two figures are named alike, with the same last words: 现场咨询331人次,电话咨询61人次."""
    ends = zip(reversed(item.subject), reversed(last.subject), strict=False)
    alike = 0
    for one, two in ends:
        if one != two:
            break
        alike += 1
    return (
        2 <= alike < len(item.subject)
        and item.sentence is last.sentence
        and _bare(item)
        and _bare(last)
    )


class _Reader:
    """Reads the lists of one sentence."""

    def __init__(self, items: Sequence[Item], tops: list[Item], unfinished: _List | None) -> None:
        self.items = items
        self.text = items[0].sentence.text
        self.tops = tops
        self.open: list[_List] = []
        self.unfinished = unfinished
        self.last: _List | None = None
        self.aside: list[_List] = []

    def read(self) -> _List | None:
        before: Item | None = None
        for index, item in enumerate(self.items):
            if item.whole is None:
                if item.kind == "count":
                    self._place(index, item, before)
                elif item.kind == "change":
                    item.whole = self._count_before(index) or self._recent(item, anything=True)
                else:
                    self._share(index, item)
            before = item
        last = self.last
        return last if last and last.total < last.whole.quantity.value else None

    def _place(self, index: int, item: Item, before: Item | None) -> None:
        begin = before.quantity.end if before else 0
        gap = self.text[begin : item.quantity.start]
        opened = self._bracket(index, item) or self._among(index, item, gap)
        if opened is None and not self.open:
            opened = self._implied(index, item)
        if opened:
            self.open.append(opened)
        elif ";" in gap:
            while len(self.open) > 1 and self.open[-1].inside:
                self.open.pop()
        while self.open and not self._belongs(index, item, gap, self.open[-1]):
            if self._goes_on(index, item, self.open[-1]):
                return
            self.open.pop()
        beside = next((known for known in self.aside if self._fits(item, known)), None)
        if self.open:
            self._add(self.open[-1], item)
        elif beside:
            self._add(beside, item)
        elif before is None or index == 0:
            self._finish(item)

    def _add(self, into: _List, item: Item) -> None:
        if not into.items:
            into.whole.parts.append(into.items)
        into.items.append(item)
        item.whole = into.whole
        self.last = into
        if into.total == into.whole.quantity.value and into.ends is None and into in self.open:
            self.open.remove(into)

    @staticmethod
    def _fits(item: Item, into: _List) -> bool:
        return item.counts_with(into.whole) and into.room_for(item)

    def _goes_on(self, index: int, item: Item, into: _List) -> bool:
        """Whether *item* stands aside in a list that goes on after it: 组织20次,培训1418人次;组织59次,…."""
        if not into.items or into.ends is not None:
            return False
        if not item.counts_with(into.items[0]):
            beside = self._beside(item, into)
            if beside is None:
                return False
            self._add(beside, item)
            return True
        left = into.whole.quantity.value - into.total
        return any(
            i.kind == "count"
            and i.whole is None
            and i.counts_with(into.items[0])
            and i.quantity.value == left
            for i in self.items[index + 1 :]
        )

    def _beside(self, item: Item, into: _List) -> _List | None:
        """The list of another unit, whose whole stands beside that of *into*."""
        for known in self.aside:
            if self._fits(item, known):
                return known
        for whole in (*self.tops, *self.items):
            if (
                whole.number == into.whole.number < item.number
                and whole is not into.whole
                and whole.kind == "count"
                and self._can_hold(whole, item)
            ):
                self.aside.append(_List(whole))
                return self.aside[-1]
        return None

    def _belongs(self, index: int, item: Item, gap: str, into: _List) -> bool:
        if not self._adds_up(item, into):
            return False
        if into.ends is not None:
            return item.quantity.start < into.ends
        run = self._run(index, item)
        if ";" in gap and into.inside and into.items:
            left = into.whole.quantity.value - into.total
            if not self._reaches(run, left) and not (_bare(item) and _bare(into.items[0])):
                return False
        if into.room_for(item) or any(_REST.match(i.subject) for i in run):
            return True
        total = into.total + sum((i.quantity.value for i in run), Decimal(0))
        if into.items and _parallel(item, into.items[-1]):
            return total * 2 <= into.whole.quantity.value * 3  # the list exceeds its whole
        plain = len(into.items) >= 3 and all(_bare(i) for i in (*into.items, *run))
        return plain and total * 2 <= into.whole.quantity.value * 3

    def _adds_up(self, item: Item, into: _List) -> bool:
        if item.counts_with(into.whole) or (into.items and item.counts_with(into.items[0])):
            return True
        exact = into.total + item.quantity.value == into.whole.quantity.value
        return exact and {item.quantity.unit, into.whole.quantity.unit} <= {
            "人次",
            "次",
            "件",
            "条",
            "人",
        }

    def _bracket(self, index: int, item: Item) -> _List | None:
        """A list in brackets right behind a count: 预决算公开197条(政府32条、部门165条)."""
        owner = self._count_before(index)
        if owner is None:
            return None
        between = self.text[owner.quantity.end : item.quantity.start]
        match = re.match(r"[\u4e00-\u9fff]{0,8}\(", between)
        if not match or ")" in between:
            return None
        close = self.text.find(")", item.quantity.end)
        if close < 0 or not item.counts_with(owner):
            return None
        return _List(owner, ends=close)

    def _among(self, index: int, item: Item, gap: str) -> _List | None:
        if not _AMONG.search(gap):
            return self._colon(index, item, gap)
        whole = self._whole(index, item)
        if whole is None:
            return None
        inside = (
            whole.sentence is item.sentence
            and ";" not in self.text[whole.quantity.end : item.quantity.start]
        )
        return _List(whole, inside=inside)

    def _colon(self, index: int, item: Item, gap: str) -> _List | None:
        before = self._count_before(index)
        if before is None:
            return None
        if re.match(r"[\u4e00-\u9fff]{0,8}:", gap) and item.counts_with(before):
            return _List(before, inside=True)
        if re.match(r"[^,;]{0,20}中,", gap) and item.counts_with(before):
            return _List(before)
        return None

    def _whole(self, index: int, item: Item) -> Item | None:
        """The nearest figure before *item* that it can be a part of, or the one that its share names."""
        near = [
            c for c in reversed(self.items[:index]) if c.kind == "count" and self._can_hold(c, item)
        ]
        near += [
            c
            for c in reversed(self.tops)
            if item.number - c.number <= _REACH and self._can_hold(c, item)
        ]
        share = self.items[index + 1] if index + 1 < len(self.items) else None
        if share is not None and share.kind == "share" and _SHARE_OF.search(share.frame.left):
            fitting = (c for c in near if _off(item, c, share) <= _slack(share))
            return next(fitting, next(iter(near), None))
        return next(iter(near), None)

    def _recent(self, item: Item, *, anything: bool = False) -> Item | None:
        for candidate in reversed(self.tops):
            if item.number - candidate.number > _REACH:
                return None
            if anything or self._can_hold(candidate, item):
                return candidate
        return None

    @staticmethod
    def _can_hold(candidate: Item, item: Item) -> bool:
        return (
            candidate.written
            and item.counts_with(candidate)
            and candidate.quantity.value >= item.quantity.value
            and (candidate.quantity.value > 0 or item.quantity.value == 0)
        )

    def _implied(self, index: int, item: Item) -> _List | None:
        """A list without a word that says so: the sum, or the names of classes, do."""
        before = self._count_before(index) or (self._recent(item) if index == 0 else None)
        if before is None or not self._can_hold(before, item) or item.number - before.number > 1:
            return None
        if index == 0 and before.quantity.value <= 10:
            return None  # small sums come about by chance
        run = self._run(index, item)
        classes = sum(bool(_CLASS.search(i.subject)) for i in run) >= 2 and not _CLASS.search(
            before.subject
        )
        if (len(run) >= 2 and self._reaches(run, before.quantity.value) >= 2) or classes:
            return _List(before)
        return None

    def _run(self, index: int, item: Item) -> list[Item]:
        """The counts from *item* on to the end of the sentence that may be added to it."""
        return [
            i
            for i in self.items[index:]
            if i.kind == "count" and i.whole is None and i.counts_with(item)
        ]

    @staticmethod
    def _reaches(run: Sequence[Item], value: Decimal) -> int:
        """Return after how many items of *run* their sum is *value*, 0 where it never is."""
        total = Decimal(0)
        for number, item in enumerate(run, 1):
            total += item.quantity.value
            if total == value:
                return number
        return 0

    def _finish(self, item: Item) -> None:
        """One figure that exactly completes the list of the sentence before belongs to it."""
        left = self.unfinished
        if (
            left is None
            or item.number - left.items[-1].number > 1
            or item.sentence.paragraph != left.items[-1].sentence.paragraph
            or not item.counts_with(left.whole)
        ):
            return
        if left.total + item.quantity.value == left.whole.quantity.value:
            self._add(left, item)

    def _count_before(self, index: int) -> Item | None:
        return next((i for i in reversed(self.items[:index]) if i.kind == "count"), None)

    def _share(self, index: int, item: Item) -> None:
        begin = self.items[index - 1].quantity.end if index else 0
        gap = self.text[begin : item.quantity.start]
        count = self._count_before(index)
        if "分别" in gap and self._severally(index):
            return
        if _SHARE_OF.search(item.frame.clause + gap):
            if count is None:
                item.whole = self._recent(item, anything=True)
                return
            item.whole = count
            if count.whole is None and not own_noun(item):
                count.whole = self._measured(count, item)
        elif count and re.search(r"比例|比率|率|比", gap):
            self._ratio(index, count, item)

    def _severally(self, index: int) -> bool:
        """甲5560条,乙5380条,分别占4.3%和4.1%: each share belongs to its count."""
        shares = [i for i in self.items[index:] if i.kind == "share" and i.whole is None][:6]
        counts = [i for i in self.items[:index] if i.kind == "count"]
        run = [shares[0]]
        for share in shares[1:]:
            between = self.text[run[-1].quantity.end : share.quantity.start]
            if not re.fullmatch(r"[、,]?(?:和|及|以及|与)?", between):
                break
            run.append(share)
        if len(run) < 2 or len(counts) < len(run):
            return False
        for share, count in zip(run, counts[-len(run) :], strict=True):
            share.whole = count
            if count.whole is None:
                count.whole = self._measured(count, share)
        return True

    def _measured(self, count: Item, share: Item) -> Item | None:
        """The whole of a count that says which share of it it is."""
        wholes = [
            c
            for c in (*self.tops, *self.items)
            if c is not count
            and c.kind == "count"
            and c.quantity.unit == count.quantity.unit
            and c.quantity.value >= count.quantity.value > 0
            and c.sentence.places[c.quantity.start] < count.sentence.places[count.quantity.start]
        ]
        if not wholes or not share.quantity.value:
            return None
        best = min(reversed(wholes), key=lambda whole: _off(count, whole, share))
        return best if _off(count, best, share) <= _slack(share) else None

    def _ratio(self, index: int, count: Item, share: Item) -> None:
        """主动公开425件,比例为83.3%: a share of the count before that one, where the numbers say so."""
        earlier = [i for i in self.items[:index] if i.kind == "count" and i is not count]
        for whole in reversed(earlier[-2:]):
            if (
                whole.quantity.value >= count.quantity.value > 0
                and whole.counts_with(count)
                and abs(count.quantity.value * 100 / whole.quantity.value - share.quantity.value)
                < Decimal("0.2")
            ):
                share.whole = count
                if count.whole is None and whole.whole is not count:
                    count.whole = whole
                return
