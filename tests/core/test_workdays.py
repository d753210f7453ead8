"""Working days follow the announced calendar."""

from datetime import date, timedelta

import chinese_calendar
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.refusal import Refusal
from gongkai.core.rulebook import LawError, Rulebook, national
from gongkai.core.workdays import Calendar, OutsideCalendar, announcements, calendar
from gongkai.core.workdays.bulk import OutsideBulk

DAYS = st.dates(date(2007, 1, 1), date(2030, 12, 31))
COUNTS = st.integers(1, 300)
NOW = calendar()


def each_day(first: date, last: date) -> list[date]:
    return [first + timedelta(offset) for offset in range((last - first).days + 1)]


@pytest.mark.parametrize("year", range(2008, 2027))
def test_every_day_agrees_with_an_independent_calendar(year):
    days = each_day(date(year, 1, 1), date(year, 12, 31))
    ours = [day for day in days if NOW.is_workday(day)]
    assert ours == [day for day in days if chinese_calendar.is_workday(day)]


# days off (weekends within a stretch included) and make-up days of each year's notice, after
# amendments; of 2008 only the days of the year itself: 29 to 31 December 2007 are left out
COUNTED = {
    2008: (27, 5),
    2009: (27, 6),
    2010: (29, 8),
    2011: (29, 5),
    2012: (27, 7),
    2013: (29, 12),
    2014: (22, 5),
    2015: (26, 5),
    2016: (24, 6),
    2017: (24, 5),
    2018: (23, 6),
    2019: (24, 7),
    2020: (30, 6),
    2021: (31, 7),
    2022: (31, 7),
    2023: (27, 7),
    2024: (28, 8),
    2025: (28, 5),
    2026: (33, 6),
}


@pytest.mark.parametrize(("year", "counts"), COUNTED.items())
def test_each_notice_has_its_known_number_of_days(year, counts):
    festivals = [f for f in NOW.festivals if f.notice.key.startswith(f"holidays-{year}")]
    kept = [day for f in festivals for day in f.days if year > 2008 or day.year == 2008]
    off = {day for f in festivals for day in f.days_off}.intersection(kept)
    work = {day for f in festivals for day in f.make_up_days}.intersection(kept)
    assert (len(off), len(work)) == counts


def test_every_notice_has_its_number_and_was_known_before_its_last_day():
    for key, notice in announcements().items():
        days = [day for a in notice.festivals.values() for day in (*a.rest, *a.work, *a.lieu)]
        assert "电〔" in notice.number, key
        assert notice.known < max(days), key


@pytest.mark.parametrize(
    ("day", "works"),
    [
        pytest.param(date(2007, 12, 29), True, id="a Saturday of 2007 made up by the 2008 notice"),
        pytest.param(date(2007, 12, 31), False, id="the last Monday of 2007"),
        pytest.param(date(2011, 12, 31), True, id="the Saturday before New Year 2012"),
        pytest.param(date(2018, 12, 31), False, id="the Monday before New Year 2019"),
        pytest.param(date(2014, 4, 7), False, id="a Monday in lieu, Qingming 2014"),
        pytest.param(date(2015, 4, 6), False, id="a Monday in lieu, Qingming 2015"),
        pytest.param(date(2015, 6, 22), False, id="a Monday in lieu, Dragon Boat 2015"),
        pytest.param(date(2017, 1, 2), False, id="a Monday in lieu, New Year 2017"),
        pytest.param(date(2024, 2, 9), True, id="the eve of the Spring Festival of 2024"),
        pytest.param(date(2026, 9, 20), True, id="a Sunday at work in 2026"),
    ],
)
def test_the_traps_of_the_notices_are_avoided(day, works):
    assert NOW.is_workday(day) is works


@pytest.mark.parametrize(
    ("day", "before", "known"),
    [
        pytest.param(date(2015, 9, 3), date(2015, 5, 12), date(2015, 5, 13), id="3 September 2015"),
        pytest.param(date(2015, 9, 6), date(2015, 5, 12), date(2015, 5, 13), id="6 September 2015"),
        pytest.param(date(2019, 5, 2), date(2019, 3, 21), date(2019, 3, 22), id="2 May 2019"),
        pytest.param(date(2019, 4, 28), date(2019, 3, 21), date(2019, 3, 22), id="28 April 2019"),
        pytest.param(date(2020, 1, 31), date(2020, 1, 26), date(2020, 1, 27), id="31 January 2020"),
        pytest.param(date(2020, 2, 1), date(2020, 1, 26), date(2020, 1, 27), id="1 February 2020"),
        pytest.param(
            date(2024, 10, 1), date(2023, 10, 24), date(2023, 10, 25), id="a whole notice"
        ),
    ],
)
def test_a_calendar_knows_only_what_had_been_announced(day, before, known):
    earlier, later = calendar(known_on=before), calendar(known_on=known)
    assert earlier.is_workday(day) is not NOW.is_workday(day)
    assert later.is_workday(day) is NOW.is_workday(day)


def test_a_year_without_a_notice_counts_weekends_only_and_is_provisional():
    days = each_day(date(2027, 1, 1), date(2027, 12, 31))
    assert [NOW.is_workday(day) for day in days] == [day.weekday() < 5 for day in days]
    assert all(NOW.is_provisional(day) for day in days)
    assert not NOW.is_provisional(date(2026, 12, 31))
    assert calendar(known_on=date(2025, 11, 3)).is_provisional(date(2026, 1, 1))


GOLDEN_WEEK = Calendar(
    days_off=[date(2024, 10, day) for day in range(1, 8)],
    make_up_days=[date(2024, 9, 29), date(2024, 10, 12)],
    announced=[2024],
)


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        pytest.param(date(2024, 9, 30), 1, date(2024, 10, 8), id="over the holiday"),
        pytest.param(date(2024, 9, 27), 1, date(2024, 9, 29), id="a Sunday at work"),
        pytest.param(date(2024, 10, 11), 1, date(2024, 10, 12), id="a Saturday at work"),
        pytest.param(date(2024, 10, 3), 1, date(2024, 10, 8), id="from within the holiday"),
        pytest.param(date(2024, 9, 27), 20, date(2024, 10, 30), id="twenty days"),
    ],
)
def test_working_days_follow_the_announced_calendar(start, count, due):
    assert GOLDEN_WEEK.after(start, count) == due
    assert GOLDEN_WEEK.days(start, count)[-1] == due


@given(DAYS, COUNTS)
def test_after_lands_on_a_working_day_and_between_counts_back(day, count):
    due = NOW.after(day, count)
    assert NOW.is_workday(due)
    assert NOW.between(day, due) == count
    assert len(NOW.days(day, count)) == count


@given(DAYS, DAYS, COUNTS)
def test_who_starts_later_is_never_due_earlier(one, other, count):
    first, second = sorted((one, other))
    assert NOW.after(first, count) <= NOW.after(second, count)


@given(DAYS, COUNTS, COUNTS)
def test_counting_twice_is_counting_the_sum(day, one, other):
    assert NOW.after(NOW.after(day, one), other) == NOW.after(day, one + other)


@given(DAYS)
def test_rolling_forward_finds_the_nearest_working_day(day):
    rolled = NOW.on_or_after(day)
    assert NOW.is_workday(rolled)
    assert not any(NOW.is_workday(between) for between in each_day(day, rolled)[:-1])


@given(DAYS, COUNTS, st.sets(DAYS, max_size=40))
def test_skipped_days_are_never_counted(day, count, skipping):
    found = NOW.days(day, count, skipping=skipping)
    assert not skipping.intersection(found)
    assert list(found) == sorted(found)
    assert found[-1] >= NOW.after(day, count)


@given(st.lists(st.tuples(DAYS, COUNTS), min_size=1, max_size=50))
def test_a_million_at_once_are_as_one_by_one(cases):
    days = np.array([day for day, _ in cases], dtype="datetime64[D]")
    counts = np.array([count for _, count in cases])
    due = NOW.bulk.after(days, counts)
    assert due.tolist() == [NOW.after(day, count) for day, count in cases]
    assert NOW.bulk.between(days, due).tolist() == counts.tolist()
    assert NOW.bulk.is_workday(days).tolist() == [NOW.is_workday(day) for day, _ in cases]
    assert NOW.bulk.provisional_between(days, due).tolist() == [
        NOW.provisional_between(day, NOW.after(day, count)) for day, count in cases
    ]


def test_what_lies_outside_the_calendar_is_refused_in_a_sentence():
    with pytest.raises(OutsideCalendar, match="1989年12月31日超出日历范围"):
        NOW.after(date(1989, 12, 31), 1)
    with pytest.raises(OutsideCalendar):
        NOW.after(date(2099, 12, 30), 20)
    with pytest.raises(OutsideCalendar):
        NOW.days(date(2099, 12, 30), 20)
    for day in (date(1989, 12, 30), date(2100, 1, 1)):
        with pytest.raises(OutsideCalendar):
            NOW.on_or_after(day)
    with pytest.raises(ValueError, match="0"):
        NOW.after(date(2024, 1, 1), 0)
    for days in (["1989-12-31"], ["NaT"], ["2099-12-31"]):
        with pytest.raises(OutsideBulk):
            NOW.bulk.after(days, 20)
    with pytest.raises(ValueError, match="0"):
        NOW.bulk.after(["2024-01-01"], 0)


def place(tmp_path, text: str) -> Rulebook:
    (tmp_path / "holidays").mkdir()
    (tmp_path / "holidays" / "local.yaml").write_text(text, "utf-8")
    return Rulebook(tmp_path)


def test_a_region_adds_its_own_festival_without_making_the_year_known(tmp_path):
    # dates invented
    region = place(
        tmp_path,
        "yunchuan-2027:\n  title: 云川市人民政府关于2027年地方节日放假的通知\n"
        "  number: 云政办电〔2026〕1号\n  issued: 2026-12-01\n  festivals:\n"
        "    开河节: {rest: [2027-04-12, 2027-04-13]}\n",
    )
    there = calendar(region)
    assert not there.is_workday(date(2027, 4, 12))
    assert there.is_provisional(date(2027, 4, 12))
    assert there.is_workday(date(2026, 9, 20))
    assert NOW.is_workday(date(2027, 4, 12))


@pytest.mark.parametrize(
    "span", ["tomorrow", "2027-04-12/2027-04-11", "2027-01-01/2027-12-31", "12", "2027-04-12/x"]
)
def test_a_span_that_is_none_is_refused(tmp_path, span):
    region = place(
        tmp_path,
        f"x-2027:\n  title: 通知\n  issued: 2026-12-01\n  festivals: {{节: {{rest: {span}}}}}\n",
    )
    with pytest.raises(LawError, match=r"local\.yaml"):
        calendar(region)


def test_a_festival_knows_its_notice():
    found = NOW.festivals_between(date(2024, 9, 28), date(2024, 10, 30))
    assert [(festival.name, festival.notice.key) for festival in found] == [
        ("国庆节", "holidays-2024")
    ]


def test_the_national_rulebook_is_read_once():
    assert calendar() is calendar(national())


def test_a_day_off_outside_the_covered_years_does_no_harm():
    days = Calendar(days_off=[date(1980, 1, 1)], make_up_days=[date(2200, 1, 1)])
    assert days.is_workday(date(2024, 1, 2))


def test_days_between_two_announcements_share_one_calendar():
    shared = calendar(known_on=date(2024, 3, 1))
    assert shared is calendar(known_on=date(2024, 11, 11))
    assert shared is not calendar(known_on=date(2024, 11, 12))
    assert calendar(known_on=date(2999, 1, 1)) is NOW


@pytest.mark.parametrize(
    ("arranged", "sentence"),
    [
        pytest.param("festivals: {节: {rest: []}}", "没有写放假的日子", id="no day"),
        pytest.param(
            "festivals: {节: {rest: 2027-04-10/2027-04-12, work: [2027-04-11]}}",
            "2027-04-11既放假又上班",
            id="a day both ways",
        ),
        pytest.param(
            "amends: holidays-1999\n  festivals: {节: {rest: 2027-04-12}}",
            "要调整的“holidays-1999”不存在",
            id="a change of nothing",
        ),
    ],
)
def test_a_notice_that_makes_no_sense_is_refused(tmp_path, arranged, sentence):
    region = place(tmp_path, f"x-2027:\n  title: 通知\n  issued: 2026-12-01\n  {arranged}\n")
    with pytest.raises(Refusal, match=sentence):
        calendar(region)


def test_only_weekends_are_made_up_and_every_festival_moves_a_working_day():
    for festival in NOW.festivals:
        assert all(day.weekday() >= 5 for day in festival.make_up_days), festival
    idle = [f for f in NOW.festivals if all(day.weekday() >= 5 for day in f.days_off)]
    # Mid-Autumn of 2015 fell on a Sunday and was given no other day
    assert [(f.name, f.notice.key) for f in idle] == [("中秋节", "holidays-2015")]
