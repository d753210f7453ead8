"""The twenty-six fields of the standard directory, key fields of earlier years, and channels."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from gongkai.core.rulebook import Reference, Rulebook, national


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the standard directory.

    Attributes:
        index: Its usual number; towns number their own, so it identifies nothing.
        alias: What directories also call it.
    """

    title: str
    index: int
    reference: Reference
    alias: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Focus:
    """A key field of disclosure, as a year's programme of work named it.

    Attributes:
        since: The year from which offices kept a column for it.
        until: The last such year; 0 where it goes on.
        fields: Fields of the standard directory that took its place.
    """

    title: str
    reference: Reference
    since: int
    until: int = 0
    fields: tuple[str, ...] = ()
    confirmed: bool = True


@dataclass(frozen=True, slots=True)
class DirectoryChannel:
    """A channel in the standard directory."""

    title: str
    alias: tuple[str, ...] = ()


def fields(book: Rulebook | None = None) -> Mapping[str, Field]:
    """Return the fields by key, in their usual order."""
    return (book or national()).section("directories/fields", Field, qualified=False)


def focuses(book: Rulebook | None = None) -> Mapping[str, Focus]:
    """Return the key fields of every year by key."""
    return (book or national()).section("directories/focus", Focus, qualified=False)


def channels(book: Rulebook | None = None) -> Mapping[str, DirectoryChannel]:
    """Return the channels of the standard directory by key."""
    return (book or national()).section("directories/channels", DirectoryChannel, qualified=False)


def field_of(text: str, book: Rulebook | None = None) -> str:
    """Return the key of the field that *text* names or begins with, empty where it names none.

    >>> field_of("（十四）乡村振兴领域基层政务公开标准目录")
    'poverty'
    """
    plain = squeezed(text)
    names = {
        squeezed(name): key
        for key, found in fields(book).items()
        for name in (found.title, *found.alias)
    }
    # the longest name first: 农村集体土地征收 before 农村集体土地
    found = [name for name in sorted(names, key=len, reverse=True) if name in plain]
    return names[found[0]] if found else ""


def channel_of(text: str, book: Rulebook | None = None) -> str:
    """Return the key of the channel called *text*, empty where the table has none of that name."""
    plain = squeezed(text)
    for key, found in channels(book).items():
        if plain in {squeezed(name) for name in (found.title, *found.alias)}:
            return key
    return ""


def squeezed(text: str) -> str:
    """Return *text* without spaces and punctuation, for comparing names."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalnum())
