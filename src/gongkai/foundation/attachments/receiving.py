"""Take a file in."""

import hashlib
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import transaction

from gongkai.core.extraction.guarding import Guard
from gongkai.foundation.attachments import errors, places
from gongkai.foundation.attachments.events import RECEIVED
from gongkai.foundation.attachments.examining import EXAMINED_AT_ONCE, examine
from gongkai.foundation.attachments.inspection import tell
from gongkai.foundation.attachments.kinds import KINDS, Kind, accepted
from gongkai.foundation.attachments.models import StoredFile
from gongkai.foundation.attachments.naming import name_as, plain_name
from gongkai.foundation.attachments.sizes import MEGABYTE, sized
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


@dataclass(frozen=True, slots=True)
class Copy:
    """An upload on the disk, for as long as it is looked at."""

    path: Path
    digest: str
    size: int


def limit() -> int:
    """Return how many bytes one file may have."""
    return int(settings.GONGKAI_UPLOAD_LIMIT) * MEGABYTE


def receive(  # noqa: PLR0913  # how a file is to be taken, all by name
    upload: Any,
    by: Reader | None,
    *,
    kinds: Collection[str] | None = None,
    name: str = "",
    at_once: bool = False,
    guard: Guard | None = None,
) -> StoredFile:
    """Take *upload* in, or say why not.

    The area asks for permission; here only the file is judged. The bytes are copied piece by piece, told
    by what is in them, and stand in the storage before the row is written.

    Args:
        upload: Django's uploaded file, or anything with ``name``, ``size`` and ``chunks()`` or ``read()``.
        by: Who brings it; nobody means the system.
        kinds: Keys of :data:`~.kinds.KINDS` that are wanted here; all of them if left out.
        name: What it is called instead of ``upload.name``.
        at_once: Examine it now, however large, and not in the background.
        guard: The process that reads, for whoever brings many; they are examined at once, too.

    Returns:
        The file; small ones are examined already, of large ones the examination is under way.

    Raises:
        NotTaken: With the sentence that says why, and what to do.
    """
    called = plain_name(name or str(getattr(upload, "name", "") or ""))
    with copied(upload, called) as copy:
        known = StoredFile.objects.filter(digest=copy.digest).order_by("-pk").first()
        kind = kind_among(copy.path, kinds, called)
        called = name_as(called, kind)
        places.keep("originals", copy.path, copy.digest)
        with transaction.atomic():
            places.lock(copy.digest)
            places.keep("originals", copy.path, copy.digest)
            stored = _write(copy, called, kind, known, by)
            record(
                RECEIVED,
                by=by,
                act="attachments.upload",
                on=stored,
                facts={"digest": f"sha256:{copy.digest}", "size": copy.size, "kind": kind.key},
            )
    if stored.state == StoredFile.State.WAITING:
        _have_examined(stored, by, guard, at_once=at_once)
    return stored


def _write(
    copy: Copy, name: str, kind: Kind, known: StoredFile | None, by: Reader | None
) -> StoredFile:
    """Write the row; what an earlier upload of the same bytes was found to be need not be found again."""
    stored = StoredFile(
        name=name,
        kind=kind.key,
        media_type=kind.media_type,
        size=copy.size,
        digest=copy.digest,
        uploaded_by=by.user if by else None,
    )
    if known is not None and known.kind == kind.key and known.state == StoredFile.State.READY:
        for field in (
            "public_digest",
            "public_size",
            "is_cleaned",
            "screening",
            "state",
            "note",
        ):
            setattr(stored, field, getattr(known, field))
    stored.save()
    return stored


def _have_examined(
    stored: StoredFile, by: Reader | None, guard: Guard | None, *, at_once: bool
) -> None:
    if at_once or guard is not None or stored.size <= EXAMINED_AT_ONCE:
        examine(stored, guard=guard)
        return
    from gongkai.foundation.attachments.jobs import examine_files  # noqa: PLC0415  # it calls examine
    from gongkai.foundation.jobs.actions import start  # noqa: PLC0415  # models cannot load while apps do

    with transaction.atomic():
        start(examine_files, by=by, arguments={"files": [stored.pk]}, title=f"检查 {stored.name}")


def kind_among(path: Path, kinds: Collection[str] | None, name: str) -> Kind:
    """Return what the file is.

    Raises:
        NotTaken: It is nothing that comes in, or not among *kinds*; the sentence names those that are wanted here.
    """
    wanted = {key: KINDS[key] for key in KINDS if kinds is None or key in kinds}
    try:
        kind = tell(path, name)
    except errors.WrongKind:
        raise errors.WrongKind(name=name, kinds=accepted(wanted)) from None
    if kind.key not in wanted:
        raise errors.WrongKind(name=name, kinds=accepted(wanted))
    return kind


@contextmanager
def copied(upload: Any, name: str, *, most: int | None = None) -> Iterator[Copy]:
    """Yield a copy of *upload* on disk, of at most *most* bytes or the allowed size, with its digest."""
    most = min(most or limit(), limit())
    if int(getattr(upload, "size", 0) or 0) > most:
        raise errors.TooLarge(name=name, limit=sized(most))
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        # under a name of our own, whatever it is called
        path, size, digest = Path(folder) / "upload", 0, hashlib.sha256()
        with path.open("wb") as copy:
            for block in _blocks(upload):
                size += len(block)
                if size > most:
                    raise errors.TooLarge(name=name, limit=sized(most))
                digest.update(block)
                copy.write(block)
        if not size:
            raise errors.EmptyFile(name=name)
        yield Copy(path, digest.hexdigest(), size)


def _blocks(upload: Any) -> Iterator[bytes]:
    if hasattr(upload, "chunks"):
        yield from upload.chunks(places.BLOCK)
        return
    stream: IO[bytes] = upload
    while block := stream.read(places.BLOCK):
        yield block
