"""Filling like a spreadsheet, in Chromium: keys, paste, conflicts, a line that breaks, and the same verdicts."""

import json
import random
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.factories.reports import PLACE, fill, office_of

import gongkai.oversight.reports as area
from gongkai.core.forms import FilledForm, cell_of, form, forms
from gongkai.oversight.reports.actions import Change, fill_cells
from gongkai.oversight.reports.models import Cell
from gongkai.oversight.reports.relations import as_data, broken

RELATIONS = Path(area.__file__).parent / "static" / "reports" / "relations.js"


@pytest.fixture
def office():
    return office_of(2016)


def field(page, row):
    return page.locator(f'[id="c:stat65/{row}/value"]')


def state(page, word):
    expect(page.locator("[data-save-state]")).to_contain_text(word, timeout=15000)


@pytest.fixture
def filling(new_page, office):
    page = new_page(office.clerk.user)
    page.goto(f"/desk/reports/{office.report(office.city.top).pk}/fill/")
    return page


def test_arrows_enter_and_tab_lead_through_the_form(filling):
    field(filling, "req_received").focus()
    for key, where in (
        ("Enter", "req_inperson"),
        ("ArrowDown", "req_fax"),
        ("ArrowUp", "req_inperson"),
        ("Shift+Enter", "req_received"),
        ("Tab", "req_inperson"),
        ("ArrowRight", "req_fax"),
    ):
        filling.keyboard.press(key)
        expect(field(filling, where), key).to_be_focused()


def test_escape_brings_back_what_was_saved(filling):
    field(filling, "req_received").fill("3")
    state(filling, "已保存")
    field(filling, "req_received").fill("34")
    filling.keyboard.press("Escape")
    expect(field(filling, "req_received")).to_have_value("3")


def test_a_broken_sum_is_said_at_once_and_goes_when_it_is_put_right(filling):
    field(filling, "req_received").fill("3")
    field(filling, "req_web").fill("1")
    broken = filling.locator("[data-broken]")
    expect(broken).to_contain_text("收到申请数等于各渠道之和，但 3，不等于 1，相差 2")
    broken.get_by_role("link").first.click()
    expect(field(filling, "req_received")).to_be_focused()
    field(filling, "req_mail").fill("2")
    expect(broken).to_contain_text("各项关系都相符")


def test_a_missing_total_can_be_taken_from_its_parts(filling):
    field(filling, "staff_full").fill("40")
    field(filling, "staff_part").fill("898")
    filling.get_by_role("button", name="填入 938").click()
    expect(field(filling, "staff_total")).to_have_value("938")
    state(filling, "已保存")
    assert Cell.objects.get(place="stat65/staff_total/value").value == 938


def test_what_is_no_number_is_marked_and_not_saved(filling):
    field(filling, "req_received").fill("——")
    expect(filling.locator(".why")).to_contain_text("没有发生请填 0")
    assert field(filling, "req_received").get_attribute("aria-invalid") == "true"
    assert not Cell.objects.exists()


def test_a_paste_can_be_undone(filling):
    field(filling, "req_inperson").focus()
    filling.evaluate(
        """() => { const data = new DataTransfer(); data.setData("text/plain", "16\\n0\\n64\\n40\\n");
        document.activeElement.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true})); }"""
    )
    expect(filling.locator(".pasted")).to_contain_text("已粘贴 4 格")
    expect(field(filling, "req_web")).to_have_value("64")
    filling.get_by_role("button", name="撤销粘贴").click()
    expect(field(filling, "req_web")).to_have_value("")
    state(filling, "已保存")


def test_a_paste_taken_back_while_it_is_being_saved_stays_taken_back(filling):
    filling.route("**/cells/", lambda route: (filling.wait_for_timeout(700), route.continue_())[1])
    field(filling, "req_web").fill("64")
    state(filling, "正在保存")
    field(filling, "req_web").fill("")
    state(filling, "已保存")
    filling.reload()
    expect(field(filling, "req_web")).to_have_value("")
    assert [c.text for c in Cell.objects.all()] in ([], [""])


def test_two_people_in_one_cell_choose_between_both_values(filling, office):
    report = office.report(office.city.top)
    fill_cells(report, [Change(PLACE, "9")], by=office.office)
    field(filling, "req_received").fill("3")
    both = filling.locator(".clash")
    expect(both).to_contain_text("填的是 9，您填的是 3")
    state(filling, "冲突")
    filling.get_by_role("button", name="用我的 3").click()
    state(filling, "已保存")
    told = Cell.objects.get()
    assert (told.text, told.version) == ("3", 2)


def test_the_other_value_can_be_taken_as_well(filling, office):
    fill(office.report(office.city.top), office.office, req_received="9")
    field(filling, "req_received").fill("3")
    filling.get_by_role("button", name="用对方的 9").click()
    expect(field(filling, "req_received")).to_have_value("9")
    state(filling, "已保存")
    assert Cell.objects.get().version == 1


def test_a_line_that_breaks_loses_nothing(filling):
    filling.context.set_offline(True)
    field(filling, "req_received").fill("3")
    state(filling, "连接中断")
    field(filling, "req_web").fill("2")
    filling.context.set_offline(False)
    state(filling, "已保存")
    assert {c.place.split("/")[1]: c.text for c in Cell.objects.all()} == {
        "req_received": "3",
        "req_web": "2",
    }
    assert all("ERR_INTERNET_DISCONNECTED" in told for told in filling.complaints)
    filling.complaints.clear()


def test_what_was_not_sent_is_there_again_after_the_page_was_left(filling):
    filling.route("**/cells/", lambda route: route.abort())
    field(filling, "req_received").fill("3")
    state(filling, "连接中断")
    filling.on("dialog", lambda dialog: dialog.accept())
    address = filling.url
    filling.goto("about:blank")  # before the line is back, so that the page itself cannot send it
    filling.unroute("**/cells/")
    filling.goto(address)
    state(filling, "已保存")
    expect(field(filling, "req_received")).to_have_value("3")
    assert Cell.objects.get().text == "3"
    assert all("ERR_FAILED" in told for told in filling.complaints)
    filling.complaints.clear()


def test_the_side_shows_where_a_figure_comes_from(filling, office):
    fill(office.report(office.city.top), office.office, req_received="9")
    filling.reload()
    field(filling, "req_received").focus()
    origin = filling.locator("[data-origin]")
    expect(origin).to_contain_text("人工申报")
    expect(origin).to_contain_text(str(office.office.user))


@pytest.mark.parametrize("key", [f.key for f in forms() if f.tables])
def test_the_page_judges_as_the_server_does(browser, key):
    dice = random.Random(key)  # no secret
    kind = form(key)
    page = browser.new_page()
    page.add_script_tag(path=RELATIONS)
    for _ in range(40):
        spread = dice.choice([1, 3, 9])
        told, past = (
            {p: dice.randint(0, spread) for p in kind.places if dice.random() < dice.random()}
            for _ in range(2)
        )
        now, before = (
            FilledForm(kind, {p: cell_of(v) for p, v in t.items()}) for t in (told, past)
        )
        expected = [(b.rule, b.level, b.message) for b in broken(now, before)]
        found = page.evaluate(
            "([rules, now, before]) => Relations.judge(rules, now, before)"
            ".map(f => [f.rule, f.level, f.message])",
            [
                json.loads(json.dumps(as_data(kind))),
                {str(p): str(v) for p, v in told.items()},
                {str(p): str(v) for p, v in past.items()},
            ],
        )
        assert sorted(map(tuple, found)) == sorted(expected)
    page.close()
