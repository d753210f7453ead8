"""Finding the files behind what a person names: files, directories, archives, and archives inside them."""

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from gongkai.core.extraction.sources.errors import (
    Bomb,
    Damaged,
    NoReports,
    NotFound,
    NotRegular,
    OutsideTree,
    TooDeep,
    TooLarge,
    Unreadable,
)
from gongkai.core.extraction.sources.kinds import SUFFIXES, binary_kind
from gongkai.core.extraction.sources.limits import (
    MAX_ARCHIVE_DEPTH,
    MAX_DIRECTORY_DEPTH,
    MAX_FILE_BYTES,
    MAX_MEMBERS,
    MAX_UNPACKED_BYTES,
)
from gongkai.core.extraction.sources.packed import Package

WALL = "!/"
"""Between an archive and its member in the name of a source."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was found: its bytes, or why they cannot be had.

    Attributes:
        name: The path as given; for a member of an archive both, with ``!/`` between.
        data: Its bytes; ``None`` where there is a problem.
        problem: Why it cannot be read.
    """

    name: str
    data: bytes | None = None
    problem: Unreadable | None = None


@dataclass
class _Allowance:
    left: int = MAX_UNPACKED_BYTES


def collect(paths: Iterable[str | Path]) -> Iterator[Source]:
    """Yield every file behind *paths*, directories and archives opened, in order of name.

    What cannot be had is yielded with its problem; nothing is raised. Paths that are named outright are
    always tried; in directories and archives only files of the known endings are.
    """
    for given in paths:
        path = Path(given)
        try:
            if path.is_dir():
                found = False
                for source in _directory(path, path.resolve(), 0):
                    found = True
                    yield source
                if not found:
                    yield Source(str(given), problem=NoReports(path=given))
            else:
                yield from _file(path, str(given))
        except OSError as error:
            yield Source(str(given), problem=_trouble(error, str(given)))


def _directory(folder: Path, root: Path, depth: int) -> Iterator[Source]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield Source(str(folder), problem=_trouble(error, str(folder)))
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if entry.is_symlink() and not _inside(path, root):
            if path.suffix.lower() in SUFFIXES or path.is_dir():
                yield Source(str(path), problem=OutsideTree(path=path))
        elif entry.is_dir(follow_symlinks=False):
            if depth < MAX_DIRECTORY_DEPTH:
                yield from _directory(path, root, depth + 1)
        elif path.suffix.lower() in SUFFIXES and not path.is_dir():
            yield from _file(path, str(path))


def _inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _file(path: Path, name: str) -> Iterator[Source]:
    try:
        # asked before opening: opening a pipe would wait for ever
        if not stat.S_ISREG(path.stat().st_mode):
            yield Source(name, problem=NotRegular(path=name))
            return
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        yield Source(name, problem=_trouble(error, name))
        return
    yield from _opened(data, name, 0, _Allowance())


def _opened(data: bytes, name: str, depth: int, allowance: _Allowance) -> Iterator[Source]:
    """Yield the file itself, or what is in it where it is an archive."""
    if len(data) > MAX_FILE_BYTES:
        yield Source(name, problem=TooLarge(limit=f"{MAX_FILE_BYTES >> 20} MB"))
        return
    try:
        archive = data[:2] == b"PK" and binary_kind(data) == "zip"
    except Unreadable as problem:
        yield Source(name, problem=problem)
        return
    if not archive:
        yield Source(name, data)
    elif depth >= MAX_ARCHIVE_DEPTH:
        yield Source(name, problem=TooDeep(limit=MAX_ARCHIVE_DEPTH))
    else:
        yield from _members(data, name, depth, allowance)


def _members(data: bytes, name: str, depth: int, allowance: _Allowance) -> Iterator[Source]:
    try:
        package = Package(data, "压缩包")
    except Damaged as problem:
        yield Source(name, problem=problem)
        return
    members = package.members()
    if len(members) > MAX_MEMBERS:
        yield Source(name, problem=TooLarge(limit=f"{MAX_MEMBERS} 个文件"))
        return
    wanted = [(_printed(info.filename, info.flag_bits), info.filename) for info in members]
    wanted = [w for w in wanted if _is_wanted(w[0])]
    if not wanted:
        yield Source(name, problem=NoReports(path=name))
    for printed, member in sorted(wanted):
        full = f"{name}{WALL}{printed}"
        try:
            content = package.read(member, min(MAX_FILE_BYTES, allowance.left))
        except Unreadable as problem:
            yield Source(full, problem=problem)
            if isinstance(problem, Bomb):
                return
            continue
        allowance.left -= len(content)
        yield from _opened(content, full, depth + 1, allowance)


def _is_wanted(name: str) -> bool:
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
    return not hidden and path.suffix.lower() in SUFFIXES and not name.endswith("/")


def _printed(name: str, flags: int) -> str:
    """Return a member's name; archives made under Chinese Windows write it in GBK unmarked."""
    if flags & 0x800:
        return name
    try:
        return name.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return name


def _trouble(error: OSError, name: str) -> Unreadable:
    if isinstance(error, FileNotFoundError):
        return NotFound(path=name)
    if isinstance(error, PermissionError):
        return Unreadable(f"没有读取“{name}”的权限；请检查权限。")
    return Unreadable(f"读“{name}”时出错（{error.strerror}）；请检查路径。")
