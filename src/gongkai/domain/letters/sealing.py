"""Files that we make ourselves, kept sealed."""

from gongkai.foundation.permissions import Reader
from gongkai.foundation.sealing.models import SealedFile
from gongkai.foundation.sealing.receiving import keep_sealed


def keep(data: bytes, name: str, by: Reader) -> SealedFile:
    """Return *data* as a sealed file called *name*, whose ending tells its kind."""
    return keep_sealed(data, name, name.rpartition(".")[2], by)


def contents(file: SealedFile) -> bytes:
    """Return the bytes of *file*."""
    with file.open() as stream:
        return stream.read()
