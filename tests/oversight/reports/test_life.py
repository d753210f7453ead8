"""A report goes from the round to the public, each verb with its refusals."""

from datetime import date

import pytest
from django.db import connection
from tests.factories.organisations import city, reader
from tests.factories.reports import fill, office_of

from gongkai.core.forms import Place
from gongkai.core.rendering import render
from gongkai.foundation.permissions import NotAllowed
from gongkai.foundation.trail.models import Record
from gongkai.oversight.reports import errors, publishing
from gongkai.oversight.reports.actions import (
    Amendment,
    approve,
    confirm,
    correct,
    issue,
    open_round,
    override,
    return_,
    review,
)
from gongkai.oversight.reports.checking import check
from gongkai.oversight.reports.models import Chapter, Handling, Report, Round, Status, Tier

pytestmark = pytest.mark.django_db


def test_a_round_asks_every_unit_that_must_report_and_knows_where_each_is_rolled_up():
    office = office_of(2016)
    assert office.round.form == "stat65-2014"
    town = office.city
    above = {
        r.organisation_id: (r.above and r.above.organisation_id, r.tier)
        for r in Report.objects.select_related("above")
    }
    assert above == {
        town.top.pk: (None, Tier.SAME),
        town.finance.pk: (town.top.pk, Tier.SAME),
        town.housing.pk: (town.top.pk, Tier.SAME),
        town.county.pk: (town.top.pk, Tier.LOWER),
        town.county_finance.pk: (town.county.pk, Tier.SAME),
    }
    assert Record.objects.filter(event="reports.opened").count() == 1


@pytest.mark.parametrize(
    ("year", "department", "government"),
    [
        pytest.param(2016, date(2017, 3, 31), date(2017, 3, 31), id="the Regulations of 2007"),
        pytest.param(2024, date(2025, 1, 31), date(2025, 3, 31), id="the Regulations of 2019"),
    ],
)
def test_each_report_is_due_on_the_day_of_the_law_of_its_year(year, department, government):
    office = office_of(year)
    assert office.report(office.city.finance).due == department
    assert office.report(office.city.county).due == government
    assert "条" in office.report(office.city.county).due_reference


def test_a_round_can_be_opened_once():
    office = office_of(2016)
    with pytest.raises(errors.RoundExists):
        open_round(office.city.top, 2016, by=office.office)
    assert Round.objects.count() == 1


def test_a_round_inside_another_is_refused_with_the_names():
    office = office_of(2016)
    by = reader("office", office.city.county)
    with pytest.raises(errors.UnitTwice, match="石桥县"):
        open_round(office.city.county, 2016, by=by)


@pytest.mark.parametrize("year", [2007, 2099])
def test_a_year_without_a_form_or_still_to_come_is_refused(year):
    town = city()
    with pytest.raises((errors.NoForm, errors.YearNotOver)):
        open_round(town.top, year, by=reader("office", town.top))


def test_a_clerk_cannot_open_a_round():
    town = city()
    with pytest.raises(NotAllowed):
        open_round(town.top, 2016, by=reader("clerk", town.top))


def test_the_whole_way_leaves_a_step_and_a_record_for_each_verb():
    office = office_of(2016)
    report = fill(
        office.report(office.city.finance), reader("clerk", office.city.finance), req_received="0"
    )
    confirm(report, by=reader("head", office.city.finance))
    review(report, by=office.office)
    approve(report, by=office.leader)
    edition = issue(report, by=office.office)
    report.refresh_from_db()
    assert report.status == Status.ISSUED
    assert report.issued_on is not None
    assert edition.content["cells"][0]["value"] == "0"
    assert list(Handling.objects.filter(report=report).values_list("verb", flat=True)) == [
        "opened",
        "confirmed",
        "reviewed",
        "approved",
        "issued",
    ]
    issued = Record.objects.get(event="reports.issued")
    assert edition.digest in issued.facts
    assert issued.authority == f"office@{office.city.top.pk}"


@pytest.mark.parametrize(
    ("verb", "role"),
    [(confirm, "clerk"), (review, "leader"), (approve, "office"), (issue, "leader")],
    ids=["a clerk confirms", "a leader reviews", "the office approves", "a leader issues"],
)
def test_nobody_does_the_work_of_another_post(verb, role):
    office = office_of(2016)
    report = office.report(office.city.top)
    before = {confirm: "filling", review: "confirmed", approve: "reviewed", issue: "approved"}[verb]
    Report.objects.filter(pk=report.pk).update(status=before)
    with pytest.raises(NotAllowed):
        verb(report, by=getattr(office, role))
    assert Report.objects.get(pk=report.pk).status == before


@pytest.mark.parametrize("verb", [review, approve, issue], ids=["review", "approve", "issue"])
def test_no_stage_can_be_skipped(verb):
    office = office_of(2016)
    report = office.report(office.city.top)
    role = {review: "office", approve: "leader", issue: "office"}[verb]
    with pytest.raises(errors.NotNow, match="填报"):
        verb(report, by=getattr(office, role))


def test_a_report_comes_back_with_what_must_be_changed_and_its_clerk_is_told():
    office = office_of(2016)
    unit = office.city.housing
    clerk = reader("clerk", unit)
    report = office.report(unit)
    confirm(report, by=reader("head", unit))
    with pytest.raises(errors.NoReason):
        return_(report, by=office.office, comment="  ")
    return_(report, by=office.office, comment="第22行漏填")
    report.refresh_from_db()
    assert report.status == Status.FILLING
    assert "第22行漏填" in clerk.user.notices.get().text


def test_an_error_stops_approval_until_it_is_put_right():
    office = office_of(2016)
    unit = office.city.finance
    report = fill(
        office.report(unit), reader("clerk", unit), req_received="3", req_web="1", req_mail="1"
    )
    assert report.errors == 1
    confirm(report, by=reader("head", unit))
    review(report, by=office.office)
    with pytest.raises(errors.StillBroken, match="1 处"):
        approve(report, by=office.leader)


def test_a_report_whose_required_chapters_are_empty_needs_them_or_a_reason():
    office = office_of(2024)
    unit = office.city.finance
    report = office.report(unit)
    confirm(report, by=reader("head", unit))
    review(report, by=office.office)
    with pytest.raises(errors.StillBroken, match="2 处"):
        approve(report, by=office.leader)
    for found in check(report).blocking:
        assert found.rule == "chapter.empty"
        override(report, found.fingerprint, reason="本年度新设，尚无工作。", by=office.office)
    approve(report, by=office.leader)
    report.refresh_from_db()
    assert report.status == Status.APPROVED


def test_a_published_report_takes_no_more_changes():
    office = office_of(2016)
    report = office.report(office.city.top)
    for verb, by in ((confirm, office.head), (review, office.office), (approve, office.leader)):
        verb(report, by=by)
    issue(report, by=office.office)
    with pytest.raises(errors.Frozen):
        fill(report, office.clerk, req_received="1")
    with pytest.raises(errors.Frozen):
        return_(report, by=office.office, comment="退回")
    assert Place("stat65", "req_received", "value") not in {c.where for c in report.cells.all()}


def approved(office):
    report = office.report(office.city.top)
    for verb, by in ((confirm, office.head), (review, office.office), (approve, office.leader)):
        verb(report, by=by)
    return report


@pytest.mark.django_db(transaction=True)
def test_files_are_rendered_while_nobody_is_kept_waiting_for_the_database(monkeypatch):
    office = office_of(2016)
    report = approved(office)
    held = []

    def watched(*args):
        held.append(connection.in_atomic_block)
        return render(*args)

    monkeypatch.setattr(publishing, "render", watched)
    issue(report, by=office.office)
    place = Place("stat65", "req_received", "value")
    correct(report, [Amendment("2", place=place)], reason="漏计两件", by=office.office)
    assert held == [False] * 12


def test_what_changed_while_its_files_were_written_is_not_published(monkeypatch):
    office = office_of(2016)
    report = approved(office)

    def slow(paper, kind):
        Chapter.objects.update_or_create(
            report=report, heading="overview", defaults={"text": "后来写的。"}
        )
        return render(paper, kind)

    monkeypatch.setattr(publishing, "render", slow)
    with pytest.raises(errors.MovedMeanwhile, match="刷新页面"):
        issue(report, by=office.office)
    report.refresh_from_db()
    assert (report.status, report.editions.count()) == (Status.APPROVED, 0)
    monkeypatch.setattr(publishing, "render", render)
    edition = issue(report, by=office.office)
    assert edition.content["chapters"][0]["text"] == "后来写的。"


def test_of_two_corrections_at_once_the_second_is_asked_to_look_again(monkeypatch):
    office = office_of(2016)
    report = approved(office)
    issue(report, by=office.office)
    place = Place("stat65", "req_received", "value")

    def meanwhile(paper, kind):
        monkeypatch.setattr(publishing, "render", render)
        correct(report, [Amendment("3", place=place)], reason="漏计三件", by=office.office)
        return render(paper, kind)

    monkeypatch.setattr(publishing, "render", meanwhile)
    with pytest.raises(errors.MovedMeanwhile):
        correct(report, [Amendment("2", place=place)], reason="漏计两件", by=office.office)
    assert [e.number for e in report.editions.all()] == [2, 1]
    assert report.cells.get(place=str(place)).text == "3"
    report.refresh_from_db()
    assert report.status == Status.ISSUED
