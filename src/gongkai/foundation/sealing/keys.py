"""The ring of keys: one file, readable by the platform alone, outside the database."""

import base64
import binascii
import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from gongkai.foundation import clock
from gongkai.foundation.sealing.ciphers import fresh_key, kind_of
from gongkai.foundation.sealing.errors import BadKeys, MissingKey, MissingKeys

MARK_BYTES = 32
NOTE = (
    "本平台的加密密钥。丢失它，已加密的内容永远读不出来；泄露它，等于没有加密。"
    "请单独备份，不要和数据库的备份放在一起。"
)


@dataclass(frozen=True, slots=True)
class Key:
    """One version: a key for values and files, another for fingerprints."""

    id: str
    """Random, so that a ring begun anew by mistake is told from the one that was lost."""
    cipher: str
    made: str
    seal: bytes = field(repr=False)
    mark: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Ring:
    """All versions, the newest last."""

    keys: tuple[Key, ...]

    @property
    def newest(self) -> Key:
        """Return the key that seals."""
        return self.keys[-1]

    def find(self, name: str) -> Key:
        """Return the key called *name*.

        Raises:
            MissingKey: The file does not have it.
        """
        for key in self.keys:
            if key.id == name:
                return key
        raise MissingKey(path=place(), key=name)


_read: dict[tuple[str, int, int, int], Ring] = {}


def place() -> Path:
    """Return where the file is."""
    return Path(settings.GONGKAI_KEYS)


def ring() -> Ring:
    """Return the ring as the file has it now; made when nothing has ever been sealed.

    Raises:
        MissingKeys: The file is gone, but there is something that it sealed.
        BadKeys: It cannot be read.
    """
    path = place()
    try:
        seen = path.stat()
    except FileNotFoundError:
        _begin(path)
        seen = path.stat()
    # another process may have rotated: the file is looked at each time, and read when it is another
    version = (str(path), seen.st_ino, seen.st_mtime_ns, seen.st_size)
    if version not in _read:
        found = _load(path)
        _read.clear()
        _read[version] = found
        return found
    return _read[version]


def add_key() -> Key:
    """Put a new key on the ring; from now on it seals, and the older ones still open."""
    ring()
    with _alone(place()):
        keys = _load(place()).keys
        fresh = _fresh()
        _write(place(), Ring((*keys, fresh)))
    return fresh


def drop_keys(names: set[str]) -> None:
    """Take the keys *names* off the ring for good; the newest stays whatever is asked."""
    with _alone(place()):
        held = _load(place())
        kept = [key for key in held.keys if key.id not in names or key is held.newest]
        _write(place(), Ring(tuple(kept)))


def _begin(path: Path) -> None:
    from gongkai.foundation.sealing.registry import anything_sealed  # noqa: PLC0415  # it asks models

    if anything_sealed():
        raise MissingKeys(path=path)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _alone(path):
        if not path.exists():  # another process was quicker
            _write(path, Ring((_fresh(),)))


def _fresh() -> Key:
    cipher = kind_of(settings.GONGKAI_SEAL_CIPHER).name
    return Key(
        id=secrets.token_hex(4),
        cipher=cipher,
        made=clock.today().isoformat(),
        seal=fresh_key(cipher),
        mark=secrets.token_bytes(MARK_BYTES),
    )


def _load(path: Path) -> Ring:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        keys = tuple(
            Key(
                id=str(one["id"]),
                cipher=kind_of(str(one["cipher"])).name,
                made=str(one["made"]),
                seal=base64.b64decode(one["seal"], validate=True),
                mark=base64.b64decode(one["mark"], validate=True),
            )
            for one in told["keys"]
        )
    except (OSError, ValueError, KeyError, TypeError, binascii.Error) as error:
        raise BadKeys(path=path) from error
    if not keys or any(len(key.seal) != kind_of(key.cipher).key_bytes for key in keys):
        raise BadKeys(path=path)
    return Ring(keys)


def _write(path: Path, ring_: Ring) -> None:
    """Put the file in the place of the old one, whole or not at all."""
    told = {
        "note": NOTE,
        "keys": [
            {
                "id": key.id,
                "cipher": key.cipher,
                "made": key.made,
                "seal": base64.b64encode(key.seal).decode(),
                "mark": base64.b64encode(key.mark).decode(),
            }
            for key in ring_.keys
        ],
    }
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        json.dump(told, stream, ensure_ascii=False, indent=1)
        stream.flush()
        os.fsync(stream.fileno())
    beside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Let nobody else write the ring meanwhile."""
    with path.with_name(f".{path.name}.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
