"""Whether a report is worded like another: last year's, or another unit's."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.core.checks.examined import Examined, squeezed
from gongkai.core.checks.patterns import around
from gongkai.core.checks.rules import Rule, enforces, rule
from gongkai.core.extraction.document import Span
from gongkai.core.extraction.reading import Finding, Reading

QUOTED = 40


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


def likeness(one: Wording, other: Wording, *, size: int) -> Likeness:
    """Return how much of *one* stands in *other*, in shingles of *size* letters."""
    mine, theirs = one.shingles(size), other.shingles(size)
    if not mine:
        return Likeness(0.0, 0, 0)
    run = start = 0
    letters = one.letters
    for i in range(len(letters) - size + 1):
        # only a place whose letters are known over there can begin or continue a longer run
        if letters[i : i + size] not in theirs or letters[i + run : i + run + 1] == "":
            continue
        while i + run < len(letters) and letters[i : i + run + 1] in other.letters:
            run, start = run + 1, i
    return Likeness(len(mine & theirs) / len(mine), run, start)


@enforces("wording.last-year", "wording.other-unit")
def same_wording(
    examined: Examined, previous: Reading | None, others: Sequence[Reading]
) -> Iterator[Finding]:
    """Yield reports that say the same in the same words."""
    if previous is None and not others:
        return
    mine = Wording.of(examined)
    if previous is not None:
        yield from _compare(examined, mine, previous, rule("wording.last-year"))
    for other in others:
        yield from _compare(examined, mine, other, rule("wording.other-unit"))


def _compare(examined: Examined, mine: Wording, other: Reading, which: Rule) -> Iterator[Finding]:
    given = which.parameters
    theirs = Wording.of(Examined(other))
    if min(len(mine.letters), len(theirs.letters)) < given["least"]:
        return
    found = likeness(mine, theirs, size=int(given["shingle"]))
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
