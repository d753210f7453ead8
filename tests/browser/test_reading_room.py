"""A clerk in the reading room, in Chromium: bring a report, see what is wrong, put it right, compare."""

import re

import pytest
from django.db import transaction
from playwright.sync_api import expect
from tests.factories.organisations import city, reader
from tests.oversight.readings.reports import bring, file

from gongkai.oversight.readings.models import Reading

WRONG = {"name": "水利局2023.html", "mimeType": "text/html"}


MESSAGE_IS_THERE = """() => {
    const list = document.querySelector(".messages > ul");
    return !list || getComputedStyle(list).opacity === "1";
}"""
"""Wagtail fades its messages in, and half a message has no contrast."""


@pytest.fixture
def clean(clean):
    def settled(page):
        page.wait_for_function(MESSAGE_IS_THERE)
        clean(page)

    return settled


@pytest.fixture
def town(db):
    return city()


@pytest.fixture
def office(town):
    return reader("office", town.top)


def test_a_contradiction_is_found_jumped_to_corrected_dismissed_and_compared(
    town, office, page, enter, clean
):
    bring(office, town.top, [("水利局2022.html", file(year=2022, received=5, granted=5))])
    enter(office.user)
    page.goto("/desk/readings/")
    page.get_by_role("link", name="上传年报").click()
    page.locator("#files").set_input_files([WRONG | {"buffer": file()}])
    expect(page.locator(".drop-list")).to_contain_text("水利局2023.html")
    page.get_by_label("出处").fill("云水字〔2024〕1号")
    clean(page)
    page.get_by_role("button", name="上传并读取").click()

    # both sides of the sum, and a click leads to the place
    finding = page.locator(".finding.is-error").first
    expect(finding).to_contain_text("27")
    expect(finding).to_contain_text("21")
    finding.get_by_role("link", name=re.compile("转到原文")).click()
    lit = page.locator(".hl.is-lit")
    expect(lit).to_be_in_viewport()
    expect(lit).to_have_class(re.compile("is-error"))
    lit.click()
    expect(page.locator(".finding.is-lit")).to_be_in_viewport()
    clean(page)

    # j and k
    page.keyboard.press("j")
    expect(page.locator("#finding-2")).to_have_class(re.compile("is-lit"))
    page.keyboard.press("k")
    expect(page.locator("#finding-1")).to_have_class(re.compile("is-lit"))

    # the printed form: pick a cell, correct it
    page.get_by_role("link", name="表格", exact=True).click()
    for column in ("自然人", "总计"):
        # a cell in the printed form leads to its panel
        form = page.locator("#original")
        form.get_by_role("link", name=f"（七）总计 / {column}：21").click()
        expect(page.get_by_role("heading", name="更正读数")).to_be_visible()
        clean(page)
        page.locator("#correct").get_by_role("textbox", name="更正为").fill("27")
        page.locator("#correct").get_by_role("textbox", name="理由").fill("原件第3页为27")
        page.get_by_role("button", name="更正并重新核对").click()
        expect(page.get_by_text("并重新核对。")).to_be_visible()
    expect(page.locator(".finding.is-error")).to_have_count(0)
    expect(page.locator("td.is-corrected del").first).to_have_text("21")

    # what is no problem is dismissed with a reason
    finding = page.locator(".finding").first
    finding.get_by_text("不是问题…").click()
    finding.get_by_role("textbox", name="理由").fill("本省口径不同")
    finding.get_by_role("button", name="排除").click()
    expect(page.locator(".finding").first).to_contain_text("本省口径不同")
    clean(page)

    page.goto("/desk/readings/")
    for box in page.get_by_role("checkbox").all():
        box.check()
    clean(page)
    page.get_by_role("button", name="比较勾选的年报").click()
    row = page.get_by_role("row", name=re.compile("^收到申请数"))
    expect(row).to_contain_text("+22")
    clean(page)


def test_on_a_phone_text_and_findings_are_two_panes(town, office, new_page, clean):
    (reading,) = bring(office, town.top, [("水利局.html", file())])
    page = new_page(office.user, phone=True)
    page.goto(reading.get_absolute_url())
    expect(page.locator("#original")).to_be_visible()
    expect(page.locator("#findings")).not_to_be_visible()
    page.locator(".room-tabs").get_by_role("link", name=re.compile("发现")).click()
    expect(page.locator("#findings")).to_be_visible()
    expect(page.locator("#original")).not_to_be_visible()
    clean(page)
    page.locator("#finding-1").get_by_role("link", name=re.compile("转到原文")).click()
    expect(page.locator(".hl.is-lit")).to_be_in_viewport()
    clean(page)


def test_without_script_everything_is_a_link(town, office, browser, live_server, new_page):
    (reading,) = bring(office, town.top, [("水利局.html", file())])
    cookies = new_page(office.user).context.cookies()
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(reading.get_absolute_url())
    expect(page.locator("#original")).to_be_visible()
    expect(page.locator("#findings")).to_be_visible()
    page.locator("#finding-1").get_by_role("link", name=re.compile("转到原文")).click()
    assert page.url.endswith("#f1-0")
    page.locator("a.hl.is-error").first.click()
    assert re.search(r"#finding-\d$", page.url)
    page.goto("/desk/readings/upload/")
    expect(page.locator("#files")).to_be_visible()
    context.close()


def test_files_can_be_dragged_in_and_a_wrong_one_is_explained(town, office, page, enter, clean):
    enter(office.user)
    page.goto("/desk/readings/upload/")
    transfer = page.evaluate_handle(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["MZ"], "年报.exe"));
            return data;
        }"""
    )
    page.dispatch_event("[data-drop]", "drop", {"dataTransfer": transfer})
    expect(page.locator(".drop-list")).to_contain_text("年报.exe")
    page.get_by_role("button", name="上传并读取").click()
    expect(page.get_by_role("alert")).to_contain_text("类型读不了")
    clean(page)
    assert not Reading.objects.exists()
    # the browser itself notes that the answer was 422
    assert all("422" in complaint for complaint in page.complaints)
    page.complaints.clear()


def test_every_state_of_the_room_is_clean(town, office, screen, enter, clean):
    page = enter(office.user)
    page.goto("/desk/readings/")
    expect(page.get_by_text("审校室还是空的")).to_be_visible()
    clean(page)
    with transaction.atomic():
        unreadable, long = bring(
            office,
            town.top,
            [
                ("坏.pdf", b"%PDF-1.4 broken"),
                (f"{'很长的名字' * 20}.html", file(text="公开工作有序推进。\n" * 900)),
            ],
            source="https://example.cn/" + "a" * 300,
        )
        Reading.objects.create(
            organisation=town.top, name="等待.txt", digest="0" * 64, state="waiting"
        )
    for address in (
        "/desk/readings/",
        "/desk/readings/?q=没有这个",
        "/desk/readings/?shows=errors",
        unreadable.get_absolute_url(),
        Reading.objects.get(state="waiting").get_absolute_url(),
        long.get_absolute_url(),
        f"{long.get_absolute_url()}?view=text&page=2",
        f"{long.get_absolute_url()}?view=form",
        f"{long.get_absolute_url()}?view=form&cell=requests/new/total",
        f"{long.get_absolute_url()}facts/",
        "/desk/readings/compare/",
    ):
        page.goto(address)
        clean(page)
