"""One case from a phone to a ruling: asked, supplemented, third party heard, extended, partly disclosed, upheld.

Every day is the one that a lawyer would compute: from the notices of the State Council for 2026 (清明节 4 to 6 April,
劳动节 1 to 5 May with Saturday 9 May worked, 端午节 19 to 21 June).
"""

import re
from datetime import date

from django.urls import reverse
from tests.core.redaction.made import sheet
from tests.factories.applications import answering_office

from gongkai.domain.applications.models import Application, Document, Letter
from gongkai.domain.letters.actions.set_office import set_office
from gongkai.domain.redaction.models import Redaction
from gongkai.domain.remedies.models import Remedy
from gongkai.domain.review.models import Review

HIDDEN = "13987654321"
CONTRACT = (
    "编织袋采购合同",
    "采购单位：云川市水利局",
    "数量：5000条，总价：36000元",
    f"供货人联系电话：{HIDDEN}",
)


class Case:
    """The people and their pages."""

    def __init__(self, new_page, settings):
        self.settings = settings
        self.office = answering_office()
        self.phone = new_page(phone=True)
        self.clerk = new_page(self.office.clerk.user)
        self.head = new_page(self.office.head.user)

    def on(self, day):
        """Make it *day* for everybody."""
        self.settings.GONGKAI_TODAY = day

    @property
    def application(self):
        return Application.objects.get()

    def act(self, key, *, page=None, **told):
        """Do an act of the table at the desk, in the small form that the page of the case has for it."""
        page = page or self.clerk
        page.goto(f"/desk/applications/{self.application.pk}/acts/{key}/")
        for name, value in told.items():
            field = page.locator(f"#act-form [name={name}]")
            tag = field.first.evaluate("each => each.tagName + (each.type || '')")
            if tag.startswith("SELECT"):
                field.select_option(value)
            elif tag.endswith("radio"):
                page.locator(f"#act-form [name={name}][value='{value}']").check()
            else:
                field.fill(value)
        before = self.application.facts.count()
        with (
            page.expect_navigation()
        ):  # a page that has been idle is idle still, a moment after the click
            page.locator("#act-form button[type=submit]").click()
        said = page.locator("#act-form").all_inner_texts()
        assert self.application.facts.count() == before + 1, said

    def sent(self, page, button):
        with page.expect_navigation():
            page.get_by_role("button", name=button, exact=True).click()


def applies(case):
    page = case.phone
    page.goto(reverse("apply:content", args=[case.office.bureau.pk]))
    page.fill("#id_matter", "2025年汛前防汛物资的采购合同")
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="继续申请").click()
    page.get_by_label("我自己（个人）").check()
    page.fill("#id_name", "测试申请人甲")
    page.fill("#id_document_number", "11010519491231002X")
    page.fill("#id_telephone", "13900000001")
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="提交申请").click()
    page.get_by_role("heading", name="已经提交").wait_for()
    return page.locator(".apply-keys dd").all_inner_texts()[:2]


def looks_it_up(case, number, code):
    page = case.phone
    page.goto(reverse("apply:track"))
    page.fill("#id_number", number)
    page.fill("#id_code", code)
    page.get_by_role("button", name="查询", exact=True).click()
    page.wait_for_url("**/track/case/")


def due(case, day, running=()):
    """Assert when the reply is due, and who else owes something by when."""
    assert case.application.due == day
    terms = {t.duty: t.due for t in case.application.terms.filter(ended=None)}
    for duty, until in running:
        assert terms[duty] == until, terms
    case.clerk.goto(case.application.get_absolute_url())
    assert f"{day.year}年{day.month}月{day.day}日" in case.clerk.content()


def covers_the_number(case, clean):
    """Put the contract into the file, cover what is personal, look at both, release."""
    page = case.clerk
    application = case.application
    page.goto(application.get_absolute_url())
    page.goto(f"/desk/applications/{application.pk}/documents/")
    page.select_option("[name=document-kind]", "source")
    page.fill("[name=document-title]", "编织袋采购合同")
    contract = {"name": "合同.pdf", "mimeType": "application/pdf", "buffer": sheet(*CONTRACT)}
    page.set_input_files("[name=document-file]", contract)
    with page.expect_navigation():
        page.locator("form:has([name=document-file]) button[type=submit]").click()
    page.goto(application.get_absolute_url())
    page.get_by_role("link", name="区分处理一份文件").click()
    with page.expect_navigation():
        page.locator("main form button.button-primary").last.click()
    redaction = Redaction.objects.get()
    page.goto(redaction.get_absolute_url())
    clean(page)
    case.sent(page, "本页提议全部遮盖")
    case.sent(page, "生成并检查")
    page.goto(reverse("redaction:compare", args=[redaction.pk]))
    page.get_by_text("没有找到遮盖的内容").wait_for()
    clean(page)
    case.sent(page, "定稿")
    return Document.objects.get(kind="redacted")


def decides(case, document, new_page, clean):
    page = case.clerk
    application = case.application
    page.goto(f"/desk/applications/{application.pk}/decision/")
    page.locator("input[name=ground-0][value=partial]").check()
    page.locator("input[name=exemptions-0][value=privacy]").check()
    page.fill(
        "#reasons-0",
        "合同中供货人的联系电话属于个人隐私，供货人不同意公开，予以遮盖；其余内容予以公开。",
    )
    page.locator(f"input[name=documents][value='{document.pk}']").check()
    page.locator("#follows").get_by_text("部分公开").first.wait_for()
    clean(page)
    with page.expect_navigation():
        page.get_by_role("button", name="保存并送审").click()
    review = Review.objects.get()
    for who in ("head", "office", "leader"):
        signer = new_page(getattr(case.office, who).user)
        signer.goto(f"/desk/applications/reviews/{review.pk}/")
        assert "联系电话属于个人隐私" in signer.content()
        with signer.expect_navigation():
            signer.locator("button[name=opinion][value=agree]").click()
    review.refresh_from_db()
    assert review.status == "complete"


def writes_and_sends(case, clean):
    """The letter follows from the case; what it cannot know is filled in; it goes out online."""
    told = {"mark": "云水公复", "kind": "department", "reviewers": "云川市人民政府"}
    set_office(case.office.bureau, by=case.office.head, **told, contact="0399-5550000")
    page = case.clerk
    page.goto(case.application.get_absolute_url())
    page.get_by_role("button", name=re.compile("制作.*部分公开")).click()
    page.wait_for_url("**/desk/applications/letters/*/")
    for field in page.locator("main form.fields textarea, main form.fields input[type=text]").all():
        if field.is_visible() and not field.input_value():
            field.fill("编织袋采购合同（遮盖后，1页）")
    clean(page)
    page.get_by_role("button", name="编号发出").click()
    page.get_by_role("heading", name="登记送达").wait_for()
    letter = Letter.objects.get()
    assert letter.number == "云水公复〔2026〕1号"
    told = "".join(one["text"] for one in letter.content["letter"]["paragraphs"])
    assert "第1页1处（个人隐私" in told, "which page, on which ground"
    page.locator("form[action$='deliver/'] [name=way]").select_option("online")
    with page.expect_navigation():
        page.locator("form[action$='deliver/'] button[type=submit]").click()
    return letter


def test_from_a_phone_to_a_ruling_that_upholds_it(new_page, clean, settings):  # noqa: PLR0915  # one story
    case = Case(new_page, settings)
    case.on("2026-03-02")
    number, code = applies(case)
    case.act("confirm")
    # 20 working days from 3 March; to ask for a supplement, 7
    due(case, date(2026, 3, 30), [("examine", date(2026, 3, 11))])

    case.on("2026-03-04")
    case.act("ask-supplement", until="2026-03-20", text="请写明是哪一种物资。")
    assert case.application.due is None
    case.on("2026-03-09")
    looks_it_up(case, number, code)
    case.phone.fill("#supplement textarea", "是指汛前采购的编织袋")
    case.phone.locator("#supplement").get_by_role("button", name="发送").click()
    case.phone.get_by_text("已经收到您的补充说明。").wait_for()
    due(case, date(2026, 4, 7))

    case.on("2026-03-11")
    case.act("consult", whom="third-party", name="某防汛物资公司", text="合同涉及联系电话")
    (asked,) = case.application.facts.filter(act="consult")
    third = case.application.terms.get(duty="third-party")
    assert third.due == date(2026, 4, 1)
    case.on("2026-03-20")
    case.act("opinion", consents="no", text="不同意公开联系电话")
    # seven working days, 12 to 20 March, are not counted
    due(case, date(2026, 4, 16))
    assert asked.answers.filter(act="opinion", consents=False).exists()

    case.on("2026-04-10")
    case.act(
        "extend",
        page=case.head,
        working_days="20",
        approved="2026-04-10",
        text="负责人批准：第三方意见不一",
    )
    due(case, date(2026, 5, 18))

    case.on("2026-05-12")
    document = covers_the_number(case, clean)
    with document.stored.open_public() as stream:
        assert HIDDEN.encode() not in stream.read()
    decides(case, document, new_page, clean)
    assert (case.application.state, case.application.outcome) == ("decided", "partial")
    assert case.application.in_time

    case.on("2026-05-13")
    letter = writes_and_sends(case, clean)
    assert case.application.state == "closed"
    looks_it_up(case, number, code)
    clean(case.phone)
    with case.phone.expect_download() as download:
        case.phone.get_by_role("button", name=re.compile("打开.*答复")).first.click()
    assert download.value.suggested_filename.endswith(".pdf")
    letter.refresh_from_db()
    assert letter.opened_at is not None

    case.on("2026-07-20")
    page = case.clerk
    page.goto(f"/desk/remedies/new/?application={case.application.pk}")
    page.locator("[name=kind]").first.evaluate("e => e.tagName")
    fill(
        page,
        kind="reconsideration",
        filed="2026-06-01",
        notified="2026-06-04",
        body="云川市人民政府",
    )
    with page.expect_navigation():
        page.locator(
            "main form.fields button[type=submit], main form button.button-primary"
        ).last.click()
    remedy = Remedy.objects.get()
    # ten working days from 5 June
    assert (remedy.ground, remedy.defence_due) == ("partial", date(2026, 6, 18))
    page.goto(f"/desk/remedies/{remedy.pk}/acts/defend/")
    fill(page, day="2026-06-12")
    page.locator("#act-form button[type=submit]").click()
    page.wait_for_url("**/desk/remedies/*/")
    page.goto(f"/desk/remedies/{remedy.pk}/acts/conclude/")
    fill(page, outcome="recon-upheld", decided="2026-07-20", received="2026-07-20")
    page.locator("#act-form button[type=submit]").click()
    page.wait_for_url("**/desk/remedies/*/")
    clean(page)
    remedy.refresh_from_db()
    # fifteen days to go to court
    assert (remedy.column, remedy.appeal_due) == ("upheld", date(2026, 8, 4))


def fill(page, **told):
    for name, value in told.items():
        field = page.locator(f"main form [name={name}]")
        if field.first.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        elif field.first.get_attribute("type") == "radio":
            page.locator(f"main form [name={name}][value='{value}']").check()
        else:
            field.fill(value)
