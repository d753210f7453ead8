"""Errors written once: the docstring of each is the sentence that people read."""

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from inspect import getdoc
from string import Formatter
from typing import Any

from gongkai.core.days import in_chinese


class _Sentence(Formatter):
    """Fills the gaps of a sentence; a day reads as people write it, unless the gap says how."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return how *value* reads."""
        if type(value) is date and not format_spec:
            return in_chinese(value)
        return str(super().format_field(value, format_spec))


class Refusal(Exception):
    """这样不行。

    The first paragraph of a subclass's docstring is its message, a pattern for ``str.format`` filled
    from the keyword arguments. A message passed as the only positional argument is used as it is.
    The facts stay on the error as ``facts``, so that a screen can show them in its own way.
    """

    def __init__(self, message: str | None = None, **facts: Any) -> None:
        self.facts = facts
        super().__init__(message or _Sentence().vformat(self.pattern(), (), facts))

    @classmethod
    def pattern(cls) -> str:
        """Return the sentence with its gaps, as it stands in the docstring."""
        first, _, _ = (getdoc(cls) or cls.__name__).partition("\n\n")
        return first.replace("\n", "")


def nearest(name: str, known: Iterable[str]) -> str:
    """Return which of *known* was probably meant by *name*, for the end of a sentence; nothing where none is near."""
    # a Chinese name is short: half of it is a lot in common
    near = get_close_matches(name, known, n=1, cutoff=0.6 if name.isascii() else 0.5)
    return meant(near[0]) if near else ""


def meant(name: str) -> str:
    """Return the question whether *name* was meant."""
    return f"（是不是 {name}？）" if name.isascii() else f"（是不是“{name}”？）"
