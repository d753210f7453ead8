from datetime import date
from decimal import Decimal

import pytest
from tests.core.rendering.issued import report

from gongkai.core.days import in_chinese
from gongkai.core.forms import FilledForm, Place, State, cell_of, form
from gongkai.core.forms.filled import Cell
from gongkai.core.rendering import (
    Block,
    IssuedReport,
    NotANumber,
    Origin,
    OutsideTheForm,
    UnknownFormat,
    blocks_of,
    render,
)
from gongkai.core.rendering.cleaning import clean, harmless, one_line
from gongkai.core.rendering.report import figure_text, ranked


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        pytest.param("公\u202e开", "公开", id="a direction mark goes"),
        pytest.param("公\u200b开\ufeff", "公开", id="invisible marks go"),
        pytest.param("公\x00开\x1b", "公开", id="control characters go"),
        pytest.param("公\ud800开\ufffe", "公开", id="what XML forbids goes"),
        pytest.param("甲\r\n乙\u2028丙", "甲\n乙\n丙", id="every line end is a line feed"),
        pytest.param("甲\t乙", "甲 乙", id="a tab is a space"),
        pytest.param("葛\U000e0100", "葛", id="a variation selector goes"),
        pytest.param("〔2024〕①㎡“”—", "〔2024〕①㎡“”—", id="official signs stay"),
        pytest.param("𠮷", "𠮷", id="a rare character stays"),
    ],
)
def test_only_what_can_be_seen_is_printed(text, kept):
    assert clean(text) == kept


def test_a_text_of_one_line_has_no_line_ends():
    assert one_line(" 甲 \n\n 乙 ") == "甲 乙"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", " =1"])
def test_a_formula_is_only_text_to_a_spreadsheet(text):
    assert harmless(text) == f"'{text}"
    assert harmless("一、=1") == "一、=1"


def test_short_numbered_lines_are_headings_and_long_ones_are_paragraphs():
    text = "（一）主动公开情况\n1.强化组织建设。为保证工作。\n2.平台建设\n\n全年公开2603条。\n3.5万条信息"
    assert [block.level for block in blocks_of(text)] == [2, 0, 3, 0, 0]


def test_no_depth_of_headings_is_skipped():
    blocks = [Block("1.甲", 3), Block("文"), Block("（一）乙", 2), Block("1.丙", 3)]
    assert [rank for _, rank in ranked(blocks)] == [2, 0, 2, 3]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (cell_of(None), ""),
        (cell_of(0), "0"),
        (cell_of("-0"), "0"),
        (cell_of("0.00"), "0"),
        (cell_of("76.10"), "76.10"),
        (cell_of(Decimal("1E+3")), "1000"),
        (cell_of(-657), "-657"),
        (Cell(State.UNREADABLE, raw="1O件\n", reason="字母"), "1O件"),
    ],
)
def test_a_figure_is_printed_as_plain_digits(cell, text):
    assert figure_text(cell) == text


def test_a_day_is_written_without_padding():
    assert in_chinese(date(2021, 2, 2)) == "2021年2月2日"


def test_a_cell_outside_the_form_is_refused_rather_than_dropped():
    place = Place("requests", "local:另册", "natural")
    with pytest.raises(OutsideTheForm, match="requests/local:另册/natural"):
        IssuedReport("甲", "乙", 2021, FilledForm(form("format-2021"), {place: cell_of(1)}))


def test_an_infinite_figure_is_refused():
    place = Place("requests", "new", "natural")
    bad = FilledForm(form("format-2021"), {place: cell_of("Infinity")})
    with pytest.raises(NotANumber, match="一、本年新收政府信息公开申请数量 / 自然人"):
        IssuedReport("甲", "乙", 2021, bad)


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "//evil.example", "/\\evil.example", "data:text/html,x"]
)
def test_an_origin_leads_to_this_site_or_a_web_address_and_nowhere_else(href):
    assert Origin("declared", "甲", href).href is None
    assert Origin("declared", "甲", "/年报/1").href == "/年报/1"


def test_a_title_too_long_for_a_line_breaks_after_the_agency():
    assert report().title_lines == ("云川市人民政府", "2021年政府信息公开工作年度报告")
    assert report(title="云川市2021年年报").title_lines == ("云川市2021年年报",)


def test_an_unknown_format_is_refused_with_the_known_ones():
    with pytest.raises(UnknownFormat, match="html、docx、pdf、xlsx、json、csv"):
        render(report(), "ofd")
