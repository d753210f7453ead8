"""What the public sees of annual reports, and what it does not."""

from decimal import Decimal

import pytest
from tests.factories.organisations import reader
from tests.factories.reports import fill, office_of

from gongkai.core.forms import Place
from gongkai.oversight.reports.actions import (
    Amendment,
    approve,
    confirm,
    correct,
    issue,
    review,
    write_chapter,
)

pytestmark = pytest.mark.django_db


def issued(office, unit, text="本机关认真落实《条例》。", **values):
    """Take the report of *unit* all the way to the public."""
    clerk = reader("clerk", unit)
    report = fill(office.report(unit), clerk, **values)
    for heading in report.form_facts.headings:
        if not heading.optional:
            write_chapter(report, heading.key, text, version=0, by=clerk)
    confirm(report, by=reader("head", unit))
    review(report, by=office.office)
    approve(report, by=office.leader)
    issue(report, by=office.office)
    return report


@pytest.fixture
def office():
    return office_of(2016)


@pytest.fixture
def finance(office):
    return issued(office, office.city.finance, req_received="12", req_web="12")


def test_before_anything_is_issued_the_page_says_what_will_be_there(client, db):
    page = client.get("/reports/").content.decode()
    assert "还没有发布年度报告" in page


def test_an_issued_report_is_listed_and_shown(client, office, finance):
    page = client.get("/reports/").content.decode()
    assert "云川市财政局2016年政府信息公开工作年度报告" in page
    assert 'class="wrap frame has-side"' in page
    address = f"/reports/{office.city.finance.pk}/2016/"
    assert address in page
    report = client.get(address).content.decode()
    assert "<caption" in report
    assert ">12<" in report


def test_a_report_that_is_not_issued_is_not_there(client, office, finance):
    unit = office.city.housing.pk
    for address in (f"/reports/{unit}/2016/", f"/reports/{unit}/", "/reports/years/2015/"):
        response = client.get(address)
        assert response.status_code == 404
        assert "没有找到" in response.content.decode()
    assert "住房" not in client.get("/reports/").content.decode()


@pytest.mark.parametrize("kind", ["docx", "pdf", "xlsx", "json", "csv"])
def test_every_format_can_be_saved_under_the_title(client, office, finance, kind):
    response = client.get(f"/reports/{office.city.finance.pk}/2016/report.{kind}")
    assert response.status_code == 200
    assert b"".join(response)
    assert "attachment" in response["Content-Disposition"]
    assert "%E5%B9%B4%E5%BA%A6%E6%8A%A5%E5%91%8A" in response["Content-Disposition"]


def test_an_unknown_format_is_not_there(client, office, finance):
    unit = office.city.finance.pk
    assert client.get(f"/reports/{unit}/2016/report.exe").status_code == 404
    assert client.get(f"/reports/{unit}/figures.exe").status_code == 404


def test_a_correction_stands_visibly_on_the_page_and_the_list(client, office, finance):
    correct(
        finance,
        [
            Amendment("13", Place("stat65", "req_received", "value")),
            Amendment("13", Place("stat65", "req_web", "value")),
        ],
        reason="漏统计一件",
        by=office.office,
    )
    page = client.get(f"/reports/{office.city.finance.pk}/2016/").content.decode()
    assert "本报告发布后有更正" in page
    assert "漏统计一件" in page
    assert "有更正" in client.get("/reports/").content.decode()
    figures = client.get(f"/reports/{office.city.finance.pk}/figures.json").json()
    (received,) = [c for c in figures["charts"] if c["key"] == "received"]
    assert Decimal(received["series"][0]["values"][0]) == 13


def test_the_units_of_a_report_are_shown_once_they_are_issued(client, office, finance):
    issued(office, office.city.top, req_received="12", req_web="12")
    page = client.get(f"/reports/{office.city.top.pk}/2016/").content.decode()
    assert "分单位数据" in page
    units = client.get(f"/reports/{office.city.top.pk}/2016/units/").content.decode()
    assert "市财政局" in units
    assert "市住建局" not in units
    data = client.get(f"/reports/{office.city.top.pk}/2016/units.csv").content.decode("utf-8-sig")
    assert "收到申请,云川市财政局,收到申请数,12,件" in data.replace("\r", "")


def test_a_unit_without_issued_units_has_no_such_page(client, office, finance):
    assert client.get(f"/reports/{office.city.finance.pk}/2016/units/").status_code == 404


def test_an_organisation_is_found_by_name(client, office, finance):
    assert "云川市财政局" in client.get("/reports/?q=财政").content.decode()
    page = client.get("/reports/?q=<script>").content.decode()
    assert "没有找到" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_nonsense_in_the_address_breaks_nothing(client, office):
    for address in ("/reports/?q=%00%ff", "/reports/?q=" + "长" * 900):
        assert client.get(address).status_code == 200
    for address in ("/reports/years/99999999999999999999/", "/reports/99999999999999999999/"):
        assert client.get(address).status_code == 404


def test_what_a_clerk_wrote_is_text_on_the_page(client, office):
    issued(
        office,
        office.city.finance,
        text='本年度<script>alert(1)</script><img src=x onerror="alert(2)">无变化。',
        req_received="0",
    )
    page = client.get(f"/reports/{office.city.finance.pk}/2016/").content.decode()
    assert "<script>alert" not in page
    assert "<img" not in page


def test_the_traditional_page_is_there(client, office, finance):
    page = client.get(f"/hant/reports/{office.city.finance.pk}/2016/").content.decode()
    assert "政府信息公開" in page


def test_the_list_asks_as_many_questions_for_one_report_as_for_many(
    client, office, finance, django_assert_max_num_queries
):
    for unit in (office.city.housing, office.city.county, office.city.county_finance):
        issued(office, unit, req_received="0")
    with django_assert_max_num_queries(8):
        client.get("/reports/")
    with django_assert_max_num_queries(12):
        client.get(f"/reports/{office.city.finance.pk}/2016/")
