"""What is typed and what is written are compared alike."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.foundation.search import synonyms
from gongkai.foundation.search.folding import code, fold, fold_with_places, one_line
from gongkai.foundation.search.highlighting import highlighted, pattern, snippet
from gongkai.foundation.search.query import LONGEST, Query, plan
from gongkai.foundation.search.sounds import sounding_part, sounds_of_query, split
from gongkai.foundation.search.words import needed, words


@pytest.fixture(scope="module", autouse=True)
def _no_organisations():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(synonyms, "_from_areas", dict)
        yield


odd = st.text(max_size=300) | st.text('政府公报工zhengABＣ１〔〕"“”\x00😀 +-*():~', max_size=300)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        pytest.param("醫療保險", "医疗保险", id="traditional"),
        pytest.param("ＧＤＰ１２", "gdp12", id="full width and capitals"),
        pytest.param("财政\u200b预算\x00", "财政 预算", id="characters nobody sees"),
    ],
)
def test_differences_that_mean_nothing_vanish(typed, written):
    assert one_line(typed) == written


def test_numbers_of_documents_are_the_same_with_any_brackets():
    told = {
        code(t)
        for t in ("云政办发〔2016〕45号", "云政办发[2016] 45 号", "云政办发（２０１６）45号")
    }
    assert told == {"云政办发201645号"}


@pytest.mark.parametrize(
    ("term", "parts"),
    [
        pytest.param("医疗保险", (("医疗",), ("保险",)), id="a long word is put together"),
        pytest.param("如何办理公租房", (("办理",), ("公租房",)), id="filling words are left out"),
        pytest.param("石桥县低保", (("石桥", "县"), ("低保",)), id="a county stays in one piece"),
        pytest.param("路", (("路",),), id="one character"),
        pytest.param("的", (("的",),), id="nothing but a filling word"),
    ],
)
def test_a_term_is_cut_into_what_a_document_must_have(term, parts):
    assert needed(term) == parts


@given(odd)
@settings(max_examples=150)
def test_whatever_is_typed_is_a_query(text):
    asked = plan(Query(text))
    assert len(asked.query.folded) <= LONGEST
    for term in asked.terms:
        assert all(way.parts and all(way.parts) for way in term.ways)


@given(odd, st.text("政府公报", min_size=1, max_size=4))
@settings(max_examples=150)
def test_marking_changes_nothing_but_adds_marks(text, word):
    marked = str(highlighted(text, pattern([word])))
    plain = str(highlighted(text, None))
    assert marked.replace("<mark>", "").replace("</mark>", "") == plain
    assert marked.count("<mark>") == len(list(pattern([word]).finditer(fold(text))))


@given(odd)
@settings(max_examples=100)
def test_every_folded_character_knows_where_it_comes_from(text):
    folded, places = fold_with_places(text)
    assert len(folded) == len(places)
    assert all(
        fold(text[place]) and c in fold(text[place])
        for c, place in zip(folded, places, strict=True)
    )


def test_a_snippet_shows_the_sentence_with_most_of_the_words_and_no_markup():
    text = f"开头。{'无关的话。' * 60}符合条件的<家庭>，可以申请公租房补贴。{'结尾。' * 60}"
    shown = snippet(text, pattern(["公租房", "补贴"]))
    assert "&lt;家庭&gt;，可以申请<mark>公租房</mark><mark>补贴</mark>" in shown
    assert len(shown) < 260


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("zhengfu gongbao", id="pinyin"),
        pytest.param("zhengfugongbao", id="pinyin in one piece"),
        pytest.param("zengfu gonbao", id="pinyin of many speakers"),
        pytest.param("政府工报", id="a wrong character with the right sound"),
        pytest.param("政fu公bao", id="mixed"),
    ],
)
def test_what_sounds_alike_is_found_in_a_title(typed):
    sounds = sounds_of_query(typed)
    assert sounding_part("云川市人民政府公报（2016年第3期）", sounds) == "政府公报"


def test_letters_that_are_no_pinyin_stay_a_word():
    assert split("www") is None
    assert split("a" * 500) is None
    assert words("GB/T 21063") == ["gb", "t", "21063"]
