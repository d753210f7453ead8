"""How much two texts have in common."""

from difflib import SequenceMatcher

from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.checks.wording import likeness

SIZE = 8
WORDS = "天地玄黄宇宙洪荒日月盈昃辰宿列张寒来暑往秋收冬藏闰余成岁律吕调阳云腾致雨露结为霜金生丽水玉出昆冈"
passages = st.text(st.sampled_from(WORDS), min_size=SIZE, max_size=30)
texts = st.lists(passages, min_size=1, max_size=5)


def longest(one, other):
    match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
    return match.size


@given(texts, texts, passages)
def test_the_longest_stretch_stands_in_both_and_none_is_longer(mine, theirs, shared):
    one, other = shared.join(mine), shared.join(theirs)
    found = likeness(one, other, size=SIZE)
    assert one[found.start : found.start + found.run] in other
    truth = longest(one, other)
    assert found.run == (truth if truth >= SIZE else 0)


@given(passages)
def test_a_text_is_all_in_itself(text):
    found = likeness(text, text, size=SIZE)
    assert (found.share, found.run, found.start) == (1.0, len(text), 0)


def test_figures_and_punctuation_do_not_make_a_difference():
    found = likeness(
        "全年公开信息120条，其中政策文件20条。", "全年公开信息95条,其中政策文件7条。", size=SIZE
    )
    assert found.share == 1.0


def test_a_short_stretch_is_not_looked_for_where_only_a_long_one_matters():
    one, other = WORDS + "".join(reversed(WORDS)), WORDS[:20] + "甲乙丙丁戊己庚辛壬癸" * 20
    assert likeness(one, other, size=SIZE, least=100).run == 0
    assert likeness(one, other, size=SIZE).run == 20
