"""What could be covered: hits of screening, the same words wherever else they stand, and what is still to be seen.

Rules are those of ``law/screening``; on which ground a hit is proposed says ``law/codes/marks.yaml``.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from gongkai.core.codes import marks as mark_labels
from gongkai.core.extraction.document import Span
from gongkai.core.redaction.covering import Cover, hidden_places
from gongkai.core.redaction.letters import Page
from gongkai.core.redaction.marks import Mark
from gongkai.core.redaction.shapes import Box
from gongkai.core.redaction.stream import (
    Joining,
    Place,
    Stream,
    bare,
    bare_stream,
    boxes_of,
    stream,
)
from gongkai.core.screening import Hit, screen_text
from gongkai.core.screening.words import WordList

NOT_A_NAME_OF_ANYBODY = {"personal.medical"}
"""Rules whose words do not point to the person by themselves: diabetes elsewhere is not this patient's."""
BROKEN_OVER_LINES = {
    "personal.identity",
    "personal.mobile",
    "personal.contact-person",
    "personal.card",
    "personal.account",
    "personal.passport",
    "personal.plate",
}
"""Rules that know a number by its own form or by the word right before it, so that it is one wherever lines and pages
end; sentences become nonsense when lines are put together that do not belong together."""
JOININGS: tuple[Joining, ...] = ("none", "full", "all")
SHORTEST, SHORTEST_NUMBER, LONGEST = 2, 4, 80
NO_WORDS = WordList(())


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that could be covered.

    Attributes:
        mark: The mark that it would be.
        text: The words that it would hide, for the screen.
        again: It was found only because the same words were found elsewhere.
    """

    mark: Mark
    text: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class Remainder:
    """Covered words that can still be read elsewhere.

    Attributes:
        page: Where, from 1.
        boxes: Where on the page.
        text: The words.
        ground: The ground on which they are covered at the other place.
    """

    page: int
    boxes: tuple[Box, ...]
    text: str
    ground: str


def proposals(pages: Sequence[Page], today: date | None = None) -> tuple[Proposal, ...]:
    """Return what the rules propose, page by page; a stretch over two pages is one proposal on each.

    Args:
        pages: The pages of one document.
        today: Where given, a date of birth after it is none.
    """
    ordered: list[Proposal] = []
    taken: set[Place] = set()
    words: dict[str, str] = {}
    for joined in JOININGS:
        text = stream(pages, joined=joined)
        for hit in _hits(text.text, today):
            if joined == "all" and hit.rule not in BROKEN_OVER_LINES:
                continue
            places = text.between(*hit.at) if hit.at else []
            if places and not taken.issuperset(places):
                taken.update(places)
                ordered += _proposed(pages, places, hit.rule, hit.text)
            if hit.rule not in NOT_A_NAME_OF_ANYBODY:
                words.setdefault(bare(hit.text), hit.rule)
    letters = bare_stream(pages)
    for word, rule in words.items():
        for places in _found(letters, word):
            if taken.isdisjoint(places):
                taken.update(places)
                text_of = "".join(pages[at.page].letters[at.letter].text for at in places)
                ordered += [
                    replace(each, again=True) for each in _proposed(pages, places, rule, text_of)
                ]
    return tuple(sorted(ordered, key=lambda each: (each.mark.page, each.mark.boxes[0].top)))


def proposed_spans(text: str, today: date | None = None) -> tuple[Hit, ...]:
    """Return what the rules propose in a plain text, in order; numbers broken over lines as the text has them."""
    hits = [hit for hit in _hits(text, today) if hit.at]
    kept = [index for index, letter in enumerate(text) if letter not in "\r\n"]
    together = "".join(text[index] for index in kept)
    taken = {place for hit in hits if hit.at for place in range(*hit.at)}
    for hit in _hits(together, today) if len(kept) < len(text) else ():
        if hit.rule not in BROKEN_OVER_LINES or hit.at is None:
            continue
        start, end = kept[hit.at.start], kept[hit.at.end - 1] + 1
        if taken.isdisjoint(range(start, end)):
            hits.append(replace(hit, at=Span(start, end), text=text[start:end]))
    return tuple(sorted(hits, key=lambda hit: hit.at or Span(0, 0)))


def secrecy_warnings(pages: Sequence[Page] | str) -> tuple[str, ...]:
    """Return sentences about marks of secrecy, which no covering heals: such a file is declassified first."""
    text = pages if isinstance(pages, str) else stream(pages).text
    return tuple(
        dict.fromkeys(
            hit.message
            for hit in screen_text(text, word_list=NO_WORDS)
            if hit.rule.startswith("secrecy.") and hit.severity == "block"
        )
    )


def remainders(
    pages: Sequence[Page], covered: Sequence[tuple[Cover, ...]], known: Sequence[Proposal] = ()
) -> tuple[Remainder, ...]:
    """Return where covered words can still be read.

    Args:
        pages: The pages of the source.
        covered: What is covered on each.
        known: What the rules found; of what lies inside a large mark they tell the names and numbers.
    """
    hidden = hidden_places(covered)
    words: dict[str, str] = {}
    for page, covers_of in zip(pages, covered, strict=True):
        for cover in covers_of:
            words.setdefault(bare(cover.words(page)), cover.mark.ground)
        for proposal in known:
            if proposal.mark.page == page.number and _lies_under(proposal, covers_of):
                words.setdefault(bare(proposal.text), covers_of[0].mark.ground)
    rest = bare_stream(pages, without=hidden)
    found: list[Remainder] = []
    for word, ground in words.items():
        if not _telling(word):
            continue
        for places in _found(rest, word):
            text = "".join(pages[at.page].letters[at.letter].text for at in places)
            found += [
                Remainder(pages[index].number, boxes, text, ground)
                for index, boxes in boxes_of(pages, places)
            ]
    return tuple(
        sorted(set(found), key=lambda each: (each.page, each.boxes[0].top, each.boxes[0].left))
    )


def _telling(word: str) -> bool:
    least = SHORTEST_NUMBER if word.isdigit() else SHORTEST
    return least <= len(word) <= LONGEST


def _lies_under(proposal: Proposal, covered: Sequence[Cover]) -> bool:
    boxes = [box for cover in covered for box in cover.boxes]
    return all(
        any(over.overlap(box) >= 0.8 * box.area for over in boxes) for box in proposal.mark.boxes
    )


def _hits(text: str, today: date | None) -> Iterator[Hit]:
    grounds = _grounds()
    for hit in screen_text(text, word_list=NO_WORDS, today=today, names=True):
        if hit.rule in grounds:
            yield hit


@cache
def _grounds() -> dict[str, str]:
    """Return the ground for each rule that proposes."""
    return {rule: key for key, entry in mark_labels().items() for rule in entry.rules}


def ground_of(rule: str) -> str:
    """Return the ground on which hits of *rule* are proposed to be covered; empty where they are not."""
    return _grounds().get(rule, "")


def _proposed(
    pages: Sequence[Page], places: Sequence[Place], rule: str, text: str
) -> Iterator[Proposal]:
    for index, boxes in boxes_of(pages, places):
        yield Proposal(
            Mark(pages[index].number, ground_of(rule), boxes, by="automatic", rule=rule), text
        )


def _found(letters: Stream, word: str) -> Iterator[list[Place]]:
    """Yield the letters of every place where *word* stands, apart from each other."""
    if not _telling(word):
        return
    at = letters.text.find(word)
    while at >= 0:
        yield letters.between(at, at + len(word))
        at = letters.text.find(word, at + len(word))
