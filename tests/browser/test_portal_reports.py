"""Anybody at the public annual reports, in Chromium, on a desk and on a phone."""

import re

import pytest
from playwright.sync_api import expect
from tests.factories.reports import office_of
from tests.oversight.portal.test_pages import issued

from gongkai.core.forms import Place
from gongkai.oversight.reports.actions import Amendment, correct


@pytest.fixture
def office(db, settings, tmp_path):
    settings.GONGKAI_PUBLIC = tmp_path / "public"
    return office_of(2016)


@pytest.fixture
def city(office):
    """Two bureaus and the city have issued theirs; one was corrected."""
    report = issued(office, office.city.finance, req_received="12", req_web="12")
    issued(office, office.city.housing, req_received="30", req_web="30")
    issued(office, office.city.top, req_received="42", req_web="42")
    places = [Place("stat65", row, "value") for row in ("req_received", "req_web")]
    correct(report, [Amendment("13", p) for p in places], reason="漏统计一件", by=office.office)
    return office.city


def test_before_anything_is_issued_the_page_teaches(office, screen, visit, clean):
    page = visit("/reports/")
    expect(page.get_by_text("还没有发布年度报告")).to_be_visible()
    clean(page)


def test_from_the_list_to_a_figure_its_files_and_its_chart(city, screen, visit, clean):
    page = visit("/")
    page.get_by_role("link", name=re.compile("政府信息公开年报")).first.click()
    clean(page)
    page.get_by_role("link", name=re.compile("云川市财政局2016年")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("2016年政府信息公开工作年度报告")
    expect(page.get_by_text("本报告发布后有更正")).to_be_visible()
    expect(page.get_by_text("漏统计一件").first).to_be_visible()
    expect(page.get_by_role("cell", name="13", exact=True).first).to_be_visible()
    clean(page)
    summary = page.locator("summary", has_text="下载")
    if not page.get_by_role("link", name=re.compile("PDF")).is_visible():
        summary.click()
    with page.expect_download() as loading:
        page.get_by_role("link", name=re.compile("PDF")).click()
    assert loading.value.suggested_filename.endswith("年度报告.pdf")

    page.goto(f"/reports/{city.top.pk}/2016/units/")
    canvas = page.locator("#chart-received canvas")
    expect(canvas).to_be_visible()
    expect(page.locator("#chart-received").get_by_role("cell", name="30")).to_be_visible()
    clean(page)
    page.goto(f"/reports/{city.finance.pk}/")
    clean(page)
    page.goto("/reports/?q=住房")
    clean(page)
    page.get_by_role("link", name="云川市住房和城乡建设局").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("云川市住房和城乡建设局")


def test_a_chart_is_drawn_from_the_table_under_it(city, page):
    page.goto(f"/reports/{city.top.pk}/2016/units/")
    expect(page.locator("#chart-received canvas")).to_be_visible()
    drawn = page.evaluate(
        """() => {
            const box = document.querySelector("#chart-received .drawing-canvas");
            const option = echarts.getInstanceByDom(box).getOption();
            return [option.series[0].data, option.xAxis[0].min ?? option.yAxis[0].min,
                    option.yAxis[0].min ?? option.xAxis[0].min];
        }"""
    )
    assert sorted(drawn[0]) == [13, 30]
    assert 0 in drawn[1:]


def test_without_script_the_table_stands_alone(city, browser, live_server):
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.goto(f"/reports/{city.top.pk}/2016/units/")
    expect(page.locator("#chart-received .drawing-canvas")).to_be_hidden()
    expect(page.locator("#chart-received").get_by_role("cell", name="30")).to_be_visible()
    context.close()


def test_the_page_can_be_printed_and_read_large_and_in_traditional_characters(
    city, page, visit, clean
):
    visit(f"/reports/{city.finance.pk}/2016/")
    page.get_by_role("button", name="大字").click()
    clean(page)
    page.emulate_media(media="print")
    expect(page.locator(".side")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.emulate_media(media="screen")
    page.get_by_role("link", name="繁體").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("政府信息公開")
    clean(page)


def test_by_night_and_with_more_contrast_it_stays_readable(city, new_page, clean):
    page = new_page()
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme, contrast="more")
        for address in ("/reports/", f"/reports/{city.top.pk}/2016/units/"):
            page.goto(address)
            page.wait_for_load_state("networkidle")
            clean(page)
