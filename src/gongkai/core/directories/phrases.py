"""By when: the phrases of the standard directory, read into limits that can be counted.

>>> read_phrase("信息形成或者变更之日起20个工作日内").number
20
>>> read_phrase("视情况而定").kind
''
"""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, TypeAlias

from gongkai.core.deadlines import Deadline, Step
from gongkai.core.deadlines.counting import in_order, moved_days, unknown_years
from gongkai.core.extraction.statements.numerals import number
from gongkai.core.rulebook import Reference, Rulebook, national
from gongkai.core.workdays import AnnouncedCalendar, calendar

LimitKind: TypeAlias = Literal["", "regular", "event", "fixed", "standing", "prompt"]
Span: TypeAlias = Literal["", "month", "quarter", "half", "year"]
Counted: TypeAlias = Literal["", "working-days", "days"]
NUMBER = r"(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})"
GAPS = {
    "{n}": f"(?P<n>{NUMBER})",
    "{p}": f"(?P<p>{NUMBER})",
    "{m}": f"(?P<m>{NUMBER})",
    "{d}": f"(?P<d>{NUMBER})",
}
LONGEST = 200
"""Characters; no phrase is longer, and hostile text is not tried against patterns."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A way to write by when something is to be published.

    Attributes:
        pattern: The whole phrase, with gaps: ``{n}`` a number, ``{p}`` days of public notice,
            ``{m}`` and ``{d}`` a month and a day; without a day it is the month's last.
        kind: ``regular`` every period, ``event`` within days of something, ``fixed`` by a day of each
            year, ``standing`` always there and kept up to date, ``prompt`` soon, without a number,
            ``tail`` for words that change nothing.
        counts: What is counted.
        starts: From what; empty where the phrase says it itself.
        period: Of a regular one.
    """

    pattern: str
    kind: Literal["regular", "event", "fixed", "standing", "prompt", "tail"]
    reference: Reference
    counts: Counted = ""
    starts: str = ""
    period: Span = ""

    def compiled(self) -> re.Pattern[str]:
        """Return the pattern, its gaps filled."""
        pattern = self.pattern
        for gap, shape in GAPS.items():
            pattern = pattern.replace(gap, shape)
        return re.compile(pattern)


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """What a phrase says.

    Attributes:
        text: The phrase as it is printed.
        kind: As of :class:`Phrase`; empty where nobody can tell, and nothing is guessed.
        number: How many days; 0 for none.
        starts: What the days are counted from.
        shown: For how many working days it must stay on show.
    """

    text: str
    kind: LimitKind = ""
    number: int = 0
    counts: Counted = ""
    starts: str = ""
    period: Span = ""
    month: int = 0
    day: int = 0
    shown: int = 0
    reference: Reference | None = None

    @property
    def is_read(self) -> bool:
        """Tell whether the phrase was understood."""
        return bool(self.kind)

    def due(self, start: date, days: AnnouncedCalendar | None = None) -> Deadline | None:
        """Return by when, counted from *start*, or ``None`` where the phrase has no number.

        Args:
            start: The day of what it is counted from; of a regular one the last day of the period.
            days: The calendar; that of all notices where left out.
        """
        days = days or calendar(national())
        if self.kind == "regular" and not self.number:
            return Deadline(
                start, False, (Step(start, f"{self.text}：当期最后一日", self.reference),)
            )
        if not self.number:
            return None
        text = f"{self.starts or '当期结束'}；当日不计入"
        if self.counts == "days":
            last = start + timedelta(days=self.number)
            steps = [*unknown_years(days, start, last)]
            reached = f"满{self.number}日（自然日）"
        else:
            counted = days.days(start, self.number)
            last = counted[-1]
            steps = [*moved_days(days, counted)]
            reached = f"第{self.number}个工作日"
        return Deadline(
            day=last,
            provisional=days.provisional_between(start + timedelta(days=1), last),
            steps=in_order(
                Step(start, text),
                *steps,
                Step(last, f"{reached}，应当公开（目录写明：{self.text}）", self.reference),
            ),
        )

    def day_in(self, year: int) -> date | None:
        """Return the day of *year* by which a fixed one is due, ``None`` for any other."""
        if self.kind != "fixed" or not self.month:
            return None
        return date(year, self.month, self.day or monthrange(year, self.month)[1])


def phrases(book: Rulebook | None = None) -> Mapping[str, Phrase]:
    """Return every phrase by key, in the order in which they are tried."""
    return (book or national()).section("directories/phrases", Phrase, qualified=False)


def read_phrase(text: str, book: Rulebook | None = None) -> TimeLimit:
    """Return what *text* says about by when something is to be published."""
    printed = " ".join(text.split())
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).rstrip("。;,、")
    if not plain or len(plain) > LONGEST:
        return TimeLimit(printed)
    for phrase, pattern in _compiled(book or national()):
        if phrase.kind == "tail":
            plain = pattern.sub("", plain).rstrip("。;,、")
            continue
        found = pattern.fullmatch(plain)
        limit = _limit(printed, phrase, found.groupdict()) if found else None
        if limit:
            return limit
    return TimeLimit(printed)


def _limit(text: str, phrase: Phrase, said: Mapping[str, str | None]) -> TimeLimit | None:
    numbers = {gap: int(number(value) or 0) for gap in "npmd" if (value := said.get(gap))}
    if phrase.kind == "tail" or not all(numbers.values()):
        return None
    month, day = numbers.get("m", 0), numbers.get("d", 0)
    if month:
        try:
            date(2023, month, day or 1)
        except ValueError:
            return None
    return TimeLimit(
        text=text,
        kind=phrase.kind,
        number=numbers.get("n", 0),
        counts=phrase.counts,
        starts=phrase.starts or said.get("start") or "",
        period=phrase.period,
        month=month,
        day=day,
        shown=numbers.get("p", 0),
        reference=phrase.reference,
    )


def _compiled(book: Rulebook) -> list[tuple[Phrase, re.Pattern[str]]]:
    return book.once(
        "phrases", lambda: [(phrase, phrase.compiled()) for phrase in phrases(book).values()]
    )
