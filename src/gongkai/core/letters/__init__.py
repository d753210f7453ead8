"""Letters (文书): from a template of the law and the facts of a case to what an office sends.

:func:`templates` reads ``law/letters``; :func:`compose` fills one on a day and returns a :class:`Letter`, with the
articles, the limits and the remedies that the law of that day asks for. A fact that is missing is refused by name.
An office may word a template anew (:func:`adapted`); :func:`flaws` says what its wording has lost.
:mod:`gongkai.core.rendering` makes a letter DOCX and PDF.
"""

from gongkai.core.letters.checking import Flaw, flaws
from gongkai.core.letters.citing import cited
from gongkai.core.letters.composing import compose, needed, wanting
from gongkai.core.letters.facts import Facts, Office, Part, Value
from gongkai.core.letters.letter import Letter, Paragraph, SheetCell
from gongkai.core.letters.numbering import letter_number
from gongkai.core.letters.refusals import (
    MissingFact,
    MissingFacts,
    NotForThatGround,
    NotInForce,
    UnknownSlot,
    UnknownTemplate,
    WrongValue,
)
from gongkai.core.letters.slots import Slot, slots, used
from gongkai.core.letters.template import (
    Element,
    Passage,
    Stage,
    Template,
    adapted,
    by_stage,
    elements,
    for_ground,
    stages,
    template,
    templates,
)

__all__ = [
    "Element",
    "Facts",
    "Flaw",
    "Letter",
    "MissingFact",
    "MissingFacts",
    "NotForThatGround",
    "NotInForce",
    "Office",
    "Paragraph",
    "Part",
    "Passage",
    "SheetCell",
    "Slot",
    "Stage",
    "Template",
    "UnknownSlot",
    "UnknownTemplate",
    "Value",
    "WrongValue",
    "adapted",
    "by_stage",
    "cited",
    "compose",
    "elements",
    "flaws",
    "for_ground",
    "letter_number",
    "needed",
    "slots",
    "stages",
    "template",
    "templates",
    "used",
    "wanting",
]
