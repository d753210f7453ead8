"""A marked text loses nothing, whatever the marks."""

from hypothesis import given
from hypothesis import strategies as st

from gongkai.oversight.readings.marked import (
    GAP,
    KINDS,
    LONGEST,
    Mark,
    page_of,
    pages,
    stretches,
)


@st.composite
def texts_with_marks(draw):
    text = draw(st.text(alphabet="公开申请12件。\n\t ", max_size=60))
    marks = []
    for number in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        marks.append(
            Mark(start, end, f"m{number}", draw(st.sampled_from(KINDS)), "", f"标{number}")
        )
    return text, marks


@given(texts_with_marks())
def test_stretches_put_together_are_the_text(case):
    text, marks = case
    told = "".join(s.text for s in stretches(text, marks, 0, len(text)))
    assert told.replace("\n", "") == GAP.sub("\n\n", text).replace("\n", "")


@given(texts_with_marks())
def test_every_mark_with_a_length_shows_and_the_weightiest_wins(case):
    text, marks = case
    at = 0
    for stretch in stretches(text, marks, 0, len(text)):
        # line breaks may be dropped, marks may not
        end = at + len(stretch.text)
        if GAP.search(text):
            return
        over = [m for m in marks if m.start < end and m.end > at]
        assert bool(over) == (stretch.mark is not None)
        if over:
            assert stretch.mark.weight == max(m.weight for m in over)
            assert set(stretch.titles) == {m.title for m in over}
        at = end


@given(texts_with_marks())
def test_an_anchor_stands_once(case):
    text, marks = case
    anchors = [a for s in stretches(text, marks, 0, len(text)) for a in s.anchors]
    assert len(anchors) == len(set(anchors))
    assert {m.anchor for m in marks if m.end > m.start} <= set(anchors)


@given(st.lists(st.integers(0, 4000), max_size=12))
def test_pages_cover_the_text_and_none_is_endless(lengths):
    text = "\n".join("公" * length for length in lengths)
    starts = pages(text)
    ends = (*starts[1:], len(text))
    assert "".join(text[a:b] for a, b in zip(starts, ends, strict=True)) == text
    assert all(b - a <= LONGEST for a, b in zip(starts, ends, strict=True))


def test_a_line_that_never_ends_is_cut():
    assert pages("1" * (3 * LONGEST)) == (0, LONGEST, 2 * LONGEST)


def test_a_place_is_found_on_its_page():
    text = ("公" * 4999 + "\n") * 4
    starts = pages(text)
    assert [page_of(starts, start) for start in starts] == list(range(1, len(starts) + 1))
    assert page_of(starts, len(text)) == len(starts)


def test_a_mark_that_reaches_over_the_page_shows_on_both():
    mark = Mark(3, 7, "m", "error", "#finding-1", "矛盾")
    first = list(stretches("0123456789", [mark], 0, 5))
    second = list(stretches("0123456789", [mark], 5, 10))
    assert [(s.text, bool(s.mark)) for s in first] == [("012", False), ("34", True)]
    assert [(s.text, bool(s.mark)) for s in second] == [("56", True), ("789", False)]
