"""A text cut into stretches, each with all that was read or found there: pure, no HTML."""

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

PAGE = 6000
"""Characters of a page; it ends at the next line break."""
LONGEST = 9000
"""A page is cut in the middle of a line rather than made longer than this."""

GAP = re.compile(r"(?:[ \t\u3000\u00a0]*\r?\n){3,}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text that something is said of.

    Attributes:
        anchor: Its id on the page, distinct among all marks.
        kind: ``read``, ``doubtful``, ``corrected``, ``warning``, ``error``, by rising weight.
        href: Where a click on it leads.
        title: What is said of it, for people.
    """

    start: int
    end: int
    anchor: str
    kind: str
    href: str
    title: str

    @property
    def weight(self) -> int:
        """How much it outweighs others on the same stretch."""
        return KINDS.index(self.kind)


KINDS = ("read", "note", "doubtful", "corrected", "warning", "error")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text with one look.

    Attributes:
        anchors: Ids that begin here.
        mark: The weightiest mark on it, if any.
        others: Titles of all marks on it.
    """

    text: str
    anchors: tuple[str, ...] = ()
    mark: Mark | None = None
    titles: tuple[str, ...] = field(default=())

    @property
    def title(self) -> str:
        """Return what is said of it, all in one."""
        return "；".join(self.titles)


def pages(text: str) -> tuple[int, ...]:
    """Return where the pages of *text* begin, the first at 0."""
    starts = [0]
    while len(text) - starts[-1] > LONGEST:
        begin = starts[-1]
        cut = text.find("\n", begin + PAGE, begin + LONGEST)
        starts.append(cut + 1 if cut >= 0 else begin + LONGEST)
    return tuple(starts)


def page_of(starts: tuple[int, ...], offset: int) -> int:
    """Return the number, from 1, of the page on which *offset* stands."""
    return max(1, bisect_right(starts, offset))


def stretches(text: str, marks: Iterable[Mark], start: int, end: int) -> Iterator[Stretch]:
    """Yield ``text[start:end]`` in stretches, each with the marks that cover it.

    Marks may overlap, touch and reach over the edges; a mark that has no length is an anchor only.
    Three or more line breaks in a row are shown as two.
    """
    here = sorted(
        (m for m in marks if m.start < end and (m.end > start or m.start >= start)),
        key=lambda m: (m.start, m.end),
    )
    edges = {start, end}
    for mark in here:
        edges.update(e for e in (mark.start, mark.end) if start < e < end)
    cuts = sorted(edges)
    begun = 0
    active: list[Mark] = []
    for left, right in itertools.pairwise(cuts):
        anchors = []
        while begun < len(here) and max(here[begun].start, start) <= left:
            anchors.append(here[begun].anchor)
            active.append(here[begun])
            begun += 1
        active = [m for m in active if m.end > left]
        heaviest = max(active, key=lambda m: m.weight, default=None)
        yield Stretch(
            GAP.sub("\n\n", text[left:right]),
            tuple(dict.fromkeys(anchors)),
            heaviest,
            tuple(dict.fromkeys(m.title for m in active)),
        )
