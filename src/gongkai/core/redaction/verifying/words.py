"""The text layer as two readers see it: not one letter more than what can be seen."""

import io
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pypdf import PdfReader

from gongkai.core.redaction.covering import Cover
from gongkai.core.redaction.letters import Page
from gongkai.core.redaction.rebuilding import notice
from gongkai.core.redaction.shapes import Box
from gongkai.core.redaction.stream import bare
from gongkai.core.redaction.verifying.finding import Finding

ORDERED = 5
"""Words of so many letters are looked for in their order, too."""
logging.getLogger("pdfminer").setLevel(logging.ERROR)


@dataclass(frozen=True, slots=True)
class Expected:
    """What may be read on a page.

    Attributes:
        letters: How often each letter may stand there.
        text: Everything that can be seen, in order, as it is compared.
        boxes: Where something is covered.
        notices: What may stand there.
    """

    letters: Counter[str]
    text: str
    boxes: tuple[Box, ...]
    notices: Counter[str]


def expected(page: Page, covered: Sequence[Cover]) -> Expected:
    """Return what may be read on a page of the output, worked out from the letters of the source."""
    hidden = frozenset[int]().union(*(cover.letters for cover in covered))
    seen = "".join(
        letter.text
        for index, letter in enumerate(page.letters)
        if letter.visible and index not in hidden
    )
    notices = "".join(notice(cover.label) for cover in covered)
    return Expected(
        Counter(bare(seen)) + Counter(bare(notices)),
        bare(seen),
        tuple(box for cover in covered for box in cover.boxes),
        Counter(bare(notices)),
    )


def by_pypdf(
    reader: PdfReader, wanted: Sequence[Expected], words: Sequence[Sequence[str]]
) -> Iterator[Finding]:
    """Yield the pages where pypdf reads more than can be seen."""
    for number, (page, expect, hidden) in enumerate(
        zip(reader.pages, wanted, words, strict=True), 1
    ):
        yield from _compared("pypdf", page.extract_text(), expect, hidden, number)


def by_pdfminer(
    data: bytes, wanted: Sequence[Expected], words: Sequence[Sequence[str]]
) -> Iterator[Finding]:
    """Yield the pages where pdfminer reads more than can be seen, or anything under a mark."""
    resources = PDFResourceManager(caching=True)
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    sheets = PDFPage.create_pages(PDFDocument(PDFParser(io.BytesIO(data))))
    for number, (sheet, expect, hidden) in enumerate(zip(sheets, wanted, words, strict=True), 1):
        interpreter.process_page(sheet)
        letters = list(_letters(device.get_result()))
        text = "".join(letter.get_text() for letter in letters)
        yield from _compared("pdfminer", text, expect, hidden, number)
        height = float(sheet.mediabox[3])
        under = Counter(
            char
            for letter in letters
            if _is_under(letter, expect.boxes, height)
            for char in bare(letter.get_text())
        )
        if under - expect.notices:
            yield Finding("place", "遮盖框里还能读出字", number)


def _compared(
    reader: str, text: str, expect: Expected, hidden: Sequence[str], number: int
) -> Iterator[Finding]:
    found = bare(text)
    if more := Counter(found) - expect.letters:
        yield Finding("text", f"{reader} 读出了 {sum(more.values())} 个看不见的字", number)
    again = [
        word
        for word in hidden
        if len(word) >= ORDERED and found.count(word) > expect.text.count(word)
    ]
    if again:
        yield Finding("text", f"{reader} 读出了 {len(again)} 个遮盖的词", number)


def _letters(container: LTContainer[Any]) -> Iterator[LTChar]:
    for item in container:
        if isinstance(item, LTChar):
            yield item
        elif isinstance(item, LTContainer):
            yield from _letters(item)


def _is_under(letter: LTChar, boxes: Sequence[Box], height: float) -> bool:
    x, y = (letter.x0 + letter.x1) / 2, height - (letter.y0 + letter.y1) / 2
    return any(box.left < x < box.right and box.top < y < box.bottom for box in boxes)
