"""What the public sees of items: complete, at once, and nothing else; and every page is a file that is right."""

import re
import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from tests.factories.directories import adopted, line
from tests.factories.information import BODY, drafted, published, publishing_office, signed
from tests.factories.organisations import OrganisationFactory

from gongkai.domain.directory.actions import set_up
from gongkai.domain.directory.actions.close import close as close_column
from gongkai.domain.directory.actions.columns import amend
from gongkai.domain.directory.models import Column, StandardDirectory
from gongkai.domain.information.actions import (
    Attached,
    Reviewed,
    arrange,
    expire_due,
    link,
    publish_due,
    publish_many,
    save,
    saving,
    submit,
    withdraw,
)
from gongkai.domain.information.actions.expire import turn_day
from gongkai.domain.information.models import Item
from gongkai.domain.information.portal import addresses, home, listing
from gongkai.domain.organisations.actions import amend_guide, close, rename
from gongkai.domain.organisations.models import Guide
from gongkai.domain.review.models import Chain
from gongkai.foundation import clock
from gongkai.foundation.attachments import examine, receive
from gongkai.foundation.publicfiles import actions as files
from gongkai.foundation.publicfiles.draining import drain
from gongkai.foundation.publicfiles.models import OutdatedPage
from gongkai.foundation.publicfiles.places import place_of
from gongkai.foundation.publicfiles.rebuilding import differing, rebuild
from gongkai.foundation.publicfiles.rendering import render, render_many
from gongkai.site.api import dumps

transactional = pytest.mark.django_db(transaction=True)


@pytest.fixture
def office(db):
    """An office with few columns, so that whole rebuilds are quick."""
    office = publishing_office()
    kept = ("policy", "policy-normative", "guide", "statutory", "s20-1", "news")
    mine = Column.objects.of(office.bureau)
    for column in mine.exclude(key__in=kept).order_by("-depth"):
        column.delete()
    office.column = mine.get(key="policy-normative")
    office.other = mine.get(key="news")
    return office


@pytest.fixture
def folder(settings, tmp_path, monkeypatch, office):
    settings.GONGKAI_PUBLIC = tmp_path / "public"
    settings.GONGKAI_SERVE_PUBLIC = True
    monkeypatch.setattr(files, "start_writing", lambda: None)
    list(rebuild())
    return settings.GONGKAI_PUBLIC


def text(address):
    return place_of(address).read_text("utf-8")


def many(office, count, **values):
    """Publish *count* items at once."""
    return publish_many(
        office.bureau,
        [
            Reviewed({"title": f"第{n}号公告", "body": BODY, "column": office.column, **values})
            for n in range(count)
        ],
        chain=Chain.objects.active().get(importance="general"),
        signers=[office.head.user, office.office.user],
        evidence="纸质审批单",
        by=office.second,
    )


@transactional
def test_an_item_shows_what_a_document_has_to_show(office, client):
    facts = {
        "kind": "normative",
        "document_number": "云水规〔2025〕3号",
        "registration_number": "YCGF-2025-01003",
        "made_on": date(2025, 3, 1),
        "effective_on": date(2025, 4, 1),
        "expires_on": date(2030, 4, 1),
        "topic": "t06-03",
        "genre": "notice",
        "keywords": "防汛 <b>抗旱",
        "title": "云川市水利局关于印发<script>防汛办法的通知",
    }
    old = published(office, **facts)
    new = published(office, title="新办法", kind="normative", made_on=date(2026, 1, 1))
    explained = published(office, title="一图读懂")
    link(explained, old, "interprets", by=office.clerk)
    page = client.get(addresses.item(old.pk)).content.decode()
    for expected in (
        old.index_number,
        "农业、林业、水利 › 水利",
        "云水规〔2025〕3号",
        "YCGF-2025-01003",
        "自2025年4月1日起施行，有效期至2030年3月31日",
        "现行有效",
        "防汛、&lt;b&gt;抗旱",
        '<span class="line">云川市水利局</span><span class="line">关于印发&lt;script&gt;防汛办法的通知',
        "一图读懂",
        f'href="/hant{addresses.item(old.pk)}" hreflang="zh-Hant"',
        '<p class="flush">各县（市、区）人民政府，市直各单位：</p>',
    ):
        assert expected in page
    assert "<script>防汛" not in page
    link(new, old, "repeals", by=office.clerk)
    page = client.get(addresses.item(old.pk)).content.decode()
    assert "已于2026年1月1日废止" in page
    assert "被废止于" in page
    assert "废止" in client.get(addresses.item(new.pk)).content.decode()
    assert client.get(f"/items/7/{old.pk}/").status_code == 301
    assert b"<path" in client.get(f"{addresses.item(old.pk)}code.svg").content


@transactional
def test_what_is_taken_back_is_gone_from_every_page_and_its_address_says_so(
    office, folder, client, tmp_path
):
    stored = receive(ContentFile("户号,金额\n1,2\n".encode(), "补助名册.csv"), office.clerk)
    examine(stored)
    stored.refresh_from_db()
    item = drafted(office, title="绝密的补助名单", files=[Attached(stored, "补助名册")])
    signed(office, item)
    list(drain())
    paper = f"{addresses.files(item.pk)}补助名册.csv"
    assert place_of(paper).is_file()
    assert b"".join(client.get(paper)).decode("utf-8-sig").startswith("户号")
    assert "绝密的补助名单" in text("/")
    withdraw(item, by=office.head, reason="含个人信息，撤回整理")
    naming = [p for p in folder.rglob("*") if p.is_file() and "绝密".encode() in p.read_bytes()]
    assert naming == []
    assert not place_of(paper).exists()
    gone = client.get(addresses.item(item.pk))
    assert gone.status_code == 410
    page = gone.content.decode()
    assert "含个人信息，撤回整理" in page
    assert item.index_number in page
    assert "补助名单" not in page
    assert client.get(paper).status_code == 410
    list(drain())
    assert not place_of(addresses.item(item.pk)).exists()
    assert list(differing()) == []


def test_the_address_of_what_ran_out_goes_on_telling_so_while_it_is_worked_on(office, client):
    item = published(office, title="征求意见的公告", expire_at=clock.now() + timedelta(days=1))
    with clock.moved_to(clock.today() + timedelta(days=2)):
        expire_due()
    save(item, by=office.clerk, values={"expire_at": None})
    submit(item, by=office.clerk)
    gone = client.get(addresses.item(item.pk))
    assert gone.status_code == 410
    assert "已到期下线" in gone.content.decode()


@transactional
def test_every_page_follows_what_stands_on_all_of_them(office, folder):
    """The owner's name and its parts, the navigation, stand also on pages that say nothing else of it."""
    item = published(office)
    directory = adopted(office.bureau, [line("供水水质"), line("防汛预案")])
    list(drain())
    pages = [addresses.item(item.pk), f"/directories/{directory.pk}/", "/reports/"]
    set_up(office.city, by=office.office)
    Column.objects.of(office.city).filter(depth__gt=Column.SECTION_DEPTH).delete()
    list(drain())
    assert all("各机构公开专栏" in text(page) for page in pages)
    assert list(differing()) == []
    rename(office.city, name="新云川市人民政府", day=date(2026, 1, 1), by=None)
    adopted(office.bureau, [line("供水水质")], since=date(2026, 1, 1))
    list(drain())
    assert all("新云川市人民政府" in text(page) for page in pages)
    with clock.moved_to(clock.today() + timedelta(days=1)):  # no file tells when it was made
        assert list(differing()) == []


@transactional
def test_what_the_days_change_by_themselves_is_changed_although_nothing_ran_on_the_day(
    office, folder
):
    today = clock.today()
    ends, later = today + timedelta(days=2), today + timedelta(days=5)
    rules = published(office, title="节水奖励办法", kind="normative", expires_on=ends)
    turn_day()
    list(drain())
    assert "现行有效" in text(addresses.item(rules.pk))
    with clock.moved_to(later):  # switched on again after a long weekend
        assert turn_day() == 1
        list(drain())
        assert "现行有效" not in text(addresses.item(rules.pk))
        assert list(differing()) == []
        assert turn_day() == 0  # each day once, however often it is asked
        assert not OutdatedPage.objects.exists()


@transactional
def test_a_unit_that_is_no_more_keeps_its_pages_and_leads_to_who_took_over(office, folder, client):
    day = clock.today() + timedelta(days=2)
    item = published(office)
    heir = OrganisationFactory(parent=office.city, name="云川市水务局")
    turn_day()
    close(office.bureau, day=day, successor=heir, by=None)
    list(drain())
    pages = [addresses.organisation(office.bureau.pk), addresses.item(item.pk)]
    assert not any("撤销" in text(page) for page in pages)
    with clock.moved_to(day):
        turn_day()
        list(drain())
        assert all("职能由" in text(page) and "云川市水务局" in text(page) for page in pages)
        assert f'href="{addresses.organisation(heir.pk)}"' in text(pages[0])
        assert list(differing()) == []
        rename(heir, name="云川市水资源局", day=day, by=None)
        list(drain())
        assert all("云川市水资源局" in text(page) for page in pages)
        assert list(differing()) == []


@transactional
def test_a_unit_called_or_reached_otherwise_is_so_in_every_file(office, folder):
    published(office)
    Guide.objects.get_or_create(organisation=office.bureau)
    list(drain())
    amend_guide(office.bureau.guide, facts={"telephone": "0000-7654321"}, by=None)
    list(drain())
    assert "0000-7654321" in text("/data/organisations.jsonl")
    rename(office.bureau, name="云川市水务局", day=date(2026, 1, 1), by=None)
    list(drain())
    assert "<name>云川市水务局</name>" in text("/feed.xml")
    assert list(differing()) == []


@transactional
def test_what_was_never_public_has_no_address(office, client):
    draft = drafted(office)
    closed = drafted(office, publicity="closed", ground="internal", ground_note="内部")
    signed(office, closed)
    for item in (draft, closed):
        assert client.get(addresses.item(item.pk)).status_code == 404
        assert client.get(f"{addresses.item(item.pk)}code.svg").status_code == 404
    for address in ("/items/0/99999999999999999999/", "/columns/99999999999999999999/"):
        assert client.get(address).status_code == 404


@transactional
def test_publishing_touches_as_few_pages_among_many_as_among_few(office, folder):
    def touched():
        before = set(OutdatedPage.objects.values_list("address", flat=True))
        item = published(office)
        after = set(OutdatedPage.objects.values_list("address", flat=True)) - before
        list(drain())
        return {re.sub(rf"\b{item.pk}\b", "N", address) for address in after}

    few = touched()
    many(office, 90)
    list(drain())
    old = {n: place_of(addresses.column(office.column.pk, n)).stat().st_mtime_ns for n in (1, 2, 3)}
    plenty = touched()
    assert len(plenty) <= len(few) <= 18
    assert {f"/columns/{office.column.pk}/", "/", f"/organisations/{office.bureau.pk}/"} <= plenty
    for number, before in old.items():
        place = place_of(addresses.column(office.column.pk, number))
        assert place.stat().st_mtime_ns == before, f"page {number} was written again"


@transactional
def test_a_column_is_numbered_from_the_oldest_and_its_newest_page_is_never_short(office, client):
    items = many(office, 45)
    key = office.column.pk
    newest = client.get(f"/columns/{key}/").content.decode()
    assert "第44号公告" in newest
    assert newest.count('class="list-title"') == 25
    assert "共 45 条" in newest
    first = client.get(f"/columns/{key}/1/").content.decode()
    assert [f"第{n}号公告" in first for n in (0, 19, 20)] == [True, True, False]
    assert f'href="/columns/{key}/2/"' in first
    assert client.get(f"/columns/{key}/4/").status_code == 404
    withdraw(items[3], by=office.head, reason="重复")
    assert "第20号公告" not in client.get(f"/columns/{key}/1/").content.decode()
    # what is brought in later but was public earlier stands among its time
    many(office, 1, title="旧公告", published_on=date(2001, 1, 1))
    assert "旧公告" in client.get(f"/columns/{key}/1/").content.decode()


@transactional
def test_what_a_spreadsheet_leaves_in_a_text_breaks_no_feed(office, client, monkeypatch):
    item = published(office, title="甲\x0b乙\u202e丙\n丁", summary="第一行\x0b第二行\ufffe")
    assert (item.title, item.summary) == ("甲 乙丙 丁", "第一行\n第二行")
    with monkeypatch.context() as before:  # in a version that did not clean them
        before.setattr(saving, "_cleaned", lambda _, value: value)
        published(office, title="从前存下的\x0b标题", summary="从前存下的\x0c\ufffe")
    for address in ("/feed.xml", f"/columns/{office.column.pk}/feed.xml"):
        feed = ET.fromstring(client.get(address).content)
        assert "从前存下的" in "".join(feed.itertext())


def test_feeds_and_the_site_map_name_what_is_public(office, client):
    shown, gone = published(office, title="甲<乙&丙"), published(office, title="撤回的")
    withdraw(gone, by=office.head, reason="有误")
    for address in (
        "/feed.xml",
        f"/columns/{office.column.pk}/feed.xml",
        f"/organisations/{office.bureau.pk}/feed.xml",
    ):
        feed = ET.fromstring(client.get(address).content)
        titles = [e.text for e in feed.iter("{http://www.w3.org/2005/Atom}title")]
        assert titles[1:] == ["甲<乙&丙"]
    _, shard = ET.fromstring(client.get("/sitemap.xml").content)
    assert client.get(addresses.shard(10**6)).status_code == 404
    place = shard[0].text.removeprefix("http://127.0.0.1:8000")
    listed = client.get(place).content.decode()
    assert addresses.item(shown.pk) in listed
    assert addresses.item(gone.pk) not in listed
    assert "Sitemap:" in client.get("/robots.txt").content.decode()


@transactional
def test_the_site_map_names_sections_columns_directories_and_guides_and_follows_them(
    office, folder, client
):
    adopted(office.bureau, [line("供水水质")])
    later = OrganisationFactory(parent=office.city, name="云川市气象局", kind="department")
    close_column(office.other, by=office.office)
    list(drain())
    listed = set()
    for (place,) in ET.fromstring(text("/sitemap.xml")):
        address = place.text.removeprefix("http://127.0.0.1:8000")
        listed |= {
            url[0].text.removeprefix("http://127.0.0.1:8000")
            for url in ET.fromstring(text(address))
        }
    unit = office.bureau.pk
    directory = f"/directories/{StandardDirectory.objects.get().pk}/"
    assert {
        addresses.organisation(unit), addresses.part(unit, "guide"), addresses.organisation(later.pk),
        addresses.column(office.column.pk), directory,
    } <= listed  # fmt: skip
    assert addresses.column(office.other.pk) not in listed
    assert {client.get(address).status_code for address in listed} == {200}
    assert client.get("/sitemap/organisations-7.xml").status_code == 404
    assert list(differing()) == []


def test_a_township_stands_among_the_units_of_its_county(office):
    county = OrganisationFactory(parent=office.city, name="石桥县人民政府", kind="government")
    for unit in (
        county,
        OrganisationFactory(parent=county, name="石桥县财政局", kind="department"),
        OrganisationFactory(parent=county, name="石桥县城关镇人民政府", kind="government"),
    ):
        set_up(unit, by=office.office)
    groups = {name: [unit.name for unit in units] for name, units in home.organisations()}
    assert groups["石桥县人民政府"] == ["石桥县人民政府", "石桥县财政局", "石桥县城关镇人民政府"]
    assert "石桥县城关镇人民政府" not in groups


@transactional
def test_a_section_has_its_parts_in_order_and_the_guide_has_what_article_12_asks(office, client):
    Guide.objects.update_or_create(
        organisation=office.bureau, defaults={"office": "水利局办公室", "telephone": "0399-1"}
    )
    home = client.get(f"/organisations/{office.bureau.pk}/").content.decode()
    parts = [home.index(word) for word in ("政策", "政府信息公开指南", "法定主动公开内容")]
    assert parts == sorted(parts)
    guide = client.get(f"/organisations/{office.bureau.pk}/guide/").content.decode()
    assert "水利局办公室" in guide
    assert "0399-1" in guide
    assert "第十二条" in guide
    assert "还没有信息" in client.get(f"/columns/{office.other.pk}/").content.decode()
    assert client.get(f"/organisations/{office.bureau.pk}/nothing/").status_code == 404


@transactional
def test_what_is_written_in_bulk_is_what_the_platform_answers(office, client):
    item = published(office)
    wanted = [addresses.item(item.pk), addresses.shard_of(item.pk), "/", "/feed.xml"]
    assert dict(render_many(wanted)) == {address: render(address) for address in wanted}


@transactional
def test_an_amendment_is_on_the_pages_from_its_day_on(office, folder):
    facts = {"kind": "normative", "made_on": date(2026, 11, 1)}
    with clock.moved_to(date(2026, 11, 1)):
        new, old = (published(office, title=title, **facts) for title in ("新办法", "旧办法"))
        link(new, old, "amends", by=office.clerk, day=date(2026, 11, 6))
        turn_day()
        list(drain())
        assert "现行有效" in text(addresses.item(old.pk))
    with clock.moved_to(date(2026, 11, 9)):
        turn_day()
        list(drain())
        assert "已修改" in text(addresses.item(old.pk))
        assert list(differing()) == []


STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "publish",
                "publish",
                "many",
                "correct",
                "move",
                "withdraw",
                "restore",
                "repeal",
                "rename",
                "call_anew",
                "tell_anew",
                "pass_days",
                "write",
            ]
        ),
        st.integers(0, 9),
    ),
    min_size=4,
    max_size=9,
)


class Life:
    """What happens to items, by number."""

    def __init__(self, office):
        self.office = office
        self.today = date(2026, 11, 1)

    def do(self, step, number):
        with clock.moved_to(self.today):
            if step in {
                "publish",
                "many",
                "pass_days",
                "write",
                "rename",
                "call_anew",
                "tell_anew",
            }:
                getattr(self, step)(number)
                return
            states = {"restore": {"live": False, "withdrawn_at__isnull": False}}
            items = Item.objects.filter(**states.get(step, {"live": True})).order_by("pk")
            if items:
                getattr(self, step)(items[number % len(items)])

    def publish(self, number):
        ends = clock.now() + timedelta(days=number) if number and number % 3 == 0 else None
        facts = {"kind": "normative", "made_on": self.today} if number % 2 else {}
        if number % 4 == 1:
            facts["effective_on"] = self.today + timedelta(days=number)
        published(self.office, title=f"通知{number}", expire_at=ends, **facts)

    def many(self, number):
        many(self.office, number, published_on=self.today - timedelta(days=number % 3))

    def correct(self, item):
        save(item, by=self.office.clerk, values={"title": f"{item.title}改"})
        signed(self.office, item, reason="有误")

    def move(self, item):
        here = item.column_id == self.office.column.pk
        target = self.office.other if here else self.office.column
        arrange([item], by=self.office.clerk, values={"column": target})

    def withdraw(self, item):
        withdraw(item, by=self.office.head, reason="有误")

    def restore(self, item):
        changed = {"body": "<p>整理后的正文。</p>", "expire_at": None}
        save(item, by=self.office.clerk, values=changed)
        signed(self.office, item)

    def repeal(self, item):
        other = Item.objects.public().exclude(pk=item.pk).order_by("pk").first()
        if other is not None:
            link(other, item, "repeals", by=self.office.clerk, day=self.today)

    def rename(self, number):
        amend(self.office.other, facts={"title": f"动态{number}"}, by=self.office.office)

    def call_anew(self, number):
        if not self.office.bureau.names.filter(since__gte=self.today).exists():
            rename(self.office.bureau, name=f"云川市第{number}水利局", day=self.today, by=None)

    def tell_anew(self, number):
        guide, _ = Guide.objects.get_or_create(organisation=self.office.bureau)
        amend_guide(guide, facts={"telephone": f"0000-{number}", "office": "办公室"}, by=None)

    def pass_days(self, number):
        self.today += timedelta(days=number)
        with clock.moved_to(self.today):
            publish_due()
            expire_due()
            turn_day()

    def write(self, number):
        list(drain())


@transactional
@hypothesis(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_whatever_happens_the_files_are_what_a_full_rebuild_would_give(
    office, folder, monkeypatch, steps
):
    monkeypatch.setattr(listing, "PER_PAGE", 2)
    monkeypatch.setattr(listing, "TOO_LONG", 5)
    monkeypatch.setattr(addresses, "PER_SHARD", 2)
    monkeypatch.setattr(dumps, "PER_PART", 2)
    life = Life(office)
    for step, number in steps:
        life.do(step, number)
    with clock.moved_to(life.today):
        list(drain())
        assert list(differing()) == []
