"""The body of an imported line: clean HTML from whatever an old site or a cell holds."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar
from urllib.parse import unquote, urlsplit

from gongkai.core.cleaning import clean_html

_MARKUP = re.compile(
    r"<(?:p|div|br|span|table|h[1-6]|ul|ol|li|a|img|strong|b|em|font)\b", re.IGNORECASE
)
IMAGE = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_SOURCE = re.compile(r"""\bsrc\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))""", re.IGNORECASE)
_BROUGHT = "/import/"
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Body(Generic[Found]):
    """A text with the pictures that come with it.

    Attributes:
        pictures: What was found for the addresses ``/import/<n>`` in the text.
        lost: How many pictures nobody brought.
    """

    html: str
    pictures: dict[str, Found] = field(default_factory=dict)
    lost: int = 0


def with_pictures(body: str, find: Callable[[str], Found | None]) -> Body[Found]:
    """Return *body* as clean HTML with the pictures that *find* knows by the path in their address.

    Raises:
        Unreadable: It is longer, or nested deeper, than any document.
    """
    found: dict[str, Found] = {}
    lost = 0

    def bring(match: re.Match[str]) -> str:
        nonlocal lost
        image = match[0]
        told = source_of(image)
        picture = find(_path(told)) if told else None
        if picture is None:
            lost += 1
            return ""
        address = f"{_BROUGHT}{len(found)}"
        found[address] = picture
        return _SOURCE.sub(f'src="{address}"', image, count=1)

    return Body(clean(IMAGE.sub(bring, body)), found, lost)


def source_of(image: str) -> str:
    """Return the address in the tag *image*, as it is written there."""
    source = _SOURCE.search(image)
    return next((part for part in source.groups() if part), "") if source else ""


def _path(address: str) -> str:
    """Return the path of a picture, as it may stand in a folder of files."""
    try:
        return unquote(urlsplit(html.unescape(address).strip()).path).lstrip("/.")
    except ValueError:
        return ""


def clean(body: str) -> str:
    """Return *body* as clean HTML; plain text becomes paragraphs.

    Raises:
        Unreadable: It is longer, or nested deeper, than any document.
    """
    if not body.strip():
        return ""
    if _MARKUP.search(body):
        return str(clean_html(body))
    lines = (line.strip() for line in body.splitlines())
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines if line)
