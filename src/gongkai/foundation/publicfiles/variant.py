"""The portal in traditional characters, under ``/hant/``.

An address of its own, so that it can be linked and indexed. It is made of the finished page when somebody asks for it:
by phrases, with links to other pages leading to their traditional view and links to files left alone.
"""

import re
from functools import cache

import opencc

HANT = "hant"
PREFIX = f"/{HANT}/"
LANGUAGE = re.compile(r'<html lang="zh-hans"', re.IGNORECASE)
CLOSED = ("desk", "account", "apply", "api", "static", "media", HANT)
"""What has no traditional view: offices work in simplified characters, and names stay as they were typed."""
LINK = re.compile(
    r'="/(?:(?<=\bhref="/)|(?<=\baction="/))'
    rf'(?!/|(?:{"|".join(CLOSED)})/)(?=(?:[^"?#]*/)?["?#])'
)
"""Where a link to a page of ours begins, whose path ends with a slash. The sign that is rare comes first: it is searched for."""
OTHER = re.compile(rf'<a href="/{HANT}(/[^"]*)" hreflang="zh-Hant">[^<]*</a>')
"""The link of a page to its traditional view; there it leads back."""
BACK = r'<a href="\1" hreflang="zh-Hans">&#31616;&#20307;</a>'  # entities, which the conversion leaves alone


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def has_traditional(path: str) -> bool:
    """Tell whether the page at *path* has a traditional view."""
    return path.lstrip("/").partition("/")[0] not in CLOSED


def traditional(text: str) -> str:
    """Return *text* in traditional characters, by phrases."""
    return str(_converter().convert(text))


def traditional_page(body: bytes) -> bytes:
    """Return the page *body* as it stands under ``/hant/``."""
    page = LANGUAGE.sub('<html lang="zh-hant"', body.decode())
    page = OTHER.sub(BACK, LINK.sub(f'="/{HANT}/', page))
    return traditional(page).encode()
