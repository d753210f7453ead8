"""The same documents, the same questions, the same answers from every engine."""

from datetime import date

import pytest
from django.db import connection

from gongkai.foundation import clock
from gongkai.foundation.jobs.models import Job
from gongkai.foundation.search import Document, Issuer
from gongkai.foundation.search.asking import ask, suggestions
from gongkai.foundation.search.engine import engine
from gongkai.foundation.search.engines import folder, postgresql
from gongkai.foundation.search.engines.schema import EDITION
from gongkai.foundation.search.query import Query, Sort
from gongkai.foundation.search.rebuilding import take_up
from gongkai.foundation.search.sources import Source, _sources
from gongkai.foundation.search.synonyms import forget_names

pytestmark = pytest.mark.django_db

CITY = Issuer(1, "云川市人民政府", "0001")
FINANCE = Issuer(2, "云川市财政局", "00010001")
HOUSING = Issuer(3, "石桥县住房和城乡建设局", "00010002")


def document(key, title, *, issuer=FINANCE, day="2024-03-01", **more):
    return Document(
        kind="tests", key=str(key), title=title, url=f"/items/0/{key}/", issuer=issuer,
        day=date.fromisoformat(day), **more,
    )  # fmt: skip


DOCUMENTS = [
    document(1, "云川市人民政府公报（2016年第3期）", issuer=CITY, day="2016-09-30"),
    document(
        2,
        "云川市财政局关于印发公共租赁住房补贴资金管理办法的通知",
        text="符合条件的家庭可以申请补贴。" * 30,
        number="云财发〔2024〕45号",
        index_number="014416330/2024-00045",
        topic="财政、金融、审计",
        genre="通知",
        validity="现行有效",
    ),
    document(
        3,
        "关于公租房申请条件的公告",
        issuer=HOUSING,
        text="请带身份证明。详见云财发〔2024〕45号。",
        topic="城乡建设、环境保护",
        genre="公告",
        day="2025-05-05",
    ),
    document(4, "关于医疗保险缴费的通知", text="<script>alert(1)</script>城乡居民", genre="通知"),
    document(
        5, "石桥县2010年道路工程公示", issuer=HOUSING, text="修路。", day="2010-01-01", genre="公示"
    ),
    document(
        6, "石桥县2025年道路工程公示", issuer=HOUSING, text="修路。", day="2025-06-01", genre="公示"
    ),
]


@pytest.fixture(params=["embedded", "postgresql"])
def index(request, settings, tmp_path, monkeypatch):
    if request.param == "postgresql" and connection.vendor != "postgresql":
        pytest.skip("asks for PostgreSQL")
    settings.GONGKAI_SEARCH_ENGINE = request.param
    settings.GONGKAI_SEARCH_INDEX = tmp_path
    forget_names()
    there = {document.key: document for document in DOCUMENTS}
    source = Source(
        "tests", "样本", lambda keys: [there[k] for k in keys if k in there], lambda _: there
    )
    monkeypatch.setitem(_sources, "tests", source)
    engine().write(DOCUMENTS, [])
    with clock.moved_to(date(2025, 7, 1)):
        yield there


def keys(text="", **narrowed):
    return [d.key for d in ask(Query(text, **narrowed)).documents]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("公报", ["1"], id="two characters"),
        pytest.param("路", ["6", "5"], id="one character, the newer first"),
        pytest.param("补贴 家庭", ["2"], id="two words"),
        pytest.param("住建局", ["6", "5", "3"], id="an abbreviation of an organisation"),
        pytest.param("公租房", ["3", "2"], id="an abbreviation of a thing"),
        pytest.param("醫療保險", ["4"], id="traditional characters"),
        pytest.param("zhengfu gongbao", ["1"], id="pinyin"),
        pytest.param("政府工报", ["1"], id="a wrong character with the right sound"),
        pytest.param(
            "云财发[2024] 45号", ["2", "3"], id="a document number first, then who cites it"
        ),
        pytest.param("014416330/2024-00045", ["2"], id="an index number"),
        pytest.param("“道路工程公示”", ["6", "5"], id="in quotation marks"),
        pytest.param("“工程道路”", [], id="in quotation marks in the wrong order"),
        pytest.param("川市人民", ["1"], id="part of a title, however it is cut"),
        pytest.param("医疗保险 不存在的词", ["4"], id="some of the words when none has all"),
        pytest.param("😀 \x00 ”", [], id="nothing but signs"),
    ],
)
def test_what_people_type_finds_what_they_mean(index, typed, found):
    result = keys(typed)
    assert (result[:1], set(result)) == (found[:1], set(found))


@pytest.mark.parametrize("index", ["embedded"], indirect=True)
def test_words_in_a_row_in_the_text_come_before_the_same_words_apart(index):
    apart = "预算单位要执行制度。" + "其他事项。" * 5
    together = "加强预算执行。" + "其他事项。" * 5 + "单位，制度。"
    added = [
        document(10, "关于甲事的通知", text=apart),
        document(11, "关于乙事的通知", text=together),
        document(12, "关于丙事的通知", text=apart),
    ]
    index.update({each.key: each for each in added})
    engine().write(added, [])
    assert keys("预算执行")[0] == "11"
    assert set(keys("预算执行")) == {"10", "11", "12"}


def test_every_result_stands_on_one_page(index):
    many = [document(100 + n, f"第{n}号停水公告", text="检修。" * (n % 7)) for n in range(90)]
    index.update({each.key: each for each in many})
    engine().write(many, [])
    pages = [keys("停水公告", page=page) for page in range(1, 6)]
    assert [len(page) for page in pages] == [20, 20, 20, 20, 10]
    assert len({key for page in pages for key in page}) == 90


def test_a_document_number_that_nobody_bears_finds_nothing(index):
    assert keys("云财发〔2016〕45号") == []
    assert keys("云财发〔2024〕45号")[0] == "2"


@pytest.mark.parametrize(
    "typed", ["〔2024〕45号", "[2024]45号", "（２０２４）４５ 號", "2024〕45号"]
)
def test_a_document_number_without_its_issuer_finds_who_bears_it_first(index, typed):
    busy = document(20, "2024年45号车位公告", text="2024年，45号，45号楼。2024年45号。" * 5)
    index[busy.key] = busy
    engine().write([busy], [])
    assert keys(typed)[0] == "2"


def test_results_are_counted_and_narrowed_by_facets(index):
    whole = ask(Query("公示 OR 通知 的 (title:*) ~~"))
    assert whole.relaxed
    by_genre = {v.value: v.count for v in ask(Query()).found.facets["genre"]}
    assert by_genre == {"通知": 2, "公示": 2, "公告": 1}
    years = [v.value for v in ask(Query()).found.facets["year"]]
    assert years == ["2025", "2024", "2016", "2010"]
    units = {(v.value, v.label): v.count for v in ask(Query()).found.facets["organisation"]}
    assert units["3", "石桥县住房和城乡建设局"] == 3
    assert keys(filters={"organisation": "3", "genre": "公示"}, sort=Sort.OLDEST) == ["5", "6"]
    in_2024 = {"since": date(2024, 1, 1), "until": date(2024, 12, 31)}
    assert set(keys("通知", within="00010001", **in_2024)) == {"2", "4"}
    assert set(keys(within="00010002")) == {"3", "5", "6"}
    assert keys(since=date(2025, 5, 5), until=date(2025, 5, 5)) == ["3"]
    assert keys(filters={"kind": "nothing"}) == []
    assert keys(sort=Sort.NEWEST, page=2, size=4) == ["1", "5"]


def test_what_was_taken_back_is_found_no_more(index):
    assert keys("公报") == ["1"]
    del index["1"]
    assert keys("公报") == [], "the truth is asked even while the index is behind"
    engine().write([], ["tests:1"])
    assert ask(Query("公报")).total == 0
    engine().write([document(4, "关于生育保险缴费的通知")], [])
    assert ask(Query("医疗保险", sort=Sort.NEWEST), literal=True).total == 0
    assert keys("生育保险") == ["4"]


def test_titles_are_suggested_by_their_beginning_and_by_initials(index):
    told = {each.title for each in suggestions("石桥县20")}
    assert told == {"石桥县2010年道路工程公示", "石桥县2025年道路工程公示"}
    assert [s.url for s in suggestions("gzfsq")] == ["/items/0/3/"]
    assert [s.title for s in suggestions("公共租赁")] == [DOCUMENTS[1].title]
    assert {s.title for s in suggestions("道路工程")} == told, "inside a title"
    assert {s.title for s in suggestions("daolu gongcheng")} == told, "or spelt"
    assert suggestions("道路公程") == [], "what nobody wrote is not proposed"
    assert suggestions("石") == suggestions("%_") == suggestions("\x00" * 9) == []


@pytest.mark.django_db(transaction=True)
def test_an_index_of_before_is_built_anew_by_the_next_worker(index, monkeypatch):
    take_up()
    assert engine().is_current()
    jobs = Job.objects.filter(kind="search.rebuild")
    before = jobs.count()
    monkeypatch.setattr(folder, "EDITION", EDITION + 1)
    monkeypatch.setattr(postgresql, "MADE_IN", f"edition {EDITION + 1}")
    assert not engine().is_current()
    take_up()
    assert engine().is_current()
    assert keys("公报") == ["1"]
    take_up()
    assert jobs.count() == before + 1


def test_whoever_changes_what_an_index_keeps_raises_its_edition():
    """An index of before would be read wrongly: its documents are lists, in the order of the fields."""
    fields = (
        "kind key title url text issuer keywords column topic genre year validity day number "
        "index_number column_key"
    )
    assert (EDITION, " ".join(Document._fields)) == (5, fields)
