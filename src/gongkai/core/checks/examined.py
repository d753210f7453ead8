"""A reading made ready for checking: its text normalised, its chapters found, its cells by place."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import islice

from gongkai.core.extraction.document import Span
from gongkai.core.extraction.normal import NormalText, normal
from gongkai.core.extraction.reading import Reading
from gongkai.core.forms import FilledForm, Form, Place, forms, forms_of_year

NUMERALS = "一二三四五六七八九十"
NUMBERED = re.compile(rf"([{NUMERALS}]{{1,3}}) ?、 ?")
AFTER_PAUSE = re.compile(r"[\s。;:)>|][ #*]*$")
AFTER_ROW_NUMBER = re.compile(r"(?:^|\n)[ \t|]*[1-9]\d?[\s|]*$")
"""The number of a row of the table of 2014, alone before its title."""
RUNS_ON = re.compile(r"[ 。]")
MOST_NUMERALS = 5_000
"""Numerals that are looked at; no report has so many, but what somebody sends may."""
MOST_LISTS = 50
BEFORE = 24
"""Characters before a numeral that are looked at."""
ORDER = {
    **{numeral: index for index, numeral in enumerate(NUMERALS, 1)},
    **{f"十{numeral}": index for index, numeral in enumerate(NUMERALS[:9], 11)},
}
HEADING_LENGTH = 40
SENTENCE = re.compile(r"[^。;!?\n]+[。;!?]?")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A top-level chapter of the narrative.

    Attributes:
        number: 1 for 一、.
        title: The heading without its number.
        at: The heading, in the normalised text.
        body: What follows until the next chapter.
        alone: The heading has a line for itself; where it has not, the title runs into the text.
    """

    number: int
    title: str
    at: Span
    body: Span
    alone: bool


class Examined:
    """A reading under examination."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    @cached_property
    def normal(self) -> NormalText:
        """The text as it is matched."""
        return normal(self.reading.text)

    @property
    def text(self) -> str:
        """The normalised text."""
        return self.normal.text

    @cached_property
    def filled(self) -> FilledForm | None:
        """The form with the cells that were read."""
        return self.reading.filled()

    @cached_property
    def index(self) -> Mapping[Place, int]:
        """Where each cell stands in the reading's cells."""
        return {cell.place: index for index, cell in enumerate(self.reading.cells)}

    @cached_property
    def rows(self) -> frozenset[tuple[str, str]]:
        """The rows that the document prints, by table and row key."""
        return frozenset((cell.place.table, cell.place.row) for cell in self.reading.cells)

    def spans(self, cells: tuple[int, ...]) -> tuple[Span, ...]:
        """Return where the figures of these cells stand in the text."""
        return tuple(at for index in cells if (at := self.reading.cells[index].at) is not None)

    def span(self, start: int, end: int) -> Span:
        """Return the stretch of the original text for one of the normalised text."""
        return self.normal.span(start, end)

    @cached_property
    def prescribed(self) -> Form | None:
        """The form that was prescribed for the year of the report, if it is known."""
        year = self.reading.year
        found = forms_of_year(year) if year else ()
        return found[0] if found else None

    @cached_property
    def tables_at(self) -> Span | None:
        """From the first to the last figure of the tables, in the normalised text."""
        found = [cell.at for cell in self.reading.cells if cell.at is not None]
        if not found:
            return None
        first, last = min(at.start for at in found), max(at.end for at in found)
        return Span(self.normal.offset(first), self.normal.offset(last))

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """The chapters 一、 二、 三、 … in order; the fullest such list in the text, the last of equals."""
        numbered = [
            match
            for match in islice(NUMBERED.finditer(self.text), MOST_NUMERALS)
            if match[1] in ORDER and not self._in_a_table(match)
        ]
        sure = [match for match in numbered if self._starts_line(match) or self._is_known(match)]
        loose = [
            match
            for match in numbered
            if self._starts_line(match) or self._is_known(match) or self._after(match, AFTER_PAUSE)
        ]
        for found in (sure, loose):
            firsts = [i for i, match in enumerate(found) if match[1] == "一"]
            chains = [_chain(found, i) for i in (*firsts[:MOST_LISTS], *firsts[-MOST_LISTS:])]
            # a list of contents comes first and is as long as what it lists
            best = max(reversed(chains), key=len, default=[])
            if len(best) > 1:
                return tuple(self._chapters(best))
        return ()

    def _after(self, match: re.Match[str], pattern: re.Pattern[str]) -> bool:
        return bool(pattern.search(self.text[max(0, match.start() - BEFORE) : match.start()]))

    def _starts_line(self, match: re.Match[str]) -> bool:
        near = max(0, match.start() - BEFORE)
        line = self.text.rfind("\n", near, match.start()) + 1
        if not line and near:
            return False  # the line begins too far away
        return not self.text[line : match.start()].strip(" #*|")

    def _in_a_table(self, match: re.Match[str]) -> bool:
        """Whether this is the title of a row, such as 一、本年新收政府信息公开申请数量."""
        following = squeezed(self.text[match.end() : match.end() + HEADING_LENGTH])
        if following.startswith(numbered_rows()):
            return True
        return not following.startswith(known_headings()) and self._after(match, AFTER_ROW_NUMBER)

    def _is_known(self, match: re.Match[str]) -> bool:
        """Whether a heading of a form follows, whatever stands before it."""
        following = squeezed(self.text[match.end() : match.end() + HEADING_LENGTH])
        return following.startswith(known_headings())

    def _chapters(self, matches: list[re.Match[str]]) -> Iterator[Chapter]:
        ends = [match.start() for match in matches[1:]] + [len(self.text)]
        for number, (match, end) in enumerate(zip(matches, ends, strict=True), 1):
            line_end = self.text.find("\n", match.end(), end)
            title_end = min(line_end if line_end >= 0 else end, match.end() + HEADING_LENGTH, end)
            title = self.text[match.end() : title_end].strip()
            yield Chapter(
                number,
                title,
                Span(match.start(1), title_end),
                Span(title_end, end),
                title_end == line_end and not RUNS_ON.search(title),
            )

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """The sentences of the narrative in the normalised text; lines of tables and labels left out."""
        return tuple(
            Span(match.start(), match.end())
            for match in SENTENCE.finditer(self.text)
            if not self._is_label(match.group())
        )

    def _is_label(self, sentence: str) -> bool:
        bare = squeezed(sentence)
        return len(bare) < 2 or bare in fixed_labels() or "|" in sentence or "\t" in sentence


def _chain(found: list[re.Match[str]], first: int) -> list[re.Match[str]]:
    chain: list[re.Match[str]] = []
    for match in islice(found, first, None):
        if ORDER[match[1]] == len(chain) + 1:
            chain.append(match)
    return chain


def squeezed(text: str) -> str:
    """Return *text* without spaces, digits and punctuation, for comparing words with words."""
    return "".join(filter(str.isalpha, text))


@cache
def fixed_labels() -> frozenset[str]:
    """Return every label and heading that the forms prescribe, squeezed."""
    return frozenset(squeezed(normal(label).text) for label in _labels())


@cache
def known_headings() -> tuple[str, ...]:
    """Return the numbered headings of the forms, squeezed, without their numbers."""
    labels = [
        label
        for form in forms()
        for heading in form.headings
        for label in (heading.label, *heading.alias)
    ]
    return tuple(squeezed(label.partition("、")[2]) for label in labels if _is_numbered(label))


@cache
def numbered_rows() -> tuple[str, ...]:
    """Return the titles of rows that are numbered like chapters, squeezed, without their numbers."""
    labels = {
        row.label
        for form in forms()
        for table in form.tables
        if table.layout != "numbered"  # those stand behind their row numbers
        for row in table.rows.values()
    }
    return tuple(squeezed(label.partition("、")[2]) for label in labels if _is_numbered(label))


def _is_numbered(label: str) -> bool:
    return label.partition("、")[0] in ORDER


def _labels() -> Iterator[str]:
    for form in forms():
        for heading in form.headings:
            yield from (heading.label, *heading.alias)
        for table in form.tables:
            yield from (table.title, table.note or "")
            for section in table.sections:
                yield from (section.title or "", section.corner or "", *section.corner_alias)
                for row in section.rows:
                    yield from (row.label, *row.alias, row.group or "")
                for column in section.columns:
                    yield from (column.label, *column.alias, column.group or "")
