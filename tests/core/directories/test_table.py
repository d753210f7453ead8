"""A standard directory as it is published: two-line heads, merged cells, 同上, ticks."""

import io

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.directories import Line, read_table
from gongkai.core.directories.marked import is_chosen, read_channels, said_beside
from gongkai.core.extraction.sources.errors import Unreadable
from gongkai.core.extraction.sources.xlsx import Sheet, sheets

CHANNELS = "■政府网站  □政府公报\n口两微一端  口发布会/听证会\n■行政服务中心  ■其他：办税服务厅"
HEAD = [
    ("序号", 1),
    ("公开事项", 2),
    ("公开内容\n（要素）", 1),
    ("公开依据", 1),
    ("公开时限", 1),
    ("公开主体", 1),
    ("公开渠道和载体", 1),
    ("公开对象", 2),
    ("公开方式", 2),
    ("公开层级", 2),
]
UNDER = {
    "公开事项": ("一级事项", "二级事项"),
    "公开对象": ("全社会", "特定群众"),
    "公开方式": ("主动", "依申请公开"),
    "公开层级": ("县级", "乡、村级"),
}


def published(rows, title="（二十）社会救助领域基层政务公开标准目录", merges=()):
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sheet1")
        sheet.merge_range(0, 0, 0, 13, title)
        place = 0
        for name, width in HEAD:
            if width == 1:
                sheet.merge_range(1, place, 2, place, name)
            else:
                sheet.merge_range(1, place, 1, place + width - 1, name)
                for at, below in enumerate(UNDER[name]):
                    sheet.write(2, place + at, below)
            place += width
        for number, row in enumerate(rows, start=3):
            for at, text in enumerate(row):
                if text:
                    sheet.write(number, at, text)
        for first, last, at, text in merges:
            sheet.merge_range(first, at, last, at, text)
    return stream.getvalue()


def row(  # noqa: PLR0917  # in the order of the table
    number, first="", second="", content="", basis="", limit="", body="", channels="", **ticks
):
    cells = [number, first, second, content, basis, limit, body, channels]
    return [
        *cells,
        *(
            ticks.get(key, "")
            for key in ("public", "some", "active", "request", "county", "township")
        ),
    ]


def test_the_published_form_is_read_line_by_line():
    data = published(
        [
            row(
                "1",
                "",
                "政策法规文件",
                "法规、规章",
                "条例",
                "20个工作日内",
                "县民政局",
                CHANNELS,
                public="√",
                active="√",
                county="√",
                township="√",
            ),
            row(
                "2",
                "",
                "监督检查",
                "投诉电话",
                "同上",
                "同上",
                "上同",
                "同上",
                public="√",
                active="√",
                county="√",
            ),
            row(
                "3",
                "",
                "审批信息",
                "名单",
                "",
                "视情况",
                "",
                "",
                some="√（低保对象）",
                request="√",
                county="□",
                township="■",
            ),
            row(""),
            row("4", "临时救助", "", "办事指南", "", "", "", ""),
        ],
        merges=[(3, 5, 1, "综合业务")],
    )
    first, second, third, fourth = read_table(sheets(data))
    assert {line.field for line in (first, second, third, fourth)} == {"relief"}
    assert [line.facts["first"] for line in (first, second, third, fourth)] == [
        *["综合业务"] * 3,
        "临时救助",
    ]
    assert first.channels.chosen == ("website", "hall", "other")
    assert first.channels.unknown == ("办税服务厅",)
    assert (second.limit.number, second.facts["body"]) == (20, "县民政局")
    assert second.channels == first.channels
    assert (first.levels.county, first.levels.township) == (True, True)
    assert (third.levels.county, third.levels.township) == (False, True)
    assert (third.everybody, third.group, third.on_request) == (False, "低保对象", True)
    assert not third.limit.is_read
    assert "读不出" in third.notes[-1]
    assert "按上一行补" in fourth.notes[0]
    assert not any(line.errors for line in (first, second, third, fourth))


@pytest.mark.parametrize(
    ("lines", "said"),
    {
        "no matter": ([row("1", "", "指南", "内容")], "没有填一级事项"),
        "no content": ([row("1", "救助", "指南")], "没有填公开内容"),
        "nothing above": ([row("1", "救助", "指南", "内容", "同上")], "没有可以照搬"),
        "twice": ([row("1", "救助", "指南", "内 容"), row("2", "救助", "指南", "内容")], "第 4 行的事项和内容相同"),
        "too long": ([row("1", "救" * 300, "指南", "内容")], "超过 200 字"),
    }.values(),
    ids=["no matter", "no content", "nothing above", "twice", "too long"],
)  # fmt: skip
def test_a_line_that_is_no_entry_is_refused_with_its_reason(lines, said):
    assert said in "；".join(read_table(sheets(published(lines)))[-1].errors)


def test_a_table_of_no_known_field_is_refused_and_a_named_one_is_taken():
    data = published([row("1", "救助", "指南", "内容")], title="标准目录")
    assert "哪个领域" in read_table(sheets(data))[0].errors[0]
    assert not read_table(sheets(data), default="relief")[0].errors


def test_ticks_and_scanners_boxes():
    assert [is_chosen(t) for t in ("√", "■", "□", "口", "", "否", "项目单位")] == [
        True, True, False, False, False, False, True,
    ]  # fmt: skip
    assert read_channels("政府网站、精准推送").chosen == ("website", "push")
    assert read_channels("√政府网站 □窗口公示 口广播电视").chosen == ("website",)
    assert said_beside("√（有关企业）") == "有关企业"


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200))
def test_a_file_that_is_no_spreadsheet_is_refused_in_a_sentence(data):
    with pytest.raises(Unreadable):
        sheets(data)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.text("同上■□口√ab1。", max_size=6), min_size=14, max_size=14), max_size=6)
)
def test_whatever_stands_in_the_cells_every_line_is_taken_or_refused(rows):
    lines = read_table(sheets(published(rows)))
    assert all(isinstance(line, Line) for line in lines)
    taken = [line.identity for line in lines if not line.errors]
    assert len(taken) == len(set(taken))


def test_a_column_that_is_not_there_is_named_once_a_line_and_not_taken_for_an_empty_cell():
    head = {1: "一级事项", 2: "二级事项", 3: "公开依据", 4: "公开主体", 5: "公开渠道和载体"}
    rows = {1: head, 2: {1: "综合业务", 2: "监督检查", 3: "条例", 4: "民政局", 5: "政府网站"}}
    (line,) = read_table([Sheet("社会救助", rows, {})])
    assert line.errors == ["这张表没有“公开内容（要素）”一列；请把表头补全再上传"]
    assert line.notes == ["这张表没有“公开时限”一列，算不出应公开日期"]
