"""The tables of reports, in the shapes in which they are published."""

import pytest

from gongkai.core.extraction.reader import read_bytes
from gongkai.core.forms import State

HEAD = "云川市财政局2023年政府信息公开工作年度报告\n二、主动公开政府信息情况\n"
PLACES = "proactive/{}/{}"


def cells(text, name="a.txt"):
    return {str(c.place): c.cell for c in read_bytes(text.encode(), name).cells}


def values(text):
    return {
        place: str(cell.value) if cell.value is not None else str(cell.state)
        for place, cell in cells(text).items()
    }


def section(row):
    return f"{HEAD}第二十条第（五）项\n信息内容\n上一年项目数量\n本年增/减\n处理决定数量\n{row}\n第二十条第（六）项\n"


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("-657", "-657"),
        ("－657", "-657"),
        ("减657", "-657"),
        ("↓657", "-657"),
        ("657↓", "-657"),
        ("+657", "657"),
        ("增加657", "657"),
        ("1,657", "1657"),
        ("６５７", "657"),
        ("657项", "657"),
        ("0", "0"),
        ("-", "blank"),
        ("——", "blank"),
        ("/", "blank"),
        ("\xa0", "blank"),
        ("约657", "unreadable"),
        ("6 57", "unreadable"),
        ("详见附件", "unreadable"),
        ("0657", "unreadable"),
    ],
)
def test_a_cell_is_read_as_it_is_printed(printed, value):
    page = (
        "<table><tr><td colspan=4>第二十条第（五）项</td></tr><tr><td>信息内容</td><td>上一年项目数量</td>"
        f"<td>本年增/减</td><td>处理决定数量</td></tr><tr><td>行政许可</td><td>9</td><td>{printed}</td><td>3</td></tr></table>"
    )
    cell = cells(page)[PLACES.format("license", "delta")]
    assert (str(cell.value) if cell.value is not None else str(cell.state)) == value
    assert cell.raw == printed.strip(" \xa0") or printed == "\xa0"
    assert (cell.reason is not None) == (value == "unreadable")


def test_the_old_form_is_told_by_its_columns_in_a_later_year():
    reading = read_bytes(section("行政许可\n1\n0\n2").encode(), "a.txt")
    assert (reading.form.key, reading.year) == ("format-2019", 2023)


def test_a_unit_in_the_cell_is_kept_apart_from_the_value():
    text = f"{HEAD}第二十条第（九）项\n信息内容\n采购项目数量\n采购总金额\n政府集中采购\n12\n251000元\n三、"
    cell = cells(text)[PLACES.format("procurement", "amount")]
    assert (str(cell.value), cell.unit, cell.raw) == ("251000", "元", "251000元")


def test_an_amount_without_a_unit_has_none():
    text = f"{HEAD}第二十条第（九）项\n信息内容\n采购项目数量\n采购总金额\n政府集中采购\n459\n3540273.8433\n三、"
    assert cells(text)[PLACES.format("procurement", "amount")].unit is None


def test_figures_in_long_notes_of_labels_are_no_figures():
    text = section("行政许可（指2019年事项数，减用负值表示，如-8）\n1\n-1\n2")
    assert values(text) == {
        "proactive/license/prev_items": "1",
        "proactive/license/delta": "-1",
        "proactive/license/decisions": "2",
    }


def test_a_row_of_the_locality_keeps_its_figures_to_itself():
    text = (
        f"{HEAD}第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n0\n0\n0\n"
        "行政规范性文件\n2\n1\n19\n其他主动公开文件\n186\n86\n255\n第二十条第（五）项\n"
    )
    found = values(text)
    assert found["proactive/normative/valid"] == "19"
    assert found["proactive/local:其他主动公开文件/valid"] == "255"


def test_columns_in_another_order_are_read_under_their_headings():
    page = (
        "<table><tr><td>信息内容</td><td>现行有效件数</td><td>本年制发件数</td><td>本年废止件数</td></tr>"
        "<tr><td>规章</td><td>12</td><td>2</td><td>1</td></tr></table>"
    )
    assert values(page) == {
        "proactive/rules/issued": "2",
        "proactive/rules/repealed": "1",
        "proactive/rules/valid": "12",
    }


def test_digits_without_gaps_are_cut_only_where_the_cut_is_certain():
    one = section("行政许可3960181其他对外管理服务事项100153").replace("\n", "")
    assert set(values(one).values()) == {"unreadable"}
    same = f"{HEAD}第二十条第（一）项信息内容本年制发件数本年废止件数现行有效件数规章000行政规范性文件898989第二十条第（五）项"
    assert list(values(same).values()) == ["0", "0", "0", "89", "89", "89"]


def test_a_figure_that_may_be_half_is_left_out():
    text = f"{HEAD}第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n0\n0\n0\n行政规范性文件\n2\n1\n1"
    found = values(text)
    assert found["proactive/normative/repealed"] == "1"
    assert "proactive/normative/valid" not in found


def test_a_merged_figure_belongs_to_no_cell():
    page = (
        "<table><tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>"
        "<tr><td>规章</td><td>1</td><td rowspan=2>7</td><td>3</td></tr><tr><td>行政规范性文件</td><td>2</td><td>4</td></tr></table>"
    )
    assert values(page)["proactive/normative/repealed"] == "unreadable"


def test_a_local_statistical_table_has_figures_of_the_year_and_totals():
    text = (
        "云川县2014年度政府信息公开工作年度报告\n政府信息公开情况统计表 指标名称 计量单位 2014年度 历年累计 "
        "主动公开文件数 条 2543 78967 其中：1、政府网站公开数 条 2543 78967 2、政府公报公开数 条 0 0 "
        "受理依申请公开信息总数 条 1 1 其中：1、当面申请数 条 0 0 2、网上申请数 条 0 0 3、信函、传真申请数 条 1 1"
    )
    found = cells(text)
    assert str(found["stat65/proactive_total/cumulative"].value) == "78967"
    assert str(found["stat65/local:信函传真申请数/value"].value) == "1"
    assert found["stat65/req_web/value"].state is State.ZERO
    # the form counts applications in 件, this table in 条
    assert found["stat65/req_received/value"].unit == "条"


def test_several_units_side_by_side_are_not_taken_for_one():
    text = (
        "| 序号 | 统计指标 | 单位 | 区政府统计数 | 区直单位统计数 | 乡镇街道统计数 |\n|---|---|---|---|---|---|\n"
        "| 22 | （一）收到申请数 | 件 | 1 | 2 | 3 |\n| 23 | 1.当面申请数 | 件 | 1 | 2 | 3 |\n"
        "| 24 | 2.传真申请数 | 件 | 0 | 0 | 0 |\n| 25 | 3.网络申请数 | 件 | 0 | 0 | 0 |\n| 26 | 4.信函申请数 | 件 | 0 | 0 | 0 |\n"
    )
    assert not [c for c in cells(text).values() if c.state is State.VALUE]


RUN_TOGETHER = (
    "云川县2018年度政府信息公开工作年度报告\n二、主动公开政府信息情况。2018年全县主动公开政府信息{said}。\n"
    "政府信息公开情况统计表指标名称计量单位2018年度历年累计主动公开文件数条206912106其中：1.政府网站公开数条206912106"
    "2.政府公报公开数条00受理依申请公开信息总数条00其中：1.当面申请数条002.网上申请数条003.信函、传真申请数条00"
)


def test_the_narrative_may_say_how_digits_are_to_be_cut():
    found = cells(RUN_TOGETHER.format(said="2069条"))
    for row in ("proactive_total", "ch_website"):
        assert str(found[f"stat65/{row}/value"].value) == "2069"
        assert str(found[f"stat65/{row}/cumulative"].value) == "12106"


@pytest.mark.parametrize("said", ["信息若干条", "2070条", "2条", "2000多条"])
def test_a_narrative_that_says_something_else_does_not(said):
    found = cells(RUN_TOGETHER.format(said=said))
    assert found["stat65/proactive_total/value"].state is State.UNREADABLE
    assert found["stat65/ch_gazette/value"].state is State.ZERO
