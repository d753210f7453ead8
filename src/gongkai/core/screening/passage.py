"""The text that rules look at, with the way back to the text as printed."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from gongkai.core.extraction.document import Span
from gongkai.core.extraction.normal import NormalText, normal
from gongkai.core.screening.hits import Hit
from gongkai.core.screening.rules import ScreeningRule

CLAUSE = re.compile(r"[\n。;!?]")
MASK = "*"


@dataclass
class Passage:
    """A text under examination.

    Attributes:
        matched: The text half-width and simplified; rules match on it.
        taken: Stretches of it that are accounted for, in order and apart, so that no number is
            reported twice.
        hits: What was found so far.
    """

    matched: NormalText
    taken: list[Span] = field(default_factory=list)
    hits: list[Hit] = field(default_factory=list)

    @classmethod
    def of(cls, text: str) -> "Passage":
        """Return the passage of *text*."""
        return cls(normal(text))

    @property
    def text(self) -> str:
        """The text to match on."""
        return self.matched.text

    def free(self, start: int, end: int) -> bool:
        """Whether nothing of the stretch is accounted for yet."""
        index = bisect_left(self.taken, (end, -1))
        return index == 0 or self.taken[index - 1].end <= start

    def take(self, start: int, end: int) -> None:
        """Account for a stretch that is free."""
        self.taken.insert(bisect_left(self.taken, (start, end)), Span(start, end))

    def before(self, start: int, reach: int = 40) -> str:
        """Return what stands before *start* in the same clause."""
        piece = self.text[max(0, start - reach) : start]
        return CLAUSE.split(piece)[-1]

    def after(self, end: int, reach: int = 24) -> str:
        """Return what stands after *end* in the same clause."""
        return CLAUSE.split(self.text[end : end + reach], maxsplit=1)[0]

    def line(self, start: int, reach: int = 400) -> tuple[str, int]:
        """Return the line around *start*, at most *reach* to each side, and where it begins."""
        low = self.text.rfind("\n", max(0, start - reach), start) + 1 or max(0, start - reach)
        high = self.text.find("\n", start, start + reach)
        return self.text[low : high if high >= 0 else start + reach], low

    def report(
        self, rule: ScreeningRule, start: int, end: int, message: str, proposal: str | None = None
    ) -> None:
        """Note a hit at a stretch of the matched text; a mask is proposed where the rule has one."""
        at = self.matched.span(start, end)
        printed = self.matched.original[at.start : at.end]
        if proposal is None and "keep" in rule.parameters:
            proposal = masked(printed, rule.keep)
        self.take(start, end)
        self.hits.append(Hit(rule.id, printed, message, at, proposal=proposal))


def masked(text: str, keep: tuple[int, int]) -> str:
    """Return *text* with its letters, digits and characters covered but for *keep* at both ends.

    Spaces and hyphens stay, so that one still sees how it was written.
    """
    places = [index for index, char in enumerate(text) if char.isalnum()]
    first, last = keep
    covered = set(places[first : len(places) - last if last else None])
    return "".join(MASK if index in covered else char for index, char in enumerate(text))
