"""Units' figures become the government's: sums, who is missing, what does not close, and where it all comes from."""

from decimal import Decimal

import pytest
from django.urls import reverse
from tests.factories.organisations import OrganisationFactory, reader
from tests.factories.reports import PLACE, fill, filled_and_confirmed, office_of

from gongkai.core.forms import Place
from gongkai.foundation.jobs.models import Job
from gongkai.foundation.permissions import NotAllowed
from gongkai.oversight.reports import errors
from gongkai.oversight.reports.actions import Change, fill_cells, return_, roll_up
from gongkai.oversight.reports.lineage import breakdown, origin, residuals
from gongkai.oversight.reports.models import Cell, Report, Source

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return office_of(2016)


def cell(office, row="req_received", unit=None):
    return Cell.objects.get(
        report=office.report(unit or office.city.top), place=f"stat65/{row}/value"
    )


def test_the_sum_of_those_who_confirmed_stands_beside_the_own_part(office):
    town = office.city
    filled_and_confirmed(office, town.finance, req_received="3")
    filled_and_confirmed(office, town.county, req_received="15")
    fill(office.report(town.housing), reader("clerk", town.housing), req_received="100")
    top = office.report(town.top)
    fill_cells(top, [Change(PLACE, "2")], by=office.clerk, layer="own")
    result = roll_up(top, by=office.clerk)
    assert (result.units, result.missing) == (2, 1)
    told = cell(office)
    assert (told.own, told.rolled, told.value) == (2, 18, 20)
    assert (told.source, told.residual) == (Source.ROLLED, 0)


def test_rolling_up_again_changes_only_what_changed(office):
    filled_and_confirmed(office, office.city.finance, req_received="3", req_web="3")
    top = office.report(office.city.top)
    assert roll_up(top, by=office.clerk).changed == 2
    assert roll_up(top, by=office.clerk).changed == 0
    assert cell(office).version == 1


def test_what_a_unit_took_back_goes_from_the_sum(office):
    report = filled_and_confirmed(office, office.city.finance, req_received="3")
    filled_and_confirmed(office, office.city.housing, req_web="1")
    top = office.report(office.city.top)
    roll_up(top, by=office.clerk)
    return_(report, by=office.office, comment="重填")
    roll_up(top, by=office.clerk)
    assert cell(office).value is None
    assert cell(office).state == "blank"
    assert cell(office, "req_web").value == 1


def test_all_blank_is_blank_and_all_zero_is_zero(office):
    filled_and_confirmed(office, office.city.finance, complaints="0")
    roll_up(office.report(office.city.top), by=office.clerk)
    assert [(c.place, c.state) for c in office.report(office.city.top).cells.all()] == [
        ("stat65/complaints/value", "zero")
    ]


def test_a_typed_figure_over_the_sum_leaves_a_visible_residual(office):
    filled_and_confirmed(office, office.city.finance, req_received="3")
    top = office.report(office.city.top)
    roll_up(top, by=office.clerk)
    fill_cells(top, [Change(PLACE, "5", 1)], by=office.clerk, ground="另有两件直接收到")
    (left,) = residuals(top)
    assert (left.value, left.rolled, left.residual) == (5, 3, 2)


def test_nobody_rolls_up_what_has_no_units_or_none_ready(office):
    with pytest.raises(errors.NobodyReady):
        roll_up(office.report(office.city.top), by=office.clerk)
    with pytest.raises(errors.NoUnits):
        roll_up(office.report(office.city.finance), by=reader("clerk", office.city.finance))
    with pytest.raises(NotAllowed):
        roll_up(office.report(office.city.county), by=office.office)


def test_each_number_opens_its_units_levels_and_people(office):
    town = office.city
    filled_and_confirmed(office, town.finance, req_received="3")
    filled_and_confirmed(office, town.county, req_received="15")
    filled_and_confirmed(office, town.housing)
    top = office.report(town.top)
    roll_up(top, by=office.clerk)
    told = origin(top, PLACE, rolls_up=True)
    assert [(level.title, level.total, level.filled) for level in told.levels] == [
        ("市级机关", Decimal(3), 1),
        ("各县（市）、区", Decimal(15), 1),
    ]
    assert [(c.report.organisation.short, c.value) for c in told.units] == [
        ("石桥县", 15),
        ("市财政局", 3),
    ]
    assert told.silent == 1
    assert not told.stale
    assert told.units[0].by is not None


def test_who_has_not_confirmed_is_counted_by_level(office):
    filled_and_confirmed(office, office.city.finance, req_received="3")
    told = [
        (one.title, one.ready, one.missing) for one in breakdown(office.report(office.city.top))
    ]
    assert told == [("市级机关", 1, 1), ("各县（市）、区", 0, 1)]


def test_money_in_different_units_of_measure_is_added_up_as_money():
    office = office_of(2020)
    place = Place("proactive", "procurement", "amount")
    for unit, text, measure in (
        (office.city.finance, "251000", "元"),
        (office.city.housing, "3", "万元"),
    ):
        fill_cells(
            office.report(unit), [Change(place, text, unit=measure)], by=reader("clerk", unit)
        )
        Report.objects.filter(organisation=unit).update(status="confirmed")
    roll_up(office.report(office.city.top), by=office.clerk)
    told = Cell.objects.get(report=office.report(office.city.top))
    assert (told.value, told.unit) == (281000, "元")


@pytest.mark.parametrize("units", [1, 25], ids=["one unit", "twenty-five units"])
def test_a_roll_up_asks_the_same_number_of_questions(django_assert_max_num_queries, units):
    office = office_of(2016)
    top = office.report(office.city.top)
    for _ in range(units):
        unit = OrganisationFactory(parent=office.city.top)
        made = Report.objects.create(
            round=office.round,
            organisation=unit,
            year=2016,
            form=top.form,
            above=top,
            status="confirmed",
        )
        Cell.objects.create(report=made, place=str(PLACE), value=1, state="value")
    with django_assert_max_num_queries(32):
        roll_up(top, by=office.clerk)
    assert cell(office).value == units


def test_the_button_starts_a_job_that_leads_to_the_result(
    client, office, django_capture_on_commit_callbacks
):
    filled_and_confirmed(office, office.city.finance, req_received="3")
    client.force_login(
        office.clerk.user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    top = office.report(office.city.top)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("reports:roll-up", args=[top.pk]))
    job = Job.objects.get()
    assert (job.state, job.href) == ("done", reverse("reports:units", args=[top.pk]))
    assert cell(office).value == 3
