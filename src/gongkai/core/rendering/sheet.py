"""A sheet for the notice board (公开栏): A3, read standing up, with a code at each notice that leads to the whole of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.core.days import in_chinese
from gongkai.core.rendering.gazette import printable
from gongkai.core.rendering.paper import compiled
from gongkai.core.rendering.pictures import Drawn, printed
from gongkai.core.rendering.prose import Piece, as_data
from gongkai.core.rendering.qr import code_of


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
        pictures: The pictures of its notices, by their address in the text.
    """

    title: str
    agency: str
    day: date
    notices: tuple[Posted, ...]
    until: date | None = None
    contact: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=dict)


def sheet_file(sheet: Sheet) -> bytes:
    """Return *sheet* as a PDF file of A3 pages.

    Raises:
        FontsNotBuilt: The package was not built completely.
        TypesetterMissing: The ``pdf`` extra is not installed.
    """
    drawn = printed(sheet.pictures)
    content = printable(_content(sheet, drawn))
    return compiled("sheet", content, day=sheet.day, parts=("prose",), files=drawn.files)


def _content(sheet: Sheet, drawn: Drawn) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "agency": sheet.agency,
        "day": in_chinese(sheet.day),
        "date": {"year": sheet.day.year, "month": sheet.day.month, "day": sheet.day.day},
        "until": in_chinese(sheet.until) if sheet.until else "",
        "contact": sheet.contact,
        "pictures": drawn.names,
        "notices": [
            {
                "title": notice.title,
                "line": notice.line,
                "pieces": as_data(notice.pieces, drawn=drawn.names),
                "address": notice.address,
                "more": notice.more,
                "code": code_of(notice.address).svg(),
            }
            for notice in sheet.notices
        ],
    }
