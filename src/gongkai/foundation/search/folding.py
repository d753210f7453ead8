"""Text as it is compared: simplified, half-width, lower case, nothing invisible.

Folding works character by character, so that a place in the folded text can be led back to the place in
the text that people see.
"""

import re
import unicodedata
from functools import cache

import opencc

UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"})
"""Categories of characters that part words and show nothing."""
SPACES = re.compile(r"\s+")
BRACKETS = re.compile(r"[\W_]+")
WITHOUT_ISSUER = re.compile(r"[〔\[(【]\d{4}[〕\])】]\s*第?\d+\s*号$")
"""What is left of a 文号 where people leave out whose it is, folded."""


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


class _Folding(dict[int, str]):
    """A table for ``str.translate`` that is filled as characters turn up."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if unicodedata.category(character) in UNSEEN:
            folded = " "
        else:
            folded = unicodedata.normalize("NFKC", character).casefold()
            if ord(folded[:1] or " ") > 0x2E80:  # where Chinese characters begin
                folded = str(_converter().convert(folded))
        self[code] = folded
        return folded


_folding = _Folding()


def fold(text: str) -> str:
    """Return *text* as it is compared."""
    return text.translate(_folding)


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """Return *text* folded, and for each folded character the place it comes from."""
    folded = fold(text)
    if len(folded) == len(text):
        return folded, list(range(len(text)))
    places = [at for at, character in enumerate(text) for _ in _folding[ord(character)]]
    return folded, places


def one_line(text: str) -> str:
    """Return folded *text* with single spaces."""
    return SPACES.sub(" ", fold(text)).strip()


def code(text: str) -> str:
    """Return a 文号 or 索引号 without brackets, dashes and spaces, in which people differ."""
    return BRACKETS.sub("", fold(text))


def codes_of(number: str, index_number: str) -> tuple[str, ...]:
    """Return what a document is asked for by: its 文号, whole and as 〔2016〕45号, and its 索引号."""
    short = WITHOUT_ISSUER.search(one_line(number))
    told = (code(number), code(short[0]) if short else "", code(index_number))
    return tuple(dict.fromkeys(each for each in told if each))
