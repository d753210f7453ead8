from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.extraction.document import Span
from gongkai.core.extraction.normal import normal
from gongkai.core.extraction.statements import statements


def read(text, **options):
    return statements(normal(text), **options)


def figures(text):
    return [(f"{s.value:f}", s.unit, s.indicator) for s in read(text)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("全年收到政府信息公开申请12件。", ("12", "件", "requests.received"), id="digits"),
        pytest.param("全年收到政府信息公开申请十二件。", ("12", "件", "requests.received"), id="Chinese numerals"),
        pytest.param("主动公开政府信息1,234条。", ("1234", "条", "proactive.total"), id="a comma for thousands"),
        pytest.param("主动公开政府信息14万余条。", ("140000", "条", "proactive.total"), id="ten thousands"),
        pytest.param("主动公开政府信息２５条。", ("25", "条", "proactive.total"), id="full-width digits"),
        pytest.param("主動公開政府信息25條。", ("25", "条", "proactive.total"), id="traditional characters"),
        pytest.param("安排专项经费76.10万元。", ("76.10", "万元", "institution.budget"), id="money keeps its unit"),
        pytest.param("收到10件依申请公开请求。", ("10", "件", "requests.received"), id="the noun behind its figure"),
        pytest.param("配备了3名兼职工作人员。", ("3", "名", "institution.staff_part"), id="people"),
        pytest.param("接受咨询三百余人次。", ("300", "人次", "consultations.total"), id="hundreds spelled out"),
    ],
)  # fmt: skip
def test_a_sentence_states_its_figure(sentence, expected):
    assert figures(sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        pytest.param("自2016年1月1日起至2016年12月31日止。", id="dates"),
        pytest.param("按照新政办〔2016〕86号文件执行。", id="the number of a document"),
        pytest.param("依据《条例》第三十二条第(一)项公布。", id="an article"),
        pytest.param("联系电话:0373-3696072,邮编:450003。", id="telephone and post code"),
        pytest.param("地址:云川市人民路13号2楼315室。", id="an address"),
        pytest.param("市政府第54次常务会议研究决定。", id="the number of a meeting"),
        pytest.param("一是加强领导,二是明确责任。", id="numbering"),
        pytest.param("严格控制“三公”经费,落实“五公开”。", id="slogans"),
        pytest.param("拨打12345热线咨询。", id="a hotline"),
        pytest.param("网址http://www.example.gov.cn/2016/3件。", id="an address of the web"),
        pytest.param("电子邮箱:gk163@example.com。", id="an address of mail"),
        pytest.param("在20个工作日内答复。", id="a term"),
        pytest.param("印发《2016年35项重点工作》。", id="a title"),
        pytest.param("十九届五中全会召开。", id="a congress"),
        pytest.param("共公开36 46件。", id="digits that a gap may have cut"),
    ],
)
def test_what_is_no_figure_is_not_read(sentence):
    assert figures(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "indicators"),
    [
        pytest.param("2020年未收到政府信息公开申请。", ["requests.received"], id="one thing"),
        pytest.param(
            "我县未收到政府信息公开申请、政府信息公开方面行政复议申请和行政诉讼。",
            ["requests.received", "remedies.reconsideration", "remedies.litigation"],
            id="three things",
        ),
        pytest.param(
            "没有因政府信息公开申请行政复议、诉讼和申诉的情况发生。",
            ["remedies.reconsideration", "remedies.litigation", "complaints.appeals"],
            id="applying for reconsideration is no application",
        ),
        pytest.param("未收取任何费用。", ["fees.collected"], id="fees"),
        pytest.param("行政复议、行政诉讼均为0件。", ["remedies.reconsideration", "remedies.litigation"], id="all nought"),
        pytest.param("无投诉举报。", ["complaints.total"], id="a bare 无"),
        pytest.param("本省未出台依申请公开收费标准。", [], id="no tariff is no zero"),
        pytest.param("未及时答复的申请要说明原因。", [], id="not in time is no zero"),
        pytest.param("申请人无正当理由大量申请的,不予处理。", [], id="a legal term"),
    ],
)  # fmt: skip
def test_a_zero_may_be_said(sentence, indicators):
    stated = read(sentence)
    assert [s.indicator for s in stated] == indicators
    assert all(s.value == 0 for s in stated)


def test_the_place_of_a_said_zero_is_the_words_that_deny():
    text = "本年度未收到政府信息公开申请。"
    [zero] = read(text)
    assert text[slice(*zero.at)] == "未收到"


def parts(text):
    stated = read(text)
    return [
        (int(s.value), None if s.part_of is None else int(stated[s.part_of].value)) for s in stated
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "主动公开政府信息50条。其中,机关30条,乡镇20条。",
            [(50, None), (30, 50), (20, 50)],
            id="after 其中 in the next sentence",
        ),
        pytest.param(
            "公布信息380条,其中预决算197条(政府32条、部门165条)、经费183条。",
            [(380, None), (197, 380), (32, 197), (165, 197), (183, 380)],
            id="a list in brackets inside a list",
        ),
        pytest.param(
            "举办新闻发布会46次,其中主要负责同志参加33次;开展在线访谈55次,其中主要负责同志参加6次。",
            [(46, None), (33, 46), (55, None), (6, 55)],
            id="a semicolon ends the list",
        ),
        pytest.param(
            "主动公开政府信息160条,其中,综合政务90条;财政信息30条;其他40条。",
            [(160, None), (90, 160), (30, 160), (40, 160)],
            id="a semicolon goes on with the list",
        ),
        pytest.param(
            "举办培训79次,培训5182人次。其中,县区培训20次,培训1418人次;市级培训59次,培训3764人次。",
            [(79, None), (5182, None), (20, 79), (1418, 5182), (59, 79), (3764, 5182)],
            id="two lists beside each other",
        ),
        pytest.param(
            "在答复的120件申请中,“同意公开”的62件,“不同意公开”的58件。",
            [(120, None), (62, 120), (58, 120)],
            id="among so many",
        ),
        pytest.param(
            "发布信息247条,政策类100条,业务类147条。",
            [(247, None), (100, 247), (147, 247)],
            id="the sum says so",
        ),
        pytest.param(
            "主动公开政府信息2543条。其中,机关1687条,占66%。各乡镇856条,占34%。",
            [(2543, None), (1687, 2543), (66, 1687), (856, 2543), (34, 856)],
            id="the next sentence completes the list",
        ),
    ],
)
def test_a_figure_knows_what_it_is_part_of(text, expected):
    assert parts(text) == expected


def test_figures_named_severally_are_aligned():
    stated = read("申请量居前3位的是环保局、办公室、国土局,分别为25件、23件、13件。")
    assert [(s.subject[:3], int(s.value)) for s in stated] == [
        ("环保局", 25),
        ("办公室", 23),
        ("国土局", 13),
    ]


def test_shares_named_severally_belong_to_their_counts():
    stated = read("发布政府信息200条。微博发布80条,微信发布120条,分别占总量的40%和60%。")
    shares = [s for s in stated if s.unit == "%"]
    assert [stated[s.part_of].value for s in shares] == [80, 120]


def test_each_of_two_has_its_own_figure():
    stated = read("被申请行政复议3件,其中工商局和环保局各1件,水务局1件。")
    assert [(s.subject, int(s.value)) for s in stated[1:]] == [
        ("工商局", 1),
        ("环保局", 1),
        ("水务局", 1),
    ]


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("收到政府信息公开申请20件,同比增长5.3%。", "5.3"),
        ("收到政府信息公开申请20件,较上年减少12.5%。", "-12.5"),
        ("收到政府信息公开申请20件,比上年下降10%。", "-10"),
    ],
)
def test_a_change_has_a_sign_and_belongs_to_its_count(sentence, value):
    count, change = read(sentence)
    assert change.change
    assert change.value == Decimal(value)
    assert change.part_of == 0
    assert not count.change


@pytest.mark.parametrize("words", ["100余条", "近100条", "约100条", "100多条", "超过100条"])
def test_a_rough_figure_is_marked(words):
    [stated] = read(f"主动公开政府信息{words}。")
    assert stated.approximate
    assert stated.value == 100


def test_applications_at_a_service_counter_are_no_requests_for_information():
    [*_, counted] = read("行政服务中心已入驻部门13个,共受理申请121510件。")
    assert counted.value == 121510
    assert counted.indicator is None


def test_the_part_of_some_units_is_not_the_indicator():
    stated = read("主动公开政府信息50条。其中,机关主动公开政府信息30条,乡镇主动公开政府信息20条。")
    assert [s.indicator for s in stated] == ["proactive.total", None, "proactive.lower_level"]


def test_the_year_counts_and_not_the_total_since_ever():
    stated = read("截至年底累计主动公开政府信息5928条,其中本年度新增主动公开政府信息2110条。")
    assert [s.indicator for s in stated] == [None, "proactive.total"]


def test_plans_for_next_year_are_no_indicators():
    text = "五、存在的主要问题及改进措施\n举办培训班2次,培训100人次。"
    assert [s.indicator for s in read(text)] == [None, None]


def test_lines_broken_inside_a_sentence_read_on():
    text = "全市全年共收办政府信息公开申请案件共计三千六百四十六件,其中,予以公\n开1431件。"
    assert [s.subject for s in read(text)][-1] == "予以公开"


def test_places_are_those_of_the_original_text():
    text = "主動(dòng)公開(kāi)政府信息數量為４６件,報(bào)告完。"
    [stated] = read(text)
    assert text[slice(*stated.at)] == "４６件"
    assert stated.text == "主動(dòng)公開(kāi)政府信息數量為４６件"


def test_what_is_skipped_is_not_read():
    text = "主动公开政府信息50条。\n规章 3件\n收到政府信息公开申请2件。"
    table = text.index("规章")
    stated = read(text, skip=(Span(table, table + 5),))
    assert [int(s.value) for s in stated] == [50, 2]


@given(
    st.text(
        alphabet="第〔〕《》“”(),;。、一二十百万亿余0123456789.%件条人次其中分别占同比增长未收到没有申请公开政府信息\n ",
        max_size=200,
    )
)
def test_any_text_is_read_without_complaint_and_places_are_inside_it(text):
    for stated in read(text):
        assert 0 <= stated.at.start <= stated.at.end <= len(text)
        assert stated.value.is_finite()


@given(st.integers(0, 10**9), st.sampled_from(["件", "条", "人次", "份"]))
def test_every_number_is_read_back(number, unit):
    [stated] = read(f"全年办理{number}{unit}。")
    assert (stated.value, stated.unit) == (number, unit)
