"""Sentences of a document, in which every character knows its place in the normalised text.

Pages break lines inside sentences, put page numbers between them, run headings and sentences together in one
line, and scatter spaces. A :class:`Sentence` has none of that.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.core.extraction.document import Span
from gongkai.core.extraction.normal import NormalText

_NUMBER = r"(?:\([一二三四五六七八九十]{1,3}\)|\(?\d{1,2}\)|[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[、.](?!\d)|[①-⑳㈠-㈩⒈-⒛])"
NUMBERING = re.compile(rf"\s*(?:{_NUMBER})\s*")
_SPLIT_HERE = re.compile(
    r"[。!?！？]|(?<=[\u4e00-\u9fff])\.(?![\w])|(?<=[\s。;:,)\"”])(?=(?:\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、)[\u4e00-\u9fff])"
)
_PAGE_NUMBER = re.compile(r"\s*(?:[-—–]+\s*)?\d{1,3}(?:\s*[-—–]+)?\s*|\s*第\s*\d+\s*页.{0,10}")
_NUMBER_LINE = re.compile(r"(?m)^[^\S\n]*\d[\d,.]*%?[^\S\n]*$")
_UNIT_LINE = re.compile(r"\s*(?:[条件次人项个篇份元名期场家宗]|人次|万元)?[,;。、]")
"""How a line goes on whose number stands on a line of its own."""
_LEAD_END = re.compile(r"[:。]|(?<=\S)\s")
_CHAPTER = re.compile(r"\s*[一二三四五六七八九十]{1,3}、")

WRAPPED = 20
"""A line at least so long that ends without punctuation goes on in the next."""

LONGEST = 2_000
"""No sentence is longer; what has no full stop is cut, so that time stays in proportion."""

LEAD = 32
"""A heading is not longer than this."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without line breaks and idle spaces.

    Attributes:
        text: Its words.
        places: The place of each character in the normalised text.
        heading: The headings above it, joined, nearest last.
        paragraph: Counts the paragraphs of the document, so that neighbours are known.
    """

    text: str
    places: Sequence[int]
    heading: str
    paragraph: int

    def span(self, normal: NormalText, start: int, end: int) -> Span:
        """Return where ``text[start:end]`` stands in the original text."""
        return normal.span(self.places[start], self.places[end - 1] + 1)


def sentences(normal: NormalText, skip: Sequence[Span] = ()) -> Iterator[Sentence]:
    """Yield the sentences of *normal*, leaving out the stretches *skip* of the original text."""
    chapter = section = ""
    for number, (start, end) in enumerate(_paragraphs(normal, skip)):
        for first, last in _pieces(normal.text, start, end):
            body, lead = _lead(normal.text, first, last)
            if lead:
                if _CHAPTER.match(normal.text, first):
                    chapter, section = lead, ""
                else:
                    section = lead
            sentence = _sentence(normal.text, body, last, f"{chapter} {section}".strip(), number)
            if sentence.text:
                yield sentence


def _paragraphs(normal: NormalText, skip: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield stretches of text that read on; tables, page numbers and headings end them or drop out."""
    begin = finish = -1
    for start, end in _lines(normal, skip):
        line = normal.text[start:end]
        if not line.strip():
            if begin >= 0:
                yield begin, finish
            begin = -1
            continue
        alone = begin >= 0 and _alone(normal.text, finish, start, end)
        if not alone and _PAGE_NUMBER.fullmatch(line):
            continue
        if begin >= 0 and not alone and not _reads_on(normal.text, begin, finish, start):
            yield begin, finish
            begin = -1
        if begin < 0:
            begin = start
        finish = end
    if begin >= 0:
        yield begin, finish


def _alone(text: str, finish: int, start: int, end: int) -> bool:
    """Whether a line is the number, or what follows it, of a sentence whose numbers stand on lines of their own."""
    if _NUMBER_LINE.fullmatch(text, start, end):
        return text[finish - 1 : finish] not in "。!?;:|" and bool(_UNIT_LINE.match(text, end))
    last = text.rfind("\n", 0, finish) + 1
    return bool(_NUMBER_LINE.fullmatch(text, last, finish) and _UNIT_LINE.match(text, start))


def _reads_on(text: str, begin: int, finish: int, start: int) -> bool:
    line = text[max(begin, text.rfind("\n", begin, finish) + 1) : finish].strip()
    return (
        len(line) >= WRAPPED
        and line[-1] not in "。!?;:|"
        and not NUMBERING.match(text, start)
        and "|" not in line
        and "\t" not in line
    )


def _lines(normal: NormalText, skip: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Yield the lines outside *skip*; what is skipped leaves an empty line."""
    holes = sorted((normal.offset(s.start), normal.offset(s.end)) for s in skip if s.end > s.start)
    at = 0
    for first, last in [*holes, (len(normal.text), len(normal.text))]:
        if first > at:
            for match in re.finditer(r"[^\n]*\n?", normal.text[at:first]):
                if match.group():
                    yield at + match.start(), at + match.end() - match.group().endswith("\n")
            yield first, first
        at = max(at, last)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for match in _SPLIT_HERE.finditer(text, start, end):
        if match.end() > at:
            yield from _cut(at, match.end())
            at = match.end()
    if at < end:
        yield from _cut(at, end)


def _cut(start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut what is longer than any sentence."""
    for at in range(start, end, LONGEST):
        yield at, min(at + LONGEST, end)


def _lead(text: str, start: int, end: int) -> tuple[int, str]:
    """Return where the words of the sentence begin, and the numbered heading before them, if any."""
    numbering = NUMBERING.match(text, start, end)
    if not numbering:
        return start, ""
    body = numbering.end()
    stop = _LEAD_END.search(text, body, min(end, body + LEAD))
    if stop:
        lead = text[body : stop.start()]
        if "," not in lead and not re.search(r"\d", lead):
            return stop.end(), lead
    if end - body <= LEAD and not re.search(r"[,。;\d]", text[body:end]):
        return end, text[body:end].strip()
    return body, ""


def _sentence(text: str, start: int, end: int, heading: str, paragraph: int) -> Sentence:
    """Leave out spaces, except between two digits or letters, where they keep numbers apart."""
    words: list[str] = []
    places: list[int] = []
    for match in re.finditer(r"\S+", text[start:end]):
        word, at = match.group(), start + match.start()
        if words and _apart(words[-1][-1], word[0]):
            words.append(" ")
            places.append(at - 1)
        words.append(word)
        places.extend(range(at, at + len(word)))
    return Sentence("".join(words), places, heading, paragraph)


def _apart(before: str, after: str) -> bool:
    return before.isascii() and after.isascii() and before.isalnum() and after.isalnum()
