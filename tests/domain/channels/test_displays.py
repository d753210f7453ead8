"""What hangs in halls shows what is public and nothing else, and says that it is on, and nothing about people."""

import json
from datetime import date, timedelta

import pytest
from django.test import Client
from tests.factories.information import BODY, drafted, published, publishing_office
from tests.factories.organisations import OrganisationFactory

from gongkai.domain.channels import errors
from gongkai.domain.channels.actions import give_up, plan
from gongkai.domain.channels.actions.screens import put_up, switch
from gongkai.domain.channels.models import Release, Screen, State
from gongkai.domain.directory.models import Column
from gongkai.domain.information.actions import withdraw
from gongkai.domain.information.models import Item
from gongkai.foundation import clock
from gongkai.foundation.figures import Period, sources
from gongkai.foundation.permissions import NotAllowed
from gongkai.foundation.search.rebuilding import rebuild
from gongkai.foundation.trail.models import Record

pytestmark = pytest.mark.django_db
DAY = date(2025, 5, 9)


@pytest.fixture
def office():
    with clock.moved_to(DAY):
        yield publishing_office()


@pytest.fixture
def hall(office):
    """A screen of the city, a kiosk of the bureau."""
    return [
        put_up(unit, by=office.office, kind=kind, name=f"大厅{kind}", line="咨询 0000-1")
        for unit, kind in ((office.city, "screen"), (office.bureau, "kiosk"))
    ]


def hidden(office) -> list[Item]:
    """One of everything that is not public."""
    closed = {"publicity": "on-request", "ground": "internal", "ground_note": "内部讨论稿"}
    gone = published(office, title="撤回了的通告")
    withdraw(gone, by=office.head, reason="有误")
    over = published(office, title="到期了的通告")
    Item.objects.filter(pk=over.pk).update(live=False, status="expired", expired=True)
    return [
        drafted(office, title="起草中的通知"),
        drafted(office, title="依申请公开的通知", **closed),
        gone,
        over,
    ]


def test_nothing_that_is_not_public_reaches_a_screen_a_kiosk_or_a_sheet(office, hall):
    screen, kiosk = hall
    shown = published(
        office,
        title="高龄津贴提高的通知",
        body=BODY + '<p>见<a href="https://elsewhere.example/">外站</a></p>',
    )
    kept = hidden(office)
    for item in kept:
        plan(item, ["board"], by=office.clerk)
    public, desk = Client(), Client()
    desk.force_login(
        office.office.user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    everything = "".join(f"item={item.pk}&" for item in [shown, *kept])
    pages = {
        "screen": public.get(f"{screen.address}content.json"),
        "kiosk": public.get(kiosk.address),
        "column": public.get(f"{kiosk.address}columns/{shown.column_id}/"),
        "search": public.get(f"{kiosk.address}search/", {"q": "通"}),
        "choose": desk.get("/desk/channels/sheet/"),
        "sheet": desk.get(f"/desk/channels/sheet/print/?{everything}"),
    }
    for name, page in pages.items():
        text = page.content.decode()
        assert page.status_code == 200, name
        assert shown.title in text or name == "search", name
        assert [item.title for item in kept if item.title in text] == [], name
    for item in kept:
        assert public.get(f"{kiosk.address}items/{item.pk}/").status_code == 404
        assert desk.get(f"/desk/channels/sheet/sheet.pdf?item={item.pk}").status_code == 404
    reading = public.get(f"{kiosk.address}items/{shown.pk}/").content.decode()
    assert "见外站" in reading
    assert "elsewhere.example" not in reading


def test_a_screen_tells_what_it_needs_and_that_it_is_on(office, hall):
    screen, kiosk = hall
    item = published(office, body="<p>一、总则</p><table><tr><td>表</td></tr></table><p>正文。</p>")
    public = Client()
    assert screen.is_silent
    page = public.get(screen.address)
    policy = page["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    told = json.loads(public.get(f"{screen.address}content.json").content)
    assert [each["key"] for each in told["items"]] == [item.pk]
    assert [p["kind"] for p in told["items"][0]["paragraphs"]] == ["text", "table", "text"]
    assert told["items"][0]["code"]["path"].startswith("M")
    screen.refresh_from_db()
    assert not screen.is_silent
    with clock.moved_to(DAY + timedelta(days=1)):
        assert screen.is_silent
    assert {field.name for field in Screen._meta.fields}.isdisjoint({"address", "ip", "agent"})
    switch(screen, on=False, by=office.office)
    for address in (screen.address, f"{screen.address}content.json", f"/screen/{kiosk.key}/"):
        assert public.get(address).status_code == 404


def test_what_a_screen_shows_is_released_on_it_without_anybody_recording_it(office, hall):
    screen, kiosk = hall
    item, planned, refused = (published(office, title=t) for t in ("甲通告", "乙通告", "丙通告"))
    plan(planned, ["screen"], by=office.clerk)
    give_up(plan(refused, ["screen"], by=office.clerk)[0], by=office.clerk, reason="内容太长")
    public = Client()
    for _ in range(2):
        public.get(f"{screen.address}content.json")
        public.get(f"{kiosk.address}items/{item.pk}/")
    rows = Release.objects.order_by("outlet", "item").values_list(
        "outlet", "item", "state", "on", "by"
    )
    assert list(rows) == [
        ("kiosk", item.pk, State.DONE, DAY, None),
        ("screen", item.pk, State.DONE, DAY, None),
        ("screen", planned.pk, State.DONE, DAY, None),
        ("screen", refused.pk, State.GIVEN_UP, None, office.clerk.user.pk),
    ]
    assert "大厅screen" in Release.objects.get(item=planned).note
    assert Record.objects.filter(event="channels.shown").count() == 2, (
        "once, not with every question"
    )
    counted = sources()["channels.other"].ask([office.bureau.pk], Period(2025))
    assert int(counted[office.bureau.pk].value) == 2, "an item in two outlets of a row counts once"
    withdraw(item, by=office.head, reason="有误")
    assert set(item.releases.values_list("state", flat=True)) == {State.TAKEN_DOWN}
    with clock.moved_to(DAY + timedelta(days=1)):
        withdraw(planned, by=office.head, reason="有误")
    assert planned.releases.get().state == State.TAKE_DOWN, (
        "a screen without network goes on showing it"
    )


def test_a_screen_shows_chosen_columns_with_what_lies_below_them(office):
    rules, other = Column.objects.of(office.bureau).holding_items()[:2]
    inside = published(office, title="在选中的栏目里", column=rules)
    published(office, title="在别的栏目里", column=other)
    top = (
        Column.objects.of(office.bureau)
        .sections()
        .filter(path=rules.path[: rules.steplen * 4])
        .get()
    )
    screen = put_up(office.city, by=office.office, kind="screen", name="大厅", columns=[top])
    told = json.loads(Client().get(f"{screen.address}content.json").content)
    assert inside.title in {each["title"] for each in told["items"]}
    with pytest.raises(NotAllowed):
        put_up(office.bureau, by=office.clerk, kind="screen", name="大厅")
    stranger = Column.objects.of(office.bureau).first()
    town = OrganisationFactory(parent=office.city, name="河山镇人民政府", kind="government")
    with pytest.raises(errors.ColumnElsewhere):
        put_up(town, by=office.office, kind="screen", name="镇里", columns=[stranger])


def test_a_kiosk_finds_titles_by_the_first_letters_of_their_sounds(office, hall):
    _, kiosk = hall
    published(office, title="高龄津贴提高的通知")
    rebuild()
    found = Client().get(f"{kiosk.address}search/", {"q": "gljt"}).content.decode()
    assert "高龄津贴提高的通知" in found
