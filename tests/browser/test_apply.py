"""Somebody applies on a phone, without an account, and follows the case until it is answered."""

import re
from datetime import timedelta

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.urls import reverse
from tests.factories import samples
from tests.factories.applications import answering_office

from gongkai.core.letters import templates
from gongkai.domain.applications.actions import proceed
from gongkai.domain.applications.models import Application, Letter
from gongkai.domain.applications.portal.views.steps import SUBMIT
from gongkai.foundation import clock
from gongkai.foundation.sealing import receive_sealed

VOICE = """
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", {value: {
  getVoices: () => [{lang: "zh-CN"}], speak: (said) => { window.said = said.text; },
  cancel() {}, addEventListener() {},
}});
"""
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def looked_at(page, clean):
    """Ask axe, and whether the page fits on both screens."""
    clean(page)
    page.set_viewport_size(DESKTOP)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), page.url
    page.set_viewport_size(PHONE)


def asked_for_a_supplement(office, application):
    proceed(application, "confirm", by=office.clerk)
    until = clock.today() + timedelta(days=20)
    fact = proceed(application, "ask-supplement", by=office.clerk, until=until)
    key = next(
        k for k, made in templates().items() if made.to == "applicant" and "补正" in made.title
    )
    pdf = receive_sealed(SimpleUploadedFile("补正告知书.pdf", samples.pdf()), None)
    return Letter.objects.create(
        application=application,
        fact=fact,
        template=key,
        title="补正告知书",
        issued=fact.day,
        pdf=pdf,
    )


def says_what(page, clean):
    page.goto("/apply/?q=水利")
    page.get_by_role("button", name="朗读这段说明").click()
    assert "不用注册" in page.evaluate("window.said")
    looked_at(page, clean)
    page.get_by_role("link", name="云川市水利局", exact=True).click()
    page.fill("#id_matter", "1、2025年防汛物资采购合同；2、河道清淤工程验收报告")
    page.get_by_role("button", name="下一步").click()
    looked_at(page, clean)
    page.get_by_role("button", name="拆成 2 份").click()
    looked_at(page, clean)
    page.get_by_role("button", name="继续申请").click()


def says_who_and_puts_it_away(page, clean):
    page.get_by_role("button", name="下一步").click()  # nothing filled in
    page.get_by_role("alert").wait_for()
    looked_at(page, clean)
    page.complaints.clear()  # the browser's own remark on the status 422
    page.get_by_label("我自己（个人）").check()
    assert page.locator("#id_contact").is_hidden()
    page.fill("#id_name", "测试申请人甲")
    page.fill("#id_document_number", "110105 19491231 002x")
    page.fill("#id_telephone", "13900000001")
    page.get_by_role("button", name="先保存，以后再填").click()
    looked_at(page, clean)
    return page.locator(".apply-link").get_attribute("href")


def goes_on_elsewhere(page, clean, link):
    page.goto(link)
    assert "#" not in page.url, "the code does not stay in the address"
    page.get_by_role("button", name="打开草稿").click()
    page.goto(reverse("apply:applicant"))
    assert page.input_value("#id_name") == "测试申请人甲"
    page.get_by_role("button", name="下一步").click()
    looked_at(page, clean)
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("heading", name="最后看一遍").wait_for()


def submits(page, clean):
    """Somebody at the same address has been busy before: the browser does the work by itself."""
    request = RequestFactory().post("/", REMOTE_ADDR="127.0.0.1")
    for _ in range(SUBMIT.free):
        SUBMIT.enter(request)
    page.reload()
    page.get_by_text("自动完成验证").wait_for()
    looked_at(page, clean)
    page.get_by_role("button", name="提交申请").click()
    page.get_by_role("heading", name="已经提交").wait_for()
    looked_at(page, clean)
    return page.locator(".apply-keys dd").all_inner_texts()


def looks_it_up(page, clean, number, code):
    page.goto(reverse("apply:track"))
    looked_at(page, clean)
    page.fill("#id_number", number)
    page.fill("#id_code", code.lower())
    page.get_by_role("button", name="查询", exact=True).click()
    page.get_by_role("heading", name="需要您补充说明").wait_for()
    looked_at(page, clean)


def answers(page, clean):
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("打开.*补正告知书")).click()
    assert download.value.suggested_filename == "补正告知书.pdf"
    page.fill("#supplement textarea", "是指汛前采购的编织袋")
    page.locator("#supplement").get_by_role("button", name="发送").click()
    page.get_by_text("已经收到您的补充说明。").wait_for()
    page.get_by_text("这一天是怎么算的").click()
    looked_at(page, clean)


def keeps_a_list(page, clean, number, code):
    page.goto(reverse("apply:register"))
    looked_at(page, clean)
    page.fill("#id_name", "13900000001")
    page.fill("#id_password", "qiushui-2026-suiyue")
    page.fill("#id_again", "qiushui-2026-suiyue")
    page.get_by_role("button", name="注册", exact=True).click()
    page.get_by_role("heading", name="我的申请").wait_for()
    page.fill("#id_number", number)
    page.fill("#id_code", code)
    page.get_by_role("button", name="放进列表").click()
    page.get_by_role("button", name=re.compile(f"看进度.*{number}")).wait_for()
    looked_at(page, clean)
    page.get_by_role("link", name="改密码、注销账号").click()
    page.get_by_role("heading", name="注销账号").wait_for()
    looked_at(page, clean)


def test_a_forgotten_password_by_mail_on_a_phone(new_page, clean):
    page = new_page(phone=True)
    page.goto(reverse("apply:register"))
    page.fill("#id_name", "yi@example.invalid")
    page.fill("#id_password", "qiushui-2026-suiyue")
    page.fill("#id_again", "qiushui-2026-suiyue")
    page.get_by_role("button", name="注册", exact=True).click()
    page.get_by_role("link", name="现在确认").click()
    looked_at(page, clean)
    page.get_by_role("button", name="发确认码").click()
    page.get_by_text("确认码已经发到您的邮箱。").wait_for()
    looked_at(page, clean)
    page.get_by_label("邮件里的六位确认码").fill(re.search(r"\d{6}", mail.outbox[-1].body)[0])
    page.get_by_role("button", name="确认", exact=True).click()
    page.get_by_text("邮箱已经确认").wait_for()
    page.get_by_role("button", name="退出登录").click()
    page.goto(reverse("apply:sign-in"))
    page.get_by_role("link", name="忘了密码").click()
    looked_at(page, clean)
    page.get_by_label("注册时用的电子邮箱").fill("yi@example.invalid")
    page.get_by_role("button", name="发送链接").click()
    page.get_by_role("heading", name="请查收邮件").wait_for()
    looked_at(page, clean)
    link = re.search(r"/apply/account/reset/\S+/", mail.outbox[-1].body)[0]
    page.goto(link)
    looked_at(page, clean)
    assert link not in page.url
    page.get_by_label("新密码", exact=True).fill("qiushui-2026-chunshui")
    page.get_by_label("新密码再输一遍").fill("qiushui-2026-chunshui")
    page.get_by_role("button", name="设好并登录").click()
    page.get_by_text("新密码已经设好").wait_for()
    page.goto(link)
    page.get_by_role("heading", name="链接不能用了").wait_for()
    looked_at(page, clean)
    page.complaints.clear()  # Chromium writes down that the link is gone (410)


def test_from_the_first_page_to_the_answer_of_a_supplement(new_page, clean):
    office = answering_office()
    page = new_page(phone=True)
    page.add_init_script(VOICE)
    says_what(page, clean)
    link = says_who_and_puts_it_away(page, clean)
    other = new_page(phone=True)
    goes_on_elsewhere(other, clean, link)
    number, code = submits(other, clean)
    application = Application.objects.get(number=number)
    assert application.name == "测试申请人甲"
    letter = asked_for_a_supplement(office, application)
    looks_it_up(page, clean, number, code)
    answers(page, clean)
    keeps_a_list(page, clean, number, code)
    letter.refresh_from_db()
    assert letter.opened_at is not None
    application.refresh_from_db()
    assert application.state == "processing"
