"""Anybody who looks for government information, in Chromium, on a desk and on a phone."""

import re
from datetime import date

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from playwright.sync_api import expect
from tests.factories.directories import adopted, line
from tests.factories.information import BODY, drafted, published, publishing_office, signed

from gongkai.domain.directory.models import Column
from gongkai.domain.information.actions import Attached, withdraw
from gongkai.domain.organisations.models import Guide
from gongkai.foundation.attachments import examine, receive


@pytest.fixture
def office(db):
    office = publishing_office()
    office.column = Column.objects.of(office.bureau).get(key="policy-normative")
    stored = receive(ContentFile("户号,金额\n1,2\n".encode(), "名册.csv"), office.clerk)
    examine(stored)
    stored.refresh_from_db()
    item = drafted(
        office,
        title="云川市水利局关于印发防汛物资储备管理办法的通知",
        body=BODY
        + "<table><tr><th>物资</th><th>数量</th></tr><tr><td>编织袋</td><td>2000</td></tr></table>",
        kind="normative",
        document_number="云水规〔2026〕3号",
        made_on=date(2026, 3, 1),
        effective_on=date(2026, 4, 1),
        expires_on=date(2031, 4, 1),
        summary="规定防汛物资的储备、调用和补充。",
        files=[Attached(stored, "防汛物资名册")],
    )
    signed(office, item)
    office.item = item
    return office


def test_from_the_home_to_a_document_that_is_read_saved_and_shared(office, screen, visit, clean):
    page = visit("/")
    expect(page.get_by_role("heading", name="最新公开")).to_be_visible()
    clean(page)
    page.get_by_role("link", name="云川市水利局", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("云川市水利局政府信息公开")
    clean(page)
    page.get_by_role("navigation", name="板块").get_by_role("link", name="政策").click()
    clean(page)
    page.get_by_role("link", name=re.compile("防汛物资储备管理办法")).click()
    expect(page.get_by_text("现行有效").first).to_be_visible()
    expect(page.get_by_text("云水规〔2026〕3号").first).to_be_visible()
    clean(page)
    size = "() => getComputedStyle(document.documentElement).fontSize"
    before = page.evaluate(size)
    page.get_by_role("button", name="大字", exact=True).last.click()
    assert page.evaluate(size) > before
    page.reload()
    assert page.evaluate(size) > before, "the size is kept"
    told = page.get_by_text(f"网址：{settings.GONGKAI_PUBLIC_URL}/items/")
    expect(told).to_be_hidden()
    page.emulate_media(media="print")
    expect(told).to_be_visible()  # nobody can press on paper
    page.emulate_media(media="screen")
    page.get_by_text("二维码", exact=True).click()
    expect(page.get_by_role("img", name="本页网址的二维码")).to_be_visible()
    with page.expect_download() as loading:
        page.get_by_role("link", name="防汛物资名册").click()
    assert loading.value.suggested_filename == "防汛物资名册.csv"
    page.get_by_role("button", name="适老版").click()
    clean(page)
    page.get_by_role("link", name="繁體").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("關於印發防汛物資")
    page.get_by_role("link", name="简体").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("关于印发防汛物资")


def test_columns_guide_and_notices_are_readable_on_every_screen(office, screen, visit, clean):
    for number in range(3):
        published(office, title=f"第{number}号防汛通知")
    page = visit(f"/columns/{office.column.pk}/")
    expect(page.get_by_text("共 4 条")).to_be_visible()
    clean(page)
    for address in (
        f"/organisations/{office.bureau.pk}/guide/",
        f"/organisations/{office.bureau.pk}/annual/",
        f"/organisations/{office.bureau.pk}/statutory/",
        "/organisations/",
    ):
        page.goto(address)
        clean(page)
    withdraw(office.item, by=office.head, reason="名册含个人信息，整理后重新公开")
    answer = page.goto(office.item.address)
    assert answer.status == 410
    assert ["410" in complaint for complaint in page.complaints] == [True]
    page.complaints.clear()
    expect(page.get_by_text("名册含个人信息")).to_be_visible()
    clean(page)


def test_in_large_type_on_a_small_phone_nothing_is_squeezed(office, new_page, clean):
    facts = {"telephone": "0399-5551203", "address": "云川市人民路 36 号", "office": "水利局办公室"}
    Guide.objects.update_or_create(organisation=office.bureau, defaults=facts)
    page = new_page(viewport={"width": 320, "height": 640})
    page.add_init_script(
        "localStorage.setItem('size', 'large'); localStorage.setItem('mode', 'simple')"
    )
    for part in ("guide", "statutory"):
        page.goto(f"/organisations/{office.bureau.pk}/{part}/")
        clean(page)
    page.goto(f"/organisations/{office.bureau.pk}/guide/")
    narrow = page.eval_on_selector_all(
        ".contact dd",
        "all => all.filter(e => e.clientWidth < 8 * parseFloat(getComputedStyle(e).fontSize)).length",
    )
    assert narrow == 0
    page.goto("/search/?q=zzqqxx")
    page.get_by_role("link", name="申请公开").last.wait_for()
    clean(page)


def test_a_standard_directory_fits_on_paper(office, new_page):
    listed = adopted(office.bureau, [line("供水水质"), line("防汛预案")])
    page = new_page(viewport={"width": 1000, "height": 700})  # A4 across, within its margins
    page.goto(f"/directories/{listed.pk}/")
    page.locator(".fields-grid a").first.click()
    page.locator(".standard-table").first.wait_for()
    for width in (1000, 700):  # 700: where a printer holds paper upright whatever it is told
        page.set_viewport_size({"width": width, "height": 700})
        page.emulate_media(media="print")
        boxes = page.eval_on_selector_all(
            ".table-wrap", "all => all.map(e => [e.scrollWidth, e.clientWidth])"
        )
        assert boxes
        assert all(held <= shown + 1 for held, shown in boxes)
        assert page.locator(".standard-table thead").first.is_visible()
