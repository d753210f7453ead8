"""Whether a report is worded like another: last year's, or another unit's."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gongkai.core.checks.examined import Examined, squeezed
from gongkai.core.checks.patterns import around
from gongkai.core.checks.rules import Rule, enforces, rule
from gongkai.core.extraction.document import Span
from gongkai.core.extraction.reading import Finding, Reading

QUOTED = 40
KEPT = 256
CANDIDATES = 4
"""Places over there at which a stretch is followed."""
BACK = 512
"""Letters by which a stretch is followed backwards, to where it may have begun unnoticed."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a narrative without figures, punctuation and the fixed words of the forms.

    Attributes:
        letters: All sentences run together.
        starts: Where each sentence begins in *letters*.
        sentences: Where each stands in the normalised text.
    """

    letters: str
    starts: tuple[int, ...]
    sentences: tuple[Span, ...]

    @classmethod
    def of(cls, examined: Examined) -> "Wording":
        """Return the wording of a report."""
        parts: list[str] = []
        starts: list[int] = []
        at = 0
        for start, end in examined.sentences:
            starts.append(at)
            parts.append(squeezed(examined.text[start:end]))
            at += len(parts[-1])
        return cls("".join(parts), tuple(starts), examined.sentences)

    def shingles(self, size: int) -> frozenset[str]:
        """Return every run of *size* letters."""
        return frozenset(self.letters[i : i + size] for i in range(len(self.letters) - size + 1))

    def sentence_at(self, offset: int) -> Span:
        """Return the sentence in which a letter stands."""
        return self.sentences[bisect_right(self.starts, offset) - 1]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of a wording another has too.

    Attributes:
        share: Share of its shingles that the other has.
        run: Length of the longest stretch, in letters, that stands in both.
        start: Where that stretch begins in the letters of the first.
    """

    share: float
    run: int
    start: int


@lru_cache(maxsize=KEPT)
def _prepared(text: str, size: int) -> tuple[Wording, frozenset[str]]:
    """Return the wording of a text with its shingles; one text is compared with many."""
    wording = Wording.of(Examined(Reading("", text)))
    return wording, wording.shingles(size)


def likeness(one: str, other: str, *, size: int, least: int = 0) -> Likeness:
    """Return how much of the text *one* stands in *other*, in shingles of *size* letters.

    Where they share less than half, a longest stretch is looked for only if one of *least* letters is
    possible at all.
    """
    wording, mine = _prepared(one, size)
    theirs_wording, theirs = _prepared(other, size)
    common = len(mine & theirs)
    share = common / len(mine) if mine else 0.0
    if not common or (share < 0.5 and common < least - size + 1):
        return Likeness(share, 0, 0)
    run, start = _longest(wording.letters, theirs_wording.letters, size)
    return Likeness(share, run, start)


def _longest(letters: str, others: str, size: int) -> tuple[int, int]:
    """Return length and beginning of the longest stretch of *letters* that stands in *others*.

    Every place is followed to where the two part; where a run of letters stands in very many places
    over there, only some of them are followed.
    """
    places: dict[str, list[int]] = {}
    for i in range(len(others) - size + 1):
        found = places.setdefault(others[i : i + size], [])
        if len(found) < CANDIDATES:
            found.append(i)
    run = start = at = 0
    while at + size <= len(letters):
        reach = 1
        for there in places.get(letters[at : at + size], ()):
            ahead = _ahead(letters, at, others, there)
            back = _ahead(
                letters[max(0, at - BACK) : at][::-1],
                0,
                others[max(0, there - BACK) : there][::-1],
                0,
            )
            if back + ahead > run:
                run, start = back + ahead, at - back
            reach = max(reach, ahead - size + 1)
        at += reach
    return run, start


def _ahead(one: str, i: int, other: str, j: int) -> int:
    """Return how many letters ``one[i:]`` and ``other[j:]`` begin with in common."""
    length, step = 0, 16
    most = min(len(one) - i, len(other) - j)
    while length < most and step:
        end = min(length + step, most)
        if one[i + length : i + end] == other[j + length : j + end]:
            length, step = end, step * 2
        else:
            step = min(step, end - length) // 2
    return length


@enforces("wording.last-year", "wording.other-unit")
def same_wording(
    examined: Examined, previous: Reading | None, others: Sequence[Reading]
) -> Iterator[Finding]:
    """Yield reports that say the same in the same words."""
    if previous is None and not others:
        return
    if previous is not None:
        yield from _compare(examined, previous, rule("wording.last-year"))
    for other in others:
        yield from _compare(examined, other, rule("wording.other-unit"))


def _compare(examined: Examined, other: Reading, which: Rule) -> Iterator[Finding]:
    given, size = which.parameters, int(which.parameters["shingle"])
    mine, theirs = (_prepared(text, size)[0] for text in (examined.reading.text, other.text))
    if min(len(mine.letters), len(theirs.letters)) < given["least"]:
        return
    # below the share, only a long stretch could matter
    found = likeness(examined.reading.text, other.text, size=size, least=int(given["run"]))
    if found.share < given["share"] and found.run < given["run"]:
        return
    first = mine.sentence_at(found.start)
    last = mine.sentence_at(found.start + max(found.run - 1, 0))
    quoted = around(examined.text, first.start, first.start + QUOTED)
    whose = other.title or other.file
    yield which.finding(
        f"去掉数字和固定文字后，{found.share:.0%} 的文字与“{whose}”相同，"
        f"最长的一段连续 {found.run} 字，从“{quoted}”起",
        left=f"{found.share:.0%}",
        right=f"{float(given['share']):.0%}",
        at=(examined.span(first.start, last.end),),
    )
