"""What can be redacted, told by its bytes, and made pages: a PDF file to work on, or a plain text."""

from dataclasses import dataclass
from typing import Literal

from gongkai.core.extraction.sources.decoding import decode
from gongkai.core.extraction.sources.errors import TooLarge
from gongkai.core.extraction.sources.kinds import binary_kind, text_kind
from gongkai.core.extraction.sources.limits import MAX_FILE_BYTES, MAX_TEXT_CHARS
from gongkai.core.redaction.errors import NotRedactable
from gongkai.core.redaction.pictures import is_picture, picture_pages
from gongkai.core.redaction.rebuilding import page_count

Form = Literal["pages", "text"]


@dataclass(frozen=True, slots=True)
class Working:
    """A document as it is worked on.

    Attributes:
        form: ``pages`` for a PDF file in :attr:`data`, ``text`` for UTF-8 in :attr:`data`.
        data: The same source gives the same bytes.
        pages: How many pages there are; a text is one.
        notes: Sentences about what became of the source, for whoever marks it.
    """

    form: Form
    data: bytes
    pages: int
    notes: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The plain text."""
        return self.data.decode("utf-8")


def open_working(data: bytes, name: str) -> Working:
    """Return what is worked on for a file of unknown origin.

    A PDF is worked on as it is. Pictures become pages. A Word document is set on pages by our own typesetter: what
    is given out must not be editable, and the letter names pages, which a DOCX has none of; what Word hides
    (revisions, comments, hidden words) does not come along. Where the exact layout matters, a person prints to PDF.

    Call it through :meth:`gongkai.core.extraction.guarding.Guard.call`.

    Raises:
        NotRedactable: It is of another kind.
        Unreadable: It is damaged, has a password, or is too much.
        CannotPrint: A Word document has characters without a glyph.
    """
    if len(data) > MAX_FILE_BYTES:
        raise TooLarge(limit=f"{MAX_FILE_BYTES >> 20} MB")
    if is_picture(data):
        made = picture_pages(data)
        return Working(
            "pages", made, page_count(made), ("图片里的字认不出来，没有自动提议，请逐页看过。",)
        )
    match binary_kind(data):
        case "pdf":
            return Working("pages", data, page_count(data))
        case "docx":
            # only Word documents need the typesetter
            from gongkai.core.redaction.word import word_pages  # noqa: PLC0415

            made, notes = word_pages(data)
            return Working("pages", made, page_count(made), notes)
        case None:
            return _text(data, name)
        case kind:
            raise NotRedactable(kind=kind)


def _text(data: bytes, name: str) -> Working:
    text = decode(data)
    if len(text) > MAX_TEXT_CHARS:
        raise TooLarge(limit=f"{MAX_TEXT_CHARS // 10_000} 万字")
    if text_kind(text, name) == "html":
        raise NotRedactable(kind="网页")
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return Working("text", plain.encode("utf-8", "replace"), 1)
