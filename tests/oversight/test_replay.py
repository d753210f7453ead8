"""Published years built again as records at a hundredth of their size: the same actions, exact figures."""

from datetime import date

import pytest
from scripts.replay import building
from scripts.replay.comparing import compare
from scripts.replay.plans import Plan
from scripts.replay.published import CITIES, Group, Published
from scripts.replay.requests import GOALS, invented, replay

from gongkai.core.forms import Place
from gongkai.domain.information.models import Item
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.permissions import Reader
from gongkai.oversight.reports.actions import open_round, take_figures
from gongkai.oversight.reports.lineage import origin
from gongkai.oversight.reports.models import Report

XINXIANG = Published(
    year=2016,
    own=Group(74949, 285, 242),
    lower=Group(55712, 225, 183),
    channels={
        "channels.website": 95842,
        "channels.weibo": 5560,
        "channels.wechat": 5380,
        "channels.gazette": 2297,
        "channels.other": 21582,
    },
    gazettes=12,
)
DAYU = Published(year=2014, own=Group(40300), before=104440)
GAOPING = Published(
    year=2012,
    own=Group(6213),
    lower=Group(2122),
    categories={"policy": 73, "decision": 178, "authority": 1167, "other": 6917},
)
PLANS = [
    pytest.param(Plan("xinxiang", XINXIANG, (57, 12)), id="新乡 2016"),
    pytest.param(Plan("dayu", DAYU, (40,)), id="大余 2014"),
    pytest.param(Plan("gaoping", GAOPING, (30, 16)), id="高平 2012"),
]


class Stopped(Exception):
    """The power went."""


@pytest.mark.parametrize("plan", PLANS)
def test_the_figures_are_those_that_the_report_prints(plan, seeds):
    assert CITIES[plan.key](seeds) == plan.published


@pytest.mark.parametrize("plan", PLANS)
def test_a_plan_gives_every_unit_its_part_and_nothing_is_left_over(plan):
    told = plan.published
    things = [thing for unit in range(len(plan.rows)) for thing in plan.things(unit)]
    year = [thing for thing in things if thing.open and thing.day.year == told.year]
    assert len({thing.serial for thing in things}) == len(things)
    assert len(year) == told.total
    for key, count in told.channels.items():
        assert sum(thing.outlet == key for thing in year) == count
    for key, count in told.categories.items():
        assert sum(thing.category == key for thing in year) == count
    assert sum(thing.normative for thing in year) == sum(g.opened for g in told.groups)
    assert sum(not thing.open for thing in things) == sum(g.issued - g.opened for g in told.groups)
    assert len(things) == told.before + told.total + sum(not thing.open for thing in things)


@pytest.mark.django_db
@pytest.mark.parametrize("plan", PLANS)
def test_a_hundredth_of_the_year_is_built_counted_and_equal(plan, monkeypatch):
    small = plan.scaled(100)
    monkeypatch.setattr(building, "BATCH", 200)

    def stop(count):
        if count:
            raise Stopped

    with clock.moved_to(date(plan.published.year + 1, 1, 10)), building.without_pages():
        cast = building.found(small)
        with pytest.raises(Stopped):
            building.build(small, cast, tell=stop)
        first = Item.objects.count()
        assert 0 < first < small.published.total
        fresh = building.build(small, cast)
        assert building.build(small, building.found(small)) == 0
        assert Item.objects.count() == first + fresh
        rows = compare(small, cast)
    assert [row for row in rows if not row.equal] == []
    assert len(rows) >= 6


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["xinxiang", "xincai", "gaoping"])
def test_applications_and_remedies_are_those_that_the_report_prints(key, seeds):
    assert replay(GOALS[key](seeds))


@pytest.mark.django_db
def test_a_city_of_applications_at_a_hundredth_still_balances_in_its_report():
    goal = invented(140, 6, 8)
    assert replay(goal)
    top = Organisation.objects.get(depth=1)
    with clock.moved_to(date(goal.year + 1, 1, 10)):
        office = Reader.of(User.objects.get(username=f"replay-{goal.key}"))
        open_round(top, goal.year, by=office)
        for report in Report.objects.exclude(organisation=top):
            assert take_figures(report, by=office)
            cells = {cell.place: cell for cell in report.cells.all()}
            where = Place("requests", "new", "natural")
            behind = origin(report, where, rolls_up=False)
            assert 0 < len(behind.records) <= cells[str(where)].value
            biz = origin(report, Place("requests", "new", "biz"), rolls_up=False)
            assert biz.cell.value == len(biz.records)
            assert biz.cell.origin["cells"] == "applications"
            balance = {k.split("/")[1]: c.value for k, c in cells.items() if k.endswith("/total")}
            came = balance["new"] + balance["carried_in"]
            assert came == balance["result_total"] + balance["carried_out"]
