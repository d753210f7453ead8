"""Take the screenshots in docs/screens anew: ``.venv/bin/python scripts/screens.py``.

Starts a platform of its own with the demo city in a folder that is thrown away, and walks through it with Chromium.
The report in the reading room is made here, of a bureau that does not exist, with contradictions planted in it.
"""

# ruff: noqa: PLC0415  # Django must be set up before its models can be imported

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from gongkai.core.forms import FilledForm, Place, cell_of, form
from gongkai.core.rendering import Chapter, IssuedReport, render

ROOT = Path(__file__).resolve().parent.parent
SCREENS = ROOT / "docs" / "screens"
PASSWORD = "qiushui-2026"
DESKTOP: ViewportSize = {"width": 1280, "height": 860}
WIDE: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 780}
PATIENCE = 200
"""How often to look whether the report was read, two seconds apart."""
COLOURS = 128
LIMIT = 250_000
"""Bytes that one picture may have."""

AGENCY = "云川市水利局"
TITLE = f"{AGENCY}2024年政府信息公开工作年度报告"
OVERVIEW = (
    "全年主动公开政府信息320条，其中门户网站公开256条，占78%；政务微信公开64条，占20%。\n"
    "收到政府信息公开申请27件，均在法定期限内答复。没有因政府信息公开被申请行政复议。"
)
PLANTED = {"new": 27, "carried_in": 0, "granted": 21, "result_total": 21, "carried_out": 0}
"""27 came in, 21 were dealt with and none is left over."""


def planted() -> bytes:
    """Return the report whose parts contradict each other, as a web page."""
    official = form("format-2021")
    cells = {}
    for place in official.places:
        if place.table == "requests" and place.row in PLANTED:
            shown = place.column in {"natural", "total"}
            cells[place] = cell_of(PLANTED[place.row] if shown else 0)
        elif place.table in {"requests", "remedies"}:
            cells[place] = cell_of(0)
    for column in ("upheld", "total"):
        cells[Place("remedies", "recon", column)] = cell_of(1)
    report = IssuedReport(
        title=TITLE,
        agency=AGENCY,
        year=2024,
        form=FilledForm(official, cells, 2024, AGENCY),
        chapters=(
            Chapter.of("一、总体情况", OVERVIEW, key="overview"),
            Chapter.of(
                "五、存在的主要问题及改进情况", "解读材料偏少，将加以改进。", key="problems"
            ),
            Chapter.of("六、其他需要报告的事项", "没有收取信息处理费。", key="other"),
        ),
    )
    return render(report, "html")


@contextmanager
def platform(port: int) -> Iterator[str]:
    """Serve the demo city from a fresh folder while the block runs; yield its address."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "gongkai.site.settings.development",
            "GONGKAI_DATA": folder,
            "GONGKAI_DEMO": str(ROOT / "demo"),
            "GONGKAI_SHARED": str(Path(folder) / "none"),  # figures only, whatever lies beside us
            "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # Playwright keeps an event loop in this thread
        }
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("demo")
        command = [sys.executable, "-m", "gongkai.console", "serve", "--worker"]
        server = subprocess.Popen([*command, "--port", str(port)])
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/health/")
            yield address
        finally:
            server.terminate()
            server.wait(timeout=60)


def wait_for(address: str) -> None:
    """Return as soon as *address* answers."""
    for _ in range(120):
        try:
            urllib.request.urlopen(address).close()
        except OSError:
            time.sleep(0.5)
        else:
            return
    sys.exit(f"{address} does not answer")


def report_of(short: str, year: int) -> int:
    """Return the number of a unit's report in the report office."""
    from gongkai.oversight.reports.models import Report

    return int(Report.objects.get(organisation__short=short, round__year=year).pk)


def keep(page: Page, name: str) -> None:
    """Write what *page* shows to docs/screens."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(700)  # charts and messages fade in
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    place = SCREENS / f"{name}.png"
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(place, optimize=True)
    size = place.stat().st_size
    print(f"{place.relative_to(ROOT)}  {size // 1000} kB")
    if size > LIMIT:
        sys.exit(f"{place} is larger than {LIMIT} bytes")


def signed_in(browser: Browser, address: str, user: str, size: ViewportSize = DESKTOP) -> Page:
    """Return a page of *user*."""
    page = browser.new_page(viewport=size, locale="zh-CN", base_url=address)
    page.goto("/account/login/")
    page.get_by_label("用户名").fill(user)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/desk/**")
    return page


def public(browser: Browser, address: str) -> None:
    """The home, a search, a published report with its charts, and the same on a phone."""
    page = browser.new_page(viewport=DESKTOP, locale="zh-CN", base_url=address)
    page.goto("/")
    keep(page, "portal-home")
    page.goto("/search/?q=jiazhuang+dianti")
    keep(page, "portal-search")
    page.goto("/reports/")
    page.get_by_role("link", name="云川市人民政府2025年").first.click()
    page.wait_for_url("**/2025/")
    keep(page, "portal-report")
    here = page.url
    page.get_by_role("link", name="历年数据图表").click()
    page.wait_for_load_state("networkidle")
    page.locator("figure").nth(1).evaluate("e => e.scrollIntoView({block: 'start'})")
    keep(page, "portal-charts")
    phone = browser.new_page(viewport=PHONE, device_scale_factor=2, locale="zh-CN")
    phone.goto(here)
    keep(phone, "portal-phone")


def office(browser: Browser, address: str) -> None:
    """A report being filled by its clerk, and where a number of the city's comes from."""
    page = signed_in(browser, address, "zhujian", WIDE)
    page.goto(f"/desk/reports/{report_of('市住建局', 2026)}/fill/")
    field = page.locator('[id="c:requests/result_total/total"]')
    field.evaluate("e => { e.focus({preventScroll: true}); e.scrollIntoView({block: 'center'}); }")
    keep(page, "filling")
    page = signed_in(browser, address, "gongkai")
    page.goto(f"/desk/reports/{report_of('云川市', 2025)}/cells/requests/new/total/")
    keep(page, "origin")


DOCUMENT = "云川市人民政府关于印发云川市既有住宅加装电梯管理办法的通知"
"""A normative document of the demo city with its interpretation."""


def publishing(browser: Browser, address: str) -> None:
    """An item being written, signed and read on a phone, and what was published by month."""
    page = signed_in(browser, address, "caizheng", WIDE)
    page.goto("/desk/information/?status=draft")
    page.get_by_role("link", name="市级部门预算编制培训会").last.click()
    page.get_by_role("link", name="编辑").first.click()
    page.wait_for_url("**/edit/**")
    page.locator("textarea[data-editor][data-ready]").wait_for(state="attached")
    keep(page, "item-form")
    page = signed_in(browser, address, "caizheng-fzr")
    page.goto("/desk/reviews/")
    page.get_by_role("link", name="部门预算编制说明").click()
    page.get_by_role("button", name="同意").wait_for()
    keep(page, "signing")
    page = signed_in(browser, address, "gongkai")
    page.goto("/desk/statistics/")
    keep(page, "dashboard")
    phone = browser.new_page(
        viewport=PHONE, device_scale_factor=2, locale="zh-CN", base_url=address
    )
    phone.goto(item(DOCUMENT))
    phone.locator(".item-document").evaluate("e => e.scrollIntoView({block: 'start'})")
    keep(phone, "item-phone")


def requests(browser: Browser, address: str) -> None:
    """What is due, one case with its clock, and applying on a phone."""
    page = signed_in(browser, address, "zhujian")
    page.goto("/desk/applications/")
    keep(page, "cases")
    page.get_by_role("link", name="沿河街道12号院老旧小区改造项目的资金来源").click()
    page.wait_for_url("**/applications/*/")
    keep(page, "case")
    phone = browser.new_page(
        viewport=PHONE, device_scale_factor=2, locale="zh-CN", base_url=address
    )
    phone.goto(f"/apply/{unit('市住建局')}/")
    keep(phone, "apply-phone")


def item(title: str) -> str:
    """Return the address of a public item."""
    from gongkai.domain.information.models import Item

    return str(Item.objects.public().get(title=title).address)


def unit(short: str) -> int:
    """Return the key of a unit."""
    from gongkai.domain.organisations.models import Organisation

    return int(Organisation.objects.get(short=short).pk)


def room(browser: Browser, address: str) -> None:
    """A report read by the machine, with what contradicts in it."""
    page = signed_in(browser, address, "gongkai", WIDE)
    page.goto("/desk/readings/upload/")
    file = {"name": f"{TITLE}.html", "mimeType": "text/html", "buffer": planted()}
    page.locator("#files").set_input_files([file])
    page.get_by_role("button", name="上传并读取").click()
    page.goto("/desk/readings/")
    page.get_by_role("link", name=TITLE).click()
    page.wait_for_url("**/readings/*/")
    finding = page.locator(".finding.is-error")
    for _ in range(PATIENCE):  # the public pages of the demo city are written first
        if finding.count():
            break
        time.sleep(2)
        page.reload()
    keep(page, "reading-room")


def main() -> None:
    """Take all, or those of one place."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=8290)
    asked = parser.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("没有 Chromium：apt-get install chromium fonts-noto-cjk，或者 make browser")
    SCREENS.mkdir(exist_ok=True)
    with platform(asked.port) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        public(browser, address)
        office(browser, address)
        publishing(browser, address)
        requests(browser, address)
        room(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
