"""Putting a case file together."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import pikepdf

from gongkai.core.casefile.manifest import Entry, Manifest
from gongkai.core.casefile.pieces import Piece, pages_of
from gongkai.core.rendering.gazette import printable
from gongkai.core.rendering.paper import compiled

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class CaseCover:
    """What stands on the cover.

    Attributes:
        number: Registration number.
        office: Whose file it is.
        matter: What was asked for.
        facts: Lines of label and words, such as the day of receipt and the term of retention.
    """

    number: str
    office: str
    matter: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Assembled:
    """A case file: the bytes of the PDF and of its manifest."""

    pdf: bytes
    manifest: Manifest


def assemble(cover: CaseCover, pieces: Sequence[Piece], day: date) -> Assembled:
    """Return the case file of *pieces* in their order, made on *day*.

    Raises:
        FontsNotBuilt: The package was not built completely.
        TypesetterMissing: The ``pdf`` extra is not installed.
    """
    opened = [(piece, pages_of(piece)) for piece in pieces]
    entries = _entries(opened)
    last = entries[-1].last if entries else 0
    manifest = Manifest(cover.number, cover.office, day.isoformat(), last, tuple(entries))
    front = pikepdf.open(io.BytesIO(_front(cover, entries, day)))
    book = pikepdf.Pdf.new()
    book.pages.extend(front.pages)
    begin = len(book.pages)
    absent = _stand_ins(opened, entries, day)  # held: its pages go with it
    stand_ins = iter(absent.pages)
    for _, pages in opened:
        if pages is None:
            book.pages.append(next(stand_ins))
        else:
            book.pages.extend(pages.pages)
    _number(book, begin, day)
    _outline(book, begin, entries)
    for entry, (piece, _) in zip(entries, opened, strict=True):
        _attach(book, entry.name, piece.data, piece.media, piece.title)
    _attach(book, MANIFEST, manifest.as_json(), "application/json", "案卷清单")
    _say(book, cover, day)
    stream = io.BytesIO()
    book.save(stream)
    return Assembled(stream.getvalue(), manifest)


def _entries(opened: Sequence[tuple[Piece, pikepdf.Pdf | None]]) -> list[Entry]:
    found, page = [], 1
    for number, (piece, pages) in enumerate(opened, 1):
        count = len(pages.pages) if pages is not None else 1
        found.append(
            Entry(
                number,
                piece.title,
                piece.kind,
                piece.day.isoformat(),
                f"{number:03}-{piece.name}",
                piece.media,
                sha256(piece.data).hexdigest(),
                len(piece.data),
                page,
                page + count - 1,
            )
        )
        page += count
    return found


def _front(cover: CaseCover, entries: Sequence[Entry], day: date) -> bytes:
    content: dict[str, Any] = {
        "part": "front",
        "number": cover.number,
        "office": cover.office,
        "matter": cover.matter,
        "facts": [list(fact) for fact in cover.facts],
        "pieces": [
            {
                "number": entry.number,
                "title": entry.title,
                "kind": entry.kind,
                "day": entry.day,
                "pages": str(entry.first)
                if entry.first == entry.last
                else f"{entry.first}—{entry.last}",
                "hash": entry.sha256[:16],
            }
            for entry in entries
        ],
        "pages": entries[-1].last if entries else 0,
        "date": _date(day),
    }
    return compiled("casefile", printable(content), day=day, parts=("prose",))


def _stand_ins(
    opened: Sequence[tuple[Piece, pikepdf.Pdf | None]], entries: Sequence[Entry], day: date
) -> pikepdf.Pdf:
    """Return a page for each piece that has none of its own."""
    absent = [
        {"title": entry.title, "name": entry.name, "hash": entry.sha256}
        for entry, (_, pages) in zip(entries, opened, strict=True)
        if pages is None
    ]
    if not absent:
        return pikepdf.Pdf.new()
    content = {"part": "stand-ins", "pieces": absent, "number": "", "date": _date(day)}
    made = compiled("casefile", printable(content), day=day, parts=("prose",))
    return pikepdf.open(io.BytesIO(made))


def _number(book: pikepdf.Pdf, begin: int, day: date) -> None:
    """Print the number of its place on each page from *begin* on, at the upper right."""
    count = len(book.pages) - begin
    if not count:
        return
    content = {"part": "numbers", "pieces": [], "number": "", "pages": count, "date": _date(day)}
    numbers = pikepdf.open(io.BytesIO(compiled("casefile", content, day=day, parts=("prose",))))
    for place, number in enumerate(numbers.pages):
        page = book.pages[begin + place]
        _upright(page)
        page.add_overlay(number, pikepdf.Rectangle(page.mediabox))


def _upright(page: pikepdf.Page) -> None:
    """Make one box of a page's several, so that what is laid over it stands where it is seen."""
    box = page.cropbox if "/CropBox" in page.obj else page.mediabox
    page.mediabox = box


def _outline(book: pikepdf.Pdf, begin: int, entries: Sequence[Entry]) -> None:
    with book.open_outline() as outline:
        outline.root.append(pikepdf.OutlineItem("封面和目录", 0))
        for entry in entries:
            title = f"{entry.number}. {entry.title}"
            outline.root.append(pikepdf.OutlineItem(title, begin + entry.first - 1))


def _attach(book: pikepdf.Pdf, name: str, data: bytes, media: str, title: str) -> None:
    spec = pikepdf.AttachedFileSpec(
        book,
        data,
        filename=name,
        mime_type=media,
        description=title,
        creation_date="",
        mod_date="",
    )
    book.attachments[name] = spec


def _say(book: pikepdf.Pdf, cover: CaseCover, day: date) -> None:
    book.docinfo["/Title"] = f"政府信息公开申请案卷 {cover.number}"
    book.docinfo["/Author"] = cover.office
    book.docinfo["/CreationDate"] = book.docinfo["/ModDate"] = f"D:{day:%Y%m%d}000000Z"
    book.Root["/PageMode"] = pikepdf.Name.UseOutlines
    book.Root["/Lang"] = "zh-CN"


def _date(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}
