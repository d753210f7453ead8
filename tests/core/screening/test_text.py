"""What is found in a text, where, and what is proposed instead."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.screening.made import identity

from gongkai.core.extraction.document import Span
from gongkai.core.screening import Treatment, Word, WordList, screen_text


def only(text: str):
    (hit,) = screen_text(text)
    return hit


def test_a_hit_says_by_which_rule_where_and_what_may_be_done():
    text = f"户主米有根，身份证号 {identity()}，三口人。"
    hit = only(text)
    assert hit.rule == "personal.identity"
    assert hit.severity == "block"
    assert str(hit.of.source) == "《政府信息公开条例》第十五条"
    assert text[slice(*hit.at)] == hit.text == identity()
    assert hit.proposal == identity()[:6] + "********" + identity()[14:]
    assert hit.treatments == (Treatment.MASK, Treatment.REMOVE, Treatment.KEEP)


@pytest.mark.parametrize(
    ("text", "proposal"),
    [
        ("来电人手机16012345678", "160****5678"),
        ("来电人手机 １６０－１２３４－５６７８", "１６０－****－５６７８"),
        ("来电人手机1\u200b60 1234\u200b 5678", "1\u200b60 ****\u200b 5678"),
        (
            "当事人：葛根，男，住云川市清溪县石桥镇柳树村3组12号。",
            "云川市清溪县石桥镇柳树村**组**号",
        ),
        ("护照号E12345678", "E1*****78"),
        ("截止目前没有", "截至目前"),
    ],
    ids=["plain", "full-width", "with invisible marks", "address", "passport", "word"],
)
def test_the_proposal_covers_as_little_as_protects(text, proposal):
    assert only(text).proposal == proposal


def test_an_office_may_be_called_and_a_person_may_not():
    office = "监督电话：0371-66010000，传真：0371-66010001，热线12345。值班电话：16012345678"
    assert [hit.rule for hit in screen_text(office)] == ["personal.contact-mobile"]
    assert only("投诉人家庭电话：0371-66010000").rule == "personal.landline"


def test_an_offices_own_words_are_found_beside_ours_and_exceptions_hold():
    own = WordList([Word("云川县", "云川市"), Word("河东", "", "forbidden", ("河东区",))])
    found = screen_text("云川县河东区、河东及清溪", word_list=own)
    assert [(hit.text, hit.at) for hit in found] == [("云川县", Span(0, 3)), ("河东", Span(7, 9))]
    assert found[0].proposal == "云川市"


def test_a_long_list_of_words_is_as_quick_as_a_short_one():
    own = WordList(
        Word(chr(0x4E00 + a) + chr(0x5200 + b) + "错") for a in range(60) for b in range(99)
    )
    text = "云川市人民政府办公室关于印发实施方案的通知。" * 500
    started = time.process_time()
    assert screen_text(text, word_list=own) == ()
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "138 1234 5678 ",
        "住",
        "姓名:",
        "机密",
        ",男,住",
        "小区1栋",
        "云A",
        "身份证号",
        "1-",
        "张三,男,住云川市",
        "\t",
        "12号",
    ],
)
def test_no_text_takes_for_ever(piece):
    started = time.process_time()
    screen_text(piece * (30_000 // len(piece)))
    assert time.process_time() - started < 3


PIECES = st.sampled_from(
    [identity(), identity()[:12], "16012345678", "　", " ", "-", "机密★10年", "★", "住云川市人民路1号", "张三，男，", "身份证",
     "联系人：", "\n", "\t", "截止目前", "絕", "密", "\u200b", "6222", "编号", "E12345678", "云A·12345", "０", "x", "。"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, max_size=14).map("".join))
def test_every_hit_stands_where_it_says_and_twice_gives_the_same(text):
    hits = screen_text(text)
    assert hits == screen_text(text)
    for hit in hits:
        assert text[slice(*hit.at)] == hit.text
        assert hit.text
    places = [hit.at for hit in hits if hit.rule.startswith("personal.")]
    assert all(a.end <= b.start for a, b in pairwise(places))
