"""The case file (卷宗): every piece of a case in one ordered, paged PDF that proves what is in it.

:func:`assemble` puts a cover and a table of contents before the pieces, numbers the pages, and attaches each piece as
it was received together with ``manifest.json``, which names its SHA-256. :func:`verify` takes such a file apart again
and says what does not agree, with nothing but the file in hand.
"""

from gongkai.core.casefile.assembling import MANIFEST, Assembled, CaseCover, assemble
from gongkai.core.casefile.manifest import SCHEMA, Entry, Manifest, manifest_of
from gongkai.core.casefile.pieces import MEDIA, Piece
from gongkai.core.casefile.retention import Retention, retentions, standard_retention
from gongkai.core.casefile.verifying import NotACaseFile, verify

__all__ = [
    "MANIFEST",
    "MEDIA",
    "SCHEMA",
    "Assembled",
    "CaseCover",
    "Entry",
    "Manifest",
    "NotACaseFile",
    "Piece",
    "Retention",
    "assemble",
    "manifest_of",
    "retentions",
    "standard_retention",
    "verify",
]
