"""Figures on their way to becoming statements."""

from dataclasses import dataclass, field

from gongkai.core.extraction.statements.flow import Sentence
from gongkai.core.extraction.statements.quantities import Quantity
from gongkai.core.extraction.statements.subjects import Frame

SAME_KIND = frozenset({"件", "宗", "条", "份", "篇", "起", "件次", "条次", "例"})
"""Units that count the same things: applications are 件 here and 宗 there."""


@dataclass(eq=False, slots=True)
class Item:
    """A figure with what is known of it so far.

    Attributes:
        number: Which sentence of the document it stands in.
        subject: What it counts.
        whole: The figure that this one is a part, a share or a change of.
        complete: Its parts were listed to the end: the text says so by 其他, or their sum does.
        parts: The figures listed as its parts, in order; several lists are kept apart.
        written: Whether the figure is written; a 0 read from 未收到 is not.
    """

    sentence: Sentence
    number: int
    quantity: Quantity
    frame: Frame
    subject: str
    whole: "Item | None" = None
    parts: list[list["Item"]] = field(default_factory=list)
    indicator: str | None = None
    written: bool = True

    @property
    def kind(self) -> str:
        """``count``, ``share`` or ``change``."""
        return self.quantity.kind

    def counts_with(self, other: "Item") -> bool:
        """Whether both are counts that may be added up."""
        one, two = self.quantity.unit, other.quantity.unit
        return one == two or (one in SAME_KIND and two in SAME_KIND)
