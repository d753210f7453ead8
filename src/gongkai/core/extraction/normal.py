"""A text as it is matched: one width, one script, nothing invisible, and every place known in the original.

Published reports come with full-width digits, Kangxi radicals from PDF fonts, traditional characters converted
back and forth, pinyin that a conversion site put behind characters, and zero-width marks. All matching is done on
:attr:`NormalText.text`; :meth:`NormalText.span` says where the match stands in the text as printed.

Characters are only ever exchanged one for one or left out, so that the way back is exact.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

import opencc

from gongkai.core.extraction.document import Span

RADICALS = dict(
    zip(
        "⺁⺄⺅⺇⺈⺉⺊⺋⺍⺎⺐⺒⺓⺔⺕⺖⺘⺙⺛⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺪⺫⺬⺭⺮⺯⺰⺲⺶⺷⺹⺺⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "厂乙亻几刀刂卜㔾小兀尢巳幺彑彐忄扌攵旡月歹母民氵氺灬爫爫丬牛犭疋罒示礻竹糸纟罒羊羊耂肀聿月臼艹艹艹虎衤覀西见角讠贝车辶辶辶阝钅長镸长门阝雨青韦页风飞食饣饣首马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)
"""The radicals supplement: Unicode gives most of these no decomposition, PDF fonts print them all the same."""

VARIANTS = {"谘": "咨", "徵": "征", "麽": "么"}
"""What OpenCC leaves or makes that is spelled otherwise in the reports."""

INVISIBLE = "\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff"
SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü"

PINYIN = re.compile(rf"(?<=[\u4e00-\u9fff])\([a-z]{{0,4}}[{TONED}][a-z]{{0,4}}\)")
NEUTRAL = re.compile(rf"(?<=[\u4e00-\u9fff])\([a-z{TONED}]{{1,6}}\)")
PINYIN_EVERYWHERE = 3
"""From so many toned insertions on, a bracketed syllable without a tone is an insertion too."""

SPLIT_YEAR = re.compile(r"(?<!\d)(?=2 ?0|1 ?9)(?:\d ?){3}\d(?= ?年)")


@dataclass(frozen=True, slots=True)
class NormalText:
    """A normalised text with the way back.

    Attributes:
        text: The text to match on.
        original: The text it was made from.
    """

    text: str
    original: str
    _cuts: tuple[int, ...]  # where something was left out, counted in `text`
    _shifts: tuple[int, ...]  # how much has been left out up to and including that cut

    def start(self, offset: int) -> int:
        """Return the place in the original of the character at *offset* (or of the end)."""
        cut = bisect_right(self._cuts, offset)
        return offset + (self._shifts[cut - 1] if cut else 0)

    def span(self, start: int, end: int) -> Span:
        """Return the stretch of the original that ``text[start:end]`` stands for.

        What was left out inside belongs to it, what was left out around it does not. An empty
        stretch stays empty.
        """
        if end <= start:
            return Span(self.start(start), self.start(start))
        return Span(self.start(start), self.start(end - 1) + 1)

    def offset(self, original: int) -> int:
        """Return the place in :attr:`text` of the character at *original*, or of the next one kept."""
        low, high = 0, len(self.text)
        while low < high:
            middle = (low + high) // 2
            if self.start(middle) < original:
                low = middle + 1
            else:
                high = middle
        return low


def normal(text: str) -> NormalText:
    """Return *text* as it is matched: half-width, simplified, without what cannot be seen.

    Full-width letters, digits and punctuation become half-width (，→ ``,``; 。and 、 stay), every kind of
    space a plain one, Kangxi radicals and compatibility forms ordinary characters, traditional characters
    simplified. Zero-width marks, inserted pinyin (报(bào)告) and spaces inside a year (20 23年) are left out.
    """
    plain = text.translate(_table())
    cuts: list[int] = []
    shifts: list[int] = []
    kept: list[str] = []
    at = removed = 0
    for start, end in _left_out(plain):
        if start < at:
            continue
        kept.append(plain[at:start])
        cuts.append(start - removed)
        removed += end - start
        shifts.append(removed)
        at = end
    kept.append(plain[at:])
    return NormalText("".join(kept), text, tuple(cuts), tuple(shifts))


def _left_out(plain: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = [m.span() for m in _INVISIBLE.finditer(plain)]
    toned = [m.span() for m in PINYIN.finditer(plain)]
    if len(toned) >= PINYIN_EVERYWHERE:
        toned = [m.span() for m in NEUTRAL.finditer(plain)]
    found += toned
    for match in SPLIT_YEAR.finditer(plain):
        found += [
            (match.start() + i, match.start() + i + 1)
            for i, letter in enumerate(match.group())
            if letter == " "
        ]
    return sorted(found)


_INVISIBLE = re.compile(f"[{INVISIBLE}]+")


@cache
def _table() -> dict[int, str]:
    """Return what each character becomes; built once, one character for one character."""
    table = {ord(c): unicodedata.normalize("NFKC", c) for c in _compatibility()}
    table |= {ord(c): to for c, to in RADICALS.items()}
    table |= {ord(c): " " for c in _members(SPACES)}
    table |= {ord(c): "-" for c in "−﹣－‐‑‒"}
    han = [chr(c) for c in chain(range(0x3400, 0x4DC0), range(0x4E00, 0xA000)) if c not in table]
    simple = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    table |= {ord(a): b for a, b in zip(han, simple, strict=True) if a != b and len(b) == 1}
    for code, to in table.items():
        once = table.get(ord(to), to) if len(to) == 1 else to
        table[code] = VARIANTS.get(once, once)
    table |= {ord(a): b for a, b in VARIANTS.items()}
    return {code: to for code, to in table.items() if len(to) == 1 and chr(code) != to}


def _compatibility() -> Iterator[str]:
    for first, last in (
        (0x2F00, 0x2FD5),  # Kangxi radicals
        (0xF900, 0xFAFF),  # compatibility ideographs
        (0x2F800, 0x2FA1D),
        (0xFE10, 0xFE19),  # vertical forms
        (0xFE30, 0xFE4F),
        (0xFE50, 0xFE6B),  # small forms
        (0xFF01, 0xFF5E),  # full-width
        (0xFFE0, 0xFFE6),
    ):
        yield from map(chr, range(first, last + 1))


def _members(ranges: str) -> Iterator[str]:
    """Yield the characters of a regular expression's class."""
    for first, last in re.findall(r"(.)(?:-(.))?", ranges, re.DOTALL):
        yield from map(chr, range(ord(first), ord(last or first) + 1))
