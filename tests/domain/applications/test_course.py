"""An application goes its way: what is noted down, and what follows from it."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from tests.factories.applications import MATTER, answering_office, applied, closed, decided

from gongkai.core.lifecycle import FactRefused
from gongkai.domain.applications import jobs, policies
from gongkai.domain.applications.actions import proceed, recompute, strike
from gongkai.domain.applications.actions.proceed import carry_out_decision
from gongkai.domain.applications.courses import course_of
from gongkai.domain.applications.errors import FirstFact, InFuture, OnlyByReview
from gongkai.domain.applications.models import Application, Fact, Party, Term
from gongkai.foundation import clock
from gongkai.foundation.jobs.models import Job
from gongkai.foundation.jobs.progress import Progress
from gongkai.foundation.permissions import NotAllowed, NotThere, Reader
from gongkai.foundation.trail.models import Record
from gongkai.foundation.trail.queries import verify

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return answering_office()


def on(day, act, application, office, **details):
    with clock.moved_to(day):
        fact = proceed(application, act, by=office.clerk, **details)
    application.refresh_from_db()
    return fact


def test_from_receipt_to_archive_every_day_is_the_one_that_the_law_sets(office):
    with clock.moved_to(date(2026, 9, 25)):
        application = applied(office)
    assert application.number == f"2026-{office.bureau.pk:05}-00001"
    assert (application.state, application.received) == ("registered", date(2026, 9, 25))
    first_due = application.due
    on(date(2026, 9, 28), "accept", application, office)
    party = Party.objects.create(application=application, whom="third-party", name="某公司")
    asked = on(date(2026, 9, 29), "consult", application, office, whom="third-party", party=party)
    assert application.due > first_due
    assert Term.objects.running().get(duty="third-party").about == asked
    on(date(2026, 10, 12), "opinion", application, office, about=asked, consents=False)
    with pytest.raises(NotAllowed):
        on(date(2026, 10, 20), "extend", application, office, working_days=20)
    with clock.moved_to(date(2026, 10, 30)):
        decided(office, application, "granted", "trade-secret")
    assert (application.state, application.outcome) == ("decided", "partial")
    assert application.in_time
    on(date(2026, 11, 2), "deliver", application, office)
    on(date(2026, 11, 3), "archive", application, office)
    assert application.state == "archived"
    assert not Term.objects.running().exists()


def test_a_decision_comes_only_from_a_review_that_everybody_signed(office):
    application = applied(office)
    with pytest.raises(OnlyByReview):
        proceed(application, "decide", by=office.clerk, grounds=["granted"])
    decision = decided(office, application, "granted")
    fact = application.facts.get(act="decide")
    assert fact.decision == decision
    with pytest.raises(FactRefused), transaction.atomic():
        carry_out_decision(decision, by=office.clerk)


def test_what_was_noted_down_stays_and_what_is_wrong_is_struck(office):
    application = applied(office)
    fact = proceed(application, "accept", by=office.clerk)
    with pytest.raises(DatabaseError), transaction.atomic():
        Fact.objects.filter(pk=fact.pk).update(day=date(2020, 1, 1))
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE applications_fact SET act = 'deliver'")
    with pytest.raises(NotAllowed):
        strike(fact, by=office.clerk, reason="点错了")
    strike(fact, by=office.head, reason="点错了")
    application.refresh_from_db()
    assert application.state == "registered"
    assert application.facts.count() == 3
    with pytest.raises(FirstFact):
        strike(application.facts.first(), by=office.head, reason="不要了")


def test_nobody_writes_what_has_not_happened(office):
    application = applied(office)
    with pytest.raises(InFuture):
        proceed(application, "accept", by=office.clerk, day=date(2099, 1, 1))
    with pytest.raises(FactRefused, match="不能“送达”"):
        proceed(application, "deliver", by=office.clerk)
    with pytest.raises(NotAllowed):
        proceed(application, "accept", by=None)
    assert application.facts.count() == 1


def test_a_unit_sees_what_was_given_to_it_and_answers_it(office):
    other = answering_office()
    application = applied(office)
    with pytest.raises(NotThere):
        policies.fetch(other.clerk, application.pk)
    asked = proceed(
        application, "dispatch", by=office.clerk, unit=other.bureau, until=date(2099, 1, 1)
    )
    assert policies.fetch(other.clerk, application.pk) == application
    assert not policies.may_see_identity(other.clerk, application)
    with pytest.raises(NotAllowed):
        proceed(application, "accept", by=other.clerk)
    proceed(application, "report", by=other.clerk, about=asked, text="没有这份合同")
    assert not Term.objects.running().filter(duty="dispatch").exists()


def test_a_holiday_notice_moves_open_cases_and_says_which(office):
    application, done = applied(office), closed(office, applied(office), "granted")
    Application.objects.filter(pk=application.pk).update(due=date(2020, 1, 1))
    moved = [each for each in recompute(Application.objects.open()) if each]
    assert [(each.application, each.before) for each in moved] == [(application, date(2020, 1, 1))]
    assert moved[0].after == course_of(application).due.day
    assert done.state == "closed"


def test_new_holidays_are_followed_once_by_themselves_and_go_on_where_they_were_stopped(office):
    cases = [applied(office) for _ in range(3)]
    days = {case.pk: (case.due, case.terms.get(duty="reply").due) for case in cases}
    Application.objects.update(due=date(2020, 1, 1))
    Term.objects.update(due=date(2020, 1, 1), reminded=date(2020, 1, 1))
    jobs.follow_the_calendar()
    jobs.follow_the_calendar()
    work = Job.objects.get(kind="applications.recompute")
    Job.objects.update(memory={"after": cases[0].pk, "done": 1, "moved": 1})
    work.refresh_from_db()
    jobs.recompute_all.work(Progress(work), **work.arguments)
    assert (work.done, work.message) == (3, "重新计算了 3 件，3 件的期限有变化")
    first, *others = Application.objects.order_by("pk")
    assert first.due == date(2020, 1, 1)
    for case in others:
        term = case.terms.get(duty="reply")
        assert ((case.due, term.due), term.reminded) == (days[case.pk], None)
    told = Record.objects.filter(event="applications.recomputed").order_by("number")
    assert [record.subject for record in told] == [
        f"applications.application:{c.pk}" for c in others
    ]
    assert verify().number == Record.objects.latest("number").number


def test_nothing_personal_stands_in_the_trail_or_in_the_table(office):
    application = applied(office)
    closed(office, application, "granted")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM applications_application")
        raw = repr(cursor.fetchall())
    trail = repr(list(Record.objects.values()))
    for value in ("测试申请人甲", "11010519491231002X", "13900000001", "jia@example", "河滨路"):
        assert value not in raw
        assert value not in trail
    assert MATTER in raw
    assert Application.objects.get().name == "测试申请人甲"


def test_the_public_may_not_see_a_case(office):
    with pytest.raises(NotThere):
        policies.fetch(Reader(), applied(office).pk)
