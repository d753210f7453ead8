"""A letter as it is sent: every word of it, nothing left to fill in."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal

from gongkai.core.days import in_chinese


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        kind: ``text``; ``item`` of a list; ``heading`` of a matter.
    """

    text: str
    kind: Literal["text", "item", "heading"] = "text"


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell of a form: what is asked and what is answered, in lines; empty to be filled in by hand."""

    label: str
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter.

    Attributes:
        form: Its layout: ``letter``, ``simple`` or ``sheet``.
        office: The office as it signs.
        title: Without the name of the office.
        number: 文号; empty for one that has none, or is a draft.
        addressee: Without the colon.
        paragraphs: The text.
        remedies: What can be done against it.
        closing: What stands after them, such as whom to ask.
        attachments: Titles of what is attached.
        day: The day on it.
        sealed: Whether a seal belongs on it.
        grid: The cells of a form, line by line.
        draft: Whether it may still have gaps.
    """

    form: Literal["letter", "simple", "sheet"]
    office: str
    title: str
    number: str = ""
    addressee: str = ""
    paragraphs: tuple[Paragraph, ...] = ()
    remedies: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    day: date
    sealed: bool = False
    grid: tuple[tuple[SheetCell, ...], ...] = ()
    draft: bool = False

    @property
    def date(self) -> str:
        """The day as printed."""
        return in_chinese(self.day)

    @property
    def title_lines(self) -> tuple[str, ...]:
        """The title as printed; the office stands above the lines of a letter, else in the title."""
        return (self.title,) if self.form == "letter" else (self.office, self.title)

    @property
    def attached(self) -> tuple[str, ...]:
        """What is attached, as printed: ``附件：1.…``."""
        if len(self.attachments) == 1:
            return (f"附件：{self.attachments[0]}",)
        return tuple(
            f"{'附件：' if number == 1 else ''}{number}.{title}"
            for number, title in enumerate(self.attachments, 1)
        )

    def lines(self) -> Iterator[str]:
        """Yield everything that is printed, in reading order, page numbers aside."""
        if self.form == "letter":
            yield self.office
            yield from filter(None, (self.number,))
            yield self.title
        else:
            yield from self.title_lines
            yield from filter(None, (self.number,))
        if self.addressee:
            yield f"{self.addressee}："
        yield from (paragraph.text for paragraph in self.paragraphs)
        yield from self.remedies
        yield from self.closing
        yield from self.attached
        for row in self.grid:
            for cell in row:
                yield from filter(None, (cell.label, *cell.text.split("\n")))
        if self.form != "sheet":
            yield self.office
        yield self.date

    def as_dict(self) -> dict[str, Any]:
        """Return it for JSON; :meth:`of` reads it back."""
        return {**asdict(self), "day": self.day.isoformat()}

    @classmethod
    def of(cls, told: dict[str, Any]) -> "Letter":
        """Return the letter that :meth:`as_dict` wrote."""
        return cls(
            **{
                **told,
                "day": date.fromisoformat(told["day"]),
                "paragraphs": tuple(Paragraph(**paragraph) for paragraph in told["paragraphs"]),
                "remedies": tuple(told["remedies"]),
                "closing": tuple(told["closing"]),
                "attachments": tuple(told["attachments"]),
                "grid": tuple(tuple(SheetCell(**cell) for cell in row) for row in told["grid"]),
            }
        )
