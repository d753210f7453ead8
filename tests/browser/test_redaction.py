"""A clerk covers a document with the mouse and with the keyboard alone, compares both sides and releases it."""

import pytest
from django.core.files.base import ContentFile
from tests.core.redaction.made import LETTER, sheet
from tests.factories.applications import answering_office, applied

from gongkai.domain.applications.actions import attach
from gongkai.domain.redaction.actions import begin
from gongkai.domain.redaction.models import MarkState, Redaction, Stage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_marks_are_drawn_chosen_and_undone_and_the_file_is_released(new_page, clean):
    office = answering_office()
    application = applied(office)
    upload = ContentFile(sheet(*LETTER.split("\n")), name="查到的信息.pdf")
    document = attach(application, upload, by=office.clerk, kind="source")
    redaction = begin(
        document.stored,
        subject="applications.application",
        key=application.pk,
        organisation=application.organisation,
        audience="applicant",
        by=office.clerk,
    )
    page = new_page(office.clerk.user)
    page.goto(redaction.get_absolute_url())
    page.get_by_role("button", name="本页提议全部遮盖").click()
    page.get_by_role("button", name="撤销：云A12345").click()
    page.wait_for_url("**#mark-*")
    # with the mouse
    page.locator("svg.rd-page").scroll_into_view_if_needed()
    sheet_at = page.locator("svg.rd-page").bounding_box()
    page.mouse.move(sheet_at["x"] + 20, sheet_at["y"] + sheet_at["height"] * 0.8)
    page.mouse.down()
    page.mouse.move(sheet_at["x"] + 200, sheet_at["y"] + sheet_at["height"] * 0.9, steps=4)
    page.mouse.up()
    page.get_by_label("依据", exact=True).select_option("internal")
    page.get_by_role("button", name="遮盖", exact=True).click()
    page.get_by_text("已遮盖：第 1 页，内部事务").wait_for()
    # with the keyboard alone
    page.locator("details.rd-choose summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    clean(page)
    with page.expect_navigation():
        page.get_by_role("button", name="遮盖", exact=True).press("Enter")
    assert redaction.marks.filter(is_automatic=False, state=MarkState.ACCEPTED).count() == 2
    page.get_by_role("button", name="生成并检查").click()
    page.wait_for_url("**/compare/")
    page.get_by_text("没有找到遮盖的内容").wait_for()
    clean(page)
    if page.get_by_label("我逐处看过").count():
        page.get_by_label("我逐处看过").check()
    page.get_by_role("button", name="定稿").click()
    page.get_by_text("已定稿，遮盖后的文件放进了案卷").wait_for()
    assert Redaction.objects.get(pk=redaction.pk).stage == Stage.RELEASED
    phone = new_page(office.clerk.user, phone=True)
    phone.goto("/desk/redaction/")
    clean(phone)
