"""Every page of the report office in Chromium, in each of its states, at a desk and on a phone."""

import os

import pytest
from tests.factories.reports import PLACE, fill, filled_and_confirmed, issued, office_of

from gongkai.core.forms import Place
from gongkai.oversight.reports.actions import Amendment, correct, roll_up, write_chapter

SHOTS = os.environ.get("GONGKAI_SHOTS")
"""A folder for screenshots, to be looked at."""


@pytest.fixture(params=[False, True], ids=["desktop", "phone"])
def phone(request):
    return request.param


@pytest.fixture
def look(clean):
    """Open an address, keep a picture where a folder was named, and have axe look."""

    def look(page, address, name):
        assert page.goto(address).status == 200, address
        page.wait_for_load_state("networkidle")
        if SHOTS:
            page.screenshot(
                path=f"{SHOTS}/{name}-{page.viewport_size['width']}.png", full_page=True
            )
        clean(page)

    return look


TABS = ("", "fill/", "text/", "check/", "preview/")


@pytest.mark.parametrize("year", [2012, 2016, 2020, 2025], ids=str)
def test_an_empty_report_of_every_era_is_fit_for_everybody(new_page, look, phone, year):
    office = office_of(year)
    page = new_page(office.office.user, phone=phone)
    for tab in (*TABS, "units/", "fill/?layer=own", "read/"):
        where = f"/desk/reports/{office.report(office.city.top).pk}/{tab}"
        look(page, where, f"{year}-empty-{tab.split('/')[0] or 'report'}")


def test_a_report_with_errors_and_a_sum_is_fit_for_everybody(new_page, look, phone):
    office = office_of(2016)
    top = office.report(office.city.top)
    filled_and_confirmed(office, office.city.finance, req_received="3", req_web="3")
    roll_up(top, by=office.clerk)
    fill(top, office.clerk, req_received="4", req_mail="2", ch_weibo="0")
    write_chapter(
        top, "overview", "收到{{收到申请数}}件，{{收到申请总数}}件。", version=0, by=office.clerk
    )
    page = new_page(office.office.user, phone=phone)
    for tab in (*TABS, "units/", "units/?show=missing", f"cells/{PLACE}/"):
        look(page, f"/desk/reports/{top.pk}/{tab}", f"wrong-{tab.split('/')[0] or 'report'}")
    other = office.report(office.city.finance)
    for where in (f"/desk/reports/{other.pk}/", f"/desk/reports/{other.pk}/move/review/"):
        look(page, where, f"confirmed-{where.split('/')[-2]}")


def test_a_published_and_corrected_report_is_fit_for_everybody(new_page, look, phone):
    office = office_of(2025)
    report = issued(office)
    correct(
        report,
        [Amendment("3", place=Place("requests", "new", "natural"))],
        reason="核对台账后补计三件",
        by=office.office,
    )
    page = new_page(office.office.user, phone=phone)
    for tab in (*TABS, "cells/requests/new/natural/", "correct/"):
        look(page, f"/desk/reports/{report.pk}/{tab}", f"issued-{tab.split('/')[0] or 'report'}")


def test_rounds_and_statistics_are_fit_for_everybody(new_page, look, phone):
    office = office_of(2025)
    page = new_page(office.office.user, phone=phone)
    top = office.city.top.pk
    for where in (
        "/desk/",
        "/desk/reports/",
        "/desk/reports/open/",
        f"/desk/reports/rounds/{office.round.pk}/",
        f"/desk/reports/rounds/{office.round.pk}/?q=没有",
        "/desk/statistics/",
        "/desk/statistics/figures/?show=known",
        "/desk/statistics/indicators/?q=专职",
        f"/desk/statistics/{top}/institution.staff/",
        f"/desk/statistics/{top}/institution.staff/declare/",
    ):
        look(page, where, where.strip("/").replace("/", "-").replace("?", "-"))
