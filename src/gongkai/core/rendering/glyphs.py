"""Which characters the shipped typefaces can print, asked before a page is set.

A typesetter that lacks a glyph prints an empty box and says nothing; a report with a box in somebody's name is
worse than none. The text face carries 30,928 characters: all of GBK, the rare ones of personal names, and what
official prose uses besides.
"""

import json
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from gongkai.core.refusal import Refusal
from gongkai.core.rendering.report import IssuedReport

FONTS = Path(__file__).parent / "fonts"
COVERAGE = FONTS / "coverage.json"


class FontsNotBuilt(Refusal):
    """没有找到排印用的中文字体。源码安装请先运行 make assets，或改用安装包。"""


class MissingGlyphs(Refusal):
    """字体里没有这些字，排印出来会是空框：{characters}。请换成常用字或改写后再导出 PDF。"""


@cache
def _runs() -> tuple[tuple[int, ...], tuple[int, ...]]:
    try:
        runs = json.loads(COVERAGE.read_text(encoding="ascii"))
    except FileNotFoundError:
        raise FontsNotBuilt from None
    return tuple(first for first, _ in runs), tuple(last for _, last in runs)


def covers(char: str) -> bool:
    """Whether the text face has a glyph for *char*."""
    firsts, lasts = _runs()
    run = bisect_right(firsts, ord(char)) - 1
    return run >= 0 and ord(char) <= lasts[run]


def missing(texts: Iterable[str]) -> str:
    """Return the characters of *texts* that cannot be printed, each once, in order of appearance."""
    return "".join(char for char in dict.fromkeys("".join(texts)) if not covers(char))


def refuse_missing(report: IssuedReport) -> None:
    """Raise :class:`MissingGlyphs` where *report* has a character that would print as a box."""
    if lacking := missing(report.texts()):
        shown = "、".join(f"“{char}”（U+{ord(char):04X}）" for char in lacking[:10])
        raise MissingGlyphs(characters=shown)
