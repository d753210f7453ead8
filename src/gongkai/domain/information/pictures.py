"""Pictures in the text of an item.

A text names a picture by what it is, ``<img src="/pictures/<SHA-256 of the public copy>.png" alt="…">``, wherever the
item stands; the picture goes with the item as a file under that name, is signed with it, and is delivered beside its
page. Whoever shows the text says where its pictures stand (:func:`placed`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

HOME = "/pictures/"
"""Where pictures stand in a text at rest; nothing is delivered from there."""
_NAME = r"[0-9a-f]{64}\.[a-z]{3,4}"
NAME = re.compile(_NAME)
_PICTURE = re.compile(r'<img src="([^"]*)"(?: alt="([^"]*)")?>')
"""As core/cleaning writes it."""
_OWN = re.compile(
    rf"/(?:pictures|desk/information/\d+/pictures|items/\d+/\d+/files)/({_NAME})(?:[?#].*)?"
)
"""At rest, in the editor, and on a page that somebody copied from."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in a text.

    Attributes:
        name: Digest and ending of the public copy.
        alt: What it says to whoever cannot see it.
    """

    name: str
    alt: str

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the public copy."""
        return self.name.partition(".")[0]


def is_name(title: str) -> bool:
    """Tell whether a file of that title stands in a text instead of below it."""
    return NAME.fullmatch(title) is not None


def pictures_in(body: str) -> list[Picture]:
    """Return the pictures of *body*, clean HTML, in their order."""
    return [
        Picture(found[1], unescape(alt or "").strip())
        for source, alt in _PICTURE.findall(body)
        if (found := _OWN.fullmatch(source))
    ]


def at_rest(body: str, name_of: Callable[[Picture], str | None]) -> str:
    """Return *body* with each picture under the name that *name_of* gives it, and without those it does not know."""

    def put(match: re.Match[str]) -> str:
        source, alt = match[1], match[2] or ""
        found = _OWN.fullmatch(source)
        name = name_of(Picture(found[1], alt)) if found else None
        return f'<img src="{HOME}{name}" alt="{alt}">' if name else ""

    return _PICTURE.sub(put, body)


def named(body: str) -> str:
    """Return *body* with its pictures at rest, whether anybody has them or not."""
    return at_rest(body, lambda picture: picture.name)


def placed(body: str, folder: str) -> str:
    """Return *body* with its pictures in *folder*, such as ``/items/0/7/files/``."""
    return body.replace(f'<img src="{HOME}', f'<img src="{folder}')
