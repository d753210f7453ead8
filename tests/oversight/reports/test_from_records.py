"""The proactive rows of every era come from records, and a cell opens down to the item."""

from datetime import date

import pytest
from django.urls import reverse
from tests.factories.information import publishing_office

from gongkai.core.forms import Place
from gongkai.domain.channels.actions import release_many
from gongkai.domain.directory.actions import set_up
from gongkai.domain.directory.models import Column
from gongkai.domain.information.actions import Reviewed, link, publish_many
from gongkai.domain.review.models import Chain
from gongkai.foundation import clock
from gongkai.oversight.reports.actions import (
    Change,
    confirm,
    fill_cells,
    open_round,
    roll_up,
    take_figures,
)
from gongkai.oversight.reports.models import Report

pytestmark = pytest.mark.django_db
ROWS = {
    2016: (
        "stat65-2014",
        {
            "stat65/proactive_total/value": 5,
            "stat65/proactive_normative/value": 2,
            "stat65/issued_normative/value": 3,
            "stat65/ch_gazette/value": 0,
            "stat65/ch_website/value": 5,
            "stat65/ch_weibo/value": 2,
            "stat65/ch_wechat/value": 0,
            "stat65/ch_other/value": 0,
        },
    ),
    2020: (
        "format-2019",
        {
            "proactive/rules/made": 1,
            "proactive/rules/opened": 1,
            "proactive/rules/open_total": 2,
            "proactive/normative/made": 3,
            "proactive/normative/opened": 2,
            "proactive/normative/open_total": 4,
        },
    ),
    2024: (
        "format-2021",
        {
            "proactive/rules/issued": 1,
            "proactive/rules/repealed": 1,
            "proactive/rules/valid": 2,
            "proactive/normative/issued": 3,
            "proactive/normative/repealed": 0,
            "proactive/normative/valid": 9,
        },
    ),
}


@pytest.fixture
def office():
    with clock.moved_to(date(2025, 1, 10)):
        yield publishing_office()


@pytest.fixture
def years(office):
    """Publish, in each of three years, two notices, two normative documents, a rule, and keep one document."""
    made = {}
    for year in ROWS:
        kinds = ["", "", "normative", "normative", "rule", "normative"]
        things = [
            Reviewed(
                {
                    "title": f"{year}年第{number}号",
                    "body": "<p>正文</p>",
                    "column": office.column,
                    "kind": kind,
                    "made_on": date(year, 5, 1),
                    "published_on": date(year, 5, 8),
                    "publicity": "open" if number < 5 else "closed",
                }
            )
            for number, kind in enumerate(kinds)
        ]
        made[year] = publish_many(
            office.bureau,
            things,
            chain=Chain.objects.get(organisation=office.city, importance="general"),
            signers=[office.head.user, office.second.user],
            evidence="纸质审批单",
            by=office.office,
        )
    release_many(made[2016][:2], "weibo", evidence="后台导出", by=office.office)
    link(made[2024][4], made[2016][4], "repeals", by=office.office)
    return made


def cells(report):
    return {cell.place: int(cell.value) for cell in report.cells.all() if cell.value is not None}


@pytest.mark.parametrize("year", ROWS)
def test_a_report_takes_its_proactive_rows_from_records_cell_by_cell(office, years, client, year):
    form, expected = ROWS[year]
    open_round(office.city, year, by=office.office)
    report = Report.objects.get(organisation=office.bureau)
    take_figures(report, by=office.clerk)
    told = {place: value for place, value in cells(report).items() if place in expected}
    assert (report.form, told) == (form, expected)
    user = office.clerk.user
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    place = next(place for place, value in expected.items() if value)
    page = client.get(reverse("reports:cell", args=[report.pk, place])).content.decode()
    shown = [item for item in years[year] if f'href="{item.get_absolute_url()}"' in page]
    assert len(shown) == expected[place]


def test_figures_stay_fresh_beside_sums_and_leave_alone_what_was_typed(office, years):
    top, unit = _reports(office)
    where = "stat65/proactive_total/value"
    take_figures(unit, by=office.clerk)
    fill_cells(
        unit,
        [Change(Place("stat65", "ch_weibo", "value"), "7", version=1)],
        by=office.clerk,
        ground="账号后台",
    )
    confirm(unit, by=office.head)
    _publish_for_the_city(office)
    take_figures(top, by=office.office)
    roll_up(top, by=office.office)
    assert cells(top)[where] == 5 + 1
    _publish_for_the_city(office)
    take_figures(top, by=office.office)
    cell = top.cells.get(place=where)
    assert (cell.value, cell.own, cell.rolled) == (7, 2, 5)
    assert cell.origin["indicator"] == "proactive.total"
    assert cells(unit)["stat65/ch_weibo/value"] == 7


def _reports(office):
    open_round(office.city, 2016, by=office.office)
    found = Report.objects.select_related("organisation")
    return found.get(organisation=office.city), found.get(organisation=office.bureau)


def _publish_for_the_city(office):
    set_up(office.city, by=office.office)
    column = Column.objects.of(office.city).holding_items().first()
    publish_many(
        office.city,
        [
            Reviewed(
                {
                    "title": "市政府通知",
                    "body": "<p>正文</p>",
                    "column": column,
                    "published_on": date(2016, 7, 1),
                }
            )
        ],
        chain=Chain.objects.get(organisation=office.city, importance="general"),
        signers=[office.leader.user, office.second.user],
        evidence="纸质审批单",
        by=office.office,
    )
