"""What a person types into a cell, pure: ``１，２３４`` is 1234, nothing is a blank, and a dash is a question."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from gongkai.core.forms import Form, Place
from gongkai.core.refusal import Refusal

GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")
DASHES = frozenset("-—–―－/\\无")
INTEGER_DIGITS = 11
DECIMAL_DIGITS = 4
"""As many as both databases keep exactly."""


class NotANumber(Refusal):
    """“{text}”不是数。请填写阿拉伯数字，例如 12。"""


class ADash(Refusal):
    """“{text}”说不清是零还是没有统计。没有发生请填 0，没有统计请留空。"""


class NotWhole(Refusal):
    """这一格按{unit}计数，只能填整数，“{text}”不是整数。"""


class Negative(Refusal):
    """这一格不能是负数。只有“增/减”可以填负数。"""


class TooLong(Refusal):
    """“{text}”太长：整数部分最多 11 位，小数最多 4 位。请检查计量单位是否填对。"""


def entered(text: str, form: Form, place: Place) -> Decimal | None:
    """Return the value that *text* means in *place*; ``None`` for a blank.

    A thousands separator, full-width digits, spaces and the unit of the cell itself are read over.

    Raises:
        NotANumber: And its relatives above, each with what to do.
    """
    told = text.strip()
    plain = unicodedata.normalize("NFKC", told)
    plain = "".join(plain.split())
    unit = form.unit(place)
    if unit and plain.endswith(unit):
        plain = plain.removesuffix(unit)
    if not plain:
        return None
    if set(plain) <= DASHES:
        raise ADash(text=told[:20])
    if GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if not re.fullmatch(r"[+-]?(\d+\.?\d*|\.\d+)", plain, re.ASCII):
        raise NotANumber(text=told[:20])
    return _within(plain, told, form, place)


def _within(plain: str, told: str, form: Form, place: Place) -> Decimal:
    try:
        value = Decimal(plain)
    except InvalidOperation:
        raise NotANumber(text=told[:20]) from None
    kind = form.kind(place)
    if kind != "money" and value != value.to_integral_value():
        raise NotWhole(unit=form.unit(place) or "个数", text=told[:20])
    if kind != "signed" and value < 0:
        raise Negative
    if not keeps(value):
        raise TooLong(text=told[:20])
    return value + 0  # -0 is 0


def keeps(value: Decimal | None) -> bool:
    """Tell whether *value* is kept to its last digit by both databases."""
    if value is None:
        return True
    exponent = value.normalize().as_tuple().exponent
    decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return abs(value) < 10**INTEGER_DIGITS and decimals <= DECIMAL_DIGITS
