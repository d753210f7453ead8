"""How units keep the time: counted like on fingers, in as many queries for many units as for one."""

import csv
from datetime import date, timedelta
from statistics import median, quantiles

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.domain.applications.test_figures import case
from tests.factories.applications import answering_office, applied, closed
from tests.factories.organisations import OrganisationFactory

from gongkai.core.workdays import calendar
from gongkai.domain.applications.actions import bring_in, proceed
from gongkai.domain.applications.performance import measure
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader

pytestmark = pytest.mark.django_db
TAKEN = [3, 9, 20, 26, 27, 28, 40, 41, 60]
IN_TIME = 5
"""The fifth ends on a Saturday: twenty working days, and late all the same."""
START = date(2023, 3, 1)


def brought(office, unit, taken):
    told = [
        (START + timedelta(n), days, "granted", "natural", True) for n, days in enumerate(taken)
    ]
    root = Reader(user=office.office.user, unlimited=True)
    bring_in(unit, [case(*one) for one in told], by=root, evidence="台账")
    return [calendar().between(day, day + timedelta(days)) for day, days, *_ in told]


def test_median_and_nine_of_ten_are_those_of_the_working_days_and_units_cost_no_query():
    office = answering_office()
    days = brought(office, office.bureau, TAKEN)
    found = measure([office.bureau.pk], date(2023, 1, 1), date(2023, 12, 31))
    (mine,) = found.units
    assert (mine.decided, mine.in_time) == (len(days), IN_TIME)
    assert mine.median == median(days)
    assert mine.most == pytest.approx(quantiles(days, n=10, method="inclusive")[8])
    assert measure([office.bureau.pk], date(2022, 1, 1), date(2022, 12, 31)).together is None
    client = Client()
    backend = "allauth.account.auth_backends.AuthenticationBackend"
    client.force_login(office.leader.user, backend=backend)
    page = reverse("applications:performance")
    client.get(page, {"year": "2023"})
    with CaptureQueriesContext(connection) as few:
        assert str(office.bureau) in client.get(page, {"year": "2023"}).content.decode()
    for _ in range(4):
        brought(office, OrganisationFactory(parent=office.city), [5, 30])
    with CaptureQueriesContext(connection) as many:
        client.get(page, {"year": "2023"})
    assert len(many) == len(few)
    sent = client.get(reverse("applications:performance-file"), {"year": "2023"})
    rows = list(csv.reader(sent.content.decode("utf-8-sig").splitlines()))
    assert sorted(int(row[1]) for row in rows[1:]) == [2, 2, 2, 2, len(TAKEN)]


def test_a_limit_that_ran_anew_is_measured_from_that_day_for_the_chart_and_for_the_public():
    office = answering_office()
    monday = date(2026, 3, 2)
    application = applied(office, on=monday)
    with clock.moved_to(monday):
        asked = proceed(application, "ask-supplement", by=office.clerk, until=date(2026, 3, 27))
    with clock.moved_to(date(2026, 3, 23)):
        proceed(application, "supplement", by=office.clerk, about=asked)
    with clock.moved_to(date(2026, 4, 9)):
        closed(office, application, "not-existing")
        assert application.in_time
        mine = measure([office.bureau.pk], date(2026, 1, 1), date(2026, 12, 31)).together
    # 24–27 March, 30 March–3 April, 7–9 April; 清明 is off
    assert (mine.median, mine.in_time, mine.paused) == (12, 1, 1)
