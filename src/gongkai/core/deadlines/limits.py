"""The limits of ``law/deadlines`` and the conventions of ``law/clock``, typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from gongkai.core.refusal import Refusal, meant, nearest
from gongkai.core.rulebook import Rulebook, Timeline, national

MONTH_AND_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8]|30|31)")


class UnknownLimit(Refusal):
    """没有“{key}”这项期限{hint}；运行 gongkai due --list 查看全部。"""


class Counts(StrEnum):
    """What a limit counts."""

    WORKING_DAYS = "working-days"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    DATE = "date"

    @property
    def unit(self) -> str:
        """The Chinese counting word."""
        return {"working-days": "个工作日", "days": "日", "months": "个月", "years": "年"}.get(
            self, ""
        )


@dataclass(frozen=True, slots=True)
class Lapse:
    """What follows when a limit passes in silence.

    Attributes:
        key: ``decides`` (the office decides), ``consent`` (silence is consent), ``abandoned``
            (the application is given up), ``no-evidence``.
        label: The same as people say it.
    """

    key: Literal["decides", "consent", "abandoned", "no-evidence"]
    label: str


@dataclass(frozen=True, slots=True)
class Prolongation:
    """How far a limit may be extended.

    Attributes:
        title: What the act is called.
        values: The most that may be added, or reached, in the unit of the limit.
        reaches: ``more`` where the value is what may be added, ``total`` where it is the new limit.
    """

    title: str
    values: Timeline[int]
    reaches: Literal["more", "total"] = "more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A statutory limit.

    Attributes:
        title: What has to be done.
        starts: What happens on the day from which the limit runs.
        counts: What is counted; ``date`` is a fixed month and day of the next year.
        who: Who has to act.
        values: The limit: a number, or ``MM-DD``.
        rolls: Whether a last day on which offices are closed moves on; working days never need to.
        lapse: What follows when it passes in silence, where the law says so.
        extension: How far it may be extended, where it may.
        note: What a reader should know.
    """

    title: str
    starts: str
    counts: Counts
    who: str
    values: Timeline[int | str]
    rolls: bool = True
    lapse: Timeline[Lapse] | None = None
    extension: Prolongation | None = None
    note: str = ""

    def __post_init__(self) -> None:
        for provision in self.values:
            value = provision.value
            if self.counts is Counts.DATE:
                if not isinstance(value, str) or not MONTH_AND_DAY.fullmatch(value):
                    raise ValueError("counts 是 date 的，值要写成“月-日”，如 01-31")
            elif isinstance(value, str) or value < 1:
                raise ValueError(f"值要写成正整数，而不是“{value}”")


@dataclass(frozen=True, slots=True)
class Convention:
    """How days are counted and what an event does to the clock: ``law/clock``.

    Attributes:
        title: The convention in a few words.
        values: ``next-day`` (the first day is not counted), ``next-workday`` (a last day off moves
            on), ``restart``, ``pause``, ``replace``.
        note: What a reader should know.
    """

    title: str
    values: Timeline[Literal["next-day", "next-workday", "restart", "pause", "replace"]]
    note: str = ""


def limits(book: Rulebook | None = None) -> Mapping[str, Limit]:
    """Return every limit on record by its key, such as ``application.reply``."""
    return (book or national()).section("deadlines", Limit)


def limit_of(key: str, book: Rulebook | None = None) -> Limit:
    """Return one limit.

    Raises:
        UnknownLimit: There is none of that key; the nearest one is named.
    """
    known = limits(book)
    if key not in known:
        named = [name for name in known if name.endswith(f".{key}")]
        raise UnknownLimit(key=key, hint=meant(named[0]) if named else nearest(key, known))
    return known[key]


def convention(key: str, book: Rulebook | None = None) -> Convention:
    """Return a convention, such as ``counting.start`` or ``effects.supplement``."""
    return (book or national()).section("clock", Convention)[key]
