"""Every screen over HTTP: it opens for whom it should, and for nobody else."""

import pytest
from django.urls import reverse
from tests.factories.organisations import reader
from tests.factories.reports import fill, office_of

pytestmark = pytest.mark.django_db
PAGES = ["report", "fill", "text", "preview", "check", "units"]


@pytest.fixture
def office():
    return office_of(2016)


def signed_in(client, who):
    client.force_login(who.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", ["clerk", "head", "office", "leader"])
def test_every_page_of_a_report_opens_for_its_own_people(client, office, page, role):
    report = office.report(office.city.top)
    fill(report, office.clerk, req_received="3", req_web="1", req_mail="1", ch_weibo="0")
    answer = signed_in(client, getattr(office, role)).get(
        reverse(f"reports:{page}", args=[report.pk])
    )
    assert answer.status_code == 200
    assert "云川市" in answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_a_report_of_another_unit_is_not_there(client, office, page):
    stranger = reader("clerk", office.city.housing)
    report = office.report(office.city.finance)
    answer = signed_in(client, stranger).get(reverse(f"reports:{page}", args=[report.pk]))
    assert answer.status_code == 404
    assert "财政局" not in answer.content.decode()


@pytest.mark.parametrize("page", ["index", "open"])
def test_the_list_and_the_form_for_a_round_open_for_the_office(client, office, page):
    assert signed_in(client, office.office).get(reverse(f"reports:{page}")).status_code == 200
