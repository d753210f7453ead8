"""What may come in: kinds, sizes, archives. Everything that arrives is taken for hostile."""

import hashlib
import posixpath
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from gongkai.core.extraction.sources import Unreadable, collect
from gongkai.core.extraction.sources.collecting import WALL
from gongkai.core.extraction.sources.kinds import SUFFIXES, binary_kind
from gongkai.core.extraction.sources.limits import MAX_FILE_BYTES
from gongkai.core.refusal import Refusal
from gongkai.oversight.readings import errors

MEGABYTE = 2**20
REQUEST_LIMIT = 120 * MEGABYTE
UNPACKED_LIMIT = 300 * MEGABYTE
"""All files of one upload, archives unpacked."""
COUNT_LIMIT = 100
KINDS = "、".join(suffix[1:].upper() for suffix in SUFFIXES if suffix not in (".htm", ".zip"))
NAME_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file that may come in: its name without any folder, and its bytes."""

    name: str
    content: bytes

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the bytes."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Turned:
    """A file that may not, and the sentence that says why."""

    name: str
    why: str


def admit(files: Iterable[tuple[str, int, IO[bytes]]]) -> Iterator[Arrival | Turned]:
    """Yield what may come in and what may not, archives unpacked.

    Args:
        files: Name, size and stream of each file as uploaded.
    """
    admitted = weight = 0
    for name, size, stream in files:
        for item in _of(plain_name(name), size, stream):
            if isinstance(item, Turned):
                yield item
                continue
            admitted, weight = admitted + 1, weight + len(item.content)
            if admitted > COUNT_LIMIT:
                yield Turned(item.name, str(errors.TooMany(limit=COUNT_LIMIT, name=item.name)))
                return
            if weight > UNPACKED_LIMIT:
                why = str(errors.TooMuchUnpacked(limit=sized(UNPACKED_LIMIT), name=item.name))
                yield Turned(item.name, why)
                return
            yield item


def plain_name(name: str) -> str:
    """Return *name* without folders and without what cannot be printed, its ending kept."""
    base = posixpath.basename(name.replace("\\", "/"))
    base = "".join(c for c in base if c.isprintable()).strip() or "未命名"
    stem, dot, ending = base.rpartition(".")
    if not dot:
        return base[:NAME_LENGTH]
    return f"{stem[: NAME_LENGTH - len(ending[:10]) - 1]}.{ending[:10]}"


def sized(size: int) -> str:
    """Return *size* in bytes as people read it."""
    if size >= MEGABYTE:
        return f"{size / MEGABYTE:.1f} MB".replace(".0 MB", " MB")
    return f"{max(1, round(size / 1024))} KB"


def _of(name: str, size: int, stream: IO[bytes]) -> Iterator[Arrival | Turned]:
    """Yield one uploaded file, or the files in it where it is an archive."""
    try:
        _refuse(name, size)
    except Refusal as refusal:
        yield Turned(name, str(refusal))
        return
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        # the core opens archives by path; the file stands there under a name of our own
        place = Path(folder) / "upload"
        with place.open("wb") as copy:
            shutil.copyfileobj(stream, copy)
        for source in collect([place]):
            inside = source.name.rpartition(WALL)[2] if WALL in source.name else ""
            called = plain_name(inside) if inside else name
            if source.data is not None:
                yield _known(called, source.data)
            else:
                why = str(source.problem).replace(str(place), name)
                yield Turned(called, f"“{called}”：{why}")


def _known(name: str, content: bytes) -> Arrival | Turned:
    """Refuse at once what is of a kind that cannot be read, whatever its name says."""
    try:
        binary_kind(content)
    except Unreadable as problem:
        return Turned(name, f"“{name}”：{problem}")
    return Arrival(name, content)


def _refuse(name: str, size: int) -> None:
    if not size:
        raise errors.EmptyFile(name=name)
    if posixpath.splitext(name)[1].lower() not in SUFFIXES:
        raise errors.WrongKind(name=name, kinds=f"{KINDS} 或 ZIP")
    if size > MAX_FILE_BYTES:
        raise errors.TooLarge(name=name, size=sized(size), limit=sized(MAX_FILE_BYTES))
