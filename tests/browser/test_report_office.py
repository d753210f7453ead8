"""The report office in Chromium."""

import os

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.factories.organisations import reader
from tests.factories.reports import fill, filled_and_confirmed, office_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("GONGKAI_SHOTS")
"""A folder for screenshots, to be looked at."""


def look(page, name):
    """Keep a picture where a folder was named, and have axe look, too."""
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)
    found = Axe().run(page)
    told = [
        (v["id"], [node["target"] for node in v["nodes"]][:4]) for v in found.response["violations"]
    ]
    assert not told, told


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("year", [2016, 2025], ids=["65 rows", "six chapters"])
def test_every_page_of_a_report_is_fit_for_everybody(new_page, phone, year):
    office = office_of(year)
    report = office.report(office.city.top)
    if year == 2016:
        filled_and_confirmed(office, office.city.finance, req_received="3", req_web="3")
        fill(report, office.clerk, req_received="3", req_web="1", req_mail="1", ch_weibo="0")
    size = "phone" if phone else "desktop"
    page = new_page(office.office.user, phone=phone)
    for where in ("", "fill/", "text/", "units/", "check/", "preview/"):
        page.goto(f"/desk/reports/{report.pk}/{where}")
        look(page, f"{year}-{where.strip('/').replace('/', '-') or 'report'}-{size}")
    other = filled_and_confirmed(office, office.city.housing)
    page.goto(f"/desk/reports/{other.pk}/move/review/")
    look(page, f"{year}-review-{size}")
    for where in ("/desk/", "/desk/reports/", "/desk/reports/open/", f"/desk/reports/rounds/{office.round.pk}/", "/desk/statistics/", "/desk/statistics/indicators/?q=专职", f"/desk/statistics/{office.city.top.pk}/institution.staff/"):
        page.goto(where)
        look(page, f"{year}-{where.split('?')[0].strip('/').replace('/', '-')}-{size}")
