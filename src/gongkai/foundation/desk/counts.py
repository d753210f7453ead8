"""How much waits behind each entry of the menu, asked once in a while and not on every page."""

from collections.abc import Callable

from django.core.cache import cache

from gongkai.foundation.permissions import Reader

KEPT = 30
"""Seconds that a count may be old; what one does oneself is seen at once (:func:`forget`)."""


def count_of(name: str, ask: Callable[[Reader], int], reader: Reader) -> int:
    """Return what *ask* says for *reader*, or said a moment ago.

    Args:
        name: The entry's name in the menu.
        ask: Asks the database.
        reader: Whose menu it is.
    """
    place = _place(reader)
    known: dict[str, int] = cache.get(place) or {}
    if name not in known:
        known[name] = ask(reader)
        cache.set(place, known, KEPT)
    return known[name]


def forget(reader: Reader) -> None:
    """Ask anew for *reader*, who has just done something."""
    cache.delete(_place(reader))


def _place(reader: Reader) -> str:
    user = reader.user
    signed_in = user.last_login.timestamp() if user is not None and user.last_login else 0
    return f"desk.counts:{user.pk if user is not None else 0}:{signed_in}"
