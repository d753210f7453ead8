"""The ZIP of files that goes with a sheet."""

import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from gongkai.domain.information.importing import errors
from gongkai.foundation.attachments.naming import plain_name

MOST_BYTES = 2 * 2**30
MOST_FILES = 60_000
MOST_UNPACKED = 20 * 2**30
_UTF8 = 0x800


class Archive:
    """The files of a ZIP by the names that a sheet may call them."""

    def __init__(self, opened: zipfile.ZipFile | None) -> None:
        self._opened = opened
        self._by_path: dict[str, zipfile.ZipInfo] = {}
        self._by_name: dict[str, zipfile.ZipInfo | None] = {}
        for member in opened.infolist() if opened else ():
            if member.is_dir() or _is_litter(member.filename):
                continue
            path = posixpath.normpath(_readable(member).replace("\\", "/")).lower()
            self._by_path[path] = member
            base = plain_name(path)
            # the same name in two folders: only the whole path tells which is meant
            self._by_name[base] = None if base in self._by_name else member

    def __len__(self) -> int:
        return len(self._by_path)

    def find(self, called: str) -> zipfile.ZipInfo | None:
        """Return the member that a sheet calls *called*: by path, or by name where that is unique."""
        path = posixpath.normpath(called.replace("\\", "/")).lower().lstrip("/")
        if path in self._by_path:
            return self._by_path[path]
        if "/" in path:
            ends = [m for p, m in self._by_path.items() if p.endswith(f"/{path}")]
            return ends[0] if len(ends) == 1 else None
        return self._by_name.get(plain_name(path))

    def is_ambiguous(self, called: str) -> bool:
        """Tell whether several members have that name."""
        name = plain_name(called.lower())
        return name in self._by_name and self._by_name[name] is None

    def open(self, member: zipfile.ZipInfo) -> "Packed":
        """Return the member as something that can be received."""
        if self._opened is None:
            raise ValueError(member.filename)
        return Packed(self._opened.open(member), _readable(member), member.file_size)


class Packed:
    """A member of the ZIP, read like an uploaded file."""

    def __init__(self, stream: IO[bytes], name: str, size: int) -> None:
        self.stream, self.name, self.size = stream, name, size

    def chunks(self, size: int) -> Iterator[bytes]:
        """Yield the bytes; the ZIP's own table bounds them."""
        with self.stream:
            while block := self.stream.read(size):
                yield block


@contextmanager
def opened(path: Path | None, name: str = "") -> Iterator[Archive]:
    """Yield the archive at *path*, or an empty one where there is none.

    Raises:
        NotAnArchive: It cannot be read, or is locked.
        TooMuch: It has too many files or unpacks to too much.
    """
    if path is None:
        yield Archive(None)
        return
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise errors.NotAnArchive(name=name) from error
    with archive:
        members = archive.infolist()
        if any(member.flag_bits & 1 for member in members):
            raise errors.NotAnArchive(name=name)
        if len(members) > MOST_FILES:
            raise errors.TooMuch(what="压缩包里的文件", limit=f"{MOST_FILES} 个")
        if sum(member.file_size for member in members) > MOST_UNPACKED:
            raise errors.TooMuch(what="压缩包解开后的大小", limit="20 GB")
        yield Archive(archive)


def _readable(member: Any) -> str:
    """Return the name of *member*; Windows packs Chinese names in GBK without saying so."""
    if member.flag_bits & _UTF8:
        return str(member.filename)
    raw = member.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return str(raw.decode(encoding))
        except UnicodeDecodeError:
            continue
    return str(member.filename)


def _is_litter(name: str) -> bool:
    parts = name.split("/")
    return parts[0] == "__MACOSX" or parts[-1] in {".DS_Store", "Thumbs.db", "desktop.ini"}
