"""One item in many outlets: counted once in each, with evidence, and taken down everywhere when it is taken back."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from tests.factories.information import drafted, published, publishing_office
from tests.factories.organisations import reader

from gongkai.core.codes import outlets
from gongkai.core.indicators import indicators
from gongkai.domain.channels import errors, figures
from gongkai.domain.channels.actions import (
    Evidence,
    give_up,
    plan,
    release,
    release_many,
    take_down,
    write,
)
from gongkai.domain.channels.models import Release, State
from gongkai.domain.channels.policies import visible_to
from gongkai.domain.information.actions import Reviewed, publish_many, withdraw
from gongkai.domain.review.models import Chain
from gongkai.foundation import clock
from gongkai.foundation.attachments import receive
from gongkai.foundation.figures import Period, sources
from gongkai.foundation.permissions import NotAllowed
from gongkai.foundation.trail.models import Record

DAY = date(2025, 5, 9)
YEAR = Period(2025)


@pytest.fixture
def office():
    with clock.moved_to(DAY):
        yield publishing_office()


def counted(office, period=YEAR):
    """What each indicator of the channels says of the bureau."""
    found = {
        key: source.ask([office.bureau.pk], period).get(office.bureau.pk)
        for key, source in sources().items()
        if key.startswith("channels.") or key == "proactive.total"
    }
    return {key: int(answer.value) for key, answer in found.items() if answer is not None}


def photo():
    out = BytesIO()
    Image.new("RGB", (4, 4), "white").save(out, "PNG")
    out.seek(0)
    out.name = "公开栏.png"
    return receive(out, None)


def test_every_channel_of_the_reports_is_counted_from_an_outlet_that_exists():
    counting = {i.key for i in indicators() if i.key.startswith("channels.")}
    assert set(figures.by_indicator()) == counting
    assert all(outlet.reference.article in {23, 25} for outlet in outlets().values())


@pytest.mark.django_db
def test_one_item_in_four_outlets_counts_once_in_the_total_and_once_in_each_row(office):
    item = published(office)
    planned = plan(item, ["weibo", "wechat", "press", "board"], by=office.clerk)
    assert [r.due > DAY for r in planned] == [True] * 4
    assert plan(item, ["weibo"], by=office.clerk) == []
    weibo, wechat, press, board = planned
    with pytest.raises(errors.NoEvidence, match="链接、照片或截图"):
        release(weibo, Evidence(note="发了"), by=office.clerk)
    with pytest.raises(errors.NotALink):
        release(weibo, Evidence(link="javascript:alert(1)"), by=office.clerk)
    with pytest.raises(errors.BeforePublication):
        release(
            weibo, Evidence(link="https://weibo.example/1"), by=office.clerk, on=date(2025, 5, 8)
        )
    with pytest.raises(errors.TooLong, match="140 字，现在有 141 字"):
        write(weibo, "水" * 141, by=office.clerk)
    write(weibo, "防汛在即，请看安排。", by=office.clerk)
    release(weibo, Evidence(link="https://weibo.example/1"), by=office.clerk)
    release(press, Evidence(page="云川日报 5月10日 第3版"), by=office.clerk)
    release(board, Evidence(photo=photo()), by=office.clerk)
    give_up(wechat, by=office.clerk, reason="与微博重复")
    assert counted(office) == {
        "proactive.total": 1,
        "channels.website": 1,
        "channels.gazette": 0,
        "channels.weibo": 1,
        "channels.wechat": 0,
        "channels.new_media": 1,
        "channels.other": 1,
    }
    assert counted(office, Period(2025, 4)) == {}
    answer = sources()["channels.other"].ask([office.bureau.pk], YEAR)[office.bureau.pk]
    assert [record.href for record in answer.records()] == [f"/desk/channels/items/{item.pk}/"]
    assert Record.objects.filter(event="channels.released").count() == 3


@pytest.mark.django_db
def test_nothing_goes_out_that_is_not_public_and_nobody_acts_for_a_neighbour(office):
    [planned] = plan(drafted(office), ["weibo"], by=office.clerk)
    with pytest.raises(errors.NotPublic):
        release(planned, Evidence(link="https://weibo.example/2"), by=office.clerk)
    for outlet in ("website", "pigeon"):
        with pytest.raises(errors.NoSuchOutlet):
            plan(planned.item, [outlet], by=office.clerk)
    neighbour = reader("clerk", office.city)
    with pytest.raises(NotAllowed):
        plan(planned.item, ["wechat"], by=neighbour)
    assert not visible_to(neighbour).exists()
    [handed] = plan(planned.item, ["press"], by=office.clerk, responsible=office.city)
    assert list(visible_to(neighbour)) == [handed]
    write(handed, "请登三版", by=neighbour)


@pytest.mark.django_db
def test_what_is_taken_back_is_to_be_taken_down_everywhere_and_stays_counted(office):
    item = published(office)
    weibo, _, sms = plan(item, ["weibo", "board", "sms"], by=office.clerk)
    release(weibo, Evidence(link="https://weibo.example/1"), by=office.clerk)
    release(sms, Evidence(note="向 1200 名河长群发"), by=office.clerk)
    before = counted(office)
    withdraw(item, by=office.head, reason="附件有误")
    states = dict(Release.objects.values_list("outlet", "state"))
    assert states == {"weibo": State.TAKE_DOWN, "sms": State.TAKE_DOWN, "board": State.GIVEN_UP}
    weibo.refresh_from_db()
    assert weibo.due > DAY
    assert office.clerk.user.notices.filter(text__startswith="请撤下（政务微博）").exists()
    with pytest.raises(errors.NoReason, match="怎样撤下"):
        take_down(weibo, by=office.clerk, note=" ")
    take_down(weibo, by=office.clerk, note="已删除微博")
    assert counted(office) == before


@pytest.mark.django_db
def test_a_year_of_releases_is_taken_in_at_once_and_equals_the_published_table(
    office, django_assert_max_num_queries
):
    """The shape of a real table of 2016: 总数 is the sum of the channels, for each item went one way."""
    published_as = {"website": 96, "gazette": 6, "weibo": 5, "wechat": 3, "other": 21}
    things = [
        Reviewed({"title": f"公告第{n}号", "body": "<p>公告。</p>", "column": office.column,
                  "published_on": DAY})
        for n in range(sum(published_as.values()))
    ]  # fmt: skip
    chain = Chain.objects.get(importance="general")
    signers = [office.head.user, office.second.user]
    items = publish_many(
        office.bureau, things, chain=chain, signers=signers, evidence="移交", by=office.office
    )
    first = published_as["website"]
    for outlet in ("gazette", "weibo", "wechat", "other"):
        group = items[first : first + published_as[outlet]]
        first += len(group)
        facts = {"evidence": "2016年登记表", "by": office.office, "alone": True}
        half = len(group) // 2
        chosen = "press" if outlet == "other" else outlet
        assert release_many(group, chosen, **facts) == len(group)
        assert release_many(group, chosen, **facts) == 0
        if outlet == "other":
            release_many(group[:half], "broadcast", **facts)
    with django_assert_max_num_queries(40):
        told = counted(office)
    assert told == {
        "proactive.total": 131,
        "channels.website": 96,
        "channels.gazette": 6,
        "channels.weibo": 5,
        "channels.wechat": 3,
        "channels.other": 21,
        "channels.new_media": 8,
    }
    site = sources()["channels.website"].ask([office.bureau.pk], YEAR)[office.bureau.pk]
    assert len(site.records()) == 96
    with pytest.raises(NotAllowed):
        release_many(items[:1], "sms", evidence="登记表", by=office.clerk)
    withdraw(items[0], by=office.head, reason="重复")
    with pytest.raises(errors.NotPublic):
        release_many(items[:1], "sms", evidence="登记表", by=office.office)
