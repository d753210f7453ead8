"""A document in a few words: its own sentences, never too long, never its phrases of habit."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.abridging import MORE, cut, gist, plain

NOTICE = """各县（市、区）人民政府：
根据省政府有关要求，经市政府同意，现将有关事项通知如下。
一、提高标准
自2026年4月1日起，城市低保标准由每人每月680元提高到720元，农村低保标准提高到每人每年6480元。
二、抓好落实
请结合实际，认真贯彻执行。"""


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        pytest.param(80, "自2026年4月1日起，城市低保标准由每人每月680元提高到720元，农村低保标准提高到每人每年6480元。", id="the sentence that says what changes"),
        pytest.param(45, "自2026年4月1日起，城市低保标准由每人每月680元提高到720元……", id="cut where a clause ends"),
        pytest.param(0, "", id="no room"),
    ],
)  # fmt: skip
def test_the_core_sentence_is_the_one_that_tells_something(limit, told):
    assert gist(NOTICE, limit) == told


def test_a_summary_that_somebody_wrote_goes_first():
    assert gist(NOTICE, 60, summary="城乡低保标准提高。") == "城乡低保标准提高。"


def test_html_becomes_lines_without_tables_and_scripts():
    html = (
        "<p>甲<br>乙</p><table><tr><td>表</td></tr></table><script>x</script><ul><li>丙</li></ul>"
    )
    assert plain(html) == "甲\n乙\n丙"


@settings(max_examples=60)
@given(st.text("水库，。；管理自2026年1月1日起：\n", max_size=200), st.integers(0, 160))
def test_it_is_never_longer_than_allowed_and_made_of_the_documents_own_words(text, limit):
    told = gist(text, limit)
    assert len(told) <= limit
    rest = iter(text)
    assert all(character in rest for character in told.removesuffix(MORE)), "in their order"
    assert len(cut(text, limit)) <= max(limit, 0)
