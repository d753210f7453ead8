"""Document numbers: 云公复〔2026〕12号, by GB/T 9704."""

import re

from gongkai.core.letters.refusals import BadMark, BadSerial

MARK = re.compile(r"[\u3400-\u9fff]{1,16}")


def letter_number(mark: str, year: int, serial: int) -> str:
    """Return the number of a letter: the office's mark, the year, a serial without leading zeros.

    Raises:
        BadMark: The mark is not made of Chinese characters.
        BadSerial: The serial is not positive.

    >>> letter_number("云公复", 2026, 12)
    '云公复〔2026〕12号'
    """
    if not MARK.fullmatch(mark):
        raise BadMark(mark=mark[:40])
    if serial < 1:
        raise BadSerial(serial=serial)
    return f"{mark}〔{year:04d}〕{serial}号"
