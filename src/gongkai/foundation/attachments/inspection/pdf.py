"""PDF files: opened without a password, without scripts, and with nothing hidden inside."""

from itertools import islice
from pathlib import Path
from typing import Any

import pikepdf

from gongkai.foundation.attachments import errors

MOST_OBJECTS = 300_000
"""How many objects are looked at; what lies behind is caught by cleaning, which writes the file anew."""
_ACTIVE = {"/JavaScript", "/Launch", "/ImportData", "/RichMediaExecute"}


def is_one(head: bytes) -> bool:
    """Tell whether *head* begins a PDF file; what has a page of HTML in front is not one."""
    at = head.find(b"%PDF-", 0, 1029)
    return at >= 0 and b"<" not in head[:at] and not head.startswith((b"MZ", b"PK"))


def tell(path: Path, name: str) -> str:
    """Return ``pdf`` if the file at *path* may come in."""
    try:
        with pikepdf.open(path) as opened:
            if not len(opened.pages):
                raise errors.Damaged(name=name, what=" PDF 文件")
            names: Any = opened.Root.get("/Names", {})
            if "/EmbeddedFiles" in names or "/Collection" in opened.Root:
                raise errors.HiddenFiles(name=name)
            if "/JavaScript" in names or any(map(_acts, islice(opened.objects, MOST_OBJECTS))):
                raise errors.ActivePdf(name=name)
    except pikepdf.PasswordError as error:
        raise errors.Encrypted(name=name) from error
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, AttributeError) as error:
        raise errors.Damaged(name=name, what=" PDF 文件") from error
    return "pdf"


def _acts(thing: Any) -> bool:
    """Tell whether *thing* is an action that runs something, or carries one."""
    if isinstance(thing, pikepdf.Stream | pikepdf.Dictionary):
        if str(thing.get("/S", "")) in _ACTIVE:
            return True
        for key in ("/A", "/OpenAction"):
            held = thing.get(key)
            if isinstance(held, pikepdf.Dictionary) and str(held.get("/S", "")) in _ACTIVE:
                return True
        more = thing.get("/AA")
        if isinstance(more, pikepdf.Dictionary):
            return any(
                isinstance(held, pikepdf.Dictionary) and str(held.get("/S", "")) in _ACTIVE
                for held in more.values()
            )
    return False
