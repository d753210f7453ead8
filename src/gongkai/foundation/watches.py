"""Watches that areas offer: what is not as it should be, for whoever supervises.

How an area takes part: its ``watches.py`` has functions ::

    from gongkai.foundation.watches import Alert, watch

    @watch("directory.overdue", title="逾期未公开")
    def overdue(units: Sequence[int], day: date) -> Iterable[Alert]:
        ...

A function is asked about many units at once, with a constant number of queries, and returns an alert
for each unit in which something is wrong on that day: it looks, and remembers nothing. Whoever
supervises decides what becomes of an alert. Modules are found in every app when they are asked for.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal, TypeAlias

from django.utils.module_loading import autodiscover_modules

from gongkai.core.rulebook import Reference

Severity: TypeAlias = Literal["fails", "warns"]


@dataclass(frozen=True, slots=True)
class Alert:
    """Something that is not as it should be in a unit.

    Attributes:
        unit: Key of the organisation.
        watch: The name of the watch.
        count: How many times over.
        sentence: What is wrong, in a sentence for the unit.
        severity: ``fails`` where a law or criterion is broken, ``warns`` before it comes to that.
        since: Since when, where that is known.
        reference: What says so.
        href: The page at the desk where it is seen and mended.
    """

    unit: int
    watch: str
    count: int
    sentence: str
    severity: Severity = "fails"
    since: date | None = None
    reference: Reference | None = None
    href: str = ""


Look: TypeAlias = Callable[[Sequence[int], date], Iterable[Alert]]


@dataclass(frozen=True, slots=True)
class Watch:
    """A question asked of all units."""

    name: str
    title: str
    look: Look = field(compare=False)


_watches: Final[dict[str, Watch]] = {}


def watch(name: str, *, title: str) -> Callable[[Look], Look]:
    """Register the decorated function as the watch *name*; *title* is for people."""

    def register(look: Look) -> Look:
        known = _watches.setdefault(name, Watch(name, title, look))
        if known.look.__qualname__ != look.__qualname__ or known.look.__module__ != look.__module__:
            raise ValueError(f"two watches are called {name}")
        return look

    return register


def watches() -> Mapping[str, Watch]:
    """Return every watch by name."""
    autodiscover_modules("watches")
    return dict(sorted(_watches.items()))


def look_at(units: Sequence[int], day: date) -> list[Alert]:
    """Return what is wrong in *units* on *day*: failures first, then by how often."""
    alerts = [alert for found in watches().values() for alert in found.look(units, day)]
    return sorted(alerts, key=lambda a: (a.severity != "fails", -a.count, a.unit, a.watch))
