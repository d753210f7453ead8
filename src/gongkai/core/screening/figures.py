"""Figures that belong together: digits with spaces and hyphens between them, as people write long numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

GROUP = re.compile(r"\d+(?:[Xx×](?![A-Za-z\d]))?")
GAP = re.compile(r"[ \-·._–—]{1,2}|[ ]?[-–—][ ]?")
SHORTEST, LONGEST = 11, 19
LONG_CHAIN, PIECES = 60, 6
"""In a row of so many groups, as tables of figures have, a number is in at most so many pieces."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that may be one: its digits put together, and how they were grouped.

    Attributes:
        digits: The digits, an X at the end included, in capitals.
        groups: Lengths of the groups as printed.
        alone: No other digits stand beside it across a space or a hyphen.
    """

    digits: str
    start: int
    end: int
    groups: tuple[int, ...]
    alone: bool


def figures(text: str) -> Iterator[Figure]:
    """Yield every number of 11 to 19 digits that can be read in *text*, longer ones first at each place."""
    for chain in _chains(text):
        total = sum(m.end() - m.start() for m in chain)
        if total >= SHORTEST:
            yield from _within(text, chain)


def _within(text: str, chain: list[re.Match[str]]) -> Iterator[Figure]:
    most = len(chain) if len(chain) < LONG_CHAIN else PIECES
    for first in range(len(chain)):
        length, reach = 0, []
        for last in range(first, min(len(chain), first + most)):
            length += chain[last].end() - chain[last].start()
            if length > LONGEST:
                break
            if length >= SHORTEST:
                reach.append(last)
        for last in reversed(reach):
            members = chain[first : last + 1]
            start, end = members[0].start(), members[-1].end()
            if _joined(text, start - 1) or _joined(text, end):
                continue
            digits = "".join(m.group() for m in members).upper().replace("×", "X")
            if "X" in digits[:-1]:
                continue
            yield Figure(
                digits,
                start,
                end,
                tuple(m.end() - m.start() for m in members),
                alone=len(members) == len(chain),
            )


def _joined(text: str, index: int) -> bool:
    """Whether the character at *index* makes the number part of a word such as GB12345 or 12345abc."""
    return 0 <= index < len(text) and text[index].isascii() and text[index].isalnum()


def _chains(text: str) -> Iterator[list[re.Match[str]]]:
    """Yield groups of digits with at most a separator between one and the next."""
    found = list(GROUP.finditer(text))
    if not found:
        return
    chain = [found[0]]
    for left, right in pairwise(found):
        between = text[left.end() : right.start()]
        if len(between) <= 3 and GAP.fullmatch(between):
            chain.append(right)
        else:
            yield chain
            chain = [right]
    yield chain
