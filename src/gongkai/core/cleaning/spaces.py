"""The white space of a line: what only broke lines in the source goes, the rest is one space."""

import re
import unicodedata

from gongkai.core.cleaning.blocks import Break, Inline, Run
from gongkai.core.rendering.cleaning import clean

WHITE = " \t\n\r\f\u00a0"
INDENT = WHITE + "\u3000"
PIECE = re.compile(rf"[{WHITE}]+|[^{WHITE}]+")
SECTIONS = 2
"""So many line breaks in a row are the end of a paragraph."""


def tidied(inlines: list[Inline]) -> list[list[Inline]]:
    """Return the paragraphs that *inlines* really are: split at double breaks, white space put right, no empty ones."""
    paragraphs: list[list[Inline]] = [[]]
    breaks = 0
    for inline in inlines:
        if isinstance(inline, Break):
            breaks += 1
            continue
        if breaks and not (isinstance(inline, Run) and not inline.text.strip(INDENT)):
            if breaks >= SECTIONS:
                paragraphs.append([])
            else:
                paragraphs[-1].append(Break())
            breaks = 0
        if not breaks:
            paragraphs[-1].append(inline)
    return [line for line in map(_line, paragraphs) if line]


def _line(inlines: list[Inline]) -> list[Inline]:  # noqa: C901  # one state, looked at piece by piece
    """Return one paragraph with its white space put right and runs of one kind put together."""
    result: list[Inline] = []
    white: Run | None = None  # white space that waits for what follows it
    for inline in inlines:
        if not isinstance(inline, Run):
            if isinstance(inline, Break):
                white = None
                _strip_end(result)
                if not result or isinstance(result[-1], Break):
                    continue
            elif white and result and not isinstance(result[-1], Break):
                result.append(Run(" "))
            white = None
            result.append(inline)
            continue
        for piece in PIECE.findall(clean(inline.text)):
            if piece[0] in WHITE:
                broke = piece if white is None else white.text + piece
                white = Run(broke, inline.marks if white is None else white.marks, inline.href)
                continue
            fresh = not result or isinstance(result[-1], Break)
            text = piece.lstrip("\u3000") if fresh else piece
            if not text:
                continue
            if white and not fresh:
                _space(result, white, Run(text, inline.marks, inline.href))
            white = None
            _append(result, Run(text, inline.marks, inline.href))
    _strip_end(result)
    while result and isinstance(result[-1], Break):
        result.pop()
        _strip_end(result)
    return result


def _space(result: list[Inline], white: Run, following: Run) -> None:
    last = result[-1]
    before = last.text[-1] if isinstance(last, Run) else ""
    if "\n" in white.text and before and _is_wide(before) and _is_wide(following.text[0]):
        return  # the source broke its line between two characters
    marks, href = following.marks, following.href
    if isinstance(last, Run):
        marks, href = marks & last.marks, href if href == last.href else ""
    _append(result, Run(" ", marks, href))


def _append(result: list[Inline], run: Run) -> None:
    last = result[-1] if result else None
    if isinstance(last, Run) and (last.marks, last.href) == (run.marks, run.href):
        result[-1] = Run(last.text + run.text, run.marks, run.href)
    else:
        result.append(run)


def _strip_end(result: list[Inline]) -> None:
    while result and isinstance(last := result[-1], Run):
        if text := last.text.rstrip(INDENT):
            result[-1] = Run(text, last.marks, last.href)
            return
        result.pop()


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF" or char in "“”‘’…—"
