"""Text as it may be printed: nothing in it that a file format forbids or that a reader cannot see.

Narratives are pasted from word processors, web pages and chat programs, and some are written to do harm. Control
characters break XML, direction marks make a sentence read otherwise than it is stored, invisible marks hide
words from a search. None of them has a place in a report.
"""

import re
import unicodedata

LINE_ENDS = str.maketrans(
    {"\r": "\n", "\v": "\n", "\f": "\n", "\u0085": "\n", "\u2028": "\n", "\u2029": "\n"}
)
VARIATION_SELECTORS = frozenset(map(chr, [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)]))
ODD = re.compile(r"[^\n -~\u2010-\u2027\u3000-\u303f\u4e00-\u9fff\uff01-\uff5e]")
"""What has to be looked at: anything but the signs that Chinese texts are made of, all of which may be printed."""
FORMULA = ("=", "+", "-", "@")
"""What a spreadsheet takes for the beginning of a formula."""


def clean(text: str) -> str:
    """Return *text* without control, format, surrogate and noncharacters; every line end becomes a line feed."""
    if ODD.search(text) is None:
        return text
    return ODD.sub(_kept, text.replace("\r\n", "\n").translate(LINE_ENDS).replace("\t", " "))


def one_line(text: str) -> str:
    """Return *text* cleaned, its lines joined by a space and its edges stripped."""
    return " ".join(line for line in (part.strip() for part in clean(text).split("\n")) if line)


def harmless(text: str) -> str:
    """Return *text* such that a spreadsheet that opens it as CSV does not compute it."""
    return f"'{text}" if text.lstrip().startswith(FORMULA) else text


def _kept(match: re.Match[str]) -> str:
    return match[0] if _printable(match[0]) else ""


def _printable(char: str) -> bool:
    if char in VARIATION_SELECTORS:
        return False
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs"} and not _noncharacter(ord(char))


def _noncharacter(code: int) -> bool:
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
