"""PDF files without authors, scripts and attachments."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from gongkai.core.cleaning.errors import HasComments
from gongkai.core.cleaning.pictures import clean_jpeg
from gongkai.core.cleaning.revisions import DROPPING, Revisions
from gongkai.core.extraction.sources.errors import Damaged, Encrypted, TooManyPages, Unreadable
from gongkai.core.extraction.sources.limits import MAX_PAGES

MARKUP = {
    "/Text", "/FreeText", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Caret", "/Ink", "/Popup", "/Redact",
}  # fmt: skip
CARRIED = {"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"}
ACTIVE = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/RichMediaExecute", "/Rendition", "/Movie", "/Sound"}  # fmt: skip
TRACES = ("/Metadata", "/PieceInfo", "/LastModified", "/AF", "/AA", "/OpenAction", "/Thumb")
"""Keys of the catalogue and of pages that say who worked on it, or do something by themselves."""


def clean_pdf(data: bytes, *, revisions: Revisions) -> bytes:
    """Return a PDF without document information, XMP, scripts, attachments and actions; notes by *revisions*."""
    try:
        with pikepdf.open(io.BytesIO(data)) as paper:
            if len(paper.pages) > MAX_PAGES:
                raise TooManyPages(pages=len(paper.pages), limit=MAX_PAGES)
            _clean(paper, revisions)
            buffer = io.BytesIO()
            paper.remove_unreferenced_resources()
            paper.save(
                buffer,
                deterministic_id=True,
                fix_metadata_version=False,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                encryption=False,
            )
            return buffer.getvalue()
    except pikepdf.PasswordError as error:
        raise Encrypted from error
    except Unreadable:
        raise
    except (
        pikepdf.PdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RuntimeError,
    ) as error:
        raise Damaged(kind="PDF") from error


def _clean(paper: pikepdf.Pdf, revisions: Revisions) -> None:
    root = paper.Root
    for key in TRACES:
        _drop(root, key)
    if "/Names" in root:
        for key in ("/JavaScript", "/EmbeddedFiles"):
            _drop(root.Names, key)
    if "/AcroForm" in root:
        _drop(root.AcroForm, "/XFA")
    _drop(paper.trailer, "/Info")
    notes = 0
    for page in paper.pages:
        for key in TRACES:
            _drop(page.obj, key)
        notes += _annotations(page.obj, revisions)
    if notes and revisions == "refuse":
        raise HasComments(count=notes)
    for item in list(paper.objects):
        _object(item)


def _annotations(page: Any, revisions: Revisions) -> int:
    """Take out notes and files pinned to a page; return how many notes there are."""
    if "/Annots" not in page:
        return 0
    kept, notes = [], 0
    for note in page.Annots:
        kind = str(note.get("/Subtype", ""))
        if kind in CARRIED:
            continue
        if kind in MARKUP:
            notes += kind != "/Popup"
            if revisions in DROPPING:
                continue
        kept.append(note)
    page.Annots = pikepdf.Array(kept)
    return notes


def _object(item: Any) -> None:
    """Take traces and actions out of one object, wherever it belongs."""
    if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return
    for key in ("/Metadata", "/PieceInfo", "/AA", "/LastModified", "/EF"):
        _drop(item, key)
    for holder in _actions(item):
        _drop(item, holder)
    if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image":
        _picture(item)


def _actions(item: Any) -> Iterator[str]:
    """Yield the keys under which an action that runs something stands."""
    for key in ("/A", "/OpenAction", "/Next", "/JS"):
        if key not in item:
            continue
        action = item[key]
        if key == "/JS" or (
            isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) in ACTIVE
        ):
            yield key


def _picture(item: Any) -> None:
    """Clean a photograph that stands in the file as it came from the camera."""
    if item.get("/Filter") != "/DCTDecode" and item.get("/Filter") != ["/DCTDecode"]:
        return
    try:
        clean = clean_jpeg(item.read_raw_bytes())
    except Unreadable:
        return  # what no reader of pictures understands no camera wrote
    item.write(clean, filter=pikepdf.Name.DCTDecode, decode_parms=item.get("/DecodeParms"))


def _drop(item: Any, key: str) -> None:
    if key in item:
        del item[key]
