"""Errors written once: the docstring of each is the sentence that people read."""

from collections.abc import Iterable
from difflib import get_close_matches
from inspect import getdoc
from typing import Any


class Refusal(Exception):
    """这样不行。

    The first paragraph of a subclass's docstring is its message, a pattern for ``str.format`` filled
    from the keyword arguments. A message passed as the only positional argument is used as it is.
    The facts stay on the error as ``facts``, so that a screen can show them in its own way.
    """

    def __init__(self, message: str | None = None, **facts: Any) -> None:
        self.facts = facts
        super().__init__(message or self.pattern().format_map(facts))

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
