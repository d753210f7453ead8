from dataclasses import replace

import pytest
from hypothesis import given, settings
from tests.core.rendering.issued import filled, report, reports

from gongkai.core.forms import Place, cell_of, form, forms
from gongkai.core.rendering import Chapter, Role, parts
from gongkai.core.rendering.layout import printed_table, text_width


def texts(table):
    return [[cell.text for cell in row] for row in table.rows()]


def cell(table, text):
    (found,) = [cell for cell in table.cells if cell.text == text]
    return found


def printed(key, table, figures=None):
    return printed_table(form(key).table(table), filled(key, figures or {}))


def test_the_results_of_2019_span_twenty_lines_and_those_of_2021_twenty_two():
    assert cell(printed("format-2019", "requests"), "三、本年度办理结果").lines == 20
    assert cell(printed("format-2021", "requests"), "三、本年度办理结果").lines == 22


@pytest.mark.parametrize(
    ("label", "lines"),
    [("（三）不予公开", 8), ("（四）无法提供", 3), ("（五）不予处理", 5), ("（六）其他处理", 3)],
)
def test_a_group_of_results_spans_its_rows(label, lines):
    assert cell(printed("format-2021", "requests"), label).lines == lines


def test_a_single_row_of_other_results_is_printed_without_the_three_rows_it_stands_for():
    table = printed("format-2021", "requests", {"requests/other/natural": 3})
    other = cell(table, "（六）其他处理")
    assert (other.lines, other.columns) == (1, 2)
    assert "3.其他" not in {cell.text for cell in table.cells}
    assert cell(table, "三、本年度办理结果").lines == 20


def test_a_subtotal_that_somebody_filled_in_is_printed_and_not_lost():
    table = printed("format-2019", "requests", {"requests/denied/natural": 7})
    denied = cell(table, "（三）不予公开")
    (figure,) = [c for c in table.cells if c.text == "7"]
    assert figure.line == denied.line


def test_the_head_of_the_requests_has_three_lines():
    table = printed("format-2021", "requests")
    assert texts(table)[:3] == [
        ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况"],
        ["自然人", "法人或其他组织", "总计"],
        ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
    ]
    assert table.head_lines == 3


def test_the_remedies_are_one_row_of_fifteen_figures():
    table = printed("format-2019", "remedies")
    rows = list(table.rows())
    assert [len(row) for row in rows] == [2, 7, 10, 15]
    assert [c.text for c in rows[0]] == ["行政复议", "行政诉讼"]
    assert [c.columns for c in rows[0]] == [5, 10]
    assert [c.lines for c in rows[1]] == [2] * 5 + [1] * 2


def test_the_last_column_of_a_narrow_section_takes_the_width_that_is_left():
    rows = {c.text: c for c in printed("format-2019", "proactive").cells}
    assert rows["采购总金额"].columns == 2
    assert {
        c.columns for c in printed("format-2021", "proactive").cells if c.text == "本年处理决定数量"
    } == {3}


def test_the_table_of_2014_prints_number_label_unit_and_figure():
    table = printed("stat65-2014", "stat65", {"stat65/ch_website/value": 95842})
    rows = texts(table)
    assert len(rows) == 66
    assert rows[0] == ["序号", "统计指标", "单位", "统计数"]
    assert rows[1] == ["1", "一、主动公开情况", "——", ""]
    assert rows[7] == ["7", "2.政府网站公开政府信息数", "条", "95842"]


def test_a_local_column_of_totals_is_printed_only_where_something_stands_in_it():
    assert printed("stat65-2014", "stat65").columns == 4
    table = printed("stat65-2014", "stat65", {"stat65/req_received/cumulative": 9})
    assert table.columns == 5
    assert texts(table)[0][-1] == "历年累计"


def test_a_chosen_unit_stands_in_the_heading_of_its_column():
    place = Place("proactive", "procurement", "amount")
    chosen = filled("format-2019", {}).with_cell(place, cell_of("3540273.8433", unit="元"))
    table = printed_table(form("format-2019").table("proactive"), chosen)
    assert "采购总金额（单位：元）" in {c.text for c in table.cells}
    assert "3540273.8433" in {c.text for c in table.cells}
    odd = Place("proactive", "rules", "made")
    table = printed_table(
        form("format-2019").table("proactive"),
        replace(chosen, cells={odd: cell_of(3, unit="部")}),
    )
    assert "3部" in {c.text for c in table.cells}


def test_a_figure_is_named_by_what_stands_above_it_and_beside_it():
    table = printed("format-2021", "requests", {"requests/d_secret/biz": 5})
    (figure,) = [c for c in table.cells if c.text == "5"]
    assert {c.text for c in table.headings(figure)} == {
        "申请人情况",
        "法人或其他组织",
        "商业企业",
        "三、本年度办理结果",
        "（三）不予公开",
        "1.属于国家秘密",
    }


def test_a_heading_names_only_the_figures_of_its_own_section():
    table = printed("format-2021", "proactive", {"proactive/coercion/decisions": 4})
    (figure,) = [c for c in table.cells if c.text == "4"]
    assert [c.text for c in table.headings(figure)] == [
        "第二十条第（六）项",
        "本年处理决定数量",
        "行政强制",
    ]


def test_every_table_has_its_chapter_even_where_nobody_wrote_one():
    made = report(chapters=(Chapter.of("六、其他需要报告的事项", "无。"),))
    assert [part.chapter.heading for part in parts(made)] == [
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "六、其他需要报告的事项",
    ]


def test_a_chapter_under_another_name_of_the_heading_keeps_its_table():
    alias = "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"
    made = report(chapters=(Chapter.of(alias, ""),))
    (part,) = [part for part in parts(made) if part.chapter.heading == alias]
    assert [table.key for table in part.tables] == ["remedies"]


def test_the_table_of_2014_is_an_appendix():
    assert [part.appendix for part in parts(report("stat65-2014"))] == [False, True]


@pytest.mark.parametrize("official", forms(), ids=lambda f: f.key)
def test_every_place_of_a_form_is_printed_exactly_once(official):
    for table in official.tables:
        figures = [c.place for c in printed(official.key, table.key).cells if c.role is Role.FIGURE]
        asked = [p for p in official.places if p.table == table.key]
        assert len(figures) == len(set(figures))
        assert set(asked) <= set(figures)


@settings(max_examples=40, deadline=None)
@given(reports())
def test_the_cells_of_a_table_cover_its_grid_without_gap_or_overlap(made):
    for part in parts(made):
        for table in part.tables:
            covered = [
                (line, column)
                for c in table.cells
                for line in range(c.line, c.line + c.lines)
                for column in range(c.column, c.column + c.columns)
            ]
            assert sorted(covered) == [
                (line, column) for line in range(table.lines) for column in range(table.columns)
            ]
            assert sum(table.widths) == pytest.approx(text_width())
