"""What is found.

Tuples, since twenty of them are made for every search and a frozen dataclass takes four times as long.
"""

from datetime import date
from typing import Any, NamedTuple

TEXT_LIMIT = 200_000
"""Characters of a text that are searched; an attachment longer than a book adds nothing."""


class Issuer(NamedTuple):
    """The organisation that published something.

    Attributes:
        path: Its place in the tree; whatever begins with it lies below it.
    """

    key: int
    name: str
    path: str = ""


class Document(NamedTuple):
    """Something public that can be found.

    Attributes:
        kind: Key of the source it comes from, such as ``item``.
        key: Its key within the kind.
        url: Where it is read, from the root of the site.
        text: The body, and the text of its attachments, without markup.
        keywords: Further words under which it is found; they are not shown.
        column: Title of the column it stands in.
        column_key: Key of that column; titles occur twice in one office.
        topic: First level of 主题分类.
        genre: 体裁.
        year: The year of ``day`` where left out.
        validity: 有效性 in words; empty where it has none.
        day: 公开日期.
        number: 文号.
        index_number: 索引号.
    """

    kind: str
    key: str
    title: str
    url: str
    text: str = ""
    issuer: Issuer | None = None
    keywords: str = ""
    column: str = ""
    topic: str = ""
    genre: str = ""
    year: int | None = None
    validity: str = ""
    day: date | None = None
    number: str = ""
    index_number: str = ""
    column_key: str = ""

    @property
    def name(self) -> str:
        """Return what tells it from all others."""
        return f"{self.kind}:{self.key}"

    @property
    def in_year(self) -> int | None:
        """Return the year under which it is counted."""
        if self.year is None and self.day is not None:
            return self.day.year
        return self.year

    def shown(self) -> dict[str, Any]:
        """Return what an index keeps to show it without asking the database, JSON."""
        return {
            "kind": self.kind,
            "key": self.key,
            "title": self.title,
            "url": self.url,
            "text": self.text[:TEXT_LIMIT],
            "issuer": [self.issuer.key, self.issuer.name, self.issuer.path]
            if self.issuer
            else None,
            "column": self.column,
            "topic": self.topic,
            "genre": self.genre,
            "year": self.in_year,
            "validity": self.validity,
            "day": self.day.isoformat() if self.day else None,
            "number": self.number,
            "index_number": self.index_number,
            "column_key": self.column_key,
        }

    @classmethod
    def read(cls, shown: dict[str, Any]) -> "Document":
        """Return the document that :meth:`shown` wrote down."""
        issuer, day = shown["issuer"], shown["day"]
        return cls(**shown)._replace(
            issuer=Issuer(*issuer) if issuer else None,
            day=date.fromisoformat(day) if day else None,
        )
