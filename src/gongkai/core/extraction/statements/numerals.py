"""Numbers in Arabic and Chinese numerals."""

from decimal import Decimal

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10_000, "亿": 100_000_000}


def number(text: str) -> Decimal | None:
    """Return the number that *text* spells (``1,234``, ``24.8万``, ``三百二十``), or ``None``.

    >>> number("24.8万"), number("一百零二"), number("1万5千")
    (Decimal('248000.0'), Decimal('102'), Decimal('15000'))
    """
    plain = text.replace(",", "")
    if not plain:
        return None
    total = Decimal(0)
    section = ""
    for letter in plain:
        if letter in MYRIADS:
            value = _below_myriad(section) if section else Decimal(1)
            if value is None:
                return None
            total = (total + value) * MYRIADS[letter] if letter == "亿" else total + value * 10_000
            section = ""
        else:
            section += letter
    if not section:
        return total
    rest = _below_myriad(section)
    return None if rest is None else total + rest


def _below_myriad(text: str) -> Decimal | None:
    if all(c in "0123456789." for c in text):
        return Decimal(text) if text.count(".") <= 1 and text[0] != "." else None
    total, digits = Decimal(0), ""
    for letter in text:
        if letter in TENS:
            value = _plain(digits) if digits else Decimal(1)
            if value is None:
                return None
            total += value * TENS[letter]
            digits = ""
        elif letter in DIGITS or letter in "0123456789.":
            digits += letter
        else:
            return None
    if digits:
        value = _plain(digits.lstrip("零〇") or "零")
        if value is None:
            return None
        total += value
    return total


def _plain(digits: str) -> Decimal | None:
    spelled = "".join(str(DIGITS.get(c, c)) for c in digits)
    return Decimal(spelled) if spelled.count(".") <= 1 and spelled.strip(".") else None
