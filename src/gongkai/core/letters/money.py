"""Amounts in the capital figures of receipts."""

from decimal import ROUND_HALF_UP, Decimal

FIGURES = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "兆")


def in_words(amount: Decimal) -> str:
    """Return *amount* yuan, from 0 to 10¹⁶, as receipts write it.

    >>> in_words(Decimal("83460"))
    '捌万叁仟肆佰陆拾元整'
    """
    cents = int((amount * 100).quantize(Decimal(1), ROUND_HALF_UP))
    yuan, rest = divmod(cents, 100)
    jiao, fen = divmod(rest, 10)
    words = _whole(yuan) + "元" if yuan or not rest else ""
    if not rest:
        return f"{words or '零元'}整"
    if jiao:
        words += f"{FIGURES[jiao]}角"
    elif yuan:
        words += "零"
    return words + (f"{FIGURES[fen]}分" if fen else "整")


def _whole(yuan: int) -> str:
    if not yuan:
        return "零"
    words, gap = "", False
    for power in reversed(range(len(GROUPS))):
        group = yuan // 10_000**power % 10_000
        if not group:
            gap = bool(words)
            continue
        if words and (gap or group < 1000):
            words += "零"
        words += _group(group) + GROUPS[power]
        gap = False
    return words


def _group(number: int) -> str:
    words, gap = "", False
    for place in reversed(range(4)):
        figure = number // 10**place % 10
        if not figure:
            gap = bool(words)
            continue
        words += ("零" if gap else "") + FIGURES[figure] + PLACES[place]
        gap = False
    return words
