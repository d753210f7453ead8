"""Files that the platform made itself: nothing in them is hostile, and nothing in them needs cleaning."""

import hashlib
import tempfile
from pathlib import Path

from django.db import transaction

from gongkai.foundation.attachments import places
from gongkai.foundation.attachments.kinds import KINDS
from gongkai.foundation.attachments.models import FileText, StoredFile
from gongkai.foundation.attachments.naming import name_as, plain_name
from gongkai.foundation.permissions import Reader


def keep_made(
    data: bytes, name: str, kind: str, *, by: Reader | None, text: str = ""
) -> StoredFile:
    """Keep a file that our own program made; what is given out of it are these bytes, not one more or less.

    Args:
        data: The file.
        name: What it is called.
        kind: Key of :data:`~.kinds.KINDS`.
        by: For whom it was made.
        text: What a search may find in it.
    """
    facts = KINDS[kind]
    digest = hashlib.sha256(data).hexdigest()
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder, transaction.atomic():
        path = Path(folder) / "made"
        path.write_bytes(data)
        places.lock(digest)
        places.keep("originals", path, digest)
        places.keep("public", path, digest)
        FileText.objects.update_or_create(digest=digest, defaults={"text": text, "pages": []})
        return StoredFile.objects.create(
            name=name_as(plain_name(name), facts),
            kind=facts.key,
            media_type=facts.media_type,
            size=len(data),
            digest=digest,
            public_digest=digest,
            public_size=len(data),
            is_cleaned=True,
            state=StoredFile.State.READY,
            uploaded_by=by.user if by else None,
        )
