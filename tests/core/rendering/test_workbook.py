import io
from dataclasses import replace

import openpyxl
import pytest
from tests.core.rendering.issued import hostile_report, report

from gongkai.core.forms import Place, cell_of
from gongkai.core.rendering import Chapter, render


def opened(made):
    return openpyxl.load_workbook(io.BytesIO(render(made, "xlsx")))


@pytest.fixture(scope="module")
def book():
    return opened(report(figures={"requests/new/natural": 10, "requests/new/biz": 0, "proactive/charge/amount": "72701.2578"}))  # fmt: skip


def test_there_is_a_sheet_for_each_table_the_narrative_and_the_data(book):
    assert book.sheetnames == [
        "正文",
        "主动公开政府信息情况",
        "收到和处理政府信息公开申请情况",
        "政府信息公开行政复议、行政诉讼情况",
        "数据",
    ]


def test_numbers_are_numbers_zeros_are_zeros_and_blanks_are_blank(book):
    sheet = book["收到和处理政府信息公开申请情况"]
    assert [cell.value for cell in sheet[5]][3:7] == [10, 0, None, None]
    assert book["主动公开政府信息情况"].cell(15, 2).value == 72701.2578


def test_decimals_are_shown_as_they_were_given():
    sheet = opened(report("stat65-2014", {"stat65/budget/value": "76.10"}))[
        "政府信息公开情况统计表"
    ]
    cell = sheet.cell(63, 4)
    assert (cell.value, cell.number_format) == (76.1, "0.00")


def test_a_number_too_long_for_a_spreadsheet_stays_whole_as_text():
    digits = "1234567890123456789"
    sheet = opened(report(figures={"requests/new/natural": digits}))[
        "收到和处理政府信息公开申请情况"
    ]
    assert sheet.cell(5, 4).value == digits


def test_the_label_of_the_results_is_merged_over_its_lines(book):
    merged = {str(area) for area in book["收到和处理政府信息公开申请情况"].merged_cells.ranges}
    assert "A7:A28" in merged


def test_the_data_sheet_has_a_line_for_each_cell_with_its_state(book):
    lines = list(book["数据"].iter_rows(values_only=True))
    assert lines[0] == ("table", "row", "column", "label", "value", "unit", "state")
    found = {line[:3]: line[3:] for line in lines[1:]}
    assert found["requests", "new", "natural"] == (
        "一、本年新收政府信息公开申请数量 / 自然人",
        10,
        "件",
        "value",
    )
    assert found["requests", "new", "biz"][1:] == (0, "件", "zero")
    assert found["requests", "new", "ngo"][1:] == (None, "件", "blank")


def test_nothing_that_people_wrote_is_a_formula():
    book = opened(hostile_report())
    values = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in values if cell.data_type == "f"]
    assert not [sheet for sheet in book if sheet._hyperlinks]
    assert "=1+cmd|' /C calc'!A0" in {cell.value for cell in values}


def test_a_figure_with_a_unit_of_its_own_is_text_so_that_nobody_adds_it_up():
    made = report("format-2019")
    place = Place("proactive", "rules", "made")
    odd = replace(made, form=made.form.with_cell(place, cell_of(3, unit="部")))
    cell = opened(odd)["主动公开政府信息情况"].cell(4, 2)
    assert (cell.value, cell.data_type) == ("3部", "s")


def test_a_paragraph_longer_than_a_cell_loses_nothing():
    text = "公开" * 20_000
    sheet = opened(report(chapters=(Chapter.of("一、总体情况", text),)))["正文"]
    assert text in "".join(str(row[0]) for row in sheet.iter_rows(values_only=True))


def test_tables_print_on_the_width_of_a_page_with_their_heads_repeated(book):
    sheet = book["收到和处理政府信息公开申请情况"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == (9, 0)
    assert sheet.print_title_rows == "$1:$4"


def test_the_same_report_gives_the_same_file():
    assert render(report(), "xlsx") == render(report(), "xlsx")
