"""Fees: what an applicant may be asked to pay, with every step.

>>> from datetime import date
>>> by_page(2219, date(2021, 3, 1)).yuan
83460
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import Any

from gongkai.core.refusal import Refusal
from gongkai.core.rulebook import Provision, Reference, Rulebook, Timeline, national

BY_ITEM, BY_PAGE = "by-item", "by-page"


class NotANumberOf(Refusal):
    """{unit}数应当是零或者正整数，而不是“{value}”。"""


class NoTariff(Refusal):
    """{day}还没有信息处理费的标准；当时的规定：{label}。"""


@dataclass(frozen=True, slots=True)
class Band:
    """A band of a super-progressive tariff.

    Attributes:
        from_: The first unit in it, counted from one.
        rate: Yuan for each unit in it.
        to: The last unit in it; ``None`` for no end.
        every: Where given, the rate rises after this many units, again and again,
        rises: by this many yuan.
    """

    from_: int
    rate: int
    to: int | None = None
    every: int | None = None
    rises: int = 0

    def __post_init__(self) -> None:
        if self.to is not None and self.to < self.from_:
            raise ValueError("档次的止小于起")
        if self.every is not None and (self.every < 1 or self.to is not None):
            raise ValueError("every 只能用在最后一档，且不小于 1")

    def slices(self) -> Iterator[tuple[int, int | None, int]]:
        """Yield first unit, last unit and rate of each stretch with one rate."""
        if self.every is None:
            yield self.from_, self.to, self.rate
            return
        for step in count():
            first = self.from_ + step * self.every
            yield first, first + self.every - 1, self.rate + step * self.rises


@dataclass(frozen=True, slots=True)
class Tariff:
    """A tariff and the days on which it changed."""

    title: str
    unit: str
    cumulates: str
    values: Timeline[tuple[Band, ...]]


@dataclass(frozen=True, slots=True)
class Charge:
    """What kind of thing may be charged.

    Attributes:
        kind: ``cost``, ``processing``, ``hardship`` or ``side``.
        label: The same in a sentence.
        items: What is charged for.
    """

    kind: str
    label: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChargeRule:
    """A rule on charges and the days on which it changed."""

    title: str
    values: Timeline[Charge]


@dataclass(frozen=True, slots=True)
class FeeStep:
    """A stretch of units with one rate."""

    first: int
    last: int
    rate: int
    text: str

    @property
    def yuan(self) -> int:
        """What this stretch costs."""
        return (self.last - self.first + 1) * self.rate


@dataclass(frozen=True, slots=True)
class Fee:
    """An amount and how it comes about.

    Attributes:
        yuan: The amount in yuan.
        steps: The stretches it is made of.
        reference: The article.
        confirmed: False where the article was not checked against its source.
    """

    yuan: int
    steps: tuple[FeeStep, ...]
    reference: Reference
    confirmed: bool = True

    def as_dict(self) -> dict[str, Any]:
        """Return the fee for JSON."""
        return {
            "yuan": self.yuan,
            "steps": [step.text for step in self.steps],
            "reference": str(self.reference),
            "confirmed": self.confirmed,
        }


def by_item(items: int, day: date, *, before: int = 0, book: Rulebook | None = None) -> Fee:
    """Return the fee for *items* more applications of one applicant in one month.

    Args:
        items: How many applications are to be charged now.
        day: A day of the month; the tariff of that day applies.
        before: How many the same applicant has made in that calendar month already.
        book: The law data; the national one where left out.

    Raises:
        NoTariff: There was no tariff on that day.
        NotANumberOf: A number is negative or none.
    """
    return _fee(BY_ITEM, items, day, before, book)


def by_page(pages: int, day: date, *, book: Rulebook | None = None) -> Fee:
    """Return the fee for *pages* given out on one application.

    Raises:
        NoTariff: There was no tariff on that day.
        NotANumberOf: The number is negative or none.
    """
    return _fee(BY_PAGE, pages, day, 0, book)


def regime(day: date, book: Rulebook | None = None) -> Provision[Charge]:
    """Return what may be charged at all on *day*."""
    return _charges(book)["charges.regime"].values.on(day)


def waiver(day: date, book: Rulebook | None = None) -> Provision[Charge] | None:
    """Return who may be let off paying on *day*, or ``None`` where the law does not say."""
    return _charges(book)["charges.waiver"].values.get(day)


def page(day: date, book: Rulebook | None = None) -> Provision[Charge]:
    """Return what counts as one page on *day*."""
    return _charges(book)["charges.page"].values.on(day)


def _charges(book: Rulebook | None) -> Mapping[str, ChargeRule]:
    return (book or national()).section("fees/charges", ChargeRule)


def _fee(key: str, units: int, day: date, before: int, book: Rulebook | None) -> Fee:
    book = book or national()
    tariff = book.section("fees/tariffs", Tariff, qualified=False)[key]
    for value in (units, before):
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise NotANumberOf(unit=tariff.unit, value=value)
    source = tariff.values.get(day)
    if source is None:
        raise NoTariff(day=day, label=regime(day, book).value.label)
    steps = tuple(_steps(tariff, source.value, before + 1, before + units))
    return Fee(sum(step.yuan for step in steps), steps, source.reference, source.confirmed)


def _steps(tariff: Tariff, bands: tuple[Band, ...], first: int, last: int) -> Iterator[FeeStep]:
    """Yield the stretches that cover the units from *first* to *last*."""
    for band in bands:
        for start, end, rate in band.slices():
            if start > last:
                return
            low, high = max(start, first), last if end is None else min(end, last)
            if low > high:
                continue
            units, unit = high - low + 1, tariff.unit
            where = f"第{low}{unit}" if low == high else f"第{low}—{high}{unit}"
            price = f"{units}{unit}×{rate}元={units * rate}元" if rate else "不收费"
            yield FeeStep(low, high, rate, f"{where}：{price}")
