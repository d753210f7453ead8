"""Keys of rows as an address or a form names them."""

from collections.abc import Iterable

DIGITS = 18
"""As many as every database keeps in a key."""
BIGGEST = 2**62
"""Beyond it no database has a key."""


def key_of(text: str) -> int:
    """Return the key that *text* names; 0, which no row has, where it names none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS else 0


def keys_of(texts: Iterable[str]) -> list[int]:
    """Return the keys that *texts* name, in their order, each once."""
    return list(dict.fromkeys(filter(None, map(key_of, texts))))
