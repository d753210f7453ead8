"""Texts that are nearly the same are found again, others are not."""

import random
import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.fingerprints import bands, plain, share

NOTICE = (
    "各县（市、区）人民政府，市直各单位：为做好2024年防汛抗旱工作，确保人民群众生命财产安全，经市政府同意，现将有关事项通知如下。"
    "一、提高认识，加强领导。各级各部门要充分认识做好防汛抗旱工作的重要性，主要负责同志要亲自抓，分管负责同志要具体抓。"
    "二、突出重点，落实责任。要对水库、河道、堤防、涵闸开展拉网式排查，建立台账，逐项整改，四月底前全部完成。"
    "三、完善预案，强化演练。要修订防御洪水方案和抗旱预案，组织抢险队伍演练，备足抢险物资，做到有备无患。"
)


KNOWN = (552021948, 1068777298, 1702964767, 1578972882, 101531424)


@given(st.integers(0, len(NOTICE) - 12), st.text(alphabet="甲乙丙丁戊己", max_size=3))
def test_a_notice_with_a_word_changed_shares_a_band(at, instead):
    changed = NOTICE[:at] + instead + NOTICE[at + 3 :]
    assert set(enumerate(bands(NOTICE))) & set(enumerate(bands(changed)))
    assert share(NOTICE, changed) >= 0.9


def test_of_many_changed_notices_nearly_all_are_found_and_of_many_others_nearly_none():
    chance = random.Random(1)
    signs = sorted(set(NOTICE))
    near = far = 0
    for _ in range(300):
        changed, other = list(NOTICE), [chance.choice(signs) for _ in NOTICE]
        for _ in range(4):
            changed[chance.randrange(len(changed))] = "改"
        near += bool(set(enumerate(bands(NOTICE))) & set(enumerate(bands("".join(changed)))))
        far += bool(set(enumerate(bands(NOTICE))) & set(enumerate(bands("".join(other)))))
    assert near >= 295
    assert far <= 2


def test_signs_spaces_and_full_width_digits_do_not_count():
    assert bands(NOTICE) == bands(NOTICE.replace("，", " , ").replace("2024", "２０２４"))


def test_the_bands_of_a_text_never_change():
    # they stand in databases
    assert bands(NOTICE) == KNOWN
    assert all(0 <= band < 2**31 for band in KNOWN)


def test_a_line_is_too_short_to_tell():
    assert bands("关于放假的通知") is None
    assert share("放假", "放假") == 1
    assert share("", "") == 0


@given(
    st.text(
        st.characters(codec="utf-8") | st.sampled_from("，。：；！？（）…　＿％㎡℃①Ａ１ｶﾞ"),
        max_size=40,
    )
)
def test_the_short_way_to_a_plain_text_is_the_long_one(text):
    long_way = re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).lower())
    assert plain(text) == long_way
