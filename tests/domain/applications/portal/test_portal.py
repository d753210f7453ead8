"""Applying and following, as somebody does it who has never heard of an 索引号."""

import io
import logging
from datetime import date, timedelta
from io import StringIO

import pikepdf
import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.factories import samples
from tests.factories.applications import answering_office
from tests.factories.organisations import OrganisationFactory

from gongkai.core.letters import templates
from gongkai.core.refusal import Refusal
from gongkai.domain.applications.actions import proceed
from gongkai.domain.applications.models import Application, Fact, Letter
from gongkai.domain.applications.portal import drafts, sms, submitting
from gongkai.domain.applications.portal.models import Draft, Role, Wish
from gongkai.domain.applications.portal.splitting import matters
from gongkai.domain.applications.portal.views import apply as pages
from gongkai.foundation import clock
from gongkai.foundation.sealing import receive_sealed
from gongkai.foundation.sealing.models import SealedFile
from gongkai.foundation.sealing.rotation import rotate
from gongkai.foundation.sealing.sweeping import sweep
from gongkai.foundation.trail.models import Record

MATTER = "2025年石桥河防汛物资的采购合同"
NAME, NUMBER, PHONE, MAIL = (
    "欧阳标记",
    "11010519491231002X",
    "13987650001",
    "biaoji@example.invalid",
)
STREET = "云川市标记路7号"
PLANTED = (NAME, NUMBER, PHONE, MAIL, STREET)
SUPPLEMENT, OPINION = (
    next(key for key, made in templates().items() if made.to == to and word in made.title)
    for to, word in (("applicant", "补正"), ("third-party", "意见"))
)
PERSON = {
    "kind": "natural",
    "name": NAME,
    "document_kind": "id-card",
    "document_number": NUMBER.lower(),
    "telephone": PHONE,
    "email": MAIL,
    "address": STREET,
}


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def office(db):
    return answering_office()


def post(client, step, told=(), **more):
    address = step if step.startswith("/") else reverse(f"apply:{step}")
    return client.post(address, {**dict(told), **more})


def filled(client, office, matter=MATTER, person=PERSON, **delivery):
    """Go through all steps up to the last one."""
    post(client, reverse("apply:content", args=[office.bureau.pk]), matter=matter)
    post(client, "published")
    answer = post(client, "applicant", person)
    assert answer.status_code == 302, answer.content.decode()
    answer = post(client, "delivery", {"delivery": "online", **delivery})
    assert answer["Location"] == reverse("apply:check")


def applied(client, office, **more):
    """Apply; return the application and the code on the receipt."""
    filled(client, office, **more)
    page = post(client, "check").content.decode()
    application = Application.objects.order_by("-pk").first()
    assert application.number in page
    return application, page.split("<dt>查询码</dt><dd>")[1].split("<")[0]


def entered(client, application, code):
    answer = post(client, "track", number=application.number, code=code)
    assert answer["Location"] == reverse("apply:case")
    return client.get(answer["Location"]).content.decode()


def test_an_application_arrives_sealed_with_its_files_and_the_draft_is_emptied(client, office):
    materials = SimpleUploadedFile("示意图.pdf", samples.pdf())
    content = reverse("apply:content", args=[office.bureau.pk])
    post(client, content, matter=MATTER, materials=materials)
    post(client, "published")
    proof = SimpleUploadedFile("证件.png", samples.picture())
    person = {**PERSON, "document_number": "", "identity": proof}
    assert post(client, "applicant", person).status_code == 302
    post(client, "delivery", delivery="email")
    page = client.get(reverse("apply:check")).content.decode()
    assert "证件.png" in page
    assert "示意图.pdf" in page
    receipt = post(client, "check")
    application = Application.objects.get()
    assert receipt["Cache-Control"] == "no-store, private"
    assert (application.name, application.email, application.state) == (NAME, MAIL, "unconfirmed")
    assert application.organisation == office.bureau
    with application.identity.open() as stream:
        assert stream.read(4) == b"\x89PNG"
    [document] = application.documents.all()
    assert document.title == "示意图.pdf"
    assert Draft.objects.get().content == {}
    with clock.moved_to(clock.today() + timedelta(days=9)):
        drafts.sweep()
        sweep()
    application.refresh_from_db()
    for kept in (application.identity, document.sealed):
        with kept.open() as stream:
            assert stream.read(1), "what a case refers to is never swept away"


def test_a_scan_in_tiff_arrives_as_a_pdf_that_the_desk_can_open(client, office):
    content = reverse("apply:content", args=[office.bureau.pk])
    for broken, sentence in (
        (samples.fax()[:60], "损坏"),
        (b"II*\0" + bytes(drafts.LIMITS[Role.MATERIAL]), "MB"),
    ):
        scan = SimpleUploadedFile("坏的.tif", broken)
        refused = post(client, content, matter=MATTER, materials=scan)
        assert refused.status_code == 422
        assert sentence in refused.content.decode()
    scan = SimpleUploadedFile("示意图.tif", samples.fax(3))
    assert post(client, content, matter=MATTER, materials=scan).status_code == 302
    post(client, "published")
    proof = SimpleUploadedFile("证件.TIFF", samples.fax())
    assert post(client, "applicant", {**PERSON, "identity": proof}).status_code == 302
    post(client, "delivery", delivery="email")
    assert "证件.pdf" in client.get(reverse("apply:check")).content.decode()
    post(client, "check")
    application = Application.objects.get()
    [document] = application.documents.all()
    assert document.title == "示意图.pdf"
    for sealed, count in ((application.identity, 2), (document.sealed, 3)):
        with sealed.open() as stream, pikepdf.open(io.BytesIO(stream.read())) as opened:
            assert len(opened.pages) == count


def test_what_is_wrong_is_said_in_a_sentence_and_what_was_typed_is_kept(client, office):
    content = reverse("apply:content", args=[office.bureau.pk])
    short = post(client, content, matter="合同")
    assert "写得太短" in short.content.decode()
    post(client, content, matter=MATTER)
    assert client.get(reverse("apply:check"))["Location"] == reverse("apply:published")
    post(client, "published")
    wrong = {**PERSON, "document_number": "110105194912310021", "telephone": "", "email": "不是"}
    answer = post(client, "applicant", {**wrong, "address": ""})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "身份证号码的校验位不对，请对照证件再看一遍" in page
    assert "这不像电子邮箱" in page
    assert NAME in page
    again = client.get(reverse("apply:applicant")).content.decode()
    assert NAME in again, "also after a lost connection"
    bad = SimpleUploadedFile("证件.pdf", b"MZ\x90\x00")
    refused = post(client, "applicant", {**PERSON, "identity": bad}).content.decode()
    assert "请上传" in refused
    company = {**PERSON, "kind": "biz", "document_kind": "credit-code"}
    page = post(client, "applicant", company).content.decode()
    assert "请填写联系人" in page
    assert "统一社会信用代码的" in page
    assert "至少留一种联系方式" not in page


def test_nothing_personal_stands_in_the_database_the_session_or_the_trail(client, office, caplog):
    caplog.set_level(logging.DEBUG)
    application, code = applied(client, office)
    entered(client, application, code)
    client.post(reverse("apply:send", args=["objection"]), {"text": f"我的电话是{PHONE}"})
    rows = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows += [str(row) for row in cursor.fetchall()]
    backup = StringIO()
    call_command("dumpdata", "applications", "sealing", "trail", "jobs", stdout=backup)
    assert application.number in backup.getvalue()
    rows += backup.getvalue().splitlines()
    sessions = [str(session.get_decoded()) for session in Session.objects.all()]
    trail = [f"{r.subject}{r.facts}{r.reason}{r.actor}" for r in Record.objects.all()]
    for mark in (*PLANTED, code):
        assert not [row for row in rows if mark in row], mark
        assert not [told for told in (*sessions, *trail, caplog.text) if mark in told], mark
    assert application.number in str(trail)


def test_not_even_a_debug_page_shows_what_was_sent(client, office, settings, monkeypatch, caplog):
    filled(client, office)

    def breaks(draft, *_, **__):
        told = dict(draft.content)
        raise ValueError(f"cannot handle {told['name']}")

    monkeypatch.setattr(pages, "submit", breaks)
    client.raise_request_exception = False
    for debug in (True, False):
        settings.DEBUG = debug
        answer = post(client, "check", note=NAME)
        assert answer.status_code == 500
        for mark in PLANTED:
            assert mark not in answer.content.decode()
            assert mark not in caplog.text
    assert "ValueError at" in caplog.text


def test_sent_twice_it_is_one_application_with_a_new_code(client, office):
    application, code = applied(client, office)
    page = post(client, "check").content.decode()
    assert Application.objects.count() == 1
    assert code not in page
    again = page.split("<dt>查询码</dt><dd>")[1].split("<")[0]
    refused = post(Client(), "track", number=application.number, code=code)
    assert refused.status_code == 422
    entered(Client(), application, again)
    assert "已经提交了" in client.get(reverse("apply:check")).content.decode()


def test_a_wrong_code_and_an_unknown_number_look_the_same(client, office):
    application, code = applied(client, office)
    wrong = post(Client(), "track", number=application.number, code="2222-2222")
    unknown = post(Client(), "track", number="2026-99999-00001", code=code)
    for answer in (wrong, unknown):
        assert answer.status_code == 422
        assert "受理编号和查询码对不上" in answer.content.decode()
    assert client.get(reverse("apply:case"))["Location"] == reverse("apply:track")
    entered(client, application, code.lower().replace("-", " "))
    with clock.moved_to(clock.today() + timedelta(days=1)):
        assert client.get(reverse("apply:case"))["Location"] == reverse("apply:track")


def test_a_draft_is_found_by_its_code_on_another_device_and_expires(client, office):
    content = reverse("apply:content", args=[office.bureau.pk])
    page = post(client, content, matter="合同", save="1").content.decode()
    code = page.split("<dt>草稿码</dt><dd>")[1].split("<")[0]
    other = Client()
    assert post(other, "draft", code="2222-2222-2222").status_code == 422
    assert post(other, "draft", code=code.lower())["Location"] == content
    assert "合同" in other.get(content).content.decode()
    with clock.moved_to(clock.today() + timedelta(days=9)):
        assert post(Client(), "draft", code=code).status_code == 422
        drafts.sweep()
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("2025年石桥路改造工程的施工合同", 1),
        ("我想申请以下信息：1、2025年采购合同；2、河道工程验收报告。", 2),
        ("一、拆迁补偿方案\n二、征地批文和公告\n三、补偿款发放明细", 3),
        ("石桥路3.5公里处的工程图纸", 1),
        ("低保标准的文件；廉租房的分配名单", 2),
        ("", 1),
    ],
    ids=["one", "numbered in a row", "Chinese numerals", "a decimal", "a semicolon", "nothing"],
)
def test_several_matters_are_told_apart(text, count):
    assert len(matters(text)) == count


def test_several_matters_become_applications_one_after_the_other(client, office):
    content = reverse("apply:content", args=[office.bureau.pk])
    both = "1、2025年防汛物资采购合同；2、河道清淤工程验收报告"
    assert post(client, content, matter=both)["Location"] == reverse("apply:split")
    assert "2 件事" in client.get(reverse("apply:split")).content.decode()
    post(client, "split", how="split")
    post(client, "published")
    proof = SimpleUploadedFile("证件.png", samples.picture())
    post(client, "applicant", {**PERSON, "identity": proof})
    post(client, "delivery", delivery="online")
    assert "还有 1 件没有申请" in post(client, "check").content.decode()
    post(client, "published")
    assert client.get(reverse("apply:check")).status_code == 200
    post(client, "check")
    first, second = Application.objects.order_by("pk")
    assert (first.matter, second.matter) == ("2025年防汛物资采购合同", "河道清淤工程验收报告")
    assert first.identity_id != second.identity_id
    assert first.document_mark == second.document_mark


def test_several_matters_are_still_told_apart_after_a_file_was_refused(client, office):
    content = reverse("apply:content", args=[office.bureau.pk])
    both = {"matter": "1、2025年防汛物资采购合同；2、河道清淤工程验收报告"}
    brought = SimpleUploadedFile("说明.zzz", bytes(range(256)))
    refused = post(client, content, {**both, "materials": brought})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "XLSX" in page
    assert "OFD" not in page, "names only what may be brought here"
    assert post(client, content, **both)["Location"] == reverse("apply:split")
    post(client, "split", how="whole")
    assert post(client, content, **both)["Location"] == reverse("apply:published"), "asked once"


def test_whoever_chose_the_wrong_organisation_keeps_what_was_written(client, office):
    other = OrganisationFactory(parent=office.city, name="云川市教育局")
    wrong, right = (reverse("apply:content", args=[row.pk]) for row in (office.bureau, other))
    post(client, wrong, matter="1、2025年防汛物资采购合同；2、河道清淤工程验收报告")
    post(client, "split", how="split")
    post(client, "published")
    page = client.get(right).content.decode()
    assert "2025年防汛物资采购合同" in page
    post(client, right, matter="2025年防汛物资采购合同")
    draft = Draft.objects.get()
    assert draft.organisation == other
    assert draft.content["rest"] == ["河道清淤工程验收报告"]
    assert not draft.content["seen"]


def test_the_same_request_again_is_noted_for_the_clerk_and_refused_to_nobody(client, office):
    first, _ = applied(client, office)
    rotate()  # under new keys, too
    second, _ = applied(Client(), office, matter=f" {MATTER} ")
    [note] = second.notes.all()
    assert first.number in note.text
    assert not first.notes.exists()


def test_many_submissions_from_one_place_meet_a_question_and_keep_what_was_typed(client, office):
    for _ in range(3):
        applied(Client(), office)
    filled(client, office)
    answer = post(client, "check")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "为了防止机器批量提交" in page
    assert 'name="challenge-answer"' in page
    assert NAME in page
    assert Application.objects.count() == 3


def sealed_letter(application, fact, title, template):
    pdf = receive_sealed(SimpleUploadedFile(f"{title}.pdf", samples.pdf()), None)
    return Letter.objects.create(
        application=application,
        fact=fact,
        template=template,
        title=title,
        issued=fact.day,
        pdf=pdf,
    )


def test_a_supplement_is_asked_for_opened_answered_and_the_clock_begins_anew(client, office):
    with clock.moved_to(date(2026, 3, 2)):
        application, code = applied(client, office)
        assert "从确认那天起，20 个工作日内" in entered(client, application, code)
        proceed(application, "confirm", by=office.clerk)
        asked = proceed(application, "ask-supplement", by=office.clerk, until=date(2026, 3, 20))
        assert "告知书还没有在这里发出" in entered(client, application, code)
        sealed_letter(application, asked, "征求意见书", OPINION)
        letter = sealed_letter(application, asked, "补正告知书", SUPPLEMENT)
    with clock.moved_to(date(2026, 3, 5)):
        page = entered(client, application, code)
        assert "请在 2026年3月20日 以前" in page
        assert "告知书还没有在这里发出" not in page
        assert "征求意见书" not in page, "what a third party gets is not for the applicant"
        got = client.post(reverse("apply:letter", args=[letter.pk]))
        assert b"".join(got.streaming_content)[:4] == b"%PDF"
        assert got["Cache-Control"] == "no-store, private"
    letter.refresh_from_db()
    assert (letter.delivered, letter.opened_at is not None) == (date(2026, 3, 5), True)
    served = Fact.objects.get(application=application, act="serve")
    assert (served.about, served.means) == (asked, "online")
    with clock.moved_to(date(2026, 3, 9)):
        entered(client, application, code)
        empty = client.post(reverse("apply:send", args=["supplement"]), {"text": " "})
        assert "请写明内容" in empty.content.decode()
        sent = {"text": "是指汛前的", "materials": SimpleUploadedFile("图.pdf", samples.pdf())}
        answer = client.post(reverse("apply:send", args=["supplement"]), sent)
        page = client.get(answer["Location"]).content.decode()
        assert "已经收到您的补充说明" in page
        assert "2026年4月7日" in page, "twenty working days from the supplement, 清明 left out"
    application.refresh_from_db()
    assert (application.state, application.due) == ("processing", date(2026, 4, 7))
    assert application.documents.get().fact.act == "supplement"


def test_a_letter_of_somebody_else_is_not_there(client, office):
    mine, code = applied(client, office)
    other, _ = applied(Client(), office, matter="别人的申请内容")
    proceed(other, "confirm", by=office.clerk)
    fact = proceed(other, "accept", by=office.clerk)
    letter = sealed_letter(other, fact, "答复书", SUPPLEMENT)
    entered(client, mine, code)
    assert client.post(reverse("apply:letter", args=[letter.pk])).status_code == 404
    assert client.get(reverse("apply:letter", args=[letter.pk])).status_code == 405
    letter.refresh_from_db()
    assert letter.opened_at is None


def test_it_can_be_withdrawn_and_something_can_be_said(client, office):
    application, code = applied(client, office)
    proceed(application, "confirm", by=office.clerk)
    assert "最晚什么时候答复" in entered(client, application, code)
    client.post(reverse("apply:send", args=["objection"]), {"text": "电话换了"})
    assert "电话换了" in application.notes.get().text
    unsure = client.post(reverse("apply:withdraw"), {"text": ""})
    assert "请先在这里打勾" in unsure.content.decode()
    client.post(reverse("apply:withdraw"), {"text": "不需要了", "sure": "on"})
    page = client.get(reverse("apply:case")).content.decode()
    assert "收到您撤回申请的说明" in page
    assert "撤回申请</button>" not in page
    assert "您已经撤回这份申请</h1>" in page
    assert "已经作出答复" not in page, "nobody answered"
    assert "最晚什么时候答复" not in page, "nobody will"
    application.refresh_from_db()
    assert application.facts.filter(act="withdraw").exists()


def test_whoever_asked_for_it_is_told_by_mail_and_by_a_gateway(
    client, office, settings, gateway, django_capture_on_commit_callbacks
):
    settings.GONGKAI_SMS_URL, settings.GONGKAI_SMS_TOKEN = gateway.url, "geheim"
    with django_capture_on_commit_callbacks(execute=True):
        application, _ = applied(client, office, tell_email="on", tell_sms="on")
    assert mail.outbox == [], "what one has just done oneself is no news"
    assert Wish.objects.get().sms
    with django_capture_on_commit_callbacks(execute=True):
        proceed(application, "confirm", by=office.clerk)
    [sent] = mail.outbox
    [(headers, message)] = gateway.got
    assert sent.to == [MAIL]
    assert application.number in sent.body
    assert (message["to"], headers["Authorization"]) == (PHONE, "Bearer geheim")
    for told in (sent.body, message["text"]):
        assert NAME not in told
        assert MATTER not in told
    gateway.status = 503
    with pytest.raises(sms.NotSent) as refused:
        sms.send(PHONE, "x")
    assert PHONE not in str(refused.value)


def test_finding_it_published_ends_the_application_and_leaves_nothing(client, office):
    post(client, reverse("apply:content", args=[office.bureau.pk]), matter=MATTER)
    assert "没有提交" in post(client, "published", found="1").content.decode()
    assert not Draft.objects.exists()
    assert client.get(reverse("apply:applicant")).status_code == 404


def test_a_draft_whose_files_were_given_up_leaves_them_to_the_sweep(client, office):
    content = reverse("apply:content", args=[office.bureau.pk])
    material = SimpleUploadedFile("图.pdf", samples.pdf())
    post(client, content, matter=MATTER, materials=material)
    draft = Draft.objects.get()
    assert SealedFile.objects.count() == 1
    post(client, content, matter=MATTER, remove=str(draft.files.get().pk))
    assert not draft.files.exists()
    with pytest.raises(Refusal):
        submitting.submit(Draft(pk=draft.pk + 1))
