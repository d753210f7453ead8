"""A unit is no more: what it had to release or to take down is done by whoever takes its place."""

from datetime import date

import pytest
from tests.factories.information import drafted, published, publishing_office
from tests.factories.organisations import OrganisationFactory, PostFactory

from gongkai.domain.channels.actions import give_up, plan
from gongkai.domain.channels.actions.hand_over import keep_up
from gongkai.domain.channels.models import Release
from gongkai.domain.channels.policies import visible_to
from gongkai.domain.organisations.actions import close, merge
from gongkai.foundation import clock
from gongkai.foundation.notices.models import Notice
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail.models import Record

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


@pytest.fixture
def office():
    with clock.moved_to(DAY):
        yield publishing_office()


def heir_of(office):
    unit = OrganisationFactory(parent=office.city, name="云川市自然资源局")
    return unit, Reader.of(PostFactory(organisation=unit, role="clerk").user)


def test_whoever_succeeds_does_what_was_planned_and_is_told(office):
    heir, clerk = heir_of(office)
    board, weibo = plan(published(office), ["board", "weibo"], by=office.clerk)
    give_up(weibo, by=office.clerk, reason="不宜在微博发布")
    assert not visible_to(clerk).exists()
    merge(office.bureau, into=heir, day=DAY, by=office.office)
    board.refresh_from_db()
    weibo.refresh_from_db()
    assert board.responsible == heir
    assert board.organisation == office.bureau, "the figure stays whose item it is"
    assert weibo.responsible == office.bureau, "what was settled stays as it was"
    assert list(visible_to(clerk)) == [board]
    notice = Notice.objects.get(to=clerk.user)
    assert "接手云川市水利局的渠道发布 1 项" in notice.text
    assert Record.objects.filter(event="channels.handed-over").exists()


def test_until_its_day_the_unit_does_it_itself_and_the_clock_hands_it_over(office):
    heir, _ = heir_of(office)
    (board,) = plan(drafted(office), ["board"], by=office.clerk)
    merge(office.bureau, into=heir, day=date(2026, 7, 1), by=office.office)
    assert keep_up() == 0
    assert Release.objects.get().responsible == office.bureau
    with clock.moved_to(date(2026, 7, 1)):
        assert keep_up() == 1
        assert keep_up() == 0
    board.refresh_from_db()
    assert board.responsible == heir


def test_where_nobody_succeeds_the_organisation_above_does_it(office):
    plan(published(office), ["board"], by=office.clerk)
    close(office.bureau, day=DAY, by=office.office)
    assert Release.objects.get().responsible == office.city
    assert Notice.objects.filter(to=office.office.user, text__startswith="接手").exists()
