"""What can happen."""

from dataclasses import dataclass
from typing import Final

_known: Final[dict[str, "Event"]] = {}


@dataclass(frozen=True, slots=True)
class Event:
    """A kind of act that the trail records: ``Event("reports.issued", "发布年度报告")``."""

    name: str
    """``area.past-participle``; it stands in the trail for good and is never renamed."""
    title: str
    """What a person reads."""

    def __post_init__(self) -> None:
        if _known.setdefault(self.name, self) != self:
            raise ValueError(f"two events are called {self.name}")

    def __str__(self) -> str:
        return self.name


def known_events() -> dict[str, Event]:
    """Return every declared event by name."""
    return dict(sorted(_known.items()))


def title_of(name: str) -> str:
    """Return what a person reads for the event *name*, also for one no longer declared."""
    event = _known.get(name)
    return event.title if event else name
