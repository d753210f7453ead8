"""What sentences count, against each other and against the table."""

import pytest

from gongkai.core.checks.narrative import check
from gongkai.core.extraction.document import Span
from gongkai.core.extraction.normal import normal
from gongkai.core.extraction.reading import ReadCell, Reading
from gongkai.core.extraction.statements import statements
from gongkai.core.forms import Place, cell_of, form

NEW, STAT = form("format-2021"), form("stat65-2014")


def report(text, *, which=None, cells=(), year=2023):
    read = [
        ReadCell(
            place := Place(*path.split("/")),
            which.label(place),
            cell_of(value),
            Span(0, 1),
        )
        for path, value in cells
    ]
    stated = statements(normal(text), year=year)
    return Reading("report.txt", text, None, None, year, which, tuple(read), stated)


def broken(text, **options):
    return [finding.rule for finding in check(report(text, **options))]


def one(text, **options):
    [finding] = check(report(text, **options))
    return finding


SOUND = [
    "主动公开政府信息50条。其中,机关30条,占60%;乡镇20条,占40%。",
    "收到政府信息公开申请3件,其中网络申请2件,信函申请1件。",
    "政府网站公开信息30条,微博公开信息30条,主动公开政府信息40条。",
    "收到政府信息公开申请10件,上年结转政府信息公开申请2件,办结申请10件,结转下年度继续办理2件。",
    "主动公开政府信息50条,其中财政信息5条,教育信息8条。",
    "主动公开政府信息100余条,其中政策类30条,业务类40条,其他50条。",
    "主动公开政府信息235条,其中职能类9条,占3.83%。",
    "主动公开政府信息235条,其中动态类197条,占83.8%。",
    "主动公开政府信息200条,其中通过网站公开110条,公告栏公开84条等。",
    "主动公开政府信息200条,其中主要有网站公开110条,公告栏公开84条。",
    "主动公开政府信息200条,其中网站公开190条。受理咨询8次,回复来信3条。",
]


@pytest.mark.parametrize("text", SOUND)
def test_sound_figures_pass(text):
    assert broken(text) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param(
            "主动公开政府信息100条,其中政策类30条,业务类40条,其他20条。",
            "narrative.sum",
            id="a list that ends with the rest",
        ),
        pytest.param(
            "收到政府信息公开申请10件,其中当面申请1件,传真申请1件,网络申请4件,信函申请3件。",
            "narrative.sum",
            id="all channels there are",
        ),
        pytest.param(
            "主动公开政府信息160条,其中,综合政务59条;人事信息1条;财政信息5条;教育信息8条;会议信息97条。",
            "narrative.sum-over",
            id="parts that exceed the whole",
        ),
        pytest.param(
            "接受咨询300人次,其中现场咨询250人次,电话咨询70人次。",
            "narrative.sum-over",
            id="two of a kind that exceed the whole",
        ),
        pytest.param(
            "主动公开政府信息200条,其中通过网站公开110条,公告栏公开84条。",
            "narrative.sum-short",
            id="a list that just misses the whole",
        ),
        pytest.param(
            "主动公开政府信息50条。其中,机关30条,占60%;乡镇20条,占45%。",
            "narrative.share",
            id="a share beside a right one",
        ),
        pytest.param(
            "主动公开政府信息50条。其中,机关30条,占70%。",
            "narrative.share-doubtful",
            id="a share that stands alone",
        ),
        pytest.param(
            "主动公开政府信息235条。其中,职能类9条,占3.83%;动态类197条,占83.84%。",
            "narrative.share-rounding",
            id="a last digit",
        ),
        pytest.param(
            "受理申请3件。其中,网络申请1件,占33.4%;信函申请1件,占33.3%;当面申请1件,占33.3%。",
            "narrative.share-forced",
            id="thirds that add up to 100",
        ),
        pytest.param(
            "收到政府信息公开申请10件,上年结转政府信息公开申请2件,办结申请9件,结转下年度继续办理2件。",
            "narrative.balance",
            id="an application that got lost",
        ),
        pytest.param(
            "全年收到政府信息公开申请3件。本年度未收到政府信息公开申请。",
            "narrative.twice",
            id="three and none",
        ),
    ],
)
def test_a_text_that_contradicts_itself_is_told_how(text, rule):
    finding = one(text)
    assert finding.rule == rule
    assert finding.message.endswith("。")
    assert finding.left != finding.right
    assert finding.statements
    assert finding.at


@pytest.mark.parametrize(
    ("text", "cells", "rule"),
    [
        pytest.param(
            "本年度未收到政府信息公开申请。",
            [("requests/new/total", 2)],
            "narrative.denied",
            id="none in the text, two in the table",
        ),
        pytest.param(
            "局办公室本年度未收到政府信息公开申请。",
            [("requests/new/total", 2)],
            "narrative.denied-scope",
            id="none at the office, two in all",
        ),
        pytest.param(
            "区政府办代表区政府受理政府信息公开申请17件。",
            [("requests/new/total", 95)],
            "narrative.table",
            id="another number",
        ),
        pytest.param(
            "全年收到政府信息公开申请17件。",
            [("requests/new/total", None)],
            "narrative.blank",
            id="a number and a blank",
        ),
        pytest.param(
            "对收到的政府信息公开申请均予以公开。",
            [("requests/granted/total", 5), ("requests/d_internal/total", 1)],
            "narrative.all",
            id="all granted, and one denied",
        ),
        pytest.param(
            "发生行政复议案件,均被维持。",
            [("remedies/recon/upheld", 5), ("remedies/recon/corrected", 1)],
            "narrative.all",
            id="all upheld, and one corrected",
        ),
    ],
)
def test_text_and_table_are_compared(text, cells, rule):
    finding = one(text, which=NEW, cells=cells)
    assert finding.rule == rule
    assert finding.at


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("全年收到政府信息公开申请17件。", [("requests/new/total", 17)]),
        (
            "全年共收办政府信息公开申请案件20件。",
            [("requests/new/total", 17), ("requests/carried_in/total", 3)],
        ),
        (
            "行政诉讼案件77件。",
            [("remedies/lit_direct/total", 25), ("remedies/lit_after/total", 52)],
        ),
        ("收到政府信息公开申请近20件。", [("requests/new/total", 19 + 2)]),
        ("本年度未收到政府信息公开申请。", [("requests/new/total", 0)]),
        ("本年度未收到政府信息公开申请。", [("requests/new/total", None)]),
        ("收到的政府信息公开申请均予以公开。", [("requests/granted/total", 5)]),
    ],
)
def test_text_and_table_that_agree_pass(text, cells):
    assert broken(text, which=NEW, cells=cells) == []


def test_a_denied_lawsuit_in_a_detail_row_under_a_blank_total_is_found():
    finding = one(
        "未收到行政诉讼。",
        which=STAT,
        cells=[("stat65/lit_total/value", None), ("stat65/lit_upheld/value", 1)],
    )
    assert finding.rule == "narrative.denied"
    assert finding.level == "error"
    assert finding.cells == (1,)


def test_a_fee_in_yuan_is_compared_with_a_row_in_ten_thousands():
    cells = [("stat65/req_fee/value", "0.02")]
    assert broken("全年收取费用200元。", which=STAT, cells=cells) == []
    assert broken("全年收取费用300元。", which=STAT, cells=cells) == ["narrative.table"]


def test_a_change_is_held_against_last_year():
    last = report("收到政府信息公开申请100件。")
    now = report("收到政府信息公开申请110件,同比增长12%。")
    [finding] = check(now, previous=last)
    assert (finding.rule, finding.left, finding.right) == ("narrative.change", "12%", "10%")
    right = report("收到政府信息公开申请110件,同比增长10%。")
    assert list(check(right, previous=last)) == []
