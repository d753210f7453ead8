"""A normalised text is easier to match, and every place in it is known in the original."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.extraction.normal import normal

PIECES = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            [
                "報(bào)告",
                "規(guī)定",
                "我們(men)",
                "20 23年",
                "２０２３年",
                "⼀、⺠⽣",
                "\u200b",
                "\xa0",
                "，",
                "０",
            ]
        ),
    ),
    max_size=12,
).map("".join)


@pytest.mark.parametrize(
    ("printed", "matched"),
    [
        ("２０２３年，共（１）件：", "2023年,共(1)件:"),
        ("⼀、⺠⽣⼯作", "一、民生工作"),
        ("政府信息公開谘詢、答複、方麵", "政府信息公开咨询、答复、方面"),
        ("20 23年", "2023年"),
        ("2 0 2 3 年", "2023 年"),
        ("共\u200b12\xa0条\ufeff", "共12 条"),
        ("0 0 0 12", "0 0 0 12"),
        ("－657", "-657"),
        ("第①项、㈠", "第①项、㈠"),
        ("報(bào)告、規(guī)定、當(dāng)前、我們(men)", "报告、规定、当前、我们"),
        ("接口(api)和网站(web)", "接口(api)和网站(web)"),
    ],
    ids=str,
)
def test_a_text_is_matched_in_one_width_and_one_script(printed, matched):
    assert normal(printed).text == matched


@given(PIECES)
def test_every_character_knows_the_one_it_came_from(printed):
    result = normal(printed)
    places = [result.start(i) for i in range(len(result.text))]
    assert places == sorted(set(places))
    assert all(normal(printed[p]).text == c for p, c in zip(places, result.text, strict=True))


@given(PIECES)
def test_a_place_in_the_original_is_found_again(printed):
    result = normal(printed)
    assert all(result.offset(result.start(i)) == i for i in range(len(result.text)))


@given(PIECES, st.data())
def test_a_stretch_maps_to_exactly_what_it_stands_for(printed, data):
    result = normal(printed)
    start = data.draw(st.integers(0, len(result.text)))
    end = data.draw(st.integers(start, len(result.text)))
    span = result.span(start, end)
    assert 0 <= span.start <= span.end <= len(printed)
    if start < end:
        assert normal(printed[span.start]).text == result.text[start]
        assert normal(printed[span.end - 1]).text == result.text[end - 1]


def test_a_number_is_cut_out_of_the_original_letter_for_letter():
    printed = "截至２０２３年，主動公開（zhǔ）政府信息１，２３４條"
    result = normal(printed)
    start = result.text.index("1,234")
    span = result.span(start, start + 5)
    assert printed[span.start : span.end] == "１，２３４"
