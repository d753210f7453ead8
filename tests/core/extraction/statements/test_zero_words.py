"""Zeros that stand behind what there was none of, and letters counted in their own unit."""

import pytest

from gongkai.core.extraction.normal import normal
from gongkai.core.extraction.statements import statements


def said(text):
    return [(f"{s.value:f}", s.unit, s.indicator) for s in statements(normal(text))]


@pytest.mark.parametrize(
    ("sentence", "indicators"),
    [
        ("受理信息公开申请数为零,行政复议数为零。", ["requests.received", "remedies.reconsideration"]),
        ("依申请公开、行政复议、行政诉讼均为零。", ["requests.received", "remedies.reconsideration", "remedies.litigation"]),
        ("全年未发生投诉,收费为零。", ["complaints.total", "fees.collected"]),
    ],
    ids=["each", "together", "fees"],
)  # fmt: skip
def test_what_is_zero_may_stand_before_the_word(sentence, indicators):
    assert [(value, key) for value, _, key in said(sentence)] == [("0", key) for key in indicators]


@pytest.mark.parametrize("sentence", ["让群众办事成本为零负担。", "失误率为零。", "经费支出为零。"])
def test_other_zeros_are_none_of_ours(sentence):
    assert said(sentence) == []


def test_letters_are_counted_in_their_own_unit():
    assert said("市长信箱受理来信2345封。")[0][:2] == ("2345", "封")


def test_a_daily_average_is_not_the_total_of_visits():
    assert said("网站访问量24万次,日均浏览量657次。")[1] == ("657", "次", None)


def test_a_number_on_a_line_of_its_own_belongs_to_its_sentence():
    text = "本区累计主动公开政府信息\n5928\n条,全文电子化率达\n90.3%\n,另收到申请\n21\n件。"
    assert [value for value, _, _ in said(text)] == ["5928", "90.3", "21"]


def test_numbers_in_cells_of_their_own_make_no_sentence():
    assert said("接受培训\n人次\n160\n人员总数\n12\n") == []
