"""Whether an office's own wording of a letter still has what the law asks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from gongkai.core.letters.refusals import UnknownSlot
from gongkai.core.letters.slots import slot, used
from gongkai.core.letters.template import Element, Template, required
from gongkai.core.rulebook import Reference, Rulebook


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with the wording of a template.

    Attributes:
        kind: ``missing``: a required element is gone; ``unknown``: a slot that is none.
        text: What is wrong and what to do, a sentence.
        name: Label of the element, or name of the slot.
        reference: The article that asks for the element, where one is on record.
    """

    kind: Literal["missing", "unknown"]
    text: str
    name: str
    reference: Reference | None = None


def flaws(made: Template, day: date, book: Rulebook | None = None) -> tuple[Flaw, ...]:
    """Return what is wrong with the wording of *made* under the law of *day*; nothing where all is well."""
    return (*_unknown(made, book), *_missing(made, day, book))


def _unknown(made: Template, book: Rulebook | None) -> Iterator[Flaw]:
    for name in dict.fromkeys(used(made.text())):
        try:
            slot(name, book)
        except UnknownSlot as refusal:
            yield Flaw("unknown", str(refusal), name)


def _missing(made: Template, day: date, book: Rulebook | None) -> Iterator[Flaw]:
    text = made.text(day)
    names = set(used(text))
    for _, element in required(made, book):
        if shown(element, made, text, names):
            continue
        reference = element.article(day)
        source = f"（{reference}）" if reference else ""
        yield Flaw(
            "missing",
            f"缺少“{element.label}”{source}：{_remedy(element, made)}。",
            element.label,
            reference,
        )


def shown(element: Element, made: Template, text: str, names: set[str]) -> bool:
    """Tell whether *element* stands in *text* with the slots *names*; parts of the layout always do."""
    if element.part:
        return element.part != "title" or bool(made.title)
    if element.states:
        return any(words in text for words in made.states)
    return any(name in names for name in element.slots) or any(w in text for w in element.words)


def _remedy(element: Element, made: Template) -> str:
    if element.states:
        return f"正文里要写明“{'”或者“'.join(made.states)}”"
    ways = [f"插入空格“{{{{{name}}}}}”" for name in element.slots]
    ways += [f"写明“{word}”" for word in element.words]
    return "请" + "，或者".join(ways)
