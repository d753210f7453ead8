"""How a letter stands on paper: ``law/letters/layouts.yaml``, after GB/T 9704—2012."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from gongkai.core.rulebook import Reference, Rulebook, national

POINT = Decimal("25.4") / 72
"""Millimetres in a point."""

Size = int | Decimal


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet and its margins, in millimetres."""

    width: Size
    height: Size
    top: Size
    bottom: Size
    left: Size
    right: Size

    @property
    def text_width(self) -> Decimal:
        """Width between the margins, in millimetres."""
        return Decimal(self.width - self.left - self.right)

    @property
    def text_height(self) -> Decimal:
        """Height between the margins, in millimetres."""
        return Decimal(self.height - self.top - self.bottom)


@dataclass(frozen=True, slots=True)
class Mark:
    """The name of the office in red at the head of a letter.

    Attributes:
        top: From the edge of the sheet to the top of the type, in millimetres.
        largest: Type size for a short name, in points.
        smallest: Type size below which a name is set on two lines.
        width: Room for it, in millimetres.
    """

    top: Size
    largest: Size
    smallest: Size
    width: Size


@dataclass(frozen=True, slots=True)
class Rule:
    """The red double lines of a letter.

    Attributes:
        below: From the mark to the upper one, in millimetres.
        bottom: From the lower one to the edge of the sheet, in millimetres.
        length: In millimetres, centred on the sheet.
        thick: Weight of the outer line of the two, in points.
        thin: Weight of the inner one.
        apart: Between the two, in millimetres.
    """

    below: Size
    bottom: Size
    length: Size
    thick: Size
    thin: Size
    apart: Size


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a letter stands on paper.

    Attributes:
        lines: Lines of text on a page.
        characters: Characters on a line.
        body, title_size, small: Type sizes in points: text, title, page numbers.
        indent: Of the first line of a paragraph, in characters.
        seal_indent: From the right of the text to the date where there is a seal, in characters.
        seal: Diameter of the seal, in millimetres.
        foot: From the text to the page number, in millimetres.
        number_gap: Above the document number, in characters.
        title_gap, addressee_gap: Above title and addressee, in lines.
        mark, rule: Head and lines of a letter.
        row: Least height of a line of a form, in millimetres.
        label: Width of its labels, in millimetres.
    """

    title: str
    reference: Reference
    page: Page
    lines: int
    characters: int
    body: Size
    title_size: Size
    small: Size
    indent: int
    seal_indent: int
    seal: Size
    foot: Size
    number_gap: Size
    title_gap: int
    addressee_gap: int
    mark: Mark | None = None
    rule: Rule | None = None
    row: Size = 0
    label: Size = 0

    @property
    def pitch(self) -> Decimal:
        """From one line of text to the next, in points."""
        return self.page.text_height / POINT / self.lines

    @property
    def tracking(self) -> Decimal:
        """What is added between characters so that a line holds its number of them, in points."""
        return self.page.text_width / POINT / self.characters - self.body


def layouts(book: Rulebook | None = None) -> Mapping[str, Layout]:
    """Return the layouts by key."""
    return (book or national()).section("letters/layouts", Layout, qualified=False)


def width_of(text: str) -> Decimal:
    """Return the width of *text* in characters; a letter or digit is half as wide as a Chinese one."""
    return sum((Decimal("0.5") if char.isascii() else Decimal(1) for char in text), Decimal(0))


def mark_size(layout: Layout, office: str) -> tuple[Decimal, int]:
    """Return the type size in points at which the name of *office* fits, and how many lines it takes."""
    mark = layout.mark
    if mark is None:
        return Decimal(layout.title_size), 1
    width = max(width_of(office), Decimal(1))
    room = Decimal(mark.width) / POINT
    for count in (1, 2):
        size = min(Decimal(mark.largest), room * count / (width + count - 1))
        if size >= mark.smallest or count == 2:
            return size.quantize(Decimal("0.1")), count
    raise AssertionError(office)


def signature_indents(
    layout: Layout, office: str, date: str, *, sealed: bool
) -> tuple[Decimal, Decimal]:
    """Return how far name and date end from the right of the text, in characters.

    A sealed letter sets the date in and centres the name over it; a name too long for that ends at the margin, and
    the date is centred under it. Without a seal the date begins two characters to the right of the name.
    """
    name, day = width_of(office), width_of(date)
    if sealed:
        indent = Decimal(layout.seal_indent)
        of_name = indent + (day - name) / 2
        return (of_name, indent) if of_name >= 0 else (Decimal(0), (name - day) / 2)
    last = Decimal(2)
    of_date = last + name - day - 2
    return (last, of_date) if of_date >= 0 else (last - of_date, Decimal(0))
