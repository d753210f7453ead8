"""Whose report it is, for which year, and which form it follows, where only the words tell."""

import pytest

from gongkai.core.extraction.reader import read

CHAPTERS_2008 = """一、概述
本单位认真贯彻条例。
二、政府信息主动公开情况
全年公开信息12条。
三、政府依申请公开和不予公开信息情况
未收到申请。
四、政府信息公开收费和减免情况
未收取费用。
"""


def reading_of(text):
    return read(text.encode(), "报告.txt")


@pytest.mark.parametrize(
    ("sentence", "agency"),
    [
        ("现将青河区教育局2017年度政府信息公开年度报告向社会公布。", "青河区教育局"),
        ("特向社会公布柳林街道2021年度信息公开年度报告。", "柳林街道办事处"),
        ("特向社会公布2013年度石桥镇政府信息公开年度报告。", "石桥镇人民政府"),
        ("现公布云川市民政局2016年政府信息公开年度报告。", "云川市民政局"),
        ("现将我局2016年政府信息公开工作报告如下。", None),
        ("特向社会公布2013年度区卫生局政府信息公开年度报告。", None),
        ("特向社会公布2009年度本机关信息公开年度报告。", None),
    ],
)
def test_an_agency_is_who_the_report_says_it_is_of(sentence, agency):
    assert reading_of(f"根据条例规定,{sentence}\n一、概述\n我局工作正常。").agency == agency


def test_a_title_loses_the_word_that_says_title():
    reading = reading_of(
        "标题青河区杨湾乡2022年政府信息公开工作年度报告\n\n一、总体情况\n发布信息3条。"
    )
    assert reading.title == "青河区杨湾乡2022年政府信息公开工作年度报告"
    assert reading.agency == "青河区杨湾乡人民政府"


def test_a_title_without_a_name_takes_it_from_the_line_above():
    reading = reading_of(
        "2022年政府信息公开工作年度报告\n云川县松塘镇人民政府\n2022年政府信息公开工作年度报告\n一、总体情况"
    )
    assert reading.agency == "云川县松塘镇人民政府"


@pytest.mark.parametrize(
    ("year", "text", "form"),
    [
        (2012, CHAPTERS_2008, "narrative-2008"),
        (2016, CHAPTERS_2008, "narrative-2008"),
        (2010, "概述\n本镇正常。\n政府信息主动公开情况\n公开5条。\n", "narrative-2008"),
        (2016, "概述\n本镇正常。\n政府信息主动公开情况\n公开5条。\n", None),
        (2022, CHAPTERS_2008, None),
    ],
    ids=["early", "with-three", "two-are-enough-early", "two-are-not-later", "later-forms"],
)
def test_chapters_tell_the_narrative_form_in_its_years(year, text, form):
    reading = reading_of(f"云川市档案局{year}年政府信息公开工作年度报告\n{text}")
    assert (reading.form.key if reading.form else None) == form
