"""What a report says against itself, sentence by sentence."""

from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.core.checks import check
from gongkai.core.checks.examined import Examined
from gongkai.core.extraction.document import Span
from gongkai.core.extraction.reading import ReadCell, Reading
from gongkai.core.forms import Cell, Place, State, cell_of, form

NEW, OLD, STAT = form("format-2021"), form("format-2019"), form("stat65-2014")

SOUND = """云川市水务局2023年政府信息公开工作年度报告
发布日期:2024-01-20
本报告所列数据的统计期限自2023年1月1日起至2023年12月31日止。
一、总体情况
2023年,我局主动公开政府信息120条,其中政策文件20条,其他100条。收到申请3件,已按时答复。
二、主动公开政府信息情况
见下表,本年没有制发规章。
三、收到和处理政府信息公开申请情况
见下表,三件申请都在法定期限内答复。
四、政府信息公开行政复议、行政诉讼情况
本年度没有行政复议和行政诉讼。
五、存在的主要问题及改进情况
公开的内容还不够细。2024年将继续完善目录。
六、其他需要报告的事项
本年度没有收取信息处理费。
"""


def report(text=SOUND, *, which=NEW, year=2023, agency="云川市水务局", cells=(), title=None):
    """A reading with cells given as `(place, value[, unit])`."""
    read = []
    for path, value, *unit in cells:
        place = Place(*path.split("/"))
        known = place in which
        read.append(
            ReadCell(
                place,
                which.label(place) if known else place.row.removeprefix("local:"),
                cell_of(value, unit=unit[0] if unit else None),
                Span(len(read), len(read) + 1),
            )
        )
    return Reading("report.txt", text, title, agency, year, which, tuple(read))


def rules_broken(reading, **others):
    return [finding.rule for finding in check(reading, **others)]


def test_a_sound_report_has_no_findings():
    assert rules_broken(report()) == []


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        pytest.param("本局××科负责此项工作。", "text.placeholder", id="crosses left standing"),
        pytest.param("自20 年1月起施行新的制度。", "text.placeholder", id="a year left empty"),
        pytest.param("截至XX年底已全部办结。", "text.placeholder", id="letters for a year"),
        pytest.param("统计到20161月1日为止的数据。", "text.date", id="a year run into its month"),
        pytest.param("数据截至12月31止。", "text.date", id="a day without its day"),
        pytest.param("会议于2月30日召开。", "text.date", id="a day that does not exist"),
        pytest.param("二是c。我局及时印发了文件。", "text.cut", id="a sentence that was lost"),
        pytest.param("共办理各项审批服务事37243件。", "text.cut", id="a word that lost its end"),
        pytest.param(
            "转发省、市uedbet体育_uedbet官网@:做好工作。", "text.advert", id="an advertisement"
        ),
        pytest.param("制定了锟斤拷等文件。", "text.mojibake", id="garbled characters"),
        pytest.param("公开政府信息755多条。", "text.vague", id="an exact figure and more"),
        pytest.param(
            "我乡高度重视,加强领导。", "text.mixed-self", id="a bureau that calls itself a township"
        ),
        pytest.param(
            "2022年,共主动公开政府信息20条。", "period.other-year", id="last year's sentence"
        ),
        pytest.param("報告(bào)了公告(gào)和報(bào)告。", "text.pinyin", id="pinyin in the text"),
        pytest.param("公佈各方麵的谘詢。", "text.converted", id="characters converted by machine"),
    ],
)
def test_a_scar_in_the_text_is_found_and_quoted(sentence, rule):
    text = SOUND.replace("二、主动公开", f"{sentence}\n二、主动公开")
    [finding] = [f for f in check(report(text)) if f.rule == rule]
    start = text.index(sentence)
    assert all(start <= at.start < at.end <= start + len(sentence) for at in finding.at[-1:])
    assert finding.level in {"warning", "note"}


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("近 20 年来首次修订。", id="twenty years"),
        pytest.param("电话139****1234,编号XX-2023-01。", id="a masked number"),
        pytest.param("我国和我省的有关规定,我们认真执行。", id="a nation is not a unit"),
        pytest.param("一是加强领导。二是完善制度。", id="an enumeration"),
        pytest.param("与2022年相比,主动公开信息增加20条。", id="a comparison with last year"),
        pytest.param("公开信息2100余条。", id="a round figure and more"),
        pytest.param("2月28日召开会议,12月31日止。", id="days that exist"),
        pytest.param(
            "举办全民健身体育活动,发布文化体育信息30条。", id="sport is not an advertisement"
        ),
    ],
)
def test_what_only_looks_like_a_scar_is_left_alone(sentence):
    text = SOUND.replace("二、主动公开", f"{sentence}\n二、主动公开")
    assert rules_broken(report(text)) == []


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        pytest.param(
            ("自2023年1月1日起至2023年", "自2022年1月1日起至2022年"),
            "period.title",
            id="another year's period",
        ),
        pytest.param(
            ("自2023年1月1日", "自2023年3月1日"),
            "period.partial",
            id="a period that is not a whole year",
        ),
        pytest.param(
            ("2024-01-20", "2024-02-20"), "period.published-late", id="a department in February"
        ),
        pytest.param(
            ("2024-01-20", "2023-06-20"),
            "period.published-early",
            id="a report before its year was over",
        ),
        pytest.param(
            ("2024年将继续", "2023年将继续"),
            "period.plan-year",
            id="a plan for a year that is over",
        ),
        pytest.param(
            ("及改进情况\n", "及整改措施\n"), "chapter.wording", id="a heading of one's own"
        ),
        pytest.param(
            ("没有收取信息处理费", "没有其他事项"), "chapter.fees", id="nothing about fees"
        ),
        pytest.param(
            ("公开的内容还不够细。2024年将继续完善目录。\n", ""),
            "chapter.empty",
            id="an empty chapter",
        ),
        pytest.param(
            ("2023年,我局", "本报告由总体情况等五个部分组成。2023年,我局"),
            "chapter.stated",
            id="five parts that are six",
        ),
        pytest.param(
            ("2023年,我局", "我局" + "认真贯彻落实有关规定和要求" * 100),
            "chapter.too-long",
            id="an overview without end",
        ),
    ],
)
def test_year_dates_and_chapters_are_held_against_the_form(change, rule):
    assert rules_broken(report(SOUND.replace(*change))) == [rule]


def test_a_government_has_until_the_end_of_march():
    text = SOUND.replace("2024-01-20", "2024-03-20")
    assert rules_broken(report(text, agency="云川市人民政府")) == []


def test_a_chapter_that_is_missing_is_missed():
    start, end = SOUND.index("四、"), SOUND.index("五、")
    without = (SOUND[:start] + SOUND[end:]).replace("五、", "四、").replace("六、", "五、")
    [finding] = check(report(without))
    assert (finding.rule, finding.level) == ("chapter.missing", "warning")
    assert "行政复议" in finding.message


def test_an_excerpt_is_not_blamed_for_what_follows():
    assert rules_broken(report(SOUND[: SOUND.index("在法定期限")])) == ["chapter.cut-off"]


def test_a_page_without_line_breaks_has_its_chapters_too():
    flat = SOUND.replace("\n", "")
    assert [chapter.number for chapter in Examined(report(flat)).chapters] == [1, 2, 3, 4, 5, 6]
    assert rules_broken(report(flat)) == []


def test_a_heading_of_ones_own_behind_a_table_is_a_chapter():
    text = SOUND.replace("没有行政复议和行政诉讼。", "没有行政复议和行政诉讼。\n0\t0\t1").replace(
        "及改进情况\n", "及整改措施\n"
    )
    assert [chapter.number for chapter in Examined(report(text)).chapters] == [1, 2, 3, 4, 5, 6]


def test_rows_of_the_table_of_2014_are_no_chapters():
    table = "1\n一、主动公开情况\n11\n二、回应解读情况\n21\n三、依申请公开情况\n"
    assert Examined(report(table, which=STAT, year=2016)).chapters == ()


def test_a_list_of_contents_is_not_taken_for_the_chapters():
    contents = "".join(line + "\n" for line in SOUND.splitlines() if line[1:2] == "、")
    assert rules_broken(report(contents + SOUND)) == []


@pytest.mark.parametrize(
    ("which", "year", "cell", "expected"),
    [
        pytest.param(OLD, 2020, ("proactive/procurement/amount", "3540273.8433"), ["form.unit-missing", "form.unit-impossible", "form.unit-impossible"], id="no unit: 35.4 billion or finer than a cent"),
        pytest.param(OLD, 2020, ("proactive/procurement/amount", "251000", "元"), [], id="a unit in the cell"),
        pytest.param(OLD, 2020, ("proactive/procurement/amount", 0), [], id="nothing needs no unit"),
        pytest.param(NEW, 2023, ("proactive/charge/amount", "251000", "元"), ["form.unit-other"], id="yuan in a column of ten thousands"),
        pytest.param(NEW, 2023, ("proactive/charge/amount", "72701.2578"), [], id="a city's fees in ten thousands"),
        pytest.param(STAT, 2016, ("stat65/req_fee/value", 5000), ["form.unit-impossible"], id="fifty million for copies"),
        pytest.param(NEW, 2023, ("proactive/license/decisions", -3), ["form.count-negative"], id="fewer than none"),
        pytest.param(NEW, 2023, ("proactive/license/decisions", "3.5"), ["form.count-fraction"], id="half a decision"),
        pytest.param(OLD, 2020, ("proactive/license/delta", -657), [], id="a change may be negative"),
        pytest.param(NEW, 2023, ("proactive/rules/issued", 5), ["form.rulemaking"], id="rules made by a bureau"),
        pytest.param(OLD, 2023, ("proactive/rules/made", 0), ["form.wrong-year"], id="the form of 2019 in 2023"),
        pytest.param(STAT, 2019, ("stat65/complaints/value", 0), [], id="the year of transition"),
    ],
)  # fmt: skip
def test_a_figure_that_cannot_be_is_found(which, year, cell, expected):
    text = SOUND.replace("2024", str(year + 1)).replace("2023", str(year))
    found = [
        f
        for f in check(report(text, which=which, year=year, cells=[cell], agency="新蔡县水务局"))
        if f.rule.startswith("form.")
    ]
    assert [f.rule for f in found] == expected
    assert all(f.cells == (0,) for f in found)


def test_a_column_whose_name_lost_its_end_is_named():
    table = "信息内容\n上一年项目数量\n本年增/\n处理决定数量\n行政许可\n0\n0\n0\n"
    cells = [(f"proactive/license/{column}", 0) for column in ("prev_items", "delta", "decisions")]
    [finding] = [
        f
        for f in check(report(table, which=OLD, year=2020, cells=cells))
        if f.rule == "form.label-cut"
    ]
    assert finding.right == "本年增/减"
    whole = table.replace("增/", "增/\n减")
    assert "form.label-cut" not in rules_broken(report(whole, which=OLD, year=2020, cells=cells))


def test_a_dash_is_not_a_number():
    place = Place("proactive", "coercion", "decisions")
    dash = ReadCell(place, NEW.label(place), Cell(State.BLANK, raw="-"), Span(3, 4))
    reading = replace(report(), cells=(dash, replace(dash, cell=cell_of(1))))
    [finding] = [f for f in check(reading) if f.rule == "form.not-a-number"]
    assert (finding.cells, finding.at) == ((0,), (Span(3, 4),))


def test_a_table_without_a_figure_is_told():
    blank = [
        ReadCell(p, NEW.label(p), Cell(State.BLANK)) for p in NEW.places if p.table == "remedies"
    ]
    assert rules_broken(replace(report(), cells=tuple(blank))) == ["form.all-blank"]


def test_cells_that_cannot_be_read_are_listed_and_not_judged():
    places = [p for p in NEW.places if p[:2] == ("remedies", "recon")]
    unread = Cell(State.UNREADABLE, raw="000119", reason="各列的数连在一起")
    cells = tuple(ReadCell(p, NEW.label(p), unread, Span(1, 7)) for p in places)
    [finding] = check(replace(report(), cells=cells))
    assert (finding.rule, finding.cells) == ("form.unreadable", (0, 1, 2, 3, 4))
    assert "等 5 格" in finding.message


def test_a_total_whose_parts_are_all_blank_is_only_a_note():
    cells = [(f"remedies/recon/{c}", None) for c in ("upheld", "corrected", "other", "pending")]
    [finding] = check(report(cells=[*cells, ("remedies/recon/total", 3)]))
    assert (finding.rule, finding.level) == ("form.parts-blank", "note")


def test_a_report_that_names_nobody_is_told():
    assert "text.no-agency" in rules_broken(report(agency=None, title="2023年政府信息公开年度报告"))
    assert "text.no-agency" not in rules_broken(
        report(agency=None, title="云川市水务局2023年年度报告")
    )


def test_a_bureau_may_call_itself_its_office_too():
    text = SOUND.replace("二、主动公开", "我办负责此项工作。\n二、主动公开")
    assert rules_broken(report(text)) == []


def test_a_chapter_that_is_only_mentioned_is_not_missing():
    start, end = SOUND.index("六、"), len(SOUND)
    text = SOUND[:start].replace("2024年将继续", "没有其他需要报告的事项,也没有收费。2024年将继续")
    assert start < end
    assert rules_broken(report(text)) == ["chapter.unnamed"]


def test_a_report_of_no_year_is_told():
    assert "period.unknown" in rules_broken(report("政府信息公开工作年度报告", year=None))


def test_a_government_of_a_large_city_may_make_rules():
    assert (
        rules_broken(report(cells=[("proactive/rules/issued", 5)], agency="云川市人民政府")) == []
    )


def test_a_column_of_totals_left_out_is_one_finding():
    cells = [(f"requests/{row}/natural", 2) for row in ("new", "granted", "result_total")]
    [finding] = check(report(cells=cells))
    assert finding.rule == "form.total-blank"
    assert len(finding.cells) == 3


def test_both_sides_of_a_broken_sum_are_told_with_their_places():
    cells = [
        ("remedies/recon/upheld", 95),
        ("remedies/recon/pending", 23),
        ("remedies/recon/total", 119),
    ]
    [finding] = check(report(cells=cells))
    assert (finding.rule, finding.level) == ("remedies.total", "error")
    assert (finding.left, finding.right) == ("119", "95 + 23 = 118")
    assert sorted(finding.cells) == [0, 1, 2]
    assert finding.at == (Span(2, 3), Span(0, 1), Span(1, 2))


STAT_PARTS = ("req_received", "req_inperson", "req_fax", "req_web", "req_mail")


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        pytest.param(STAT_PARTS, ["stat65.received"], id="all rows printed"),
        pytest.param(STAT_PARTS[:4], [], id="a row that the local table has merged into another"),
    ],
)
def test_a_row_that_is_not_printed_is_not_a_blank_row(printed, expected):
    cells = [(f"stat65/{row}/value", 1 if row == "req_received" else 0) for row in printed]
    cells.append(("stat65/local:信函、传真申请数/value", 1))
    found = rules_broken(report("报告", which=STAT, year=2016, cells=cells))
    assert [rule for rule in found if rule.startswith("stat65")] == expected


def test_parts_that_exceed_their_total_are_wrong_whatever_is_not_printed():
    cells = [("stat65/req_received/value", 1), ("stat65/req_web/value", 2)]
    assert "stat65.received" in rules_broken(report("报告", which=STAT, year=2016, cells=cells))


def test_a_table_that_breaks_off_lacks_no_totals():
    columns = ("natural", "total")
    cells = [(f"requests/{row}/{c}", 3) for row in ("new", "granted") for c in columns]
    assert rules_broken(report(cells=cells)) == []


def before(**changes):
    text = "云川市水务局2022年政府信息公开工作年度报告\n一、概述\n这是另外写的一份报告。"
    return report(text, year=2022, **changes)


@pytest.mark.parametrize(
    ("now", "then", "rule"),
    [
        pytest.param(("requests/carried_in/natural", 4), ("requests/carried_out/natural", 5), "requests.carried", id="a case got lost over new year"),
        pytest.param(("proactive/license/decisions", 9), ("proactive/license/decisions", 900), "years.jump", id="a hundred times fewer"),
    ],
)  # fmt: skip
def test_this_year_is_held_against_last_year(now, then, rule):
    assert rule in rules_broken(report(cells=[now]), previous=before(cells=[then]))
    assert rule not in rules_broken(report(cells=[now]), previous=before(cells=[(now[0], 9)]))


def test_a_report_of_years_ago_is_not_last_years():
    now, then = ("requests/carried_in/natural", 4), ("requests/carried_out/natural", 5)
    earlier = report("旧的报告", year=2019, which=OLD, cells=[then])
    assert "requests.carried" not in rules_broken(report(cells=[now]), previous=earlier)


LOCAL = "stat65/local:主动公开文件数"


@pytest.mark.parametrize(
    ("total", "year", "earlier", "expected"),
    [
        pytest.param(12106, 2018, 78967, ["years.cumulative-back"], id="totals that shrink"),
        pytest.param(78967, 2018, 70000, ["years.cumulative-sum"], id="totals that skip"),
        pytest.param(70100, 2018, 70000, [], id="totals that grow by the year"),
        pytest.param(78967, 2017, 70000, [], id="a report between the two is not known"),
        pytest.param(90, 2018, 80, ["years.cumulative-below"], id="a year larger than all years"),
    ],
)
def test_totals_since_the_beginning_only_grow(total, year, earlier, expected):
    cells = [(f"{LOCAL}/value", 100), (f"{LOCAL}/cumulative", total)]
    now = report("报告", which=STAT, year=2018, cells=cells)
    then = report("旧报告", which=STAT, year=year - 1, cells=[(f"{LOCAL}/cumulative", earlier)])
    found = [rule for rule in rules_broken(now, previous=then) if rule.startswith("years.")]
    assert found[:1] == expected


def test_last_years_table_under_this_years_title_is_recognised():
    cells = [
        (f"proactive/{row}/decisions", n)
        for row, n in (("license", 7), ("penalty", 8), ("coercion", 9))
    ]
    cells.append(("proactive/normative/valid", 31))
    assert "years.same-figures" in rules_broken(report(cells=cells), previous=before(cells=cells))
    other = [*cells[:3], ("proactive/normative/valid", 32)]
    assert "years.same-figures" not in rules_broken(
        report(cells=cells), previous=before(cells=other)
    )


ESSAY = "。".join(
    f"我局第{word}项工作是在{word}{word}方面组织开展{word}的检查并向社会说明{word}的办理结果和下一步{word}安排"
    for word in "教育卫生交通水利城建环保审计统计民政司法农业林业文化体育旅游商务"
)


def test_the_same_wording_as_last_year_is_measured_and_quoted():
    now = report(SOUND.replace("二、主动", f"{ESSAY}。\n二、主动"))
    then = report(
        SOUND.replace("2023", "2022").replace("二、主动", f"{ESSAY}。\n二、主动"), year=2022
    )
    [finding] = [f for f in check(now, previous=then) if f.rule == "wording.last-year"]
    assert finding.level == "warning"
    assert finding.left == "100%"
    assert "连续" in finding.message
    assert "wording.last-year" not in rules_broken(now, previous=before())


def test_the_same_wording_as_another_units_is_found_whatever_the_figures():
    mine = report(ESSAY.replace("第", "第12"))
    copied = report(
        ESSAY.replace("第", "第3"), agency="云川市文旅局", title="云川市文旅局2023年报告"
    )
    [finding] = [
        f for f in check(mine, others=[before(), copied]) if f.rule == "wording.other-unit"
    ]
    assert "云川市文旅局" in finding.message


def test_the_fixed_words_of_the_form_are_nobodys_wording():
    labels = "\n".join(f"{row.label}\n0" for table in NEW.tables for row in table.rows.values()) * 3
    assert rules_broken(report(labels), others=[report(labels)]) == rules_broken(report(labels))


def test_errors_come_first_and_each_kind_in_reading_order():
    cells = [("remedies/recon/upheld", 5), ("remedies/recon/total", 6)]
    text = SOUND.replace("我局主动", "我局××科主动")
    assert [f.level for f in check(report(text, cells=cells))] == ["error", "warning"]


def test_a_figure_keeps_its_decimals_in_the_finding():
    cells = [("proactive/charge/amount", Decimal("0.50")), ("proactive/license/decisions", "1.50")]
    [finding] = check(report(cells=cells))
    assert "1.5，" in finding.message
