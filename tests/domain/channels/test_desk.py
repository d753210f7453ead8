"""At the desk: an item is sent into its outlets, the board shows it with its text, evidence is recorded."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.information import published, publishing_office
from tests.factories.organisations import reader

from gongkai.core.codes import outlets
from gongkai.domain.channels.actions import compose, include, plan
from gongkai.domain.channels.models import Gazette, Release, Screen, State
from gongkai.domain.channels.texts import proposal
from gongkai.domain.information.actions import withdraw
from gongkai.foundation import clock

pytestmark = pytest.mark.django_db
DAY = date(2025, 5, 9)
BODY = "<p>各县区：</p><p>现将有关事项通知如下。</p><p>自2025年6月1日起，灌溉水价降低5%。</p>"


@pytest.fixture
def office():
    with clock.moved_to(DAY):
        yield publishing_office()


def at_the_desk(who):
    client = Client()
    client.force_login(who.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_an_item_goes_out_by_the_screens_that_people_use(office):
    item = published(office, title="关于降低灌溉水价的通知", body=BODY)
    desk = at_the_desk(office.clerk)
    page = reverse("channels:item", args=[item.pk])
    assert "请至少选一个渠道" in desk.post(page, {"responsible": office.bureau.pk}).content.decode()
    sent = {"outlets": ["weibo", "sms"], "responsible": office.bureau.pk}
    assert desk.post(page, sent).status_code == 302
    board = desk.get(reverse("channels:index"), {"outlet": "weibo"}).content.decode()
    assert "自2025年6月1日起，灌溉水价降低5%" in board
    weibo, sms = Release.objects.order_by("pk")
    late = desk.post(weibo.get_absolute_url(), {"on": "2025-05-09"})
    assert late.status_code == 422
    assert "链接、照片或截图" in late.content.decode()
    done = desk.post(
        weibo.get_absolute_url(), {"on": "2025-05-09", "link": "https://weibo.example/1"}
    )
    assert done.status_code == 302
    long = desk.post(reverse("channels:text", args=[sms.pk]), {"text": "长" * 200})
    assert "最多 134 字" in long.content.decode()
    desk.post(reverse("channels:give-up", args=[sms.pk]), {"reason": "与微博重复"})
    withdraw(item, by=office.head, reason="有误")
    desk.post(reverse("channels:take-down", args=[weibo.pk]), {"reason": "已删除"})
    states = dict(Release.objects.values_list("outlet", "state"))
    assert states == {"weibo": State.TAKEN_DOWN, "sms": State.GIVEN_UP}
    stranger = at_the_desk(reader("clerk", office.city))
    assert stranger.get(weibo.get_absolute_url()).status_code == 404
    assert stranger.get(reverse("channels:gazette-new")).status_code == 302, "sent back to the desk"


@pytest.mark.parametrize(
    "outlet", [key for key, facts in outlets().items() if facts.style != "none"]
)
def test_the_text_proposed_for_an_outlet_fits_it_and_leads_to_the_whole(office, outlet):
    facts = outlets()[outlet]
    item = published(office, title="关于" + "降低灌溉水价" * 9 + "的通知", body=BODY * 20)
    text = proposal(item, outlet)
    assert len(text) <= (facts.length or len(text))
    assert item.title[:20] in text
    if facts.style != "script":
        assert item.address in text


def test_a_gazette_and_a_screen_are_made_with_forms(office):
    desk = at_the_desk(office.office)
    item = published(office, title="供水办法", kind="rule")
    facts = {"organisation": office.city.pk, "title": "云川市人民政府公报", "year": 2025, "number": 1, "total": 9, "day": "2025-05-09", "print_run": 10}  # fmt: skip
    assert desk.post(reverse("channels:gazette-new"), facts).status_code == 302
    gazette = Gazette.objects.get()
    desk.post(reverse("channels:gazette-include", args=[gazette.pk]), {"item": [item.pk]})
    entry = gazette.entries.get()
    order = {"entry": [entry.pk], "section": ["市政府令"]}
    desk.post(reverse("channels:gazette-order", args=[gazette.pk]), order)
    assert gazette.entries.get().section == "市政府令"
    later = published(office, title="用水办法", kind="rule")
    unsaved = {"item": [later.pk], "entry": [entry.pk], "section": ["水务"]}
    desk.post(reverse("channels:gazette-include", args=[gazette.pk]), unsaved)
    assert gazette.entries.get(item=item).section == "水务", "what was not saved goes along"
    preview = desk.get(reverse("channels:gazette-preview", args=[gazette.pk]))
    assert preview.content.startswith(b"%PDF")
    twice = desk.post(reverse("channels:gazette-new"), facts)
    assert "第 1 期或者总第 9 期已经有了" in twice.content.decode()
    second = gazette.entries.get(item=later)
    turned = {"entry": [second.pk, entry.pk], "section": ["水务", "水务"], "remove": [second.pk, entry.pk]}  # fmt: skip
    desk.post(reverse("channels:gazette-issue", args=[gazette.pk]), turned)
    assert gazette.entries.count() == 2, (
        "an issue with nothing in it does not appear, and nothing is thrown out of it"
    )
    del turned["remove"]
    desk.post(reverse("channels:gazette-issue", args=[gazette.pk]), turned)
    places = gazette.entries.order_by("place").values_list("item", flat=True)
    assert list(places) == [later.pk, item.pk]
    assert Client().get(Gazette.objects.get().address).status_code == 200
    screen = {"organisation": office.city.pk, "kind": "screen", "name": "大厅", "orientation": "portrait", "seconds": 20, "count": 9, "columns": [office.column.pk]}  # fmt: skip
    assert desk.post(reverse("channels:screen-new"), screen).status_code == 302
    made = Screen.objects.get()
    form = desk.get(made.get_absolute_url()).content.decode()
    assert f'name="columns" value="{office.column.pk}"' in form
    assert "<select" not in form.split('id="id_columns-list"')[1].split("</div>")[0]
    changed = {**screen, "name": "大厅东侧"}
    assert desk.post(made.get_absolute_url(), changed).status_code == 302
    desk.post(reverse("channels:screen-switch", args=[made.pk]))
    made.refresh_from_db()
    assert (made.name, made.is_on) == ("大厅东侧", False)
    shown = desk.get(reverse("channels:screens")).content.decode()
    assert "停用" in shown


def test_the_board_asks_as_much_of_the_database_for_many_releases_as_for_one(office):
    desk = at_the_desk(office.office)
    gazette = compose(
        office.city, by=office.office, title="公报", year=2025, number=1, total=1, day=DAY
    )
    addresses = (reverse("channels:index"), gazette.get_absolute_url())

    def asked():
        counts = []
        for address in addresses:
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(address).status_code == 200
            counts.append(len(queries))
        return counts

    def more(count):
        items = [published(office, title="公告") for _ in range(count)]
        for item in items:
            plan(item, ["weibo", "wechat"], by=office.clerk)
        include(gazette, items, by=office.office)

    more(1)
    asked()
    few = asked()
    more(4)
    assert asked() == few
