"""An issue of a government's gazette on paper: cover, contents with page numbers, running heads, documents.

Pure, like the rest of this package: the same issue gives the same bytes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongkai.core.days import in_chinese
from gongkai.core.rendering.glyphs import MissingGlyphs, missing
from gongkai.core.rendering.paper import compiled, queried
from gongkai.core.rendering.pictures import Drawn, printed
from gongkai.core.rendering.prose import Piece, as_data, texts

UNPRINTABLE = "〓"
"""What printers set for a character that they do not have."""


@dataclass(frozen=True, slots=True)
class Article:
    """A document in an issue.

    Attributes:
        key: Tells it apart in the issue.
        title: Empty for one that was taken back.
        lines: Below the title: document number, issuing body.
        note: That it was corrected or taken back since, and when.
        pieces: Its text; nothing of one that was taken back.
    """

    key: str
    title: str
    lines: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()
    note: str = ""

    def words(self) -> str:
        """Return every character that is printed of it."""
        return "".join((self.title, *self.lines, self.note, *texts(self.pieces)))


@dataclass(frozen=True, slots=True)
class Part:
    """A heading of the contents with its documents."""

    heading: str
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True)
class IssuedGazette:
    """An issue with everything that is printed in it.

    Attributes:
        imprint: Lines at the foot of the cover: host, editor, serial number, print run.
        notes: What changed since it appeared.
        pictures: The pictures of its documents, by their address in the text; of one that is not among them
            the words are printed.
    """

    title: str
    agency: str
    year: int
    number: int
    total: int
    day: date
    parts: tuple[Part, ...]
    imprint: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def count(self) -> str:
        """Return its number as printed."""
        return f"{self.year}年第{self.number}期（总第{self.total}期）"


def gazette_file(gazette: IssuedGazette) -> bytes:
    """Return *gazette* as a PDF file; a character that no typeface has is printed as 〓.

    Raises:
        FontsNotBuilt: The package was not built completely.
        TypesetterMissing: The ``pdf`` extra is not installed.
    """
    drawn = printed(gazette.pictures)
    return compiled(
        "gazette", _content(gazette, drawn), day=gazette.day, parts=("prose",), files=drawn.files
    )


def pages_of(gazette: IssuedGazette) -> tuple[dict[str, int], int]:
    """Return the page on which each document begins, by its key, and how many pages the text has."""
    drawn = printed(gazette.pictures)
    content = _content(gazette, drawn)
    noted = queried("gazette", content, "<noted>", parts=("prose",), files=drawn.files)
    pages = {told["key"]: int(told["page"]) for told in noted}
    return pages, pages.pop("")


def refuse_missing_in(article: Article) -> None:
    """Refuse *article* where a character would print as 〓.

    Raises:
        MissingGlyphs: With the characters.
    """
    if lacking := missing([article.words()]):
        shown = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in lacking[:10])
        raise MissingGlyphs(characters=shown)


def printable(content: dict[str, Any]) -> dict[str, Any]:
    """Return *content* with 〓 for each character that no typeface has."""
    text = json.dumps(content, ensure_ascii=False)
    lacking = missing([text])
    if not lacking:
        return content
    replaced: dict[str, Any] = json.loads(text.translate({ord(c): UNPRINTABLE for c in lacking}))
    return replaced


def _content(gazette: IssuedGazette, drawn: Drawn) -> dict[str, Any]:
    day = gazette.day
    return printable(
        {
            "title": gazette.title,
            "agency": gazette.agency,
            "count": gazette.count,
            "day": in_chinese(day),
            "date": {"year": day.year, "month": day.month, "day": day.day},
            "imprint": list(gazette.imprint),
            "notes": list(gazette.notes),
            "pictures": drawn.names,
            "parts": [
                {"heading": part.heading, "articles": [_article(a, drawn) for a in part.articles]}
                for part in gazette.parts
            ],
        }
    )


def _article(article: Article, drawn: Drawn) -> dict[str, Any]:
    return {
        "key": article.key,
        "title": article.title,
        "lines": list(article.lines),
        "note": article.note,
        "pieces": as_data(article.pieces, drawn=drawn.names),
    }
