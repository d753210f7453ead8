"""Files put in place whole or not at all."""

import ctypes
import gzip
import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from gongkai.foundation.publicfiles.places import PACKED, packed, place_of
from gongkai.foundation.publicfiles.registry import Body

LEVEL = 6
"""Of compression: beyond it a page of ours grows no smaller."""
FRESH = ".new-"
CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL
FEW = 8
"""Up to so many files are brought to the disk one by one, more of them all at once."""


class Staged:
    """New files that lie beside their places, invisible, until they are put there."""

    def __init__(self) -> None:
        self.fresh: dict[str, list[tuple[Path | None, Path]]] = {}
        """By address: the new file and where it belongs; ``None`` for a file to take away."""

    def add(self, address: str, body: Body) -> None:
        """Stage the page at *address* with its compressed copy."""
        moves = self.fresh.setdefault(address, [])
        place = place_of(address)
        if place is None:
            raise ValueError(f"no file can lie at {address!r}")
        if body is None:
            moves += [(None, place), (None, packed(place))]
        elif isinstance(body, Path):
            if not same(place, body):  # a link onto the same file would be left lying
                moves.append((_linked(body, place), place))
        else:
            _stage(body, place, moves)

    def settle(self) -> None:
        """Bring the staged files to the disk, so that after a power cut none of them is half there."""
        files = [new for moves in self.fresh.values() for new, _ in moves if new is not None]
        if len(files) > FEW:
            _sync_disk(files[0])
            return
        for new in files:
            with new.open("rb") as out:
                os.fsync(out.fileno())

    def put(self, addresses: Iterable[str]) -> None:
        """Put the files of *addresses* in place."""
        for address in addresses:
            for new, place in self.fresh.pop(address, []):
                if new is None:
                    place.unlink(missing_ok=True)
                else:
                    new.replace(place)

    def drop(self) -> None:
        """Throw away what was not put in place."""
        for moves in self.fresh.values():
            for new, _ in moves:
                if new is not None:
                    new.unlink(missing_ok=True)
        self.fresh.clear()


def take_away(addresses: Iterable[str]) -> None:
    """Remove the files of *addresses*, so that the pages are rendered on request."""
    for address in addresses:
        place = place_of(address)
        if place is not None:
            remove(place)


def remove(place: Path) -> None:
    """Remove a file and its compressed copy."""
    place.unlink(missing_ok=True)
    if place.suffix in PACKED:
        packed(place).unlink(missing_ok=True)


def put_now(place: Path, body: bytes) -> None:
    """Write a single file at once, outside of any page."""
    staged = Staged()
    try:
        _stage(body, place, staged.fresh.setdefault("", []))
        staged.settle()
        staged.put([""])
    finally:
        staged.drop()


def same(place: Path, body: Body) -> bool:
    """Tell whether *place* holds *body*, and its compressed copy the same."""
    if not place.is_file() or body is None:
        return False
    if isinstance(body, Path):
        return place.samefile(body) or place.read_bytes() == body.read_bytes()
    if place.read_bytes() != body:
        return False
    if place.suffix not in PACKED:
        return True
    try:
        return gzip.decompress(packed(place).read_bytes()) == body
    except OSError:
        return False


def _stage(body: bytes, place: Path, moves: list[tuple[Path | None, Path]]) -> None:
    """Add the moves that bring *body* to *place*; none where it is there, so that its date stays."""
    if same(place, body):
        return
    if place.suffix in PACKED:
        # first the compressed copy, so that the two never disagree long
        squeezed = gzip.compress(body, LEVEL, mtime=0)
        moves.append((_new_file(squeezed, place), packed(place)))
    moves.append((_new_file(body, place), place))


def _new_file(body: bytes, place: Path) -> Path:
    new = _fresh_name(place)
    # by hand, since this is done twice a page; whatever the umask, a web server must be able to read it
    try:
        handle = os.open(new, CREATE, 0o644)
    except FileNotFoundError:
        place.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(new, CREATE, 0o644)
    try:
        os.fchmod(handle, 0o644)
        with os.fdopen(handle, "wb", buffering=0) as out:
            left = memoryview(body)
            while left:
                left = left[out.write(left) :]
    except OSError:
        new.unlink(missing_ok=True)
        raise
    return new


def _linked(original: Path, place: Path) -> Path:
    new = _fresh_name(place)
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(original, new)
    except OSError:  # another disk
        shutil.copyfile(original, new)
        new.chmod(0o644)
    return new


def _fresh_name(place: Path) -> Path:
    return place.with_name(f"{FRESH}{secrets.token_hex(6)}")


def _sync_disk(file: Path) -> None:
    """Bring everything on the disk of *file* to rest, one wait for many files."""
    try:
        call = ctypes.CDLL(None, use_errno=True).syncfs
    except (AttributeError, OSError):  # not Linux
        os.sync()
        return
    handle = os.open(file, os.O_RDONLY)
    try:
        call(handle)
    finally:
        os.close(handle)
