"""A sheet for the notice board (公开栏): A3, read standing up, with a code at each notice that leads to the whole of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from gongkai.core.rendering.gazette import printable
from gongkai.core.rendering.paper import compiled
from gongkai.core.rendering.prose import Piece, as_data
from gongkai.core.rendering.qr import code_of
from gongkai.core.rendering.report import chinese


@dataclass(frozen=True, slots=True)
class Posted:
    """A notice on the sheet.

    Attributes:
        line: Below the title: document number, day.
        pieces: Its text, or as much of it as is to be posted.
        address: Where the whole of it stands; the code leads there.
        more: Whether there is more of it than is posted.
    """

    title: str
    line: str
    pieces: tuple[Piece, ...]
    address: str
    more: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """The notices of one posting.

    Attributes:
        until: Last day of posting, where there is one.
    """

    title: str
    agency: str
    day: date
    notices: tuple[Posted, ...]
    until: date | None = None
    contact: str = ""


def sheet_file(sheet: Sheet) -> bytes:
    """Return *sheet* as a PDF file of A3 pages.

    Raises:
        FontsNotBuilt: The package was not built completely.
        TypesetterMissing: The ``pdf`` extra is not installed.
    """
    return compiled("sheet", printable(_content(sheet)), day=sheet.day, parts=("prose",))


def _content(sheet: Sheet) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "agency": sheet.agency,
        "day": chinese(sheet.day),
        "date": {"year": sheet.day.year, "month": sheet.day.month, "day": sheet.day.day},
        "until": chinese(sheet.until) if sheet.until else "",
        "contact": sheet.contact,
        "notices": [
            {
                "title": notice.title,
                "line": notice.line,
                "pieces": as_data(notice.pieces),
                "address": notice.address,
                "more": notice.more,
                "code": code_of(notice.address).svg(),
            }
            for notice in sheet.notices
        ],
    }
