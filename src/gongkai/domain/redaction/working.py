"""The bytes that are worked on, and the guarded process that looks into them."""

import io
from collections.abc import Iterator

from django.core.files.base import ContentFile

from gongkai.core.extraction.guarding import Guard
from gongkai.core.redaction import Working
from gongkai.domain.redaction.models import Redaction
from gongkai.foundation.sealing import SealedFile, receive_sealed

CHUNK = 5
"""Pages that are worked on at a time; after each the progress is told."""
SECONDS = 120
"""Time for one chunk."""


def guard() -> Guard:
    """Return the process; use it as a context manager."""
    return Guard(seconds=SECONDS)


def source_bytes(redaction: Redaction) -> bytes:
    """Return the source as it came."""
    with redaction.source.open_original() as stream:
        return stream.read()


def working_bytes(redaction: Redaction) -> bytes:
    """Return what is worked on."""
    if redaction.working is None:
        return source_bytes(redaction)
    with redaction.working.open() as stream:
        return stream.read()


def keep_working(redaction: Redaction, working: Working, source: bytes) -> None:
    """Keep what is worked on where it is not the source itself."""
    if working.data != source:
        ending = "pdf" if working.form == "pages" else "txt"
        redaction.working = sealed(working.data, f"working.{ending}")


def sealed(data: bytes, name: str) -> SealedFile:
    """Keep bytes of our own sealed: a page may show everything that will be covered."""
    return receive_sealed(ContentFile(data, name=name), None)


def opened(file: SealedFile) -> bytes:
    """Return what a sealed file holds."""
    with file.open() as stream:
        return io.BytesIO(stream.read()).getvalue()


def chunks(count: int) -> Iterator[range]:
    """Yield the numbers of pages, a few at a time."""
    for first in range(1, count + 1, CHUNK):
        yield range(first, min(first + CHUNK, count + 1))
