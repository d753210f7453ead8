"""Look into a file: its text for the search, what must not be published, and the cleaned copy."""

import logging
import tempfile
from pathlib import Path

from gongkai.core.extraction.document import Document
from gongkai.core.extraction.guarding import Guard
from gongkai.core.extraction.sources.errors import Unreadable
from gongkai.core.extraction.sources.limits import MAX_FILE_BYTES
from gongkai.foundation.attachments import places
from gongkai.foundation.attachments.kinds import PICTURES
from gongkai.foundation.attachments.models import FileText, StoredFile
from gongkai.foundation.attachments.slides import slides_text

EXAMINED_AT_ONCE = 4 * 2**20
"""Larger files are examined in the background."""
LONGEST_TEXT = 500_000
"""Characters that are kept for the search."""
_READABLE = frozenset({"docx", "xlsx", "pdf", "txt", "csv"})
logger = logging.getLogger(__name__)


def examine(stored: StoredFile, *, guard: Guard | None = None) -> StoredFile:
    """Read, screen and clean *stored*, and write down what came of it; safe to run again.

    Args:
        stored: A file that was received.
        guard: The process that reads, for whoever examines many; a fresh one if left out.
    """
    if guard is None:
        with Guard() as own:
            return examine(stored, guard=own)
    kind = stored.kind_facts
    stored.note = ""
    document = _document(stored, guard)
    if document is not None:
        FileText.objects.update_or_create(
            digest=stored.digest,
            defaults={
                "text": document.text[:LONGEST_TEXT],
                "pages": [page for page in document.pages if page < LONGEST_TEXT],
            },
        )
    if kind.convert:
        stored.state = StoredFile.State.CONVERT
        stored.note = f"{kind.title}清除不了作者等信息，公开前请另存为 {kind.convert} 再上传。"
    else:
        _clean(stored)
    stored.save()
    return stored


def _document(stored: StoredFile, guard: Guard) -> Document | None:
    """Return what can be read of it; the reason why not goes into its note."""
    if stored.kind in PICTURES or stored.kind not in {*_READABLE, "pptx"}:
        return None
    if stored.size > MAX_FILE_BYTES:
        stored.note = "文件较大，检索不到里面的文字。"
        return None
    with stored.open_original() as stream:
        data = stream.read()
    try:
        if stored.kind == "pptx":
            return Document(file=stored.name, text=slides_text(data), format="text")
        return guard.open(data, stored.name)
    except Unreadable as problem:
        stored.note = str(problem)[:300]
        return None


def _clean(stored: StoredFile) -> None:
    """Make the copy that may be published."""
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        path = Path(folder) / "public"
        with stored.open_original() as stream, path.open("wb") as copy:
            while block := stream.read(places.BLOCK):
                copy.write(block)
        digest = places.digest_of(path)
        places.keep("public", path, digest)
        stored.public_digest, stored.public_size = digest, path.stat().st_size
    stored.state = StoredFile.State.READY
