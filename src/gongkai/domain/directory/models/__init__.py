"""The nouns."""

from gongkai.domain.directory.models.column import Column
from gongkai.domain.directory.models.obligation import (
    Assignment,
    CalendarKey,
    Fulfilment,
    Obligation,
    State,
)
from gongkai.domain.directory.models.standard import Entry, Listing, StandardDirectory

__all__ = [
    "Assignment",
    "CalendarKey",
    "Column",
    "Entry",
    "Fulfilment",
    "Listing",
    "Obligation",
    "StandardDirectory",
    "State",
]
