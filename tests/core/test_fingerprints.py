"""Texts that are nearly the same are found again, others are not."""

import random

from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.fingerprints import STARTS, bands, distance, fingerprint, share

NOTICE = (
    "各县（市、区）人民政府，市直各单位：为做好2024年防汛抗旱工作，确保人民群众生命财产安全，经市政府同意，现将有关事项通知如下。"
    "一、提高认识，加强领导。各级各部门要充分认识做好防汛抗旱工作的重要性，主要负责同志要亲自抓，分管负责同志要具体抓。"
    "二、突出重点，落实责任。要对水库、河道、堤防、涵闸开展拉网式排查，建立台账，逐项整改，四月底前全部完成。"
    "三、完善预案，强化演练。要修订防御洪水方案和抗旱预案，组织抢险队伍演练，备足抢险物资，做到有备无患。"
)


@given(
    st.integers(0, len(NOTICE) - 12),
    st.integers(1, 8),
    st.text(alphabet="甲乙丙丁戊己", max_size=6),
)
def test_a_notice_with_a_few_words_changed_stays_near(at, length, instead):
    changed = NOTICE[:at] + instead + NOTICE[at + length :]
    assert distance(fingerprint(NOTICE), fingerprint(changed)) <= 10
    assert share(NOTICE, changed) >= 0.8


def test_notices_about_other_things_are_far_apart():
    shuffled = list(NOTICE)
    random.Random(1).shuffle(shuffled)
    other = "".join(shuffled)
    assert distance(fingerprint(NOTICE), fingerprint(other)) > 15
    assert share(NOTICE, other) < 0.2


def test_signs_spaces_and_full_width_digits_do_not_count():
    assert fingerprint(NOTICE) == fingerprint(
        NOTICE.replace("，", " , ").replace("2024", "２０２４")
    )


@given(st.integers(-(2**63), 2**63 - 1))
def test_the_bands_hold_the_whole_fingerprint(value):
    parts = bands(value)
    assert sum(part << start for start, part in zip(STARTS, parts, strict=True)) == value % 2**64


def test_a_line_is_too_short_to_tell():
    assert fingerprint("关于放假的通知") is None
    assert share("放假", "放假") == 1
    assert share("", "") == 0
