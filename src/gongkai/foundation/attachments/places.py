"""Where bytes stand: under their digest in Django's storage, the original apart from what may be published."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Literal

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection

Room = Literal["originals", "public"]
FOLDER = "attachments"
BLOCK = 2**20
_LOCK = 0x61747463  # "attc": the first half of the advisory lock of one digest


def place_of(room: Room, digest: str) -> str:
    """Return the name in the storage of the bytes under *digest*."""
    return f"{FOLDER}/{room}/{digest[:2]}/{digest}"


def digest_of(path: Path) -> str:
    """Return the SHA-256 of the file at *path*, read piece by piece."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def keep(room: Room, path: Path, digest: str) -> None:
    """Have the bytes at *path* stand under *digest*; bytes that stand there whole are left alone."""
    place, size = place_of(room, digest), path.stat().st_size
    if is_kept(room, digest, size):
        return
    if default_storage.exists(place):
        default_storage.delete(place)  # a server that died while writing left half of it
    with path.open("rb") as stream:
        stood = default_storage.save(place, File(stream, name=path.name))
    if stood != place:  # somebody else was a moment earlier
        default_storage.delete(stood)


def is_kept(room: Room, digest: str, size: int) -> bool:
    """Tell whether all *size* bytes stand under *digest*."""
    place = place_of(room, digest)
    return default_storage.exists(place) and default_storage.size(place) == size


def open_original(digest: str) -> IO[bytes]:
    """Open the original under *digest*."""
    return default_storage.open(place_of("originals", digest), "rb")


def open_public(digest: str) -> IO[bytes]:
    """Open the cleaned copy under *digest*."""
    return default_storage.open(place_of("public", digest), "rb")


def drop(room: Room, digest: str) -> None:
    """Take away the bytes under *digest*."""
    default_storage.delete(place_of(room, digest))


def kept(room: Room) -> Iterator[str]:
    """Yield every digest under which bytes stand."""
    top = f"{FOLDER}/{room}"
    try:
        folders, _ = default_storage.listdir(top)
    except FileNotFoundError:
        return
    for folder in sorted(folders):
        _, names = default_storage.listdir(f"{top}/{folder}")
        yield from names


def lock(digest: str) -> None:
    """Make whoever receives and whoever sweeps the same bytes wait for each other, until the transaction ends."""
    if connection.vendor == "postgresql":
        half = int(digest[:8], 16) - 2**31
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK, half])
    # on SQLite a writing transaction is alone from its start (IMMEDIATE)
