from decimal import Decimal

import pytest

from gongkai.core.extraction.statements.numerals import number


@pytest.mark.parametrize(
    ("spelled", "value"),
    [
        ("0", 0), ("1,234", 1234), ("24.8万", 248000), ("3亿", 300_000_000), ("十", 10), ("十二", 12),
        ("二十", 20), ("一百零二", 102), ("两", 2), ("三千五百", 3500), ("一万二千", 12000), ("二〇一六", 2016),
        ("1万5千", 15000),
    ],
)  # fmt: skip
def test_a_numeral_has_its_value(spelled, value):
    assert number(spelled) == Decimal(value)


@pytest.mark.parametrize("words", ["", "若干", "1.2.3", "."])
def test_what_is_no_numeral_has_none(words):
    assert number(words) is None
