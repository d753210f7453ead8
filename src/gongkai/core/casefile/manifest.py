"""What a case file says of itself: its pieces in their order, their hashes and their pages."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

SCHEMA = "gongkai.casefile/1"


@dataclass(frozen=True, slots=True)
class Entry:
    """A piece in the manifest.

    Attributes:
        number: Its place in the file, from 1.
        day: When it came to be, as ``2026-03-02``.
        name: The name under which its bytes are attached.
        media: Their media type.
        sha256: Their hash, hexadecimal.
        size: Their number.
        first, last: Its pages in the file, as numbered on them.
    """

    number: int
    title: str
    kind: str
    day: str
    name: str
    media: str
    sha256: str
    size: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """The manifest of a case file."""

    case: str
    office: str
    made: str
    pages: int
    pieces: tuple[Entry, ...]

    def as_json(self) -> bytes:
        """Return it as the bytes that are attached: the same manifest gives the same bytes."""
        told: dict[str, Any] = {"schema": SCHEMA, **asdict(self)}
        return json.dumps(told, ensure_ascii=False, indent=1).encode()


def manifest_of(data: bytes) -> Manifest:
    """Return the manifest that :meth:`Manifest.as_json` wrote.

    Raises:
        ValueError: It is none.
    """
    told = json.loads(data)
    if not isinstance(told, dict) or told.pop("schema", None) != SCHEMA:
        raise ValueError(SCHEMA)
    try:
        pieces = tuple(Entry(**entry) for entry in told.pop("pieces"))
        made = Manifest(pieces=pieces, **told)
        date.fromisoformat(made.made)
    except (KeyError, TypeError) as error:
        raise ValueError(SCHEMA) from error
    return made
