"""Big files piece by piece: begun, continued where a broken line left it, finished, forgotten."""

import contextlib
from pathlib import Path
from typing import IO
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.core.files import File
from django.db import transaction

from gongkai.foundation.attachments import errors
from gongkai.foundation.attachments.models import PartialUpload, StoredFile
from gongkai.foundation.attachments.naming import plain_name
from gongkai.foundation.attachments.receiving import limit, receive
from gongkai.foundation.attachments.sizes import sized
from gongkai.foundation.permissions import Reader

PIECE = 4 * 2**20
"""Bytes that the browser sends at once."""
MOST_AT_ONCE = 40
DAY = 24 * 3600
_SALT = "attachments.token"


def begin(*, name: str, size: int, mark: str, by: Reader) -> PartialUpload:
    """Return an upload of that file by that person: the one that broke off, or a new one.

    Raises:
        NotTaken: It cannot be taken whatever is in it.
    """
    called = plain_name(name)
    if by.user is None:
        raise errors.UploadOver
    if size <= 0:
        raise errors.EmptyFile(name=called)
    if size > limit():
        raise errors.TooLarge(name=called, limit=sized(limit()))
    mine = PartialUpload.objects.filter(owner=by.user)
    known = mine.filter(name=called, size=size, mark=mark[:40]).order_by("-begun").first()
    if known is not None and _place(known).is_file():
        return known
    if (count := mine.count()) >= MOST_AT_ONCE:
        raise errors.TooManyAtOnce(count=count)
    fresh: PartialUpload = PartialUpload.objects.create(
        owner=by.user, name=called, size=size, mark=mark[:40]
    )
    place = _place(fresh)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.touch(mode=0o600)
    return fresh


def find(key: UUID, *, by: Reader) -> PartialUpload:
    """Return an upload of one's own.

    Raises:
        UploadOver: There is none.
    """
    found = PartialUpload.objects.filter(pk=key, owner=by.user).first() if by.user else None
    if found is None or not _place(found).is_file():
        raise errors.UploadOver
    return found


def add(upload: PartialUpload, *, offset: int, piece: IO[bytes], by: Reader) -> StoredFile | None:
    """Write the bytes of *piece* behind what is there; return the file once all of it is.

    Raises:
        OutOfStep: *offset* is not where the upload stands.
        NotTaken: It is whole, and may not come in.
    """
    with transaction.atomic():
        fresh = PartialUpload.objects.select_for_update().get(pk=upload.pk)
        if offset != fresh.received:
            raise errors.OutOfStep(offset=fresh.received)
        data = piece.read(min(PIECE, fresh.size - offset) + 1)
        if len(data) > fresh.size - offset or len(data) > PIECE:
            raise errors.OutOfStep(offset=fresh.received)
        with _place(fresh).open("r+b") as stream:
            stream.seek(offset)
            stream.write(data)
            stream.truncate()
        fresh.received = offset + len(data)
        fresh.save(update_fields=["received"])
    upload.received = fresh.received
    return _finish(upload, by) if upload.received == upload.size else None


def forget(upload: PartialUpload) -> None:
    """Take away what has come so far."""
    with contextlib.suppress(OSError):
        _place(upload).unlink()
    PartialUpload.objects.filter(pk=upload.pk).delete()


def token(stored: StoredFile, *, by: Reader) -> str:
    """Return what a form sends back for a file that was uploaded beforehand."""
    return signing.dumps(stored.pk, salt=_salt(by))


def from_token(value: str, *, by: Reader) -> StoredFile:
    """Return the file behind a token of one's own.

    Raises:
        UploadOver: It is too old, somebody else's, or made up.
    """
    try:
        key = signing.loads(value, salt=_salt(by), max_age=DAY)
    except signing.BadSignature as error:
        raise errors.UploadOver from error
    found: StoredFile | None = StoredFile.objects.filter(pk=key).first()
    if found is None:
        raise errors.UploadOver
    return found


def _finish(upload: PartialUpload, by: Reader) -> StoredFile:
    try:
        with _place(upload).open("rb") as stream:
            return receive(File(stream, name=upload.name), by)
    finally:
        forget(upload)


def _place(upload: PartialUpload) -> Path:
    return Path(settings.GONGKAI_UPLOADS) / str(upload.pk)


def _salt(by: Reader) -> str:
    # bound to the person: a token found elsewhere opens nothing
    return f"{_SALT}:{by.user.pk if by.user else ''}"
