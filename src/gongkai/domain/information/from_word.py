"""The text of a Word file with its pictures, which come in like any that somebody puts into a text."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from django.core.files.base import ContentFile

from gongkai.core.cleaning import CleanedHtml
from gongkai.core.cleaning.word import word_html, word_pictures
from gongkai.core.extraction.guarding import Guard
from gongkai.core.extraction.sources.errors import Unreadable
from gongkai.domain.information.pictures import at_rest, pictures_in
from gongkai.foundation.attachments import places, receive
from gongkai.foundation.attachments.errors import NotTaken
from gongkai.foundation.attachments.examining import EXAMINED_AT_ONCE
from gongkai.foundation.attachments.kinds import PICTURES
from gongkai.foundation.attachments.models import StoredFile
from gongkai.foundation.permissions import Reader

KIND = "docx"


@dataclass(frozen=True, slots=True)
class Written:
    """What a Word file says.

    Attributes:
        html: Clean HTML, its pictures under the names of their public copies.
        lost: How many pictures of the file are not in it.
    """

    html: str
    lost: int


def bring_pictures(stored: StoredFile, *, by: Reader) -> None:
    """Take in the pictures in the text of the Word file *stored*, as files that *by* uploads.

    One that may not come in is left out; :func:`text_of_word` counts it.
    """
    if stored.kind != KIND:
        return
    with Guard() as guard:
        try:
            with stored.open_original() as stream:
                found = guard.call(word_pictures, stream.read(), largest=EXAMINED_AT_ONCE)
        except (Unreadable, OSError):
            return
        for number, data in enumerate(found, start=1):
            try:
                receive(ContentFile(data, name=f"图片{number}"), by, kinds=PICTURES, guard=guard)
            except NotTaken:
                continue


def text_of_word(stored: StoredFile, *, by: Reader) -> Written:
    """Return the text of the Word file *stored* with those of its pictures that *by* has brought.

    Raises:
        Unreadable, OSError: It cannot be read.
    """
    cleaned = _cleaned(stored.digest)
    known = pictures_in(cleaned.html)
    names = _public_names({picture.digest for picture in known}, by)
    lost = sum(dropped.kind == "picture" for dropped in cleaned.dropped)
    lost += sum(picture.digest not in names for picture in known)
    return Written(at_rest(cleaned.html, lambda picture: names.get(picture.digest)), lost)


def _public_names(digests: set[str], by: Reader) -> Mapping[str, str]:
    """Return the names of the public copies of what *by* has uploaded, by the digest of what came; one query."""
    if not digests or by.user is None:
        return {}
    rows = StoredFile.objects.filter(
        digest__in=digests, kind__in=PICTURES, uploaded_by=by.user
    ).exclude(public_digest="")
    return {row.digest: f"{row.public_digest}.{row.kind_facts.ending}" for row in rows}


@lru_cache(maxsize=16)
def _cleaned(digest: str) -> CleanedHtml:
    """Return the text of the Word file of that SHA-256; the bytes under a digest never change."""
    with places.open_original(digest) as stream, Guard() as guard:
        return guard.call(word_html, stream.read(), largest=EXAMINED_AT_ONCE)
