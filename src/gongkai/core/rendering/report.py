"""An annual report as it is issued: what is printed, in whichever format."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from gongkai.core.forms import Cell, FilledForm, Form, Heading, Place, State
from gongkai.core.refusal import Refusal
from gongkai.core.rendering.cleaning import clean, one_line

SECOND_LEVEL = re.compile(r"^[（(][一二三四五六七八九十百]{1,4}[）)]")
THIRD_LEVEL = re.compile(r"^\d{1,2}[.．、](?!\d)")
SENTENCE_END = ("。", "；", ";", "，", ",", "：", ":", "！", "？")
TITLE_WIDTH = 20
"""Characters of 2号 (22 points) that fit the 156 millimetres of a line."""
LONGEST_HEADING = 40
"""Characters; a longer numbered line is a paragraph that begins with its number."""


class OutsideTheForm(Refusal):
    """“{place}”不在{form}的表里，无法排印。请先把这一格的数并入表中的行列。"""


class NotANumber(Refusal):
    """“{label}”一格的数无法排印：{value}。请填写普通的数字。"""


class _Clean:
    """A value whose strings are cleaned as it is made, so that no format has to think of it."""

    __slots__ = ()

    def __post_init__(self) -> None:
        for attribute in fields(self):  # type: ignore[arg-type]  # every subclass is a dataclass
            object.__setattr__(self, attribute.name, _cleaned(getattr(self, attribute.name)))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, tuple) and all(isinstance(item, str) for item in value):
        return tuple(one_line(item) for item in value)
    return value


@dataclass(frozen=True, slots=True)
class Block(_Clean):
    """A paragraph of the narrative.

    Attributes:
        level: 0 for running text; 2 for a heading such as （一）, 3 for one such as 1.
            (a chapter's own heading is level 1).
    """

    text: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Chapter(_Clean):
    """A chapter of the narrative.

    Attributes:
        heading: As printed, with its number: ``一、总体情况``.
        key: Key of the form's heading, by which the tables find their chapter; told by the
            heading's words where it is not given.
    """

    heading: str
    blocks: tuple[Block, ...] = ()
    key: str | None = None

    @classmethod
    def of(cls, heading: str, text: str, *, key: str | None = None) -> "Chapter":
        """Return the chapter with *text* cut into paragraphs and headings."""
        return cls(heading, blocks_of(text), key)


@dataclass(frozen=True, slots=True)
class Correction(_Clean):
    """A visible note that an issued report was corrected."""

    day: date
    text: str


@dataclass(frozen=True, slots=True)
class Origin(_Clean):
    """Where the figure of a cell comes from.

    Attributes:
        source: ``computed``, ``declared``, ``rolled-up`` or ``read``.
        text: One sentence for people.
        href: A page that shows it: a path on the same site or an http(s) address; anything else is dropped.
    """

    source: str
    text: str
    href: str | None = None

    def __post_init__(self) -> None:
        _Clean.__post_init__(self)
        if self.href and not re.match(r"(?:https?://|/(?![/\\]))", self.href):
            object.__setattr__(self, "href", None)


@dataclass(frozen=True, slots=True, repr=False)
class IssuedReport(_Clean):
    """A report with everything that is printed in it.

    Attributes:
        form: The filled form. Its own year and agency are not printed.
        chapters: The narrative, in order. A chapter that only holds a table may be left out: its
            heading is printed with the table all the same.
        published: Day of publication.
        contact: Lines such as address and telephone, printed at the end.
        law: Edition of the forms and rules that the report was made under.
        corrections: Notes printed below the title.
        origins: Where figures come from; shown in HTML and JSON.

    Raises:
        OutsideTheForm: A cell is filled that the form does not have.
        NotANumber: A figure is infinite or undefined.
    """

    title: str
    agency: str
    year: int
    form: FilledForm
    chapters: tuple[Chapter, ...] = ()
    published: date | None = None
    contact: tuple[str, ...] = ()
    law: str | None = None
    corrections: tuple[Correction, ...] = ()
    origins: Mapping[Place, Origin] = field(default_factory=dict)

    def __post_init__(self) -> None:
        _Clean.__post_init__(self)
        form = self.form.form
        for place, cell in self.form.items():
            if place not in form:
                raise OutsideTheForm(place=one_line(str(place)), form=form.short)
            if cell.value is not None and not cell.value.is_finite():
                raise NotANumber(label=form.label(place), value=cell.value)

    def __repr__(self) -> str:
        return f"<IssuedReport {self.title!r}, {self.kind!r}, {len(self.form)} cells>"

    @property
    def kind(self) -> Form:
        """The official form it follows."""
        return self.form.form

    @property
    def title_lines(self) -> tuple[str, ...]:
        """The title as set on paper: one too long for a line breaks after the name of the agency."""
        width = sum(0.55 if char.isascii() else 1 for char in self.title)
        if width > TITLE_WIDTH and self.title.startswith(self.agency) and self.title != self.agency:
            return self.agency, self.title.removeprefix(self.agency)
        return (self.title,)

    def texts(self) -> Iterator[str]:
        """Yield every string that is printed, figures and the form's own words aside."""
        yield from (self.title, self.agency, *self.contact, self.law or "")
        for chapter in self.chapters:
            yield chapter.heading
            yield from (block.text for block in chapter.blocks)
        yield from (note.text for note in self.corrections)
        for cell in self.form.values():
            yield cell.unit or ""
            if cell.state is State.UNREADABLE:
                yield one_line(cell.raw)


def blocks_of(text: str) -> tuple[Block, ...]:
    """Cut plain *text* into paragraphs; a short numbered line without a full stop is a heading."""
    lines = (one_line(line) for line in clean(text).split("\n"))
    return tuple(Block(line, _level(line)) for line in lines if line)


def _level(line: str) -> int:
    if len(line) > LONGEST_HEADING or line.endswith(SENTENCE_END):
        return 0
    if SECOND_LEVEL.match(line):
        return 2
    return 3 if THIRD_LEVEL.match(line) else 0


def ranked(blocks: Iterable[Block]) -> list[tuple[Block, int]]:
    """Return each block with its heading's depth below the title, 0 for text; no depth is ever skipped."""
    result: list[tuple[Block, int]] = []
    last = 1
    for block in blocks:
        rank = min(block.level, last + 1) if block.level else 0
        last = rank or last
        result.append((block, rank))
    return result


def heading_of(form: Form, chapter: Chapter) -> Heading | None:
    """Return the form's heading that *chapter* answers, by key or by its words."""
    for heading in form.headings:
        if chapter.key == heading.key or chapter.heading in {heading.label, *heading.alias}:
            return heading
    return None


def figure_text(cell: Cell) -> str:
    """Return what is printed for *cell*: plain digits, nothing for a blank, the raw text of an unreadable one."""
    if cell.state is State.UNREADABLE:
        return one_line(cell.raw)
    if cell.value is None:
        return ""
    return f"{cell.value:f}" if cell.value else "0"


def in_order(form: Form, chapters: Iterable[Chapter]) -> list[Chapter]:
    """Return *chapters* with a bare one added, in the form's order, for each table that has none."""
    ordered = list(chapters)
    place = {heading.key: number for number, heading in enumerate(form.headings)}
    tables = {table.key for table in form.tables}
    known = [heading_of(form, chapter) for chapter in ordered]
    present = {heading.key for heading in known if heading}
    for heading in form.headings:
        if heading.key not in tables or heading.key in present:
            continue
        later = (
            index
            for index, chapter in enumerate(ordered)
            if (found := heading_of(form, chapter)) and place[found.key] > place[heading.key]
        )
        ordered.insert(next(later, len(ordered)), Chapter(heading.label, (), heading.key))
    return ordered
