"""The columns that an agency's disclosure section begins with.

>>> [preset.title for key, preset in presets_for("township", "government").items()][:3]
['政策', '政府信息公开指南', '政府信息公开制度']
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from gongkai.core.refusal import Refusal
from gongkai.core.rulebook import Reference, Rulebook, national

Kind: TypeAlias = Literal["list", "document", "guide", "reports", "link", "group"]
"""What a column is: a list of items, one document, the guide, annual reports, a link elsewhere, or
a group that only holds other columns."""

Section: TypeAlias = Literal["policy", "guide", "system", "statutory", "annual", "apply", "focus"]
"""The part of the disclosure section that a column belongs to; ``focus`` are the key fields."""

BOUND = frozenset({"government", "department", "agency", "authorised"})
"""Kinds of organisation that are administrative agencies, or treated as one (articles 2 and 54)."""


class UnknownPreset(Refusal):
    """预设栏目里没有“{key}”。请从列表中选择。"""


@dataclass(frozen=True, slots=True)
class Preset:
    """A column that is set up with a section.

    Attributes:
        title: Its name, exact where the State lays it down.
        kind: What it is.
        reference: What prescribes it.
        parent: The key of the column above it; empty for a part of the section.
        section: The part; empty to be that of the parent.
        freshness: The period of the inspection criteria that it must be updated in; empty for none.
        levels: Levels of government that have it; empty for all.
        kinds: Kinds of organisation that have it; empty for all agencies.
        optional: Not among the four parts that every section must have.
        confirmed: False where the text was not checked against its source; screens say 待核.
    """

    title: str
    kind: Kind
    reference: Reference
    parent: str = ""
    section: Section | Literal[""] = ""
    freshness: Literal["", "dynamic", "notice"] = ""
    levels: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    optional: bool = False
    confirmed: bool = True

    def suits(self, level: str, kind: str) -> bool:
        """Tell whether an organisation of *level* and *kind* has it."""
        return (not self.levels or level in self.levels) and kind in (self.kinds or BOUND)


def presets(book: Rulebook | None = None) -> Mapping[str, Preset]:
    """Return every preset column by key, parents before children, in the prescribed order."""
    return (book or national()).section("directories/columns", Preset, qualified=False)


def preset(key: str, book: Rulebook | None = None) -> Preset:
    """Return one preset column.

    Raises:
        UnknownPreset: There is none of that key.
    """
    found = presets(book).get(key)
    if found is None:
        raise UnknownPreset(key=key)
    return found


def presets_for(level: str, kind: str, book: Rulebook | None = None) -> Mapping[str, Preset]:
    """Return the preset columns of an organisation of *level* and *kind*, parents before children."""
    return {key: found for key, found in presets(book).items() if found.suits(level, kind)}


def section_of(key: str, book: Rulebook | None = None) -> str:
    """Return the part of the section that the preset *key* belongs to."""
    found = preset(key, book)
    return found.section or section_of(found.parent, book)
