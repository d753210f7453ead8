"""The rules of ``law/deadlines`` and ``law/clock``, typed."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Literal

from gongkai.core.refusal import Refusal
from gongkai.core.rulebook import Rulebook, Timeline, national


class UnknownRule(Refusal):
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
        values: The most that may be added, or reached, in the unit of the rule.
        reaches: ``more`` where the value is what may be added, ``total`` where it is the new limit.
    """

    title: str
    values: Timeline[int]
    reaches: Literal["more", "total"] = "more"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
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


def rules(book: Rulebook | None = None) -> Mapping[str, Rule]:
    """Return every limit on record by its key, such as ``application.reply``."""
    return (book or national()).section("deadlines", Rule)


def rule(key: str, book: Rulebook | None = None) -> Rule:
    """Return one limit.

    Raises:
        UnknownRule: There is none of that key; the nearest one is named.
    """
    known = rules(book)
    if key not in known:
        named = [name for name in known if name.endswith(f".{key}")]
        near = named or get_close_matches(key, known, n=1)
        raise UnknownRule(key=key, hint=f"（是不是 {near[0]}？）" if near else "")
    return known[key]


def convention(key: str, book: Rulebook | None = None) -> Convention:
    """Return a convention, such as ``counting.start`` or ``effects.correction``."""
    return (book or national()).section("clock", Convention)[key]
