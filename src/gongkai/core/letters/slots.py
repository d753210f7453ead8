"""Slots: ``{{收到日期}}`` in the text of a letter stands for a fact of the case, as in the narrative of a report."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from gongkai.core.days import in_chinese
from gongkai.core.letters.facts import Value
from gongkai.core.letters.money import in_words
from gongkai.core.letters.refusals import UnknownSlot, WrongValue
from gongkai.core.refusal import nearest
from gongkai.core.rendering.cleaning import clean, one_line
from gongkai.core.rulebook import Rulebook, national

SLOT = re.compile(r"\{\{\s*([^{}\n]{0,60}?)\s*\}\}")
KINDS = {
    "date": "日期",
    "number": "正整数",
    "money": "金额（元）",
    "lines": "文字（一项一行）",
    "text": "文字",
}


@dataclass(frozen=True, slots=True)
class Slot:
    """A fact that a letter may name.

    Attributes:
        kind: How it is written; ``lines`` are paragraphs of their own, ``limit`` follows from the law.
        asks: What a person is asked to put in.
        example: For previews and documents; nobody's.
        from_: ``case`` where somebody states it, ``law`` or ``office`` where nobody needs to.
        optional: A paragraph with it is left out where it is not stated.
        default: What is written where nothing is stated.
        limit: For the kind ``limit``: the key of the limit, as ``application.third-party``.
    """

    kind: Literal["text", "lines", "date", "number", "money", "limit"]
    asks: str
    example: str | date | int
    from_: Literal["case", "law", "office"] = "case"
    optional: bool = False
    default: str = ""
    limit: str = ""

    def written(self, name: str, value: Value) -> tuple[str, ...]:
        """Return *value* as the letter writes it, a string a line.

        Raises:
            WrongValue: It is of another kind.
        """
        match self.kind, value:
            case "date", date():
                return (in_chinese(value),)
            case "number", int() if value > 0 and not isinstance(value, bool):
                return (str(value),)
            case "money", int() | Decimal() if not isinstance(value, bool) and value >= 0:
                return (f"{value}元（大写：{in_words(Decimal(value))}）",)
            case "lines", str() | tuple():
                lines = value.split("\n") if isinstance(value, str) else value
                return tuple(filter(None, (one_line(str(line)) for line in lines)))
            case (("text" | "limit"), str()):
                return (one_line(value),)
        shown = one_line(str(value))[:40]
        raise WrongValue(name=name, kind=KINDS.get(self.kind, "文字"), value=shown)


def slots(book: Rulebook | None = None) -> Mapping[str, Slot]:
    """Return every slot by its name."""
    return (book or national()).section("letters/slots", Slot, qualified=False)


def slot(name: str, book: Rulebook | None = None) -> Slot:
    """Return the slot called *name*.

    Raises:
        UnknownSlot: There is none; the nearest one is named.
    """
    known = slots(book)
    if name not in known:
        raise UnknownSlot(name=name, hint=nearest(name, known))
    return known[name]


def used(text: str) -> Iterator[str]:
    """Yield the names of the slots in *text*, in their order, each as often as it stands there."""
    return (match[1] for match in SLOT.finditer(text))


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return *text* with each slot replaced by its words; the words are never searched for slots."""
    return SLOT.sub(lambda match: values[match[1]], clean(text))
