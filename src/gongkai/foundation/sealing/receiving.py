"""Take a file in and seal it."""

import base64
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from gongkai.foundation.attachments.naming import name_as, plain_name
from gongkai.foundation.attachments.places import BLOCK
from gongkai.foundation.attachments.receiving import copied, kind_among
from gongkai.foundation.permissions import Reader
from gongkai.foundation.sealing.ciphers import fresh_key
from gongkai.foundation.sealing.models import SealedFile
from gongkai.foundation.sealing.streams import sealed_pieces


class _Pieces(File):  # type: ignore[type-arg]  # generic in the stubs only
    """Ciphertext on its way to the storage, made as it is asked for."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__(None, name="sealed")
        self._pieces = pieces

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:  # noqa: ARG002  # Django's signature
        """Yield the pieces."""
        return self._pieces


def receive_sealed(
    upload: Any, by: Reader | None, *, kinds: Collection[str] | None = None, most: int | None = None
) -> SealedFile:
    """Take *upload* in as a sealed file, or say why not.

    It is judged like any attachment (kind told by its bytes, no programs, no bombs), but nothing of it is read
    for search or screening, and it is not cleaned: what an applicant proves stays as it was sent.

    Args:
        upload: Django's uploaded file, or anything with ``name``, ``size`` and ``chunks()`` or ``read()``.
        by: Who brings it; nobody means the public.
        kinds: Keys of the kinds of files that are wanted here; all if left out.
        most: How many bytes it may have, if fewer than the platform allows.

    Raises:
        NotTaken: With the sentence that says why, and what to do.
    """
    called = plain_name(str(getattr(upload, "name", "") or ""))
    with copied(upload, called, most=most) as copy:
        kind = kind_among(copy.path, kinds, called)
        return _sealed(
            _blocks(copy.path), size=copy.size, name=name_as(called, kind), kind=kind.key, by=by
        )


def keep_sealed(data: bytes, name: str, kind: str, by: Reader | None) -> SealedFile:
    """Return *data*, which the platform made itself, as a sealed file; it is not judged.

    Args:
        data: The bytes.
        name: Its file name.
        kind: The key of its kind.
        by: For whom it was made.
    """
    return _sealed(iter([data]), size=len(data), name=plain_name(name), kind=kind, by=by)


def _sealed(
    blocks: Iterator[bytes], *, size: int, name: str, kind: str, by: Reader | None
) -> SealedFile:
    key, cipher = fresh_key(settings.GONGKAI_SEAL_CIPHER), settings.GONGKAI_SEAL_CIPHER
    sealed = SealedFile(
        seal=uuid4(),
        name=name,
        kind=kind,
        size=size,
        cipher=cipher,
        key=base64.b64encode(key).decode(),
        uploaded_by=by.user if by else None,
    )
    pieces = sealed_pieces(blocks, cipher=cipher, key=key, bound=sealed.bound)
    default_storage.save(sealed.place, _Pieces(pieces))
    with transaction.atomic():
        sealed.save()
    return sealed


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while block := stream.read(BLOCK):
            yield block
