"""By when: what the standard directory's phrases say, and what nobody can tell."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongkai.core.directories import read_phrase

READ = {
    "长期公开（动态调整）": ("standing", 0, "", "", 0),
    "20个工作日内": ("event", 20, "working-days", "信息形成或者变更", 0),
    "每年1月31日前": ("fixed", 0, "", "", 0),
    "信息形成或者变更之日起20个工作日内": ("event", 20, "working-days", "信息形成或者变更", 0),
    "信息形成（变更）之日起 20 个工作日内": ("event", 20, "working-days", "信息形成或者变更", 0),
    "自信息形成之日起二十个工作日内公开": ("event", 20, "working-days", "信息形成或者变更", 0),
    "制定或获取信息之日起10个工作日内": ("event", 10, "working-days", "制作或者获取信息", 0),
    "制定或获取信息之日起10个工作日内（公示7个工作日）": (
        "event",
        10,
        "working-days",
        "制作或者获取信息",
        7,
    ),
    "分配结果确定后20个工作日内": ("event", 20, "working-days", "分配结果确定", 0),
    "按进展情况及时公开": ("prompt", 0, "", "", 0),
    "重大决策作出后及时公开": ("prompt", 0, "", "", 0),
    "批准后20日内（自然日）": ("event", 20, "days", "本级人民代表大会或者常务委员会批准", 0),
    "批复后20日内（自然日）": ("event", 20, "days", "本级财政部门批复", 0),
    "3个工作日内": ("event", 3, "working-days", "信息形成或者变更", 0),
    "实时公开": ("prompt", 0, "", "", 0),
    "行政许可、行政处罚自作出决定之日起7个工作日内": (
        "event",
        7,
        "working-days",
        "作出决定",
        0,
    ),
    "每季度终了后15个工作日内": ("regular", 15, "working-days", "", 0),
    "每半年": ("regular", 0, "", "", 0),
    "自项目开工之日起十个工作日内": ("event", 10, "working-days", "项目开工", 0),
    "信息形成之日起20个工作日内。法律、法规另有规定的，从其规定。": (
        "event",
        20,
        "working-days",
        "信息形成或者变更",
        0,
    ),
    "20个工作日": ("event", 20, "working-days", "信息形成或者变更", 0),
    "7个工作日内公开（法律法规另有规定的从其规定）": (
        "event",
        7,
        "working-days",
        "信息形成或者变更",
        0,
    ),
    "每年度12月31日前": ("fixed", 0, "", "", 0),
    "每年3月底前": ("fixed", 0, "", "", 0),
    "常年公开": ("standing", 0, "", "", 0),
    "动态更新": ("standing", 0, "", "", 0),
    "征收决定公告后及时公开": ("prompt", 0, "", "", 0),
    "按月度公开": ("regular", 0, "", "", 0),
    "每季度末": ("regular", 0, "", "", 0),
}
UNREAD = [
    "",
    "视情况而定",
    "除处罚决定外长期公开（动态调整）；处罚决定20个工作日内",
    "每年2月30日前",
    "同上",
    "二〇二四年",
    "20",
    "信息形成之日起若干个工作日内",
    "9" * 5000,
]


@pytest.mark.parametrize(("text", "said"), READ.items(), ids=list(READ))
def test_a_phrase_of_the_directory_is_read(text, said):
    limit = read_phrase(text)
    assert (limit.kind, limit.number, limit.counts, limit.starts, limit.shown) == said
    assert limit.reference


@pytest.mark.parametrize("text", UNREAD, ids=lambda text: text[:20] or "nothing")
def test_what_nobody_can_tell_is_not_guessed(text):
    assert not read_phrase(text).is_read


def test_a_due_day_says_how_it_was_counted():
    limit = read_phrase("信息形成或者变更之日起20个工作日内")
    due = limit.due(date(2024, 9, 27))
    # the same span as the example of article 33, counted by hand there
    assert due.day == date(2024, 10, 30)
    assert not due.provisional
    assert "第20个工作日" in due.steps[-1].text
    assert read_phrase("批复后20日内").due(date(2024, 9, 27)).day == date(2024, 10, 17)
    assert read_phrase("每年1月31日前").day_in(2027) == date(2027, 1, 31)
    assert read_phrase("及时公开").due(date(2024, 9, 27)) is None


def test_a_year_without_announced_holidays_is_provisional():
    assert read_phrase("20个工作日内").due(date(2031, 3, 3)).provisional


@settings(max_examples=60)
@given(
    st.integers(1, 60),
    st.sampled_from(["信息形成之日起{}个工作日内", "{}个工作日内", "分配结果确定后{}个工作日内"]),
    st.dates(date(2012, 1, 1), date(2026, 6, 1)),
)
def test_working_days_never_come_before_as_many_days(number, pattern, start):
    limit = read_phrase(pattern.format(number))
    due = limit.due(start)
    assert due.day >= start + timedelta(days=number)
    assert [step.day for step in due.steps] == sorted(step.day for step in due.steps)


def test_the_end_of_a_month_is_its_last_day_in_every_year():
    limit = read_phrase("每年2月底前")
    assert [limit.day_in(year) for year in (2026, 2028)] == [date(2026, 2, 28), date(2028, 2, 29)]
    assert not read_phrase("每年13月底前").is_read
