"""PDF files: pages are made anew by ``core/redaction``, with what was found covered, and verified by other readers."""

import math
from collections.abc import Callable, Iterator, Sequence

from gongkai.core.cleaning import strip_metadata
from gongkai.core.extraction.guarding import Guard
from gongkai.core.redaction import (
    Mark,
    NewPage,
    Page,
    all_covers,
    page_count,
    paper,
    proposals,
    read_pages,
    rebuilt,
)
from gongkai.core.redaction.proposing import ground_of
from gongkai.core.redaction.stream import bare, bare_stream, boxes_of
from gongkai.core.redaction.verifying import verify
from gongkai.core.screening import Screening, screen_file
from gongkai.core.treating.chosen import REVISIONS, Chosen
from gongkai.core.treating.errors import CannotTreat, NothingFound

CHUNK = 5
"""Pages that are made at a time; the guarded process has so many seconds for them."""
GROUND = "privacy"
"""On which ground what a person owns is covered, where the rule names none."""
BODY = "正文"
PDF = "application/pdf"
OnPage = Callable[[int, int], None]
"""Is told how many pages are done, of how many."""


def treat_paper(
    data: bytes, name: str, chosen: Chosen, guard: Guard, on_page: OnPage | None = None
) -> tuple[bytes, int]:
    """Return the PDF file with everything that was chosen covered or left out, and how many places there were.

    What is covered becomes a black box with its ground; of the page only its picture and the words that can be seen
    stay, so that nothing hidden comes along, nor links, notes and form fields.

    Args:
        data: The file.
        name: What it is called.
        chosen: What is to be done.
        guard: The process that opens it.
        on_page: Told of each few pages.

    Raises:
        NothingFound: The rule finds nothing.
        CannotTreat: It stands where it cannot be covered, or the verifier was not content.
        Unreadable: The file cannot be read.
    """
    screening = guard.call(screen_file, data, name, word_list=chosen.word_list)
    count = sum(chosen.takes(hit) for hit in screening.hits)
    if not count:
        raise NothingFound
    if revisions := REVISIONS.get(chosen.rule):
        return guard.call(strip_metadata, data, PDF, revisions=revisions), count
    total = guard.call(page_count, data)
    pages: list[Page] = []
    for numbers in _chunks(total):
        pages += guard.call(read_pages, data, numbers)
    marks = [] if chosen.is_hidden else _marks(pages, screening, chosen)
    made: list[NewPage] = []
    for numbers in _chunks(total):
        made += guard.call(rebuilt, data, marks, numbers)
        if on_page:
            on_page(numbers[-1], total)
    output = paper(made)
    verification = verify(output, pages, all_covers(pages, marks))
    if not verification.passed:
        raise CannotTreat(why=f"遮盖以后的检查没有通过（{verification.findings[0].message}）")
    return output, count


def _marks(pages: Sequence[Page], screening: Screening, chosen: Chosen) -> list[Mark]:
    """Return the boxes of everything that is chosen, of the same words elsewhere, too.

    Raises:
        CannotTreat: Something of it is drawn on the page without being among its letters.
    """
    hits = [hit for hit in screening.hits if chosen.takes(hit)]
    elsewhere = [hit for hit in hits if hit.where.part in {"批注", "表单"}]
    if elsewhere:
        raise CannotTreat(why=f"有 {len(elsewhere)} 处在{elsewhere[0].where.part}里")
    letters = bare_stream(pages)
    hidden = "".join(bare(page.hidden) for page in pages)
    marks = [each.mark for each in proposals(pages) if each.mark.rule == chosen.rule]
    taken = [(mark.page, box) for mark in marks for box in mark.boxes]
    for word, page in {
        bare(hit.text): hit.where.page for hit in hits if hit.where.part == BODY
    }.items():
        places = list(_places(letters.text, word))
        if not places and word not in hidden:
            raise CannotTreat(why=f"第 {page} 页上的字找不到确切的位置")
        for start, end in places:
            for index, boxes in boxes_of(pages, letters.between(start, end)):
                number = pages[index].number
                fresh = tuple(
                    box
                    for box in boxes
                    if not any(
                        at == number and math.isclose(box.overlap(other), box.area, rel_tol=0.05)
                        for at, other in taken
                    )
                )
                if fresh:
                    taken += [(number, box) for box in fresh]
                    ground = ground_of(chosen.rule) or GROUND
                    marks.append(Mark(number, ground, fresh, by="automatic", rule=chosen.rule))
    return marks


def _places(text: str, word: str) -> Iterator[tuple[int, int]]:
    at = text.find(word) if word else -1
    while at >= 0:
        yield at, at + len(word)
        at = text.find(word, at + len(word))


def _chunks(total: int) -> Iterator[range]:
    for first in range(1, total + 1, CHUNK):
        yield range(first, min(first + CHUNK, total + 1))
