"""Figures go into cells: what is understood, what is refused, what nobody can undo."""

from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError
from hypothesis import given
from hypothesis import strategies as st
from tests.factories.organisations import reader
from tests.factories.reports import PLACE, fill, issued, office_of

from gongkai.core.forms import Place, form
from gongkai.core.refusal import Refusal
from gongkai.foundation.permissions import NotAllowed
from gongkai.oversight.reports import errors
from gongkai.oversight.reports.actions import Amendment, Change, confirm, correct, fill_cells
from gongkai.oversight.reports.entering import entered
from gongkai.oversight.reports.models import (
    Cell,
    Chapter,
    Edition,
    Entry,
    Report,
    Source,
)

STAT, NEW = form("stat65-2014"), form("format-2019")
MONEY = Place("stat65", "budget", "value")
DELTA = Place("proactive", "license", "delta")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        pytest.param("120", "120", id="digits"),
        pytest.param(" １，２３４ ", "1234", id="full width with a separator"),
        pytest.param("1,234,567", "1234567", id="separators"),
        pytest.param("12件", "12", id="the unit of the cell itself"),
        pytest.param("007", "7", id="leading noughts"),
        pytest.param("12.0", "12", id="a decimal point without decimals"),
        pytest.param("0", "0", id="a zero"),
        pytest.param("-0", "0", id="minus nothing"),
        pytest.param("", None, id="a blank"),
        pytest.param("\u3000", None, id="an ideographic space"),
    ],
)
def test_what_people_type_is_understood(text, value):
    assert entered(text, STAT, PLACE) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "place", "form", "words"),
    [
        pytest.param("——", PLACE, STAT, "没有发生请填 0", id="a dash is neither zero nor blank"),
        pytest.param("无", PLACE, STAT, "没有发生请填 0", id="none in words"),
        pytest.param("十二", PLACE, STAT, "阿拉伯数字", id="Chinese numerals"),
        pytest.param("1,2", PLACE, STAT, "阿拉伯数字", id="a separator out of place"),
        pytest.param("1e5", PLACE, STAT, "阿拉伯数字", id="an exponent"),
        pytest.param("NaN", PLACE, STAT, "阿拉伯数字", id="not a number"),
        pytest.param("1.5", PLACE, STAT, "整数", id="half an application"),
        pytest.param("-1", PLACE, STAT, "不能是负数", id="less than none"),
        pytest.param("76.12345", MONEY, STAT, "太长", id="more decimals than are kept"),
        pytest.param("9" * 12, PLACE, STAT, "太长", id="more digits than are kept"),
        pytest.param("9" * 5000, PLACE, STAT, "太长", id="a page of nines"),
        pytest.param("<script>", PLACE, STAT, "阿拉伯数字", id="markup"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_to_do(text, place, form, words):
    with pytest.raises(Refusal, match=words) as refused:
        entered(text, form, place)
    assert len(str(refused.value)) < 120


def test_only_a_difference_may_be_negative():
    assert entered("-657", NEW, DELTA) == Decimal(-657)


@given(st.decimals(min_value=0, max_value=10**11 - 1, places=4))
def test_money_is_kept_to_the_last_digit(value):
    assert entered(f"{value:f}", STAT, MONEY) == value


pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return office_of(2016)


def change(text, version=0, row="req_received"):
    return Change(Place("stat65", row, "value"), text, version)


def test_every_value_that_ever_stood_in_a_cell_is_kept_with_who_and_why(office):
    report = office.report(office.city.top)
    fill_cells(report, [change("3")], by=office.clerk, ground="登记簿")
    fill_cells(report, [change("4", 1)], by=office.office, ground="补登一件")
    told = [(e.text, e.by, e.ground) for e in Entry.objects.order_by("version")]
    assert told == [("3", office.clerk.user, "登记簿"), ("4", office.office.user, "补登一件")]
    assert Cell.objects.get().version == 2


def test_two_people_in_one_cell_see_both_values(office):
    report = office.report(office.city.top)
    fill_cells(report, [change("3")], by=office.clerk)
    (outcome,) = fill_cells(report, [change("5", 0)], by=office.office)
    assert (outcome.result, outcome.cell.text, outcome.cell.by) == (
        "conflict",
        "3",
        office.clerk.user,
    )
    assert Cell.objects.get().text == "3"


def test_the_same_change_sent_twice_is_saved_once(office):
    report = office.report(office.city.top)
    for _ in range(2):
        (outcome,) = fill_cells(report, [change("3", 0)], by=office.clerk)
        assert (outcome.result, outcome.cell.version) == ("saved", 1)
    assert Entry.objects.count() == 1


def test_one_wrong_cell_does_not_hold_up_the_others(office):
    report = office.report(office.city.top)
    outcomes = fill_cells(
        report,
        [change("3"), change("三", row="req_web"), change("1", row="nonsense")],
        by=office.clerk,
    )
    assert sorted(o.result for o in outcomes) == ["saved", "wrong", "wrong"]
    assert Cell.objects.count() == 1


def test_a_zero_and_a_blank_are_two_things(office):
    report = fill(office.report(office.city.top), office.clerk, req_received="0", req_web="1")
    assert report.filled == 2
    fill(report, office.clerk, req_web="")
    states = dict(Cell.objects.values_list("place", "state"))
    assert states == {"stat65/req_received/value": "zero", "stat65/req_web/value": "blank"}


def test_a_neighbour_cannot_fill_and_a_confirmed_report_takes_nothing(office):
    report = office.report(office.city.finance)
    with pytest.raises(NotAllowed):
        fill_cells(report, [change("3")], by=reader("clerk", office.city.housing))
    confirm(report, by=reader("head", office.city.finance))
    with pytest.raises(errors.NotNow, match="确认"):
        fill_cells(report, [change("3")], by=reader("clerk", office.city.finance))


REFUSED = (DatabaseError, IntegrityError)


@pytest.mark.parametrize(
    "attempt",
    [
        pytest.param(lambda r: Cell.objects.filter(report=r).update(value=99), id="update a cell"),
        pytest.param(lambda r: Cell.objects.create(report=r, place="a/b/c"), id="add a cell"),
        pytest.param(lambda r: Chapter.objects.create(report=r, heading="x"), id="add a chapter"),
        pytest.param(
            lambda r: Report.objects.filter(pk=r.pk).update(status="filling"), id="reopen"
        ),
        pytest.param(
            lambda r: Report.objects.filter(pk=r.pk).update(year=2015), id="change the year"
        ),
        pytest.param(
            lambda r: Edition.objects.filter(report=r).update(content={}), id="rewrite an edition"
        ),
        pytest.param(lambda r: Entry.objects.update(value=1), id="rewrite history"),
        pytest.param(
            lambda r: Cell.objects.bulk_update(
                [Cell(pk=c.pk, value=1) for c in r.cells.all()], ["value"]
            ),
            id="bulk update",
        ),
    ],
)
def test_the_database_itself_refuses_to_change_what_was_published(office, attempt):
    report = issued(office, req_received="0")
    with pytest.raises(REFUSED), transaction.atomic():
        attempt(report)
    assert report.cells.get().text == "0"


def test_a_published_cell_cannot_be_deleted(office):
    report = issued(office, req_received="0")
    with pytest.raises(ProtectedError):
        report.cells.all().delete()
    with pytest.raises(NotImplementedError):
        report.editions.get().delete()


def test_the_database_refuses_to_delete_a_cell_behind_the_models_back(office):
    report = issued(office, req_received="0")
    with pytest.raises(IntegrityError):
        _delete_cells(report)


@transaction.atomic
def _delete_cells(report):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM reports_cell WHERE report_id = %s", [report.pk])
    connection.check_constraints()


def test_a_correction_is_an_edition_of_its_own_with_its_reason(office):
    report = issued(office, req_received="0")
    old = report.editions.get()
    edition = correct(report, [Amendment("2", place=PLACE)], reason="漏计两件", by=office.office)
    assert (edition.number, old.content["cells"][0]["value"]) == (2, "0")
    assert edition.content["cells"][0]["value"] == "2"
    (note,) = edition.content["corrections"]
    assert (note["before"], note["after"], note["reason"]) == ("0", "2", "漏计两件")
    assert report.editions.count() == 2
    assert {f.format for f in edition.files.all()} == {"html", "docx", "pdf", "xlsx", "json", "csv"}
    with edition.files.get(format="html").file.open() as page:
        assert "漏计两件" in page.read().decode()
    report.refresh_from_db()
    assert report.is_frozen
    assert edition.corrections.get().by == office.office.user


@pytest.mark.parametrize(
    ("amendment", "reason", "error"),
    [
        pytest.param(Amendment("2", place=PLACE), " ", errors.NoReason, id="no reason"),
        pytest.param(Amendment("0", place=PLACE), "核对", errors.NothingChanged, id="nothing new"),
        pytest.param(
            Amendment("x", heading="nonsense"), "核对", errors.UnknownHeading, id="no such chapter"
        ),
    ],
)
def test_a_correction_that_is_none_leaves_everything_as_it_was(office, amendment, reason, error):
    report = issued(office, req_received="0")
    with pytest.raises(error):
        correct(report, [amendment], reason=reason, by=office.office)
    report.refresh_from_db()
    assert (report.status, report.editions.count()) == ("issued", 1)


def test_only_the_office_corrects(office):
    report = issued(office, req_received="0")
    with pytest.raises(NotAllowed):
        correct(report, [Amendment("2", place=PLACE)], reason="漏计", by=office.clerk)


def test_where_the_form_names_no_unit_a_person_chooses_one():
    office = office_of(2020)
    report = office.report(office.city.finance)
    clerk = reader("clerk", office.city.finance)
    place = Place("proactive", "procurement", "amount")
    outcomes = fill_cells(report, [Change(place, "251000", unit="元")], by=clerk)
    assert outcomes[0].cell.unit == "元"
    (wrong,) = fill_cells(report, [Change(place, "25", 1, unit="亿元")], by=clerk)
    assert wrong.result == "wrong"
    assert "万元" in wrong.message


def test_a_declared_figure_says_so(office):
    report = fill(office.report(office.city.top), office.clerk, req_received="3")
    assert report.cells.get().source == Source.DECLARED
