"""A person who has never seen it brings a Word file, three people sign, it is public: on a desk and on a phone."""

import io

import pytest
from django.conf import settings
from docx import Document
from PIL import Image
from tests.factories.information import publishing_office

from gongkai.domain.information.events import DRAFTED, PUBLISHED, SUBMITTED
from gongkai.domain.information.models import Item
from gongkai.domain.information.pictures import pictures_in
from gongkai.domain.review.events import SIGNED
from gongkai.foundation.search.pending import drain
from gongkai.foundation.trail import queries as trail
from gongkai.foundation.trail.models import Record
from gongkai.foundation.visits.counting import tally
from gongkai.foundation.visits.writing import write

ALT = "节水型单位分布图"
TITLE = "云川市水利局关于印发《云川市节约用水管理办法》的通知"
AGENT = "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/120 Mobile Safari/537.36"
"""Chromium without a screen says that it is a machine, and those are not counted."""
BEGINNING, ENDING = (DRAFTED.name, SUBMITTED.name), PUBLISHED.name
LIFE = {*BEGINNING, SIGNED.name, ENDING}
LINES = (
    "云川市水利局文件",
    "云水规〔2026〕3号",
    TITLE,
    "各县（市、区）水利局：",
    "现将《云川市节约用水管理办法》印发给你们，请认真贯彻执行。",
    "本办法自2026年12月1日起施行，有效期至2031年11月30日。",
)


def word_file():
    document = Document()
    for line in LINES:
        document.add_paragraph(line)
    table = document.add_table(rows=2, cols=2)
    for row, cells in enumerate((("地区", "用水定额"), ("城区", "120"))):
        for place, text in enumerate(cells):
            table.cell(row, place).text = text
    for line in ("云川市水利局", "2026年11月18日"):
        document.add_paragraph(line)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.fixture
def office(settings):
    tally.clear()
    settings.GONGKAI_SECOND_FACTOR_ROLES = ["none"]
    return publishing_office(code="11410100005184592F")


def bring_in(page, clean):
    """Begin with the file, and take over what was read from it."""
    page.goto("/desk/information/")
    clean(page)
    page.get_by_role("link", name="新建信息").first.click()
    page.wait_for_url("**/information/new/")
    clean(page)
    file = {"name": "节水办法.docx", "mimeType": "application/octet-stream", "buffer": word_file()}
    page.get_by_label("文件", exact=True).set_input_files(file)
    page.get_by_text("已收下").wait_for()
    page.get_by_role("button", name="用这个文件新建").click()
    page.wait_for_url("**/edit/**")
    page.locator("textarea[data-editor][data-ready]").wait_for(state="attached")
    assert page.get_by_text("第 2 段：“云水规〔2026〕3号”").is_visible()
    clean(page)
    page.keyboard.press("Alt+0")
    page.get_by_text("项都已采用").wait_for()


PASTE = """([html, rtf]) => {
  const editor = hugerte.get()[0];
  editor.focus();
  editor.selection.select(editor.getBody(), true);
  editor.selection.collapse(false);
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/rtf", rtf);
  editor.getBody().dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


def paste_a_picture(page):
    """Paste as Word does: it names a picture on its own disk, and has it in the RTF beside the HTML."""
    picture, drawn = Image.new("RGB", (300, 120), "navy"), io.BytesIO()
    picture.save(drawn, "PNG")
    group = (
        r"{\*\shppict{\pict{\*\picprop{\sp{\sn x}{\sv 1}}}\picw9\pngblip "
        + drawn.getvalue().hex()
        + "}}"
    )
    rtf = r"{\rtf1 text " + group + r"{\nonshppict{\pict\wmetafile8 0100}}}"
    html = '<p class=MsoNormal>范围见图：<img src="file:///C:/clip_image001.png" alt="clip"></p>'
    page.evaluate(PASTE, [html, rtf])
    page.get_by_text("正文里有 1 张图片没有写说明").wait_for()
    page.frame_locator("iframe.tox-edit-area__iframe").locator("img").dblclick()
    page.get_by_label("说明", exact=True).fill(ALT)
    page.get_by_role("button", name="确定").click()


def lose_the_session(page, type_something):
    """What is typed meanwhile stays in the browser and is offered again."""
    cookies = page.context.cookies()
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    type_something()
    page.get_by_text("登录已过期").wait_for()
    page.context.add_cookies(cookies)
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.get_by_role("button", name="恢复它").click()
    page.get_by_text("已保存 ").wait_for()


def hand_in(page, clean):
    page.get_by_role("button", name="送审", exact=True).click()
    page.wait_for_url("**/submit/")
    clean(page)
    page.get_by_role("button", name="送审", exact=True).click()
    page.get_by_text("现在由 head者 办理").wait_for()
    clean(page)


def agree(page, clean):
    page.goto("/desk/reviews/")
    clean(page)
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name="同意").wait_for()
    clean(page)
    page.keyboard.press("Alt+A")
    page.get_by_text("已签署").wait_for()


def test_a_word_file_becomes_a_public_page_through_three_signatures(
    office, screen, new_page, clean
):
    before = trail.verify().number
    page = new_page(office.clerk.user, viewport=screen)
    bring_in(page, clean)
    page.get_by_label("栏目").select_option(str(office.column.pk))
    page.get_by_label("重要程度").select_option("important")
    paste_a_picture(page)
    page.get_by_text("可以送审。").wait_for()
    page.get_by_text("已保存 ").wait_for()
    lose_the_session(page, lambda: page.get_by_label("责任编辑").fill("张三"))
    hand_in(page, clean)
    item = Item.objects.get()
    assert (item.title, item.editor, item.document_number) == (TITLE, "张三", "云水规〔2026〕3号")
    assert "<table>" in item.body
    assert [picture.alt for picture in pictures_in(item.body)] == [ALT]
    assert str(item.expires_on) == "2031-12-01"
    for signer in (office.head, office.office, office.leader):
        assert not Item.objects.public().exists()
        agree(new_page(signer.user, viewport=screen), clean)
    item.refresh_from_db()
    assert item.live
    told = Record.objects.filter(number__gt=before).order_by("number")
    told = told.values_list("event", flat=True)
    assert [event for event in told if event in LIFE] == [*BEGINNING, *[SIGNED.name] * 3, ENDING]
    trail.verify()
    if screen["width"] > 1000:  # once is enough: the reader has a phone either way
        read_it(new_page(phone=True, agent=AGENT), item, clean)
        count_it(new_page(office.office.user), office, item, clean)


def read_it(page, item, clean):
    """On a phone: found by what is typed into the head of the front page, read, and followed by a feed."""
    drain()
    tally.clear()  # an item of another test may have had the same address, and the same reader
    page.goto("/")
    box = page.get_by_role("combobox", name="检索政府信息")
    box.press_sequentially("节约用水")
    page.get_by_role("option", name=TITLE).wait_for()
    clean(page)
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant")
    box.press("Enter")
    page.wait_for_url(f"**{item.address}")
    assert page.get_by_role("heading", level=1).inner_text().replace("\n", "") == TITLE
    assert page.get_by_text("2026年12月1日起施行").first.is_visible()
    assert page.get_by_alt_text(ALT).evaluate("picture => picture.naturalWidth") == 300
    said = page.get_by_text("阅读 1 次")
    for _ in range(4):  # what is counted is written every few seconds; looking again does not count
        page.wait_for_load_state("networkidle")
        if said.is_visible():
            break
        page.wait_for_timeout(4000)
        page.reload()
    said.wait_for()
    clean(page)
    page.goto("/search/?q=节约用水")
    page.get_by_role("link", name=TITLE).wait_for()
    clean(page)
    page.goto(f"/columns/{item.column_id}/")
    page.get_by_role("link", name=TITLE).wait_for()
    clean(page)
    for feed in (f"/columns/{item.column_id}/feed.xml", "/feed.xml", "/search/feed/?q=节约用水"):
        assert TITLE in page.request.get(feed).text()


def count_it(page, office, item, clean):
    """The month's figure is one, and opens the item; so does the number of readings."""
    day = item.published_on
    page.goto(
        f"/desk/statistics/{office.bureau.pk}/proactive.total/?year={day.year}&month={day.month}"
    )
    assert page.get_by_text("本期首次公开的政府信息").first.is_visible()
    clean(page)
    page.get_by_role("link", name=TITLE).click()
    page.wait_for_url(f"**{item.get_absolute_url()}")
    write()
    page.goto(f"/desk/statistics/visits/?unit={office.bureau.pk}")
    row = page.get_by_role("row").filter(has_text=TITLE)
    assert row.get_by_role("cell").last.inner_text() == "1"
    clean(page)
