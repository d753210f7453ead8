"""The screen in the hall goes on without network, and the kiosk goes home by itself; both lying and upright."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect
from tests.factories.information import published, publishing_office

from gongkai.domain.channels.actions.gazettes import compose, include
from gongkai.domain.channels.actions.screens import put_up
from gongkai.domain.channels.models import Screen
from gongkai.domain.information.actions import withdraw

LYING, UPRIGHT = {"width": 1920, "height": 1080}, {"width": 1080, "height": 1920}
LONG = "".join(
    f"<p>第{n}条　供水单位应当每日检测出厂水，检测结果向社会公布。</p>" for n in range(40)
)
TARGETS = """[...document.querySelectorAll("a, button, input")].filter((e) => e.offsetParent !== null)
    .map((e) => [e.textContent.trim(), e.getBoundingClientRect().height]).filter(([, height]) => height < 64)"""


@pytest.fixture
def office():
    return publishing_office()


@pytest.mark.parametrize("size", [LYING, UPRIGHT], ids=["lying", "upright"])
def test_a_screen_turns_by_itself_and_survives_the_loss_of_the_network(office, new_page, size):
    orientation = "landscape" if size is LYING else "portrait"
    short = published(office, title="关于停水检修的公告")
    published(office, title="云川市供水用水管理办法", body=LONG)
    screen = put_up(
        office.city,
        by=office.office,
        kind="screen",
        name="大厅",
        orientation=orientation,
        seconds=5,
    )
    page = new_page(viewport=size)
    page.goto(screen.address)
    title = page.locator("[data-title]")
    expect(title).to_have_text("云川市供水用水管理办法")
    text = page.locator("[data-text]")
    assert text.evaluate("e => e.scrollHeight <= e.clientHeight + 1"), "no line is cut off"
    assert page.locator("[data-next]").inner_text().split("\n")[-1] == short.title
    assert float(title.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) >= 38
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight + 1")
    page.evaluate("navigator.serviceWorker.ready")
    page.wait_for_function(
        "caches.open('gongkai-screen-1').then((s) => s.keys()).then((k) => k.length > 3)"
    )
    Screen.objects.update(seconds=2)
    page.reload()  # content, too, now goes through the worker
    expect(title).to_have_text("云川市供水用水管理办法")
    page.context.set_offline(True)
    page.reload()
    expect(title).to_have_text("云川市供水用水管理办法")
    expect(page.locator("[data-state]")).to_have_text(re.compile("网络中断，显示 .* 的内容"))
    expect(title).to_have_text(short.title, timeout=15_000)  # it still turns
    page.context.set_offline(False)
    withdraw(short, by=office.head, reason="有误")
    page.reload()
    expect(page.locator("[data-state]")).to_be_empty()
    expect(page.locator("[data-count]")).to_have_text("1 / 1")
    assert short.title not in page.content()
    page.complaints[:] = [c for c in page.complaints if "ERR_INTERNET_DISCONNECTED" not in c]


@pytest.mark.parametrize("size", [LYING, UPRIGHT], ids=["lying", "upright"])
def test_a_kiosk_is_read_with_a_finger_and_goes_home_when_nobody_touches_it(
    office, new_page, clean, size
):
    body = f'{LONG}<p><a href="https://elsewhere.example/">外站</a></p>'
    published(office, title="云川市供水用水管理办法", body=body)
    kiosk = put_up(
        office.bureau, by=office.office, kind="kiosk", name="大厅", may_print=True,
        orientation="landscape" if size is LYING else "portrait",
    )  # fmt: skip
    page = new_page(viewport=size)
    page.clock.install()
    page.goto(kiosk.address)
    clean(page)
    assert page.evaluate(TARGETS) == []
    while page.locator(".kk-tiles a").count():
        with page.expect_navigation():
            page.locator(".kk-tiles a").first.click()
    with page.expect_navigation():
        page.get_by_role("link", name="云川市供水用水管理办法").click()
    clean(page)
    assert page.evaluate(TARGETS) == []
    expect(page.get_by_role("button", name="打印")).to_be_visible()
    assert page.locator("a[href^='http']").count() == 0
    page.clock.run_for(121_000)
    expect(page.get_by_role("alertdialog")).to_be_visible()
    page.get_by_role("button", name="继续阅读").click()
    expect(page.get_by_role("alertdialog")).to_be_hidden()
    page.clock.run_for(121_000)
    page.clock.run_for(16_000)
    page.wait_for_url(f"**{kiosk.address}")


def test_an_order_that_was_not_saved_is_that_in_which_the_gazette_appears(office, new_page):
    items = [published(office, title=f"供水办法之{n}", kind="rule") for n in "一二三"]
    gazette = compose(
        office.city,
        by=office.office,
        title="云川市人民政府公报",
        year=2025,
        number=1,
        total=1,
        day=date(2025, 5, 9),
    )
    include(gazette, items, by=office.office)
    page = new_page(office.office.user)
    page.goto(gazette.get_absolute_url())
    page.locator("[data-order] li").first.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("[data-place]")).to_have_text("第 2 篇，共 3 篇")
    with page.expect_navigation():
        page.get_by_role("button", name="出版").click()
    expect(page.locator("main")).to_contain_text("已出版")
    order = gazette.entries.order_by("place").values_list("item__title", flat=True)
    assert list(order) == ["供水办法之二", "供水办法之一", "供水办法之三"]
