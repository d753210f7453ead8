from decimal import Decimal

import pytest

from gongkai.core.forms import FilledForm, Place, cell_of, form
from gongkai.core.indicators import UnknownIndicator, indicator, indicator_titled, indicators, named


@pytest.mark.parametrize("item", indicators(), ids=lambda item: item.key)
def test_an_indicator_says_what_it_counts_and_how_it_compares(item):
    assert item.definition.endswith("。")
    assert item.unit in item.units or item.unit in {"元", "万元"}
    assert item.phrases
    assert item.note or item.places, "without a cell in any form it must say why"


@pytest.mark.parametrize("item", indicators(), ids=lambda item: item.key)
def test_the_title_of_an_indicator_leads_to_it(item):
    assert indicator_titled(item.title) is item


def test_an_unknown_indicator_is_refused():
    with pytest.raises(UnknownIndicator):
        indicator("requests.of.the.heart")


def test_litigation_of_the_new_forms_is_direct_and_after_reconsideration_together():
    filled = FilledForm(
        form("format-2021"),
        {
            Place("remedies", "lit_direct", "total"): cell_of(25),
            Place("remedies", "lit_after", "total"): cell_of(52),
        },
    )
    assert indicator("remedies.litigation").value(filled) == 77


def test_a_fee_in_ten_thousands_becomes_yuan():
    filled = FilledForm(
        form("stat65-2014"), {Place("stat65", "req_fee", "value"): cell_of("0.0223")}
    )
    assert indicator("fees.collected").value(filled) == Decimal(223)


def test_nothing_filled_is_no_zero():
    assert indicator("requests.received").value(FilledForm(form("format-2021"))) is None


def test_a_row_printed_with_its_details_is_counted_once():
    filled = FilledForm(
        form("format-2021"),
        {
            Place("requests", "other", "total"): cell_of(5),
            Place("requests", "o_noamend", "total"): cell_of(2),
            Place("requests", "o_other", "total"): cell_of(3),
        },
    )
    assert indicator("outcomes.other").value(filled) == 5


@pytest.mark.parametrize(
    ("subject", "about", "unit", "key"),
    [
        ("受理政府信息公开申请", "", "件", "requests.received"),
        ("网络申请", "受理政府信息公开申请", "件", "requests.online"),
        ("网络", "受理政府信息公开申请", "件", "requests.online"),
        ("被维持具体行政行为", "被申请行政复议", "件", "remedies.reconsideration.upheld"),
        ("行政服务中心共受理申请", "", "件", None),
        ("其中主要负责同志参加新闻发布会", "", "次", "responses.press_conferences_leader"),
        ("设立信息公开电子显示屏", "", "块", None),
    ],
)
def test_words_name_an_indicator_in_their_context(subject, about, unit, key):
    found = named(subject, about=about, unit=unit)
    assert (found.key if found else None) == key
