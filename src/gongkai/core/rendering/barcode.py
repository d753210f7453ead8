"""Bars that a scanner reads off a paper file: Code 128."""

from itertools import groupby

from barcode.codex import Code128

from gongkai.core.refusal import Refusal

QUIET = 10
"""Empty modules on either side; without them no scanner finds the bars."""
LONGEST = 48


class NoBarcode(Refusal):
    """“{text}”不能做成条形码；编号里要有字母或者数字，不超过{longest}个。"""


def code_in(text: str) -> str:
    """Return what a scanner will read for the registration number *text*: its letters, digits and marks.

    Raises:
        NoBarcode: There are none, or too many.

    >>> code_in("云公申〔2026〕12号")
    '202612'
    """
    code = "".join(char for char in text if " " < char < "\x7f")
    if not code or len(code) > LONGEST:
        raise NoBarcode(text=text[:60], longest=LONGEST)
    return code


def bars_of(code: str) -> tuple[tuple[int, int], ...]:
    """Return the dark bars of *code*, each with its first module and its width, and the quiet zone before them."""
    (modules,) = Code128(code).build()
    found, at = [], QUIET
    for dark, run in groupby(modules):
        width = len(list(run))
        if dark == "1":
            found.append((at, width))
        at += width
    return tuple(found)
