"""Texts: by what they are not."""

import re
from pathlib import Path

from gongkai.core.extraction.sources.decoding import decode
from gongkai.core.extraction.sources.errors import NotText
from gongkai.core.extraction.sources.kinds import text_kind
from gongkai.foundation.attachments import errors
from gongkai.foundation.attachments.kinds import accepted
from gongkai.foundation.attachments.sizes import sized

LARGEST = 20 * 2**20
"""A longer text is no attachment but a data dump."""
_MARKUP = re.compile(
    r"\s*(?:<\?xml|<!doctype|<svg|<html|<script|<!--)|<(?:script|svg|iframe|object|embed)[\s>]",
    re.IGNORECASE,
)
_SAMPLE = 65_536


def tell(path: Path, name: str) -> str:
    """Return ``txt`` or ``csv`` for the text at *path*; refuse pages, pictures and scripts in disguise."""
    if path.stat().st_size > LARGEST:
        with path.open("rb") as stream:
            if b"\0" in stream.read(_SAMPLE):
                raise errors.WrongKind(name=name, kinds=accepted())
        raise errors.TooLarge(name=name, limit=f"文本 {sized(LARGEST)}")
    try:
        text = decode(path.read_bytes())
    except NotText as error:
        raise errors.WrongKind(name=name, kinds=accepted()) from error
    sample = text[:_SAMPLE]
    if _MARKUP.match(sample) or _MARKUP.search(sample) or text_kind(sample, name) == "html":
        raise errors.WebPage(name=name)
    ending = name.rpartition(".")[2].lower()
    if ending in {"txt", "csv"}:
        return ending
    raise errors.WrongKind(name=name, kinds=accepted())
