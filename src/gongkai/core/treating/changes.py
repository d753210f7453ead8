"""Other words at some stretches of a text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongkai.core.extraction.document import Span
from gongkai.core.screening import Hit
from gongkai.core.treating.chosen import Chosen


@dataclass(frozen=True, slots=True)
class Change:
    """New words for a stretch of a text.

    Attributes:
        at: The stretch.
        words: What is to stand there.
    """

    at: Span
    words: str

    def part(self, start: int, end: int) -> str:
        """Return what is to stand at the part of the stretch from *start* to *end*.

        A mask as long as what it covers is shared out letter by letter; anything else stands where the stretch begins.
        """
        if len(self.words) == self.at.end - self.at.start:
            return self.words[start - self.at.start : end - self.at.start]
        return self.words if start == self.at.start else ""


def changes_of(hits: Iterable[Hit], chosen: Chosen) -> list[Change]:
    """Return what is to be changed about *hits*, in order and apart; where two meet, the first one stands."""
    changes: list[Change] = []
    meant = [hit for hit in hits if chosen.takes(hit) and hit.at is not None]
    for hit in sorted(meant, key=lambda hit: hit.at or Span(0, 0)):
        words = chosen.words_for(hit)
        if hit.at and words is not None and (not changes or changes[-1].at.end <= hit.at.start):
            changes.append(Change(hit.at, words))
    return changes


def replaced(text: str, changes: Sequence[Change]) -> str:
    """Return *text* with *changes*, which are in order and apart."""
    pieces, at = [], 0
    for change in changes:
        pieces += [text[at : change.at.start], change.words]
        at = change.at.end
    return "".join([*pieces, text[at:]])
