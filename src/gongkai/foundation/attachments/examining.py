"""Look into a file: what must not be published, the cleaned copy, and its text for the search."""

import tempfile
from pathlib import Path

from gongkai.core.cleaning import Revisions, strip_metadata
from gongkai.core.cleaning.metadata import MEDIA_TYPES
from gongkai.core.extraction.document import Document
from gongkai.core.extraction.guarding import Guard
from gongkai.core.extraction.sources.errors import NoTextLayer, Unreadable
from gongkai.core.screening import Screening, screen_file
from gongkai.foundation.attachments import places
from gongkai.foundation.attachments.models import FileText, StoredFile
from gongkai.foundation.attachments.signals import examined
from gongkai.foundation.attachments.slides import slides_text

EXAMINED_AT_ONCE = 4 * 2**20
"""Larger files are examined in the background."""
LONGEST_TEXT = 500_000
"""Characters that are kept for the search."""
_SCREENED = frozenset({"docx", "xlsx", "pptx", "pdf", "txt", "csv", "png", "jpeg", "webp"})
_READABLE = frozenset({"docx", "xlsx", "pdf", "txt", "csv"})
_UNSCREENED = "这种格式不能自动预检，请打开逐页审查。"


def examine(
    stored: StoredFile, *, guard: Guard | None = None, revisions: Revisions = "refuse"
) -> StoredFile:
    """Screen, clean and read *stored*, and write down what came of it; safe to run again.

    Args:
        stored: A file that was received.
        guard: The process that looks into it, for whoever examines many; a fresh one if left out.
        revisions: What becomes of tracked changes and comments in the copy that may be published.
    """
    if guard is None:
        with Guard() as own:
            return examine(stored, guard=own, revisions=revisions)
    with stored.open_original() as stream:
        data = stream.read()
    stored.note = ""
    stored.screening = _screening(stored, data, guard)
    public = _clean(stored, data, guard, revisions)
    _read(stored, data if public is None else public, guard)
    stored.save()
    examined.send(sender=StoredFile, stored=stored)
    return stored


def _screening(stored: StoredFile, data: bytes, guard: Guard) -> dict[str, object]:
    """Return what the pre-check finds, in the contract of ``gongkai.screening/1``."""
    if stored.kind not in _SCREENED:
        return Screening(stored.name, problems=(_UNSCREENED,)).as_json()
    try:
        return guard.call(screen_file, data, stored.name).as_json()
    except Unreadable as problem:
        return Screening(stored.name, problems=(str(problem),)).as_json()


def _clean(stored: StoredFile, data: bytes, guard: Guard, revisions: Revisions) -> bytes | None:
    """Make the copy that may be published; where there can be none, the note says why."""
    kind = stored.kind_facts
    stored.public_digest, stored.public_size, stored.is_cleaned = "", 0, False
    if kind.convert:
        stored.state = StoredFile.State.CONVERT
        stored.note = f"{kind.title}清除不了作者等信息，公开前请另存为 {kind.convert} 再上传。"
        return None
    if stored.media_type in MEDIA_TYPES:
        try:
            data = guard.call(strip_metadata, data, stored.media_type, revisions=revisions)
        except Unreadable as problem:
            stored.state, stored.note = StoredFile.State.FAILED, str(problem)[:300]
            return None
        stored.is_cleaned = True
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        path = Path(folder) / "public"
        path.write_bytes(data)
        digest = places.digest_of(path)
        places.keep("public", path, digest)
    stored.public_digest, stored.public_size = digest, len(data)
    stored.state = StoredFile.State.READY
    return data


def _read(stored: StoredFile, data: bytes, guard: Guard) -> None:
    """Keep the text that a search may find: that of the public copy, where there is one."""
    try:
        document = _document(stored, data, guard)
    except NoTextLayer as problem:
        document, stored.note = None, stored.note or str(problem)[:300]
    except Unreadable as problem:
        document, stored.note = None, stored.note or f"检索不到里面的文字：{problem}"[:300]
    if document is not None:
        FileText.objects.update_or_create(
            digest=stored.digest,
            defaults={
                "text": document.text[:LONGEST_TEXT].replace("\0", ""),
                "pages": [page for page in document.pages if page < LONGEST_TEXT],
            },
        )


def _document(stored: StoredFile, data: bytes, guard: Guard) -> Document | None:
    if stored.kind == "pptx":
        text = guard.call(slides_text, data)
        return Document(file=stored.name, text=text, format="text")
    if stored.kind in _READABLE:
        return guard.open(data, stored.name)
    return None
