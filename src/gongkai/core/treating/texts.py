"""Plain texts and CSV tables: the words are changed where they stand."""

import codecs

from gongkai.core.extraction.sources.decoding import decode
from gongkai.core.screening import screen_text
from gongkai.core.treating.changes import changes_of, replaced
from gongkai.core.treating.chosen import Chosen
from gongkai.core.treating.errors import NothingFound


def treat_text(data: bytes, chosen: Chosen) -> tuple[bytes, int]:
    """Return the text in UTF-8, with a byte order mark unless it was UTF-8 without one, and how many places were changed.

    Args:
        data: The file; its encoding is told from its bytes.
        chosen: What is to be done.

    Raises:
        NothingFound: The rule finds nothing.
        Unreadable: It is no text.
    """
    text = decode(data)
    changes = changes_of(screen_text(text, word_list=chosen.word_list), chosen)
    if not changes:
        raise NothingFound
    made = replaced(text, changes)
    if b"\r\n" in data:
        made = made.replace("\n", "\r\n")
    return (b"" if _is_plain_utf8(data) else codecs.BOM_UTF8) + made.encode("utf-8"), len(changes)


def _is_plain_utf8(data: bytes) -> bool:
    """Tell whether it is UTF-8 without a mark; Excel takes any other table without one for GBK."""
    try:
        return not data.decode("utf-8").startswith("\ufeff")
    except UnicodeDecodeError:
        return False
