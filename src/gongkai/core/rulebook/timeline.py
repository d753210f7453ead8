"""A legal value and the days on which it changed."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from gongkai.core.refusal import Refusal
from gongkai.core.rulebook.references import Reference

T = TypeVar("T")


class NotYetInForce(Refusal):
    """{day}时还没有这项规定；它从{since}起施行。"""


class NoLongerInForce(Refusal):
    """{day}时这项规定已经失效；它到{until}的前一日为止。"""


@dataclass(frozen=True, slots=True)
class Provision(Generic[T]):
    """A value, the day since which it is law, and the article that says so.

    Attributes:
        since: The first day on which it applies.
        value: What the law says, as the entry's reader declares it.
        reference: The article.
        confirmed: False where the text was not checked against its source; screens say 待核.
    """

    since: date
    value: T
    reference: Reference
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class Timeline(Generic[T]):
    """The provisions on one matter, oldest first, and the days on which the rule was ended."""

    provisions: tuple[Provision[T], ...]
    ends: tuple[date, ...] = ()

    def on(self, day: date) -> Provision[T]:
        """Return the provision in force on *day*.

        Raises:
            NotYetInForce: There was none yet.
            NoLongerInForce: The rule had been ended by then.
        """
        count = bisect_right(self.provisions, day, key=lambda provision: provision.since)
        if not count:
            raise NotYetInForce(day=day, since=self.provisions[0].since)
        provision = self.provisions[count - 1]
        for end in self.ends:
            if provision.since < end <= day:
                raise NoLongerInForce(day=day, until=end)
        return provision

    def get(self, day: date) -> Provision[T] | None:
        """Return the provision in force on *day*, or ``None`` where there is none."""
        try:
            return self.on(day)
        except (NotYetInForce, NoLongerInForce):
            return None

    @property
    def since(self) -> date:
        """The first day on which the law says anything on this matter."""
        return self.provisions[0].since

    def __iter__(self) -> Iterator[Provision[T]]:
        return iter(self.provisions)
