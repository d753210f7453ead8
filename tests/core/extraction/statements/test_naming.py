"""What a figure is called where the words next to it mislead."""

import pytest

from gongkai.core.extraction.normal import normal
from gongkai.core.extraction.statements import statements


def named(text):
    return [(f"{s.value:f}", s.indicator) for s in statements(normal(text))]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param("此外,通过柳林发布微信公众号,发布信息97条。", [("97", "channels.wechat")], id="the channel stands in the clause before"),
        pytest.param("通过政府网站和各类新媒体平台,发布各类政务信息42条。", [("42", "proactive.total")], id="several channels in the clause before"),
        pytest.param("通过网站、微信公众号等载体累计主动公开政府信息数量46条。", [("46", "proactive.total")], id="by several channels together"),
        pytest.param("通过线上、信函等渠道收到依申请公开信息16件。", [("16", "requests.received")], id="applications of several kinds"),
        pytest.param("规划类栏目发布信息137条。", [("137", None)], id="one class is not the total"),
        pytest.param("发布通知公告、政策解读、工作动态等信息1423条。", [("1423", None)], id="one kind among others"),
        pytest.param("受理依申请公开12件,予以公开及部分公开的有6件。", [("12", "requests.received"), ("6", None)], id="two outcomes in one figure"),
        pytest.param("共制作政府信息30条,其中依申请公开信息9条,不予公开信息21条。", [("30", None), ("9", None), ("21", None)], id="how what was made may be opened"),
        pytest.param("依申请公开结转上年度继续办理1件。", [("1", None)], id="carried in and not out"),
    ],
)  # fmt: skip
def test_words_that_mislead(sentence, expected):
    assert named(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "按照《条例》第9条至12条规定主动公开。",
        "依照条例第十九条、二十条规定公开信息。",
        "我镇的政府信息主要通过四条途径公开。",
        "通过网点免费向公众发放公报。",
    ],
    ids=["articles-to", "articles-and", "ways", "given-away"],
)
def test_articles_ways_and_gifts_are_no_figures(sentence):
    assert named(sentence) == []


def test_a_list_that_exceeds_its_whole_still_belongs_to_it():
    said = statements(normal("接受咨询300人次,其中现场咨询250人次,电话咨询70人次。"))
    assert [s.part_of for s in said] == [None, 0, 0]
