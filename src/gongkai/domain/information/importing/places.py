"""Where the sources of batches stand: in Django's storage, private, until the batch is over."""

import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

from django.core.files import File
from django.core.files.storage import default_storage

FOLDER = "imports"
BLOCK = 2**20


def keep(upload: Any, *, most: int, refusal: Exception) -> str:
    """Keep *upload* and return its name in the storage; raise *refusal* when it is larger than *most* bytes."""
    with tempfile.NamedTemporaryFile(prefix="gongkai-") as copy:
        size = 0
        for block in (
            upload.chunks(BLOCK)
            if hasattr(upload, "chunks")
            else iter(lambda: upload.read(BLOCK), b"")
        ):
            size += len(block)
            if size > most:
                raise refusal
            copy.write(block)
        copy.flush()
        copy.seek(0)
        return default_storage.save(f"{FOLDER}/{uuid4().hex}", File(copy))


def open_kept(name: str) -> IO[bytes]:
    """Open what stands under *name*."""
    return default_storage.open(name, "rb")


@contextlib.contextmanager
def as_path(name: str) -> Iterator[Path]:
    """Yield a path under which the bytes stand on this machine, wherever the storage is."""
    try:
        yield Path(default_storage.path(name))
    except NotImplementedError:
        with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
            path = Path(folder) / "source"
            with open_kept(name) as stream, path.open("wb") as copy:
                while block := stream.read(BLOCK):
                    copy.write(block)
            yield path


def drop(*names: str) -> None:
    """Take away what stands under *names*."""
    for name in names:
        if name:
            default_storage.delete(name)
