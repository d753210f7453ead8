"""How well an item fits an obligation: a proposal for a person, never a decision.

>>> duty = Duty(unit=7, column=3, words=("最低生活保障", "审批信息"), first=date(2026, 1, 1), last=date(2026, 12, 31))
>>> fit(Candidate(unit=7, column=3, title="石桥县2026年3月城乡最低生活保障审批信息公示", day=date(2026, 4, 2)), duty).score
100
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from gongkai.core.directories.fields import squeezed

ENOUGH = 50
"""From this on an item is proposed."""
OF_COLUMN, OF_WORDS, OF_DAY = 35, 60, 10
SPECIAL = 3
"""How much more the most special level of a matter weighs than each above it."""
NARROW = 100
"""Days; within a period no longer than this the day itself says something."""
EMPTY_WORDS = (
    "其他", "相关", "信息", "情况", "工作", "公开", "事项", "有关", "及其", "文件", "政策", "内容",
)  # fmt: skip
"""Words of directories that stand in every title and tell nothing apart."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item, as far as it matters here."""

    unit: int
    column: int | None
    title: str
    day: date


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation, as far as it matters here.

    Attributes:
        words: The matter on its levels, the most general first.
        first: The first day on which an item may have become public to fulfil it.
        last: The last one.
    """

    unit: int
    column: int | None
    words: tuple[str, ...]
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Fit:
    """How well they fit, 0 to 100, and why, in words for whoever decides."""

    score: int
    reasons: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.score >= ENOUGH


def fit(item: Candidate, duty: Duty) -> Fit:
    """Return how well *item* fits *duty*.

    Another unit's item, or one of another time, never fits. The words of the matter count most: an
    item in the right column whose title shares no word with the matter is not enough.
    """
    if item.unit != duty.unit or not duty.first <= item.day <= duty.last:
        return Fit(0)
    score, reasons = 0, []
    share = shared_words(duty.words, item.title)
    if share:
        score += round(OF_WORDS * share)
        reasons.append(f"标题与事项相符 {round(share * 100)}%")
    if duty.column is not None and item.column == duty.column:
        score += OF_COLUMN
        reasons.append("同一栏目")
    if share:
        narrow = (duty.last - duty.first).days <= NARROW
        score += OF_DAY if narrow or duty.column == item.column else OF_DAY // 2
        reasons.append("时间相符")
    return Fit(min(score, 100), tuple(reasons))


class Pool:
    """Items of one unit, among which those that fit an obligation are found without trying all."""

    def __init__(self, items: Sequence[Candidate]) -> None:
        self.items = items
        self._places: dict[str, set[int]] = defaultdict(set)
        for place, item in enumerate(items):
            for pair in _pairs(item.title):
                self._places[pair].add(place)

    def best(self, duty: Duty, most: int = 3) -> list[tuple[int, Fit]]:
        """Return the places of those that fit *duty*, the best first; of equals the earlier one."""
        near = {
            place
            for text in duty.words
            for pair in _pairs(text)
            for place in self._places.get(pair, ())
        }
        fits = [(place, fit(self.items[place], duty)) for place in near]
        found = sorted(
            ((place, found) for place, found in fits if found),
            key=lambda pair: (-pair[1].score, pair[0]),
        )
        return found[:most]


def shared_words(matter: Sequence[str], title: str) -> float:
    """Return how much of *matter* stands in *title*, from 0 to 1.

    The most special level weighs three times; pairs of characters stand for words, so that no dictionary
    decides.
    """
    there = _pairs(title)
    levels = [pairs for text in matter if (pairs := _pairs(text))]
    if not levels:
        return 0.0
    weights = [1] * (len(levels) - 1) + [SPECIAL]
    found = sum(
        weight * len(pairs & there) / len(pairs)
        for weight, pairs in zip(weights, levels, strict=True)
    )
    return found / sum(weights)


@lru_cache(maxsize=8192)
def _pairs(text: str) -> frozenset[str]:
    plain = squeezed(text)
    for word in EMPTY_WORDS:
        plain = plain.replace(word, " ")
    return frozenset(
        plain[at : at + 2] for at in range(len(plain) - 1) if " " not in plain[at : at + 2]
    )
