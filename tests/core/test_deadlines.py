"""The clock as an object: what holds whatever happens."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from gongkai.core.deadlines import (
    Consultation,
    Delay,
    Event,
    Extension,
    FeeNotice,
    Supplement,
    UnknownLimit,
    Whom,
    channels,
    due,
    limits,
    receive,
    reply,
)
from gongkai.core.deadlines.bulk import due_many
from gongkai.core.deadlines.counting import in_runs, months_after
from gongkai.core.deadlines.errors import BeforeReceipt, NothingToExtend, NotInBulk, WrongOrder
from gongkai.core.deadlines.limits import Counts
from gongkai.core.deadlines.receipt import channel
from gongkai.core.rulebook import LawError, NotYetInForce, Rulebook, national
from gongkai.core.workdays import calendar

UNDER_2019 = st.dates(date(2019, 5, 15), date(2026, 9, 30))
ANY_DAY = st.dates(date(2008, 5, 1), date(2026, 12, 31))
NOW = calendar()


@given(ANY_DAY)
def test_a_reply_is_due_after_the_days_of_its_law(received):
    deadline = reply(received)
    limit = 15 if received < date(2019, 5, 15) else 20
    assert len(deadline.counted) == limit == NOW.between(received, deadline.day)
    assert deadline == due("application.reply", received)


@given(UNDER_2019, st.integers(1, 10), st.integers(0, 10))
def test_consulting_moves_the_last_day_by_the_days_it_took(received, sent, took):
    begun = received + timedelta(sent)
    answered = begun + timedelta(took)
    plain = reply(received)
    paused = reply(received, [Consultation(begun, answered)])
    assert NOW.between(plain.day, paused.day) == NOW.between(begun, answered)
    assert not any(begun < day <= answered for day in paused.counted)


@given(UNDER_2019, st.integers(1, 20))
def test_an_extension_adds_exactly_what_was_granted(received, days):
    plain = reply(received)
    longer = reply(received, [Extension(days, plain.day)])
    assert NOW.between(plain.day, longer.day) == days
    assert longer.counted[: len(plain.counted)] == plain.counted


@given(UNDER_2019, st.integers(0, 60))
def test_a_correction_makes_it_a_new_application(received, waited):
    corrected = received + timedelta(waited)
    restarted = reply(received, [Supplement(received, corrected)])
    assert restarted.day == reply(corrected).day


@given(UNDER_2019, st.permutations(range(3)))
def test_it_does_not_matter_in_which_order_events_are_told(received, order):
    notified = NOW.after(received, 3)
    corrected = NOW.after(notified, 4)
    events = [
        Supplement(notified, corrected),
        Consultation(NOW.after(corrected, 2), NOW.after(corrected, 9), Whom.CO_AGENCY),
        Extension(10, NOW.after(corrected, 20)),
    ]
    shuffled = reply(received, [events[index] for index in order])
    assert shuffled == reply(received, events)


@pytest.mark.parametrize("key", sorted(limits()))
@given(data=st.data())
def test_every_limit_has_an_answer_for_every_day_since_it_is_law(key, data):
    limit = limits()[key]
    start = data.draw(st.dates(max(limit.values.since, date(1991, 4, 9)), date(2098, 12, 31)))
    deadline = due(key, start)
    assert deadline.day in {step.day for step in deadline.steps}
    assert all(step.text for step in deadline.steps)
    if limit.counts is Counts.DATE:
        assert (deadline.day.year, deadline.provisional) == (start.year + 1, False)
        return
    assert deadline.day > start
    assert deadline.steps[0].day == start
    assert deadline.provisional is NOW.provisional_between(start + timedelta(1), deadline.day)
    assert NOW.is_workday(deadline.day) or not limit.rolls


@pytest.mark.parametrize("key", sorted(limits()))
def test_no_limit_is_older_than_its_law(key):
    with pytest.raises(NotYetInForce):
        due(key, date(1990, 1, 1))


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_months_end_on_the_day_of_the_same_number_or_the_last(day, months):
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later + timedelta(1)).day == 1


@pytest.mark.parametrize("key", sorted(limits()))
def test_every_limit_says_who_must_do_what_from_when(key):
    limit = limits()[key]
    assert all([limit.title, limit.starts, limit.who, list(limit.values)])


def test_an_unknown_limit_names_its_neighbour():
    with pytest.raises(UnknownLimit, match=r"是不是 application\.reply"):
        due("application.repply", date(2024, 1, 2))


@pytest.mark.parametrize(
    "name", ["当面", "in-person", "窗口", "信函", "平信", "网上", "邮箱", "传真"]
)
def test_a_channel_is_known_by_any_of_its_names(name):
    assert channel(name).rows["stat65-2014"].startswith("req_")


@given(st.sampled_from(sorted(channels())), ANY_DAY, st.integers(0, 30))
def test_receipt_is_never_before_arrival_nor_after_confirmation(name, arrived, waited):
    confirmed = arrived + timedelta(waited)
    receipt = receive(name, arrived, confirmed)
    assert receipt.day in {arrived, confirmed}
    assert receipt.step.reference is not None


def test_a_receipt_explains_itself_in_the_first_step():
    receipt = receive("网络", date(2024, 9, 24), date(2024, 9, 27))
    deadline = reply(receipt)
    assert deadline.steps[0] == receipt.step
    assert str(deadline.steps[0]) == (
        "2024-09-27 网络提交，2024-09-24到达，以双方确认之日为收到申请之日"
        "（《政府信息公开条例》第三十一条第（三）项）"
    )


def test_days_are_written_in_runs():
    days = [date(2024, 9, 29), *(date(2024, 10, day) for day in range(1, 8)), date(2024, 12, 31)]
    assert in_runs(days) == "9月29日、10月1日至7日、12月31日"
    assert in_runs([date(2024, 4, 30), date(2024, 5, 1)]) == "4月30日至5月1日"


def test_a_deadline_is_a_sentence_and_a_document():
    deadline = due("application.reply", date(2026, 12, 20))
    assert str(deadline) == "2027年1月15日（暂估）"
    assert deadline.as_dict().keys() == {"due", "provisional", "steps"}
    assert deadline.as_dict()["steps"][-1] == {
        "day": "2027-01-15",
        "text": "第20个工作日，答复申请的期限届满",
        "reference": "《政府信息公开条例》第三十三条",
        "confirmed": True,
    }


def test_what_rests_on_an_unchecked_article_says_so():
    deadline = due("information.interpretation", date(2024, 4, 30))
    assert not deadline.confirmed
    assert "待核" in str(deadline.steps[-1])


def test_the_same_national_law_is_used_when_none_is_given():
    day = date(2024, 9, 27)
    assert reply(day) == reply(day, book=national(), days=NOW)


@given(UNDER_2019, st.integers(1, 40))
def test_silence_and_a_late_answer_end_the_pause_on_the_same_day(received, late):
    sent = NOW.after(received, 1)
    window = due("application.third-party", sent)
    answered = window.day + timedelta(late)
    assume(answered.year < 2027)
    silent = reply(received, [Consultation(sent)])
    assert reply(received, [Consultation(sent, answered)]).day == silent.day


BEFORE, RECEIVED = date(2024, 2, 29), date(2024, 3, 1)


@pytest.mark.parametrize(
    ("event", "name"),
    [
        (Supplement(BEFORE, RECEIVED), "告知补正"),
        (Consultation(BEFORE, RECEIVED), "征求第三方意见"),
        (Consultation(BEFORE, RECEIVED, Whom.CO_AGENCY), "征求其他机关意见"),
        (FeeNotice(BEFORE, RECEIVED), "发出收费通知"),
        (Extension(5, BEFORE), "告知延长答复期限"),
        (Delay(BEFORE, date(2024, 9, 2)), "告知延迟答复"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_nothing_happens_to_an_application_before_it_came(event: Event, name: str):
    with pytest.raises(BeforeReceipt, match=f"^{name}的日期（2024年2月29日）早于"):
        reply(RECEIVED, [event])


def test_a_fee_is_not_paid_before_it_was_asked_for():
    with pytest.raises(WrongOrder, match="缴费的日期"):
        reply(RECEIVED, [FeeNotice(date(2024, 3, 6), date(2024, 3, 5))])


def test_a_letter_is_not_delivered_before_it_was_sent():
    sent = date(2024, 3, 6)
    with pytest.raises(WrongOrder, match="送达征求意见书的日期"):
        reply(RECEIVED, [Consultation(sent, delivered=date(2024, 3, 5))])


def test_what_the_law_does_not_extend_cannot_be_extended():
    with pytest.raises(NothingToExtend, match="主动公开政府信息"):
        due("information.publication", RECEIVED, extend=5)


def test_an_application_keeps_its_law_when_its_procedure_reaches_into_another():
    # received under the old law, whose fifteen days run into the time of the new one
    deadline = reply(date(2019, 5, 10), [Extension(15, date(2019, 5, 31))])
    assert len(deadline.counted) == 30
    assert "2007年" in str(deadline.steps[-1])


@pytest.mark.parametrize(
    ("counts", "value"),
    [("date", "13-01"), ("date", "20"), ("date", "01-32"), ("days", "01-31"), ("days", "0")],
)
def test_a_limit_that_makes_no_sense_is_refused(tmp_path, counts, value):
    (tmp_path / "deadlines").mkdir()
    (tmp_path / "deadlines" / "x.yaml").write_text(
        f"x:\n  title: 甲\n  starts: 乙\n  who: 丙\n  counts: {counts}\n"
        f"  values: {{2024-01-01: {{value: {value}, reference: regulations-2019/33}}}}\n",
        "utf-8",
    )
    with pytest.raises(LawError, match=r"x\.yaml 第 2 行.*(月-日|正整数)"):
        limits(Rulebook(tmp_path))


@given(st.lists(ANY_DAY, min_size=1, max_size=40))
def test_many_replies_are_due_as_one_by_one(received):
    many = due_many("application.reply", received)
    singly = [due("application.reply", day) for day in received]
    assert many.days.tolist() == [deadline.day for deadline in singly]
    assert many.provisional.tolist() == [deadline.provisional for deadline in singly]


def test_what_cannot_be_done_in_bulk_says_so():
    with pytest.raises(NotInBulk, match="逐件计算"):
        due_many("litigation.direct", [RECEIVED])
    with pytest.raises(NotYetInForce):
        due_many("application.reply", [RECEIVED, date(2007, 1, 1)])
