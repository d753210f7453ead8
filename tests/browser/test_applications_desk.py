"""A clerk at the keyboard: from the list into a case, an act in place, the counter beside its scan, a decision."""

from datetime import timedelta

from tests.factories import PostFactory, samples
from tests.factories.applications import MATTER, answering_office, applied
from tests.factories.organisations import UserFactory

from gongkai.domain.applications.actions import keep_wording
from gongkai.domain.applications.models import Application
from gongkai.domain.remedies.actions import lodge
from gongkai.foundation import clock

DESK = "/desk/applications/"


def writes_by_keyboard(page, clean, application):
    """A letter, its settings and its wording, without touching the mouse."""
    page.goto(f"/desk/applications/letters/cases/{application.pk}/new/")
    clean(page)
    page.get_by_role("button", name="起草政府信息公开申请接收回执").first.press("Enter")
    page.wait_for_url("**/desk/applications/letters/*/")
    clean(page)
    page.locator(".letters-taken summary").press("Enter")
    clean(page)
    page.get_by_role("button", name="编号发出").press("Enter")
    page.get_by_role("heading", name="登记送达").wait_for()
    clean(page)
    page.get_by_label("送达方式").select_option("in-person")
    page.locator("form[action$='deliver/'] button[type=submit]").press("Enter")
    page.get_by_text("送达已登记").wait_for()
    clean(page)
    office = f"/desk/letters/{application.organisation_id}/"
    page.goto(office)
    page.get_by_label("在文书里找").fill("国家秘密")
    listed = page.locator("#template-list [data-entry]:visible")
    assert listed.all_inner_texts() == ["政府信息不予公开决定书（国家秘密）"]
    assert page.locator("#template-list [data-group]:visible").count() == 1
    page.get_by_label("在文书里找").fill("没有这种")
    page.get_by_text("没有这样的").wait_for()
    clean(page)
    for address in ("/desk/letters/", office, f"{office}templates/receipt/"):
        page.goto(address)
        clean(page)


def test_a_clerk_works_a_case_by_keyboard(screen, new_page, clean, settings):  # noqa: PLR0915  # one story
    settings.GONGKAI_SECOND_FACTOR_ROLES = ["none"]
    office = answering_office()
    keep_wording(office.bureau, by=office.clerk, title="提供方式", text="随函提供复印件", ground="")
    late = clock.today() - timedelta(days=45)
    first = applied(office, on=late, matter="城西泵站的验收报告")
    applied(office)
    user = UserFactory(name="陈静")
    for role in ("clerk", "head"):
        PostFactory(user=user, organisation=office.bureau, role=role)
    page = new_page(user, viewport=screen)

    page.goto(DESK)
    clean(page)
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("[data-row] input:checked").count() == 1
    page.keyboard.press("x")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert "城西泵站" in page.evaluate("document.activeElement.innerText")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{DESK}{first.pk}/")
    page.wait_for_load_state("networkidle")
    clean(page)

    page.keyboard.press("Enter")  # what the situation suggests
    page.wait_for_selector("#act-form")
    page.wait_for_function("document.activeElement.id === 'act-title'")
    page.get_by_text("办了以后").wait_for()
    clean(page)
    page.get_by_role("button", name="确认受理").click()
    page.get_by_text("已登记：受理").wait_for()
    page.get_by_role("button", name="查看申请人身份").click()
    page.get_by_text("13900000001").wait_for()
    clean(page)

    writes_by_keyboard(page, clean, first)

    page.goto(f"{DESK}{first.pk}/decision/")
    page.get_by_placeholder("输入几个字查找").fill("经检索")
    page.get_by_placeholder("输入几个字查找").press("Enter")
    page.get_by_text("1.本机关不掌握相关政府信息").first.wait_for()
    page.get_by_label("套用常用答复").select_option(label="提供方式")
    assert page.get_by_label("理由和告知内容").input_value() == "随函提供复印件"
    clean(page)
    page.get_by_role("button", name="保存并送审").click()
    page.get_by_text("答复已送审").wait_for()
    assert Application.objects.get(pk=first.pk).state == "processing"

    page.goto(f"{DESK}new/")
    page.get_by_text("收到日期").first.wait_for()
    scan = {"name": "申请表.png", "mimeType": "image/png", "buffer": samples.picture()}
    page.set_input_files("#scan-file", scan)
    page.locator("#scan img").wait_for()  # the scan stands beside the form
    page.get_by_label("申请公开的内容").fill(MATTER)
    page.get_by_label("申请渠道").select_option("fax")
    page.get_by_text("与申请人确认，确认之日").wait_for()
    page.get_by_text("可能已经登记过").wait_for()
    clean(page)
    page.get_by_label("姓名或者名称").fill("测试申请人乙")
    page.get_by_label("联系电话").fill("13900000002")
    page.get_by_label("联系电话").press("Control+Enter")
    page.get_by_text("政府信息公开申请登记回执").wait_for()
    clean(page)
    assert Application.objects.count() == 3
    for about in ("code/", "publication/", "log/", "../publication/"):
        page.goto(f"{DESK}{first.pk}/{about}")
        clean(page)

    first.refresh_from_db()
    today = clock.today()
    facts = {"kind": "reconsideration", "filed": today, "body": "云川市人民政府", "notified": today}
    remedy = lodge(first, by=office.clerk, **facts)
    page.goto("/desk/remedies/")
    clean(page)
    page.get_by_role("link", name=str(remedy)).click()
    page.get_by_role("link", name="登记答复、答辩").click()
    page.wait_for_selector("#act-form")
    clean(page)
    answer = {"name": "答复书.pdf", "mimeType": "application/pdf", "buffer": samples.pdf()}
    page.set_input_files("#act-form [name=paper]", answer)
    page.get_by_role("button", name="确认登记答复、答辩").click()
    page.get_by_text("已登记答复、答辩").wait_for()
    page.get_by_role("link", name="答复书.pdf").wait_for()
    clean(page)
