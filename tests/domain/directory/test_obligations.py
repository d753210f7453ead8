"""What is owed: from a line of the directory to an item that fulfils it, in time or late."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from tests.factories import OrganisationFactory, PostFactory, city, reader
from tests.factories.directories import DEADLINES, adopted, line
from tests.factories.information import drafted, published, signed

from gongkai.core.directories import read_table
from gongkai.core.directories.writing import directory_xlsx
from gongkai.core.extraction.sources.xlsx import sheets
from gongkai.domain.directory import actions
from gongkai.domain.directory.errors import (
    InTheFuture,
    NoOccasion,
    NoReason,
    NotAfterLast,
    NothingToAdopt,
    NotOfUnit,
    Settled,
)
from gongkai.domain.directory.exporting import rows_of
from gongkai.domain.directory.models import (
    Assignment,
    Column,
    Entry,
    Fulfilment,
    Obligation,
    StandardDirectory,
    State,
)
from gongkai.domain.directory.public_pages import all_pages
from gongkai.domain.directory.queries import coverage, tally, waiting_proposals
from gongkai.domain.information.actions import withdraw
from gongkai.foundation import clock
from gongkai.foundation.permissions import NotAllowed
from gongkai.foundation.watches import look_at

pytestmark = pytest.mark.django_db


def owed(second, **where):
    return Obligation.objects.get(entry__second=second, **where)


def test_a_year_is_what_the_phrases_say_with_days_that_explain_themselves(office):
    by_period = {
        (o.entry.second, o.period): (o.kind, o.due) for o in Obligation.objects.select_related("entry")
    }  # fmt: skip
    assert by_period == {
        # the 15th working day after 31 March 2026: Qingming takes 4 to 6 April
        ("供水水质", "2026-Q1"): ("regular", date(2026, 4, 22)),
        ("供水水质", "2026-Q2"): ("regular", date(2026, 7, 21)),
        # 1 to 7 October are off, Saturday the 10th is worked
        ("供水水质", "2026-Q3"): ("regular", date(2026, 10, 27)),
        ("供水水质", "2026-Q4"): ("regular", Obligation.objects.get(period="2026-Q4").due),
        ("防汛预案", "2026"): ("fixed", date(2026, 3, 31)),
        ("取水许可", "2026"): ("event", None),
        ("河长名录", "2026"): ("standing", None),
        ("水价", "2026"): ("", None),
    }
    assert owed("供水水质", period="2026-Q4").provisional
    assert not owed("供水水质", period="2026-Q1").provisional
    assert actions.generate(office.city, year=2026, by=office.office) == 0
    with pytest.raises(NotAllowed):
        actions.generate(office.city, year=2026, by=office.clerk)


def test_what_comes_into_being_opens_a_clock_of_its_own(office):
    entry = owed("取水许可").entry
    with clock.moved_to(date(2024, 10, 8)):
        StandardDirectory.objects.update(effective_from=date(2024, 1, 1))
        made = actions.open_occasion(
            entry, unit=office.bureau, formed=date(2024, 9, 27), occasion="第二批取水许可", by=office.clerk
        )  # fmt: skip
        assert (made.due, made.year) == (date(2024, 10, 30), 2024)
        again = actions.open_occasion(
            entry, unit=office.bureau, formed=date(2024, 9, 27), occasion="第三批", by=office.clerk
        )
        assert again.period == "2024-09-27/2"
        assert again.period_title == "2024年9月27日形成（第2件）"
        for refused, error in (
            ({"formed": date(2025, 1, 1)}, InTheFuture),
            ({"unit": office.city, "by": office.office}, NotOfUnit),
        ):
            facts = {"unit": office.bureau, "formed": date(2024, 9, 1), "by": office.clerk}
            with pytest.raises(error):
                actions.open_occasion(entry, occasion="某件", **{**facts, **refused})
        with pytest.raises(NoOccasion):
            actions.open_occasion(
                owed("河长名录").entry, unit=office.bureau, formed=date(2024, 9, 1), occasion="名录", by=office.clerk
            )  # fmt: skip


def test_states_follow_the_calendar_and_never_overlap(office):
    quarter = owed("供水水质", period="2026-Q1")
    for day, state in (
        (date(2026, 4, 14), State.OPEN),
        (date(2026, 4, 15), State.SOON),
        (date(2026, 4, 22), State.SOON),
        (date(2026, 4, 23), State.OVERDUE),
    ):
        assert quarter.state_on(day) == state
        assert Obligation.objects.standing(day).get(pk=quarter.pk).state == state
        found = [
            s for s in State.values if Obligation.objects.in_state(s, day).filter(pk=quarter.pk)
        ]
        assert found == [state]
    with pytest.raises(NoReason):
        actions.waive(quarter, reason=" ", by=office.office)
    with pytest.raises(NotAllowed):
        actions.waive(quarter, reason="没有供水", by=office.clerk)
    actions.waive(quarter, reason="没有供水", by=office.office)
    assert quarter.state_on(date(2026, 4, 23)) == State.WAIVED
    actions.restore(quarter, reason="已有供水", by=office.office)
    assert quarter.state_on(date(2026, 4, 23)) == State.OVERDUE
    with pytest.raises(Settled):
        actions.restore(quarter, reason="又一次", by=office.office)


def test_an_item_is_proposed_confirmed_and_no_longer_counts_when_it_is_taken_back(office):
    with clock.moved_to(date(2026, 4, 20)):
        item = published(office, title="云川市2026年第一季度城区供水水质公告")
        published(office, title="关于召开全市水利工作会议的通知")
        assert actions.propose([office.bureau.pk], year=2026) >= 1
        assert actions.propose([office.bureau.pk], year=2026) == 0
        quarter = owed("供水水质", period="2026-Q1")
        proposed = waiting_proposals(Fulfilment.objects.filter(obligation=quarter)).get()
        assert (proposed.item, proposed.status) == (item, "proposed")
        assert quarter.done is None
        with pytest.raises(NotAllowed):
            actions.confirm([proposed], by=reader("clerk", office.city))
        assert actions.confirm([proposed], by=office.clerk) == 1
        quarter.refresh_from_db()
        assert (quarter.done, quarter.state_on(clock.today())) == (date(2026, 4, 20), State.DONE)
        # the same item, only later in the year, would have been late
        assert Obligation(due=date(2026, 4, 1), done=date(2026, 4, 20)).state_on(clock.today()) == State.LATE  # fmt: skip
        with pytest.raises(Settled):
            actions.waive(quarter, reason="多余", by=office.office)
        withdraw(item, by=office.head, reason="数据有误")
        quarter.refresh_from_db()
        assert quarter.done is None
        others = Fulfilment.objects.filter(status="proposed")
        assert actions.decline(list(others), by=office.clerk) == len(others) or not others
        assert not waiting_proposals(Fulfilment.objects.all())


def test_a_draft_fulfils_nothing_until_it_is_public(office):
    draft = drafted(office, title="2026年防汛预案")
    assert actions.propose([office.bureau.pk], year=2026) == 0
    with clock.moved_to(date(2026, 4, 2)):
        signed(office, draft)
        plan = owed("防汛预案")
        actions.link(plan, item=draft, by=office.clerk)
    assert (plan.done, plan.state_on(date(2026, 4, 2))) == (date(2026, 4, 2), State.LATE)


def test_a_new_version_keeps_its_entries_and_what_was_fulfilled(office):
    kept = owed("防汛预案").entry
    rows = [
        line("防汛预案", deadline="每年4月30日前"),
        line("水价"),
        line("节水名录", deadline="每年"),
    ]
    with pytest.raises(NotAfterLast):
        adopted(office.city, rows, since=date(2025, 1, 1))
    lines = read_table(sheets(directory_xlsx("新版", rows)))
    seen = actions.compare(office.city, lines)
    assert (seen.fresh, seen.kept, seen.gone) == (1, 2, 3)
    new = adopted(office.city, rows, since=date(2026, 6, 1), by=office.office)
    assert (new.version, new.listings.get(entry=kept).deadline) == (2, "每年4月30日前")
    assert StandardDirectory.objects.get(version=1).effective_until == date(2026, 6, 1)
    assert owed("防汛预案").due == date(2026, 3, 31), "what arose under the old version stays"
    assert actions.assign_named(new, by=office.office) == 1
    with clock.moved_to(date(2026, 7, 1)):
        assert actions.generate(office.city, year=2026, by=office.office) == 1
    actions.set_up(office.city, by=office.office)
    newest = adopted(office.city, rows, since=date(2026, 9, 1), by=office.office)
    link = Column.objects.of(office.city).get(kind="link")
    assert (link.section, link.link) == ("statutory", f"/directories/{newest.pk}/")
    assert next(iter(rows_of(new))).texts["deadline"] == "每年4月30日前"
    with pytest.raises(NothingToAdopt):
        adopted(office.city, [line("x", first="")], since=date(2027, 1, 1))


def test_coverage_counts_by_unit_and_field_in_one_query(office, django_assert_num_queries):
    other = OrganisationFactory(parent=office.city, name="云川市住建局", level="county")
    actions.assign(Entry.objects.filter(second="水价"), unit=other, by=office.office)
    with clock.moved_to(date(2026, 5, 6)):
        actions.generate(office.city, year=2026, by=office.office)
        with django_assert_num_queries(1):
            found = coverage(Obligation.objects.filter(year=2026), "unit", "field")
        mine = found[office.bureau.pk, "municipal"]
        assert (mine.total, mine.done, mine.overdue, mine.percent) == (8, 0, 2, 0)
        assert found[other.pk, "municipal"].total == 1
        assert tally(Obligation.objects.all()).total == 9
        with CaptureQueriesContext(connection) as few:
            alerts = look_at([office.bureau.pk, other.pk, office.city.pk], clock.today())
        assert len(few) == 4, "one for each watch, however many units"
        overdue = [a for a in alerts if a.watch == "directory.overdue"]
        assert [(a.unit, a.count, a.since) for a in overdue] == [
            (office.bureau.pk, 2, date(2026, 3, 31))
        ]
        assert next(a for a in alerts if a.watch == "directory.columns").severity == "fails"


def test_a_line_that_names_nobody_stays_without_a_unit():
    place = city()
    directory = adopted(
        place.county,
        [
            line("预算", body="县财政局"),
            line("民政", body="县级民政部门"),
            line("村务", body="各乡镇人民政府"),
            line("规划", body="石桥县人民政府"),
        ],
        by=None,
    )
    assert actions.assign_named(directory, by=None) == 2
    assert set(Assignment.objects.values_list("entry__second", "unit__name")) == {
        ("预算", "石桥县财政局"),
        ("规划", "石桥县人民政府"),
    }
    actions.set_up(place.county_finance, by=None)
    column = Column.objects.of(place.county_finance).get(key="s20-7")
    budget = Entry.objects.filter(second="预算")
    assert actions.assign(budget, unit=place.county_finance, column=column, by=None) == 0
    assert Assignment.objects.get(entry__second="预算").column == column


def test_the_calendar_goes_to_whoever_knows_the_address_and_to_the_public_without_names(
    office, client
):
    addresses = {f"/directories/{office.directory.pk}/{rest}" for rest in ("", "municipal/")}
    assert addresses <= set(all_pages())
    key = actions.subscribe(office.bureau, by=office.clerk)
    with clock.moved_to(date(2026, 4, 10)):
        book = Calendar.from_ical(client.get(f"/calendars/{key.secret}.ics").content)
    events = {str(e["summary"]): e for e in book.walk("VEVENT")}
    assert len(events) == 2
    assert events["应公开：水利管理 / 防汛预案"]["dtstart"].dt == date(2026, 3, 31)
    assert len(list(book.walk("VALARM"))) == 5
    assert client.get("/calendars/wrong.ics").status_code == 404
    actions.subscribe(office.bureau, by=office.clerk)
    assert client.get(f"/calendars/{key.secret}.ics").status_code == 404
    public = client.get(f"/directories/{office.directory.pk}/calendar.ics")
    days = [e["dtstart"].dt for e in Calendar.from_ical(public.content).walk("VEVENT")]
    assert days == [date(2025, 3, 31), date(2026, 3, 31), date(2027, 3, 31)]
    page = client.get(f"/directories/{office.directory.pk}/municipal/").content.decode()
    assert "每季度终了后15个工作日内" in page
    sent = client.get(f"/directories/{office.directory.pk}/directory.xlsx")
    again = read_table(sheets(sent.content))
    assert [row.facts["second"] for row in again] == list(DEADLINES)
    assert not any(row.errors for row in again)


def test_the_desk_leads_from_an_upload_to_a_confirmed_item(office, client, settings):
    settings.GONGKAI_SECOND_FACTOR_ROLES = ["none"]

    def enter(role, unit):
        user = PostFactory(role=role, organisation=unit).user
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    def read(address, **query):
        answer = client.get(f"/desk/directory/{address}", query)
        assert answer.status_code == 200
        return answer.content.decode()

    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415

    with clock.moved_to(date(2026, 4, 20)):  # before the new version takes effect
        enter("office", office.city)
        file = directory_xlsx("新目录", [line("节水名录", deadline="每月"), line("坏", content="")])
        facts = {"title": "新目录", "effective_from": "2026-05-01"}
        upload = {"file": SimpleUploadedFile("目录.xlsx", file), **facts}
        preview = client.post("/desk/directory/directories/import/", upload)
        assert "没有填公开内容" in preview.content.decode()
        done = client.post(
            "/desk/directory/directories/import/",
            {"signed": preview.context["signed"]},
            follow=True,
        )
        assert "已导入第 2 版，1 项；按公开主体落实了 1 项" in done.content.decode()
        bad = {"file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04"), **facts}
        assert client.post("/desk/directory/directories/import/", bad).status_code == 422

    with clock.moved_to(date(2026, 4, 24)):
        item = published(office, title="2026年第一季度供水水质")
        enter("clerk", office.bureau)
        assert "逾期未公开" in read("obligations/")
        quarter = owed("供水水质", period="2026-Q1")
        page = read(f"obligations/{quarter.pk}/", q="水质")
        assert "第15个工作日" in page
        here = f"/desk/directory/obligations/{quarter.pk}/"
        assert "按时公开" not in page
        client.post(here, {"item": item.pk})
        assert "逾期公开" in read(f"obligations/{quarter.pk}/")
        month = read("calendar/", month="2026-07", day="2026-07-21")
        assert "2026年7月应公开" in month
        assert "供水水质" in month
        assert "没有等待确认的建议" in read("proposals/")
        client.post("/desk/directory/proposals/", {"search": "1"})
        assert "12%" in read("coverage/")
        enter("clerk", office.city)
        assert client.get(here).status_code == 404
