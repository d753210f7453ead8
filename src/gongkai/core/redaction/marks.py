"""Marks: what is covered, where, on which legal ground, and who thought of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Self

from gongkai.core.codes import Ground, grounds
from gongkai.core.codes import marks as mark_labels
from gongkai.core.extraction.document import Span
from gongkai.core.redaction.errors import NotAGround
from gongkai.core.redaction.shapes import Box, NotABox
from gongkai.core.rulebook import Reference

By = Literal["person", "automatic"]
HUNDREDTHS = 2
"""Places are kept to hundredths of a point."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that is to be covered.

    Attributes:
        page: From 1; a plain text is one page.
        ground: Key of the legal ground in ``law/codes/grounds.yaml`` that allows withholding it.
        boxes: Where it lies on the page; a name broken at the end of a line has two.
        span: For a plain text: the characters, counted in the whole text; it has no boxes then.
        by: Whether a person drew it or a rule proposed it.
        rule: The rule of ``law/screening`` that proposed it; empty where a person drew it.
        note: What the person wants to remember; never printed.
    """

    page: int
    ground: str
    boxes: tuple[Box, ...] = ()
    span: Span | None = None
    by: By = "person"
    rule: str = ""
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the mark for :func:`json.dumps`; the covered words are not in it."""
        return {
            "page": self.page,
            "ground": self.ground,
            "boxes": [
                [round(edge, HUNDREDTHS) for edge in (box.left, box.top, box.right, box.bottom)]
                for box in self.boxes
            ],
            "span": list(self.span) if self.span else None,
            "by": self.by,
            "rule": self.rule,
            "note": self.note,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Return the mark that :meth:`as_json` wrote.

        Raises:
            NotABox: A place is none.
            NotAGround: The ground does not allow withholding anything.
        """
        try:
            boxes = tuple(Box(*map(float, edges)) for edges in data["boxes"])
            span = Span(*map(int, data["span"])) if data.get("span") else None
            page = int(data["page"])
        except (TypeError, ValueError, KeyError) as error:
            raise NotABox from error
        return cls(
            page,
            withholding(str(data["ground"])),
            boxes,
            span,
            "automatic" if data.get("by") == "automatic" else "person",
            str(data.get("rule", "")),
            str(data.get("note", "")),
        )


def withholding(key: str) -> str:
    """Return *key* if it is the key of a ground on which something may be covered.

    Raises:
        NotAGround: It is none.
    """
    if key not in mark_labels():
        raise NotAGround(key=key)
    return key


def label(ground: str) -> str:
    """Return the short name that is printed in the box, such as 个人隐私."""
    return mark_labels()[withholding(ground)].label


@dataclass(frozen=True, slots=True)
class GroundOnPages:
    """For the letter: on which pages something was covered on one ground.

    Attributes:
        ground: Key of the ground.
        facts: The ground with its label and articles.
        reference: The article under the law of the day; ``None`` where none says it.
        pages: The pages and how many places on each.
    """

    ground: str
    facts: Ground
    reference: Reference | None
    pages: Mapping[int, int]

    @property
    def places(self) -> int:
        """How many places there are."""
        return sum(self.pages.values())

    def __str__(self) -> str:
        where = "、".join(f"第{page}页{count}处" for page, count in self.pages.items())
        article = f"，{self.reference}" if self.reference else ""
        return f"{where}（{self.facts.label}{article}）"


def grounds_by_page(marks: Iterable[Mark], day: date) -> tuple[GroundOnPages, ...]:
    """Return for each ground, in the order of the law data, the pages and the number of places.

    Args:
        marks: All marks of one document.
        day: The day of the decision; its law names the article.
    """
    counted: dict[str, dict[int, int]] = {}
    for mark in sorted(marks, key=lambda mark: mark.page):
        pages = counted.setdefault(mark.ground, {})
        pages[mark.page] = pages.get(mark.page, 0) + 1
    known = grounds()
    return tuple(
        GroundOnPages(key, known[key], known[key].article(day), counted[key])
        for key in mark_labels()
        if key in counted
    )
