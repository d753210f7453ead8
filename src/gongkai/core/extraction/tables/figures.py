"""What the text of a cell says: a value, a zero, nothing, or something that is no figure."""

import re
from decimal import Decimal

from gongkai.core.forms import Cell, State

NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
UNITS = r"万元|亿元|元|人次|件次|万件|万条|件|条|项|次|个|人|篇|份|宗|起|期|户|家|类|部|场|名"
SIGNS = {
    "+": 1,
    "-": -1,
    "↑": 1,
    "↓": -1,
    "增": 1,
    "减": -1,
    "负": -1,
    "增加": 1,
    "减少": -1,
    "正": 1,
}

_FIGURE = re.compile(
    rf"(?P<sign>增加|减少|[+\-↑↓增减负正])?\s*(?P<number>{NUMBER})\s*\(?(?P<unit>{UNITS})?\)?\s*(?P<arrow>[↑↓])?"
)
_BLANK = re.compile(r"[\s\-—–―/\\_·.。、~*×|]*|无|空|暂无|无数据")
_ZERO = re.compile(r"零|[〇○◯oO]")
_PADDED = re.compile(r"0[\d,]")
_ROUGH = re.compile(r"[余多约近几]")

NO_FIGURE = "这一格里不是数字"
SEVERAL = "这一格里有几个数，不能确定是哪一个"
ROUGH = "这一格里不是确数"
LOST_BLANKS = "这一行的空格在转换中丢失了，不能确定各数属于哪一列"
NOT_UNIQUE = "各列的数连在一起没有分隔，切分不唯一"
TOO_MANY = "这一行的数比列多，不能确定各数属于哪一列"
MERGED = "这一格与别的格合并在一起，不能确定属于哪一格"


def cell(matched: str, raw: str) -> Cell:
    """Return what a cell says.

    Args:
        matched: The cell's text, normalised.
        raw: The same as printed.
    """
    text = matched.strip()
    if _BLANK.fullmatch(text):
        return Cell(State.BLANK, raw=raw)
    if (found := _FIGURE.fullmatch(text)) and not _PADDED.match(found["number"]):
        number = Decimal(found["number"].replace(",", ""))
        sign = SIGNS.get(found["sign"] or found["arrow"] or "+", 1)
        return Cell(
            State.VALUE if number else State.ZERO,
            number * sign if number else Decimal(0),
            raw,
            found["unit"],
        )
    if _ZERO.fullmatch(text):
        return Cell(State.ZERO, Decimal(0), raw)
    return unreadable(raw, _reason(text))


def _reason(text: str) -> str:
    if _ROUGH.search(text):
        return ROUGH
    return SEVERAL if len(re.findall(r"\d+", text)) > 1 else NO_FIGURE


def unreadable(raw: str, reason: str) -> Cell:
    """Return a cell that could not be read, with the reason."""
    return Cell(State.UNREADABLE, raw=raw, reason=reason)
