"""Scans as scanners and fax machines write them, made files that every browser shows."""

from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile

from gongkai.core.extraction.guarding import Guard
from gongkai.core.extraction.sources.limits import SECONDS
from gongkai.core.redaction import pictures
from gongkai.foundation.attachments.naming import plain_name
from gongkai.foundation.attachments.receiving import limit

TIFF = (b"II*\0", b"MM\0*")
ENDINGS = (".tif", ".tiff")
ACCEPTED = ".pdf,.jpg,.jpeg,.png,.tif,.tiff"
"""The ``accept`` attribute of an input for scans."""


def readable(upload: Any, *, most: int | None = None, seconds: float = SECONDS) -> Any:
    """Return *upload* as it is, or a PDF file with the pages of it where it is a TIFF.

    A TIFF is opened in a process of its own, with limits on time, memory, pages and pixels. One that is too large
    is returned as it is: whoever takes files in refuses it with a sentence of its own.

    Args:
        upload: What was brought.
        most: Bytes from which on it is too large; the limit of all uploads if left out.
        seconds: How long opening it may take.

    Raises:
        Unreadable: It is damaged or too much; the sentence says what.
    """
    head = upload.read(len(TIFF[0]))
    upload.seek(0)
    if head not in TIFF or int(upload.size) > min(limit(), most or limit()):
        return upload
    with Guard(seconds=seconds) as guard:
        made = guard.call(pictures.picture_pages, upload.read())
    name = PurePath(plain_name(str(upload.name or ""))).stem or "扫描件"
    return ContentFile(made, name=f"{name}.pdf")
