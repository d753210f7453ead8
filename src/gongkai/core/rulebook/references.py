"""Statutes, and places in them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from gongkai.core.refusal import Refusal
from gongkai.core.titles import quoted

SHAPE = re.compile(
    r"(?P<statute>[a-z0-9]+(?:-[a-z0-9]+)*)"
    r"(?:/(?P<article>\d+)(?:\.(?P<paragraph>\d+))?(?:\((?P<item>\d+)\))?)?"
)
DIGITS = "〇一二三四五六七八九"


class UnknownReference(Refusal):
    """法规数据里没有“{key}”这个出处；请先在 law/statutes 里登记该文件和条文。"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statute:
    """A law, regulation, interpretation or notice.

    Attributes:
        title: The full title.
        number: 文号, or an empty string.
        kind: 法律、行政法规、司法解释、国务院文件…
        since: The day it took effect.
        until: The day another took its place, or ``None``.
        issued: The day on the document.
        short: The title as people cite it; the full one where empty.
        edition: What tells it from others of the same title, such as 2007年; shown in citations.
        unit: What its numbered places are called: 条, 部分, 点.
        articles: For each place that is cited, what kind of rule stands there, in our own words.
        confirmed: False where number or date was not checked against the source.
    """

    title: str
    kind: str
    since: date
    number: str = ""
    issued: date | None = None
    until: date | None = None
    short: str = ""
    edition: str = ""
    unit: str = "条"
    articles: Mapping[int, str] = field(default_factory=dict)
    confirmed: bool = True
    note: str = ""

    def __str__(self) -> str:
        edition = f"（{self.edition}）" if self.edition else ""
        return f"{quoted(self.short or self.title)}{edition}"


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a statute, written ``regulations-2019/33`` or ``regulations-2019/36.1(7)``.

    Article 0, or none, is the document as a whole.
    """

    key: str
    statute: Statute = field(compare=False, repr=False)
    article: int = 0
    paragraph: int = 0
    item: int = 0

    @classmethod
    def parse(cls, key: str, statutes: Mapping[str, Statute]) -> "Reference":
        """Return the reference written as *key*.

        Raises:
            UnknownReference: The statute, or the article in it, is not on record.
        """
        match = SHAPE.fullmatch(key)
        statute = statutes.get(match["statute"]) if match else None
        if match is None or statute is None:
            raise UnknownReference(key=key)
        article, paragraph, item = (
            int(match[part] or 0) for part in ("article", "paragraph", "item")
        )
        if article and article not in statute.articles:
            raise UnknownReference(key=key)
        return cls(key, statute, article, paragraph, item)

    @property
    def subject(self) -> str:
        """What the place is about, in our own words; empty for a whole document."""
        return self.statute.articles.get(self.article, "")

    def __str__(self) -> str:
        if not self.article:
            number = f"（{self.statute.number}）" if self.statute.number else ""
            return f"{self.statute}{number}"
        place = f"第{chinese_number(self.article)}{self.statute.unit}"
        if self.paragraph:
            place += f"第{chinese_number(self.paragraph)}款"
        if self.item:
            place += f"第（{chinese_number(self.item)}）项"
        return f"{self.statute}{place}"


@cache
def chinese_number(number: int) -> str:
    """Return *number* (0 to 9999) as articles are numbered: 三十三, 一百零二."""
    if number < 10:
        return DIGITS[number] if number else "零"
    if number < 20:
        return "十" + (DIGITS[number - 10] if number > 10 else "")
    for unit, name in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= unit:
            head, rest = divmod(number, unit)
            zero = "零" if rest and rest * 10 < unit else ""
            ten = "一" if not zero and 10 <= rest < 20 else ""
            tail = chinese_number(rest) if rest else ""
            return DIGITS[head] + name + zero + ten + tail
    raise AssertionError(number)
