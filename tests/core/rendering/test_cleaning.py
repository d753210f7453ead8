"""What may be printed is decided sign by sign; the usual ones are let through without a look."""

import sys
import unicodedata

from gongkai.core.rendering.cleaning import LINE_ENDS, ODD, VARIATION_SELECTORS, clean


def test_every_sign_that_is_not_looked_at_may_be_printed():
    usual = [chr(code) for code in range(sys.maxunicode + 1) if not ODD.search(chr(code))]
    assert len(usual) > 20_000
    for char in usual:
        assert char == "\n" or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Cn"}
        assert char not in VARIATION_SELECTORS
        assert char not in map(chr, LINE_ENDS)


def test_what_cannot_be_seen_goes_from_between_chinese_signs():
    assert clean("依\u200b申\u202e请\u00ad公\ufe0f开\x07。") == "依申请公开。"
    assert clean("第一行\r\n第二行\u2028第三行\t完") == "第一行\n第二行\n第三行 完"
    assert clean("　㎡ é № 𠮷") == "　㎡ é № 𠮷"
