"""What is published is clean: text pasted from word processors, and files without the traces of who made them.

:func:`clean_html` makes semantic HTML of what people paste from Word, WPS and web pages. :func:`strip_metadata` takes
authors, programs, attachments and positions out of a file without touching what it shows. Neither changes a word.
"""

from gongkai.core.cleaning.blocks import Dropped
from gongkai.core.cleaning.errors import CannotClean, HasComments, HasPrograms, HasRevisions
from gongkai.core.cleaning.metadata import strip_metadata
from gongkai.core.cleaning.pasted import CleanedHtml, clean_html
from gongkai.core.cleaning.revisions import Revisions

__all__ = [
    "CannotClean",
    "CleanedHtml",
    "Dropped",
    "HasComments",
    "HasPrograms",
    "HasRevisions",
    "Revisions",
    "clean_html",
    "strip_metadata",
]
