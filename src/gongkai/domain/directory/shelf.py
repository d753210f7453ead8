"""Where an uploaded file waits between its preview and its adoption."""

import hashlib
import secrets
import time
from pathlib import Path

from django.conf import settings

SHELF_LIFE = 24 * 3600
LENGTH = 32


def _folder() -> Path:
    folder = Path(settings.GONGKAI_DATA) / "waiting" / "directories"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def keep(data: bytes) -> str:
    """Keep *data* for a day; return the ticket with which it is fetched."""
    folder = _folder()
    for old in folder.iterdir():
        if time.time() - old.stat().st_mtime > SHELF_LIFE:
            old.unlink(missing_ok=True)
    ticket = f"{secrets.token_hex(LENGTH // 2)}-{hashlib.sha256(data).hexdigest()[:16]}"
    (folder / ticket).write_bytes(data)
    return ticket


def fetch(ticket: str) -> bytes | None:
    """Return what waits under *ticket*, or nothing where its day is over."""
    path = _folder() / Path(ticket).name
    return path.read_bytes() if path.is_file() else None
