"""Taking out of a file what says who made it, where and with what; what it shows stays as it is."""

from gongkai.core.cleaning.errors import CannotClean
from gongkai.core.cleaning.office import clean_office
from gongkai.core.cleaning.paper import clean_pdf
from gongkai.core.cleaning.pictures import clean_jpeg, clean_png, clean_webp
from gongkai.core.cleaning.revisions import Revisions
from gongkai.core.extraction.sources.errors import TooLarge
from gongkai.core.extraction.sources.limits import MAX_FILE_BYTES

OFFICE = "application/vnd.openxmlformats-officedocument."
WORD = f"{OFFICE}wordprocessingml.document"
WORKBOOK = f"{OFFICE}spreadsheetml.sheet"
SLIDES = f"{OFFICE}presentationml.presentation"
MEDIA_TYPES = (WORD, WORKBOOK, SLIDES, "application/pdf", "image/jpeg", "image/png", "image/webp")
"""What can be cleaned."""


def strip_metadata(data: bytes, media_type: str, *, revisions: Revisions = "refuse") -> bytes:
    """Return the file without authors, dates, programs, attachments and positions; the same input gives the same output.

    Args:
        data: The file. For one of unknown origin call this through
            :meth:`gongkai.core.extraction.guarding.Guard.call`.
        media_type: What it is, told from its bytes and not from its name.
        revisions: What becomes of tracked changes and comments.

    Raises:
        CannotClean: It is of no kind of :data:`MEDIA_TYPES`.
        HasRevisions: It has tracked changes, and *revisions* is ``refuse``.
        HasComments: It has comments, and *revisions* is ``refuse``.
        HasPrograms: It has macros or controls.
        Unreadable: It is damaged, has a password or unpacks to too much.
    """
    if len(data) > MAX_FILE_BYTES:
        raise TooLarge(limit=f"{MAX_FILE_BYTES >> 20} MB")
    match media_type:
        case "image/jpeg":
            return clean_jpeg(data)
        case "image/png":
            return clean_png(data)
        case "image/webp":
            return clean_webp(data)
        case "application/pdf":
            return clean_pdf(data, revisions=revisions)
        case _ if media_type in {WORD, WORKBOOK, SLIDES}:
            return clean_office(data, revisions=revisions)
    raise CannotClean(kind=media_type or "不明")
