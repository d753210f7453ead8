"""The kinds of work there are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from gongkai.foundation.permissions import Reader

Shown = Callable[["Reader", Mapping[str, Any]], bool]
"""Tells whether a reader may follow work that somebody else started, by its arguments."""


def to_nobody_else(reader: "Reader", arguments: Mapping[str, Any]) -> bool:  # noqa: ARG001  # whoever asks
    """Return no: such work is followed by whoever started it."""
    return False


_kinds: Final[dict[str, "Kind"]] = {}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of work: its name, what people read, and the function that does it.

    Attributes:
        priority: Higher is done first, from -100 to 100. Work that nobody sits and waits for is below 0.
        shown_to: Who else may follow a piece of it, by its arguments; stopping it and going on is for whoever
            started it.
    """

    name: str
    title: str
    work: Callable[..., None]
    priority: int = 0
    shown_to: Shown = to_nobody_else


def job(
    name: str, *, title: str, priority: int = 0, shown_to: Shown = to_nobody_else
) -> Callable[[Callable[..., None]], Kind]:
    """Register the decorated function as work under *name*; *title* is for people, the rest as :class:`Kind` has it.

    The function takes a ``Progress`` and keyword arguments that are JSON.
    """

    def register(work: Callable[..., None]) -> Kind:
        kind = Kind(name=name, title=title, work=work, priority=priority, shown_to=shown_to)
        known = _kinds.setdefault(name, kind)
        if known.work.__qualname__ != work.__qualname__ or known.work.__module__ != work.__module__:
            raise ValueError(f"two jobs are called {name}")
        return kind

    return register


def kinds() -> dict[str, Kind]:
    """Return every kind by name."""
    return dict(_kinds)


def kind_of(name: str) -> Kind | None:
    """Return the kind *name*, or ``None`` for one that this version no longer has."""
    return _kinds.get(name)
