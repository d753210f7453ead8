"""A real report, 新乡 2016, from filling by units to files that read back to the published figures.

Figures are those that the city published; where its text gives the split between 市级机关 and 县（市）、区 they are
filled by these two, elsewhere by the city itself. The sentences are ours.
"""

from decimal import Decimal

import pytest
from playwright.sync_api import expect
from tests.factories.organisations import OrganisationFactory, reader

from gongkai.core.extraction.reader import read_bytes
from gongkai.core.forms import form
from gongkai.oversight.reports.actions import open_round
from gongkai.oversight.reports.models import Cell, Report, Status

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SPLIT = {  # 市级机关, 县（市）、区
    "proactive_total": ("74949", "55712"),
    "proactive_normative": ("242", "183"),
    "issued_normative": ("285", "225"),
    "respond_total": ("6147", "872"),
    "req_received": ("90", "30"),
    "recon_total": ("2", "2"),
    "lit_total": ("0", "3"),
    "org_units": ("57", "9"),
    "reading_points": ("303", "545"),
    "budget": ("61.3", "14.8"),
    "meetings": ("82", "19"),
    "trainings": ("59", "20"),
    "trainees": ("3764", "1418"),
}
WHOLE = {
    "ch_gazette": "2297",
    "ch_website": "95842",
    "ch_weibo": "5560",
    "ch_wechat": "5380",
    "ch_other": "21582",
    "press_conf": "46",
    "press_conf_leader": "33",
    "online_interview": "55",
    "online_interview_leader": "6",
    "interpretation": "1059",
    "respond_social": "266",
    "respond_other": "5593",
    "req_inperson": "16",
    "req_fax": "0",
    "req_web": "64",
    "req_mail": "40",
    "req_closed": "120",
    "closed_ontime": "120",
    "closed_extended": "0",
    "req_answered": "120",
    "ans_already": "9",
    "ans_granted": "62",
    "ans_partial": "3",
    "ans_denied": "4",
    "den_secret": "0",
    "den_trade": "1",
    "den_privacy": "1",
    "den_security": "0",
    "den_notinfo": "1",
    "den_law": "1",
    "ans_notours": "9",
    "ans_notexist": "6",
    "ans_amend": "18",
    "ans_otherway": "9",
    "recon_upheld": "3",
    "recon_corrected": "0",
    "recon_other": "1",
    "lit_upheld": "0",
    "lit_corrected": "0",
    "lit_other": "3",
    "complaints": "0",
    "req_fee": "0",
    "staff_total": "938",
    "staff_full": "40",
    "staff_part": "898",
}
PUBLISHED = {row: Decimal(a) + Decimal(b) for row, (a, b) in SPLIT.items()} | {
    row: Decimal(value) for row, value in WHOLE.items()
}
CHAPTERS = {
    "overview": "全年主动公开政府信息{{主动公开政府信息数}}条，收到申请{{收到申请数}}件。",
    "proactive": "通过政府网站公开{{政府网站公开政府信息数}}条。",
    "requests": "收到政府信息公开申请{{收到申请数}}件，均已按时答复。",
    "fees": "依申请公开没有收取费用。",
    "remedies": "行政复议{{行政复议数量}}件，行政诉讼{{行政诉讼数量}}件。",
    "problems": "兼职人员较多，业务培训不足，下一年度将增加培训。",
}
TABLE = form("stat65-2014").table("stat65")


def column(values):
    """Return *values* as somebody copies the column of the official table: a line for each of its rows."""
    rows = list(TABLE.rows.values())[1:]  # the first row is a title
    return "\n".join(values.get(row.key, "") for row in rows)


def paste(page, row, text):
    """Paste *text* into the field of *row*, as the browser would."""
    page.get_by_role("textbox").and_(page.locator(f'[id="c:stat65/{row}/value"]')).focus()
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        text,
    )


def saved(page):
    expect(page.locator("[data-save-state]")).to_have_text("已保存", timeout=15000)


def move(page, report, verb, button):
    page.goto(f"/desk/reports/{report.pk}/move/{verb}/")
    page.get_by_role("button", name=button).click()
    expect(page.locator(".messages")).to_be_visible()


@pytest.fixture
def xinxiang():
    top = OrganisationFactory(name="新乡市人民政府", short="新乡市", kind="government")
    offices = OrganisationFactory(parent=top, name="新乡市市级机关", short="市级机关")
    counties = OrganisationFactory(
        parent=top,
        name="新乡市各县（市）、区",
        short="县（市）、区",
        kind="government",
        level="county",
    )
    return top, offices, counties


def units_fill_and_confirm(new_page, reports, offices, counties):
    # one unit types, with enter from row to row
    page = new_page(reader("clerk", offices).user)
    page.goto(f"/desk/reports/{reports[offices.pk].pk}/fill/")
    for row, (value, _) in SPLIT.items():
        page.locator(f'[id="c:stat65/{row}/value"]').fill(value)
        page.keyboard.press("Enter")
    saved(page)
    # the other pastes a column
    page = new_page(reader("clerk", counties).user)
    page.goto(f"/desk/reports/{reports[counties.pk].pk}/fill/")
    paste(page, "proactive_total", column({row: value for row, (_, value) in SPLIT.items()}))
    expect(page.locator(".pasted")).to_contain_text("已粘贴")
    saved(page)
    for unit in (offices, counties):
        move(new_page(reader("head", unit).user), reports[unit.pk], "confirm", "确认")


def city_fills_and_rolls_up(page, city):
    page.goto(f"/desk/reports/{city.pk}/fill/?layer=own")
    paste(page, "proactive_total", column(WHOLE))
    saved(page)
    page.goto(f"/desk/reports/{city.pk}/units/")
    page.get_by_role("button", name="汇总").click()
    expect(page.locator(".figure-row")).to_contain_text("汇总的单位数")
    page.goto(f"/desk/reports/{city.pk}/fill/")
    total = page.locator('[id="c:stat65/proactive_total/value"]')
    expect(total).to_have_value("130661")
    total.focus()
    origin = page.locator("[data-origin]")
    expect(origin).to_contain_text("市级机关")
    expect(origin).to_contain_text("74949")
    expect(page.locator("td.is-broken")).to_have_count(0)


def city_writes(page, city):
    page.goto(f"/desk/reports/{city.pk}/text/")
    for key, text in CHAPTERS.items():
        page.locator(f"#text-{key}").fill(text)
    saved(page)
    expect(page.locator("#overview [data-preview]")).to_contain_text("130661条，收到申请120件")
    page.goto(f"/desk/reports/{city.pk}/check/")
    expect(page.locator(".notice.is-error")).to_have_count(0)


def the_file_says_what_was_published(page, name):
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    told = read_bytes(waiting.value.path().read_bytes(), waiting.value.suggested_filename).filled()
    assert told is not None, name
    assert told.form.key == "stat65-2014"
    assert {p.row: c.value for p, c in told.items() if c.value is not None} == PUBLISHED, name


def test_the_report_of_xinxiang_goes_all_the_way_and_its_files_read_back(new_page, xinxiang):
    top, offices, counties = xinxiang
    office = reader("office", top)
    open_round(top, 2016, by=office)
    reports = {r.organisation_id: r for r in Report.objects.all()}
    city = reports[top.pk]
    units_fill_and_confirm(new_page, reports, offices, counties)
    clerk = new_page(reader("clerk", top).user)
    city_fills_and_rolls_up(clerk, city)
    city_writes(clerk, city)
    move(new_page(reader("head", top).user), city, "confirm", "确认")
    page = new_page(office.user)
    move(page, city, "review", "审核通过")
    move(new_page(reader("leader", top).user), city, "approve", "批准")
    move(page, city, "issue", "发布")
    city.refresh_from_db()
    assert city.status == Status.ISSUED
    assert {c.where.row: c.value for c in Cell.objects.filter(report=city)} == PUBLISHED
    for name in ("Word 文档", "PDF 文档", "Excel 表格"):
        the_file_says_what_was_published(page, name)
