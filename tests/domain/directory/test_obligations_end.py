"""What is owed begins and ends with the directory, the year and the unit; a mistake can be taken back."""

from datetime import date

import pytest
from django.urls import reverse
from tests.factories import OrganisationFactory, reader
from tests.factories.directories import DEADLINES, adopted, line
from tests.factories.information import published

from gongkai.domain.directory import actions
from gongkai.domain.directory.actions.lapse import keep_up
from gongkai.domain.directory.actions.propose import propose_recent
from gongkai.domain.directory.errors import NoReason, NotConfirmed, NotOfUnit
from gongkai.domain.directory.models import Assignment, Entry, Fulfilment, Obligation
from gongkai.domain.organisations.actions import close, merge
from gongkai.foundation import clock
from gongkai.foundation.permissions import NotAllowed
from gongkai.foundation.watches import look_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(settings):
    settings.GONGKAI_SECOND_FACTOR_ROLES = ["none"]

    def enter(client, who):
        client.force_login(who.user, backend="allauth.account.auth_backends.AuthenticationBackend")

    return enter


def owed(second, **where):
    return Obligation.objects.get(entry__second=second, **where)


def periods(second, **where):
    found = Obligation.objects.filter(entry__second=second, **where)
    return sorted(found.values_list("period", flat=True))


def test_nothing_is_owed_for_a_time_before_the_version_or_the_unit_began(office):
    rows = [line(second) for second in DEADLINES]
    rows += [line("水位", deadline="每月"), line("名录", deadline="每年3月1日前")]
    new = adopted(office.city, rows, since=date(2026, 6, 15), by=office.office)
    young = OrganisationFactory(
        parent=office.city, name="云川市河湖中心", level="county", founded=date(2026, 8, 20)
    )
    actions.assign_named(new, by=office.office)
    actions.assign(Entry.objects.filter(second="供水水质"), unit=young, by=office.office)
    with clock.moved_to(date(2026, 9, 1)):
        actions.generate(office.city, year=2026, by=office.office)
    assert periods("水位") == [f"2026-{month:02}" for month in range(6, 13)]
    assert periods("名录") == [], "the first of March was over when the version began"
    assert periods("供水水质", unit=young) == ["2026-Q3", "2026-Q4"]
    assert len(periods("供水水质", unit=office.bureau)) == 4
    with clock.moved_to(date(2027, 1, 4)):
        actions.generate(office.city, year=2027, by=office.office)
    assert periods("名录") == ["2027"]


def test_what_a_new_version_no_longer_lists_is_owed_no_longer_from_its_day(office):
    rows = [line("水价"), line("取水许可")]
    with clock.moved_to(date(2026, 5, 20)):
        adopted(office.city, rows, since=date(2026, 7, 10), by=office.office)
        assert not Obligation.objects.filter(waived=True), "it is not in force yet"
    with clock.moved_to(date(2026, 7, 11)):
        assert keep_up() == 3
        assert keep_up() == 0
    ended = Obligation.objects.filter(waived=True)
    assert {(o.entry.second, o.period) for o in ended.select_related("entry")} == {
        ("供水水质", "2026-Q3"),
        ("供水水质", "2026-Q4"),
        ("河长名录", "2026"),
    }
    assert ended[0].waiver == "标准目录第 2 版自 2026-07-10 起施行，不再列入这一事项"
    still = owed("供水水质", period="2026-Q2")
    assert not still.waived, (
        "the quarter was over under the old version, though its day was to come"
    )
    with clock.moved_to(date(2026, 8, 1)):
        adopted(office.city, [line("取水许可")], since=date(2026, 8, 1), by=office.office)
    assert owed("水价").waived, "one that is in force at once ends it at once"


def test_a_matter_worded_anew_keeps_the_unit_that_was_chosen_by_hand(office):
    other = OrganisationFactory(parent=office.city, name="云川市住建局", level="county")
    actions.assign(Entry.objects.filter(second="水价"), unit=other, by=office.office)
    rows = [
        line("水价", content="到户水价、污水处理费和水资源税", body="市级供水主管部门"),
        line("取水许可"),
    ]
    new = adopted(office.city, rows, since=date(2026, 7, 1), by=office.office)
    worded = new.listings.get(entry__second="水价").entry
    assert [a.unit for a in worded.assignments.all()] == [other]


def test_a_successor_takes_over_what_is_open_and_owes_nothing_twice(office, client):
    heir = OrganisationFactory(parent=office.city, name="云川市自然资源局", level="county")
    actions.set_up(heir, by=office.office)
    actions.assign(Entry.objects.filter(second="河长名录"), unit=heir, by=office.office)
    with clock.moved_to(date(2026, 5, 6)):
        actions.generate(office.city, year=2026, by=office.office)
        item = published(office, title="云川市2026年防汛预案")
        actions.link(owed("防汛预案"), item=item, by=office.clerk)
        licence = owed("取水许可").entry
        for what in ("第一批", "第二批"):
            actions.open_occasion(
                licence, unit=office.bureau, formed=date(2026, 5, 6), occasion=what, by=office.clerk
            )
        merge(office.bureau, into=heir, day=date(2026, 6, 1), by=office.office)
        assert len(periods("供水水质", unit=office.bureau)) == 4, "until its day it owes it itself"
    with clock.moved_to(date(2026, 6, 1)):
        keep_up()
        assert periods("供水水质", unit=heir) == ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
        assert periods("取水许可", unit=heir) == ["2026", "2026-05-06", "2026-05-06/2"]
        assert owed("防汛预案").unit == office.bureau, "what it did stays its own"
        double = owed("河长名录", unit=office.bureau)
        assert double.waived
        assert "由云川市自然资源局公开" in double.waiver
        assert not Obligation.objects.owed().filter(unit=office.bureau).exists()
        assert set(Assignment.objects.values_list("unit__name", flat=True)) == {"云川市自然资源局"}
        column = owed("供水水质", unit=heir, period="2026-Q2").column
        assert column.organisation == heir
        late = [a for a in look_at([heir.pk], clock.today()) if a.watch == "directory.overdue"]
        assert [a.count for a in late] == [1]
    with clock.moved_to(date(2027, 1, 4)):
        actions.generate(office.city, year=2027, by=office.office)
    assert not Obligation.objects.filter(year=2027, unit=office.bureau).exists()


def test_where_nobody_succeeds_nobody_owes_it_and_the_reason_says_so(office):
    with clock.moved_to(date(2026, 6, 1)):
        close(office.bureau, day=date(2026, 6, 1), by=office.office)
    assert not Obligation.objects.owed().exists()
    assert owed("水价").waiver == "云川市水利局已于 2026-06-01 撤销，没有承接的机构"


def test_what_is_owed_for_the_last_quarter_is_found_listed_and_counted_in_january(
    office, client, enter
):
    quarter = owed("供水水质", period="2026-Q4")
    with clock.moved_to(date(2027, 1, 12)):
        item = published(office, title="云川市2026年第四季度城区供水水质公告")
        propose_recent()
    assert Fulfilment.objects.filter(obligation=quarter, item=item).exists()
    with clock.moved_to(date(2027, 3, 1)):
        enter(client, office.clerk)
        href = next(
            a.href for a in look_at([office.bureau.pk], clock.today()) if "overdue" in a.watch
        )
        assert len(client.get(href).context["rows"]) == 5
        panel = client.get("/desk/").content.decode()
        assert "state=overdue&amp;year=all" in panel
        this_year = client.get(reverse("directory:obligations")).context
        assert (this_year["query"]["year"], this_year["counts"].total) == (2027, 0)


def test_a_confirmation_by_mistake_is_taken_back_with_a_reason_and_the_item_found_again(
    office, client, enter
):
    with clock.moved_to(date(2026, 4, 20)):
        item = published(office, title="云川市城区供水水质监测点名单")
        quarter = owed("供水水质", period="2026-Q1")
        made = actions.link(quarter, item=item, by=office.clerk)
        assert quarter.done
        with pytest.raises(NoReason):
            actions.revoke(made, reason=" ", by=office.clerk)
        with pytest.raises(NotAllowed):
            actions.revoke(made, reason="不是", by=reader("clerk", office.city))
        enter(client, office.clerk)
        page = reverse("directory:obligation", args=[quarter.pk])
        take_back = reverse("directory:revoke", args=[quarter.pk, made.pk])
        assert take_back in client.get(page).content.decode()
        assert client.post(take_back, {"reason": "是监测点名单，不是水质数据"}).status_code == 302
        quarter.refresh_from_db()
        assert quarter.done is None
        assert client.get(take_back).status_code == 404
        with pytest.raises(NotConfirmed):
            actions.revoke(made, reason="又一次", by=office.clerk)
        # declined by mistake: whoever looks for it finds it and links it
        found = client.get(page, {"q": "监测点"}).context["found"]
        assert found == [item]
        client.post(page, {"item": item.pk})
    quarter.refresh_from_db()
    assert quarter.done == date(2026, 4, 20)


def test_a_wrong_unit_is_taken_off_an_entry_with_what_it_owed(office, client, enter):
    other = OrganisationFactory(parent=office.city, name="云川市住建局", level="county")
    entry = Entry.objects.get(second="供水水质")
    actions.assign([entry], unit=other, by=office.office)
    with clock.moved_to(date(2026, 5, 6)):
        actions.generate(office.city, year=2026, by=office.office)
        enter(client, office.office)
        page = reverse("directory:assign", args=[office.directory.pk, entry.pk])
        cancel = reverse("directory:unassign", args=[office.directory.pk, entry.pk, other.pk])
        assert cancel in client.get(page).content.decode()
        assert other.name in client.get(cancel).content.decode()
        assert client.post(cancel, {"reason": ""}).status_code == 422
        assert client.post(cancel, {"reason": "供水由水利局负责"}).status_code == 302
        assert set(Obligation.objects.filter(unit=other).values_list("waiver", flat=True)) == {
            "供水由水利局负责"
        }
        assert client.get(cancel).status_code == 404
        assert client.get(page.replace(f"/{entry.pk}/", "/987654/")).status_code == 404
        with pytest.raises(NotOfUnit):
            actions.unassign(entry, unit=other, reason="又一次", by=office.office)
        assert actions.generate(office.city, year=2026, by=office.office) == 0
