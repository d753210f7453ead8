"""The check before publication, as those who sit at it: who writes, who answers for secrecy, who signs, who keeps the words."""

import io
import json
import re
import zipfile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from docx import Document
from PIL import Image
from tests.core.redaction.made import sheet
from tests.factories.information import drafted, publishing_office, signed
from tests.factories.organisations import PostFactory, UserFactory

from gongkai.core.extraction.document import Span
from gongkai.core.extraction.guarding import Guard
from gongkai.core.refusal import Refusal
from gongkai.core.screening.fragment import Fragment
from gongkai.core.treating import StillThere, treat
from gongkai.domain.information.actions import save, submit
from gongkai.domain.information.actions.saving import Attached
from gongkai.domain.information.models import Item, Status
from gongkai.domain.information.portal import addresses
from gongkai.domain.information.screening import actions
from gongkai.domain.information.screening.actions import treat_in_file
from gongkai.domain.information.screening.errors import Unanswered
from gongkai.domain.information.screening.findings import findings
from gongkai.domain.information.screening.models import Kept, ListedWord
from gongkai.domain.review.actions import sign
from gongkai.domain.review.models import Review
from gongkai.foundation.attachments import receive
from gongkai.foundation.jobs.models import Job
from gongkai.foundation.notices.models import Notice
from gongkai.foundation.permissions import NotAllowed, Reader
from gongkai.foundation.trail.models import Record

DESK = "/desk/information/"
WORDS = "/desk/reviews/words/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
IDENTITY = "11010519491231002X"
"""The sample number of the standard GB 11643 itself."""
MASKED = "110105********002X"
ROSTER = f"<p>现将救助对象公示如下。</p><table><tr><td>张三丰</td><td>身份证号{IDENTITY}</td></tr></table>"
MARKED = "<p>机密★10年</p><p>各单位请遵照执行。</p>"


@pytest.fixture
def office(db):
    made = publishing_office()
    post = PostFactory(user=UserFactory(name="保密者"), organisation=made.city, role="secrecy")
    made.secrecy = Reader.of(post.user)
    return made


def seat(who):
    client = Client()
    client.force_login(who.user, backend=BACKEND)
    return client


def precheck(item):
    return f"{DESK}{item.pk}/precheck/"


def only(item, rule):
    """The one finding of *rule* in the last version of *item*."""
    content = Item.objects.get(pk=item.pk).get_latest_revision_as_object()
    (found,) = [one for one in findings(content) if one.rule == rule]
    return found


def word_file(*paragraphs):
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    stream = io.BytesIO()
    document.save(stream)
    return SimpleUploadedFile("名单.docx", stream.getvalue())


def test_a_clerk_who_pasted_an_identity_number_is_stopped_covers_it_and_goes_on(office):
    item, clerk = drafted(office, body=ROSTER), seat(office.clerk)
    assert "公民身份号码" in clerk.get(f"{DESK}{item.pk}/edit/").content.decode()
    refused = clerk.post(f"{DESK}{item.pk}/submit/")
    assert refused.status_code == 422
    assert f'href="{precheck(item)}"' in refused.content.decode()
    page = clerk.get(precheck(item)).content.decode()
    assert f'<mark class="screen-mark is-block">{IDENTITY}</mark>' in page
    assert "第十五条" in page
    found = only(item, "personal.identity")
    told = clerk.post(
        precheck(item), {"finding": found.key, "do": "mask"}, headers={"HX-Request": "true"}
    )
    assert "没有要处理的" in told.content.decode()
    item.refresh_from_db()
    assert f"<td>身份证号{MASKED}</td>" in item.body
    assert IDENTITY not in item.body
    again = clerk.post(precheck(item), {"finding": found.key, "do": "mask"})
    assert again.status_code == 422
    assert "已经不在了" in again.content.decode()
    assert clerk.post(f"{DESK}{item.pk}/submit/").status_code == 302
    assert Item.objects.get().status == Status.REVIEW


def test_a_mark_of_secrecy_is_kept_by_nobody_but_who_answers_for_secrecy(office):
    item, clerk, officer = drafted(office, body=MARKED), seat(office.clerk), seat(office.secrecy)
    found = only(item, "secrecy.mark")
    mine = clerk.post(precheck(item), {"finding": found.key, "do": "keep", "reason": "我看没事"})
    assert not Kept.objects.exists()
    assert mine.status_code == 422
    told = clerk.post(precheck(item), {"do": "ask"}, follow=True).content.decode()
    assert "已通知保密者" in told
    assert Notice.objects.get(to=office.secrecy.user, read=None).href == precheck(item)
    blank = officer.post(precheck(item), {"finding": found.key, "do": "keep", "reason": " "})
    assert "请写明保留的理由" in blank.content.decode()
    reason = "2026年3月解密，解密通知第5号"
    officer.post(precheck(item), {"finding": found.key, "do": "keep", "reason": reason})
    assert not Notice.objects.filter(to=office.secrecy.user, read=None).exists()
    trail = Record.objects.filter(event="screening.kept").get()
    assert trail.reason == reason
    assert "机密" not in trail.facts
    review = submit(item, by=office.clerk)
    page = seat(office.head).get(f"{DESK}reviews/{review.pk}/").content.decode()
    assert reason in page
    assert "保密者" in page
    # the reason was for these words; others need their own
    seat(office.clerk).post(f"{DESK}{item.pk}/recall/")
    item.refresh_from_db()
    save(item, by=office.clerk, values={"body": MARKED.replace("机密★10年", "绝密★30年")})
    with pytest.raises(Unanswered):
        submit(item, by=office.clerk)


def test_an_answer_outlives_the_key_of_the_server(office, settings):
    item = drafted(office, body=f"<p>咨询电话{IDENTITY}，联系人见附件。</p>")
    (finding,) = findings(Item.objects.get(pk=item.pk).get_latest_revision_as_object())
    settings.SECRET_KEY = "another key, after a move to another server"
    (again,) = findings(Item.objects.get(pk=item.pk).get_latest_revision_as_object())
    assert again.key == finding.key
    assert IDENTITY not in finding.key


def test_what_is_inside_a_file_is_answered_once_for_the_file_and_never_opened_again(office):
    item, clerk = drafted(office), seat(office.clerk)
    people = [f"张三丰，身份证号{IDENTITY}，手机13812345678"] * 40
    stored = receive(word_file(*people), office.clerk)
    save(item, by=office.clerk, values={}, files=[Attached(stored, "名单")])
    found = only(item, "personal.identity")
    assert found.count == 40
    page = clerk.get(precheck(item)).content.decode()
    assert "附件《名单》" in page
    assert "换掉附件" in page
    assert "打码 40 处" in page
    with CaptureQueriesContext(
        connection,
    ) as one:
        clerk.get(precheck(item))
    more = [receive(word_file(*people[:3], str(n)), office.clerk) for n in range(4)]
    files = [Attached(file, f"名单{n}") for n, file in enumerate([stored, *more])]
    save(item, by=office.clerk, values={}, files=files)
    clerk.get(precheck(item))
    with CaptureQueriesContext(connection) as five:
        clerk.get(precheck(item))
    assert len(five) == len(one)
    save(item, by=office.clerk, values={}, files=[])
    submit(item, by=office.clerk)


def bytes_of(stored):
    """Every byte that the public, and that the desk would get of a file, its parts unpacked."""
    found = b""
    for opened in (stored.open_public, stored.open_original):
        with opened() as stream, zipfile.ZipFile(stream) as package:
            found += b"".join(package.read(name) for name in package.namelist())
    return found


def split_number(where):
    for piece in (IDENTITY[:4], IDENTITY[4:12], IDENTITY[12:]):
        where.add_run(piece).bold = piece == IDENTITY[4:12]


def full_of_numbers():
    """A Word file with the number in three pieces, in a table and in its header."""
    document = Document()
    document.core_properties.author = "陈处长"
    split_number(document.add_paragraph("救助对象身份证号"))
    document.add_table(1, 1).cell(0, 0).text = f"证件号码{IDENTITY}"
    split_number(document.sections[0].header.paragraphs[0])
    document.add_paragraph("值班电话：13812345678")
    stream = io.BytesIO()
    document.save(stream)
    return SimpleUploadedFile("救助名单.docx", stream.getvalue())


def upload(client, item, file):
    """Send the form of *item* with *file*, nothing else changed."""
    form = client.get(f"{DESK}{item.pk}/edit/").context
    names = [name for name in form["form"].fields if name != "uploads"]
    sent = {name: form["form"][name].value() or "" for name in names}
    told = client.post(
        f"{DESK}{item.pk}/edit/", {**sent, "seen": form["seen"], "uploads": file}, follow=True
    )
    assert "已保存" in told.content.decode()


def test_a_clerk_covers_a_number_inside_a_file_and_the_public_gets_a_file_without_it(office):
    clerk, item = seat(office.clerk), drafted(office)
    upload(clerk, item, full_of_numbers())
    old = item.files.get().stored
    told = clerk.post(f"{DESK}{item.pk}/submit/")
    assert told.status_code == 422
    assert f'href="{precheck(item)}"' in told.content.decode()
    page = clerk.get(precheck(item)).content.decode()
    assert "附件《救助名单》" in page
    assert "打码 3 处" in page
    found = only(item, "personal.identity")
    told = clerk.post(
        precheck(item), {"finding": found.key, "do": "mask"}, headers={"HX-Request": "true"}
    ).content.decode()
    assert "已在附件《救助名单》里改好 3 处" in told
    assert "没有要处理的" in told
    item.refresh_from_db()
    (file,) = item.files.all()
    assert file.title == "救助名单"
    assert file.stored_id != old.pk
    assert file.stored.name == "救助名单.docx"
    assert IDENTITY.encode() not in bytes_of(file.stored)
    assert IDENTITY not in file.stored.text
    with file.stored.open_public() as stream:
        shown = Document(io.BytesIO(stream.read()))
    assert shown.paragraphs[0].text == f"救助对象身份证号{MASKED}"
    assert shown.paragraphs[1].text == "值班电话：13812345678"
    trail = Record.objects.get(event="screening.treated")
    assert json.loads(trail.facts) == {
        "rule": "personal.identity",
        "place": "附件《救助名单》",
        "do": "mask",
        "count": 3,
        "from": f"sha256:{old.digest}",
        "to": f"sha256:{file.stored.digest}",
        "carried": [],
    }
    # at the desk, too, the old file is no longer with the item
    assert clerk.get(f"{DESK}{item.pk}/files/{old.public_digest}/").status_code == 404
    assert clerk.post(f"{DESK}{item.pk}/submit/").status_code == 302
    for who in (office.head, office.office):
        review = Review.objects.get()
        sign(review, by=who, digest=review.digest)
    anybody = Client()
    (address,) = re.findall(
        rf'href="({addresses.files(item.pk)}[^"]+)"',
        anybody.get(addresses.item(item.pk)).content.decode(),
    )
    got = b"".join(anybody.get(address).streaming_content)
    with zipfile.ZipFile(io.BytesIO(got)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    written = re.sub(rb"<[^>]+>", b"", parts["word/document.xml"])
    assert f"救助对象身份证号{MASKED}".encode() in written
    for name, part in parts.items():
        for told in (part, re.sub(rb"<[^>]+>", b"", part)):
            assert IDENTITY.encode() not in told, name
            assert "陈处长".encode() not in told, name


def test_reasons_for_what_is_left_in_a_file_go_on_when_something_else_in_it_was_covered(office):
    item, clerk = drafted(office), seat(office.clerk)
    stored = receive(
        word_file(f"救助对象身份证号{IDENTITY}", "联系人：王五，13812345678"), office.clerk
    )
    save(item, by=office.clerk, values={}, files=[Attached(stored, "名单")])
    contact = only(item, "personal.contact-person")
    clerk.post(precheck(item), {"finding": contact.key, "do": "keep", "reason": "本人同意公开"})
    found = only(item, "personal.identity")
    clerk.post(precheck(item), {"finding": found.key, "do": "mask"})
    again = only(item, "personal.contact-person")
    assert again.kept.reason == "本人同意公开"
    assert again.kept.by == office.clerk.user
    submit(item, by=office.clerk)


def test_comments_and_tracked_changes_are_taken_out_by_a_press_and_then_the_file_can_be_public(
    office,
):
    document = Document()
    noted = document.add_paragraph("请各单位执行。")
    document.add_comment(noted.runs, text="这个数再核一下", author="何审核", initials="何")
    stream = io.BytesIO()
    document.save(stream)
    item, clerk = drafted(office), seat(office.clerk)
    stored = receive(SimpleUploadedFile("通知.docx", stream.getvalue()), office.clerk)
    assert not stored.is_ready
    save(item, by=office.clerk, values={}, files=[Attached(stored, "通知")])
    assert "删除全部批注" in clerk.get(precheck(item)).content.decode()
    found = only(item, "hidden.comment")
    clerk.post(precheck(item), {"finding": found.key, "do": "remove"})
    item.refresh_from_db()
    (file,) = item.files.all()
    assert "何审核".encode() not in bytes_of(file.stored)
    signed(office, item)
    assert item.status == Status.PUBLIC


def test_hidden_columns_of_a_table_are_taken_out_and_what_is_shown_stays(office):
    book = openpyxl.Workbook()
    book.active.append(["姓名", "底数", "金额"])
    book.active.append(["张三丰", "内部口径", 480])
    book.active.column_dimensions["B"].hidden = True
    stream = io.BytesIO()
    book.save(stream)
    item, clerk = drafted(office), seat(office.clerk)
    stored = receive(SimpleUploadedFile("发放表.xlsx", stream.getvalue()), office.clerk)
    save(item, by=office.clerk, values={}, files=[Attached(stored, "发放表")])
    assert "看得见的数不变" in clerk.get(precheck(item)).content.decode()
    found = only(item, "hidden.cells")
    clerk.post(precheck(item), {"finding": found.key, "do": "remove"})
    item.refresh_from_db()
    (file,) = item.files.all()
    assert "内部口径".encode() not in bytes_of(file.stored)
    with file.stored.open_public() as stream:
        rows = list(openpyxl.load_workbook(io.BytesIO(stream.read())).active.values)
    assert rows == [("姓名", None, "金额"), ("张三丰", None, 480)]
    submit(item, by=office.clerk)


def test_what_a_program_cannot_cover_leaves_the_file_as_it_was_and_says_so(office, monkeypatch):
    item, clerk = drafted(office), seat(office.clerk)
    stored = receive(word_file(f"身份证号{IDENTITY}"), office.clerk)
    save(item, by=office.clerk, values={}, files=[Attached(stored, "名单")])
    found = only(item, "personal.identity")
    # a mask that screening would find again
    monkeypatch.setattr(
        treat, "treat_office", lambda data, kind, chosen: (_ for _ in ()).throw(StillThere(count=1))
    )
    monkeypatch.setattr(Guard, "call", lambda _, function, *a, **k: _called(function, *a, **k))
    told = clerk.post(precheck(item), {"finding": found.key, "do": "mask"})
    assert told.status_code == 422
    assert "附件没有改动" in told.content.decode()
    assert item.files.get().stored_id == stored.pk
    assert not Record.objects.filter(event="screening.treated").exists()


def _called(function, *args, **kwargs):
    return getattr(treat, function.__name__, function)(*args, **kwargs)


def test_only_who_may_edit_changes_a_file_and_not_while_it_is_reviewed(office):
    item = drafted(office)
    stored = receive(word_file(f"身份证号{IDENTITY}"), office.clerk)
    save(item, by=office.clerk, values={}, files=[Attached(stored, "名单")])
    found = only(item, "personal.identity")
    assert "打码为" not in seat(office.secrecy).get(precheck(item)).content.decode()
    with pytest.raises(NotAllowed):
        treat_in_file(item, found.key, by=office.secrecy)
    reason = {"finding": found.key, "do": "keep", "reason": "本人书面同意公开"}
    seat(office.secrecy).post(precheck(item), reason)
    submit(item, by=office.clerk)
    item.refresh_from_db()
    with pytest.raises(Refusal):
        treat_in_file(item, found.key, by=office.clerk)
    assert item.files.get().stored_id == stored.pk


def test_a_long_pdf_is_made_anew_in_the_background(office, monkeypatch):
    monkeypatch.setattr(actions, "PAGES_AT_ONCE", 1)
    item, clerk = drafted(office), seat(office.clerk)
    paper = SimpleUploadedFile("材料.pdf", sheet(f"身份证号{IDENTITY}。", "\f", "住址另附。"))
    save(
        item,
        by=office.clerk,
        values={},
        files=[Attached(receive(paper, office.clerk), "材料")],
    )
    found = only(item, "personal.identity")
    assert "涂黑 1 处" in clerk.get(precheck(item)).content.decode()
    with TestCase.captureOnCommitCallbacks(execute=True):
        told = clerk.post(precheck(item), {"finding": found.key, "do": "mask"}, follow=True)
    assert "有 2 页，正在后台重做" in told.content.decode()
    job = Job.objects.get(kind="screening.treat")
    assert (job.state, job.done, job.error) == (Job.State.DONE, 2, "")
    item.refresh_from_db()
    (file,) = item.files.all()
    assert IDENTITY not in file.stored.text
    assert "住址另附" in file.stored.text
    assert not [one for one in findings(item) if one.is_open]


def test_what_stands_only_in_the_data_of_a_photograph_is_cleaned_and_stops_nobody(office):
    picture = Image.new("RGB", (32, 16), (200, 30, 30))
    exif = Image.Exif()
    exif[0x010E] = "户主手机13812345678".encode()
    stream = io.BytesIO()
    picture.save(stream, "JPEG", exif=exif)
    item = drafted(office)
    stored = receive(SimpleUploadedFile("现场.jpg", stream.getvalue()), office.clerk)
    save(item, by=office.clerk, values={}, files=[Attached(stored, "现场")])
    assert only(item, "personal.mobile").settled == "公开的副本里已自动清除。"
    with stored.open_public() as public:
        assert b"13812345678" not in public.read()
    submit(item, by=office.clerk)


def test_what_is_not_going_to_be_open_is_shown_but_not_stopped(office):
    values = {"publicity": "closed", "ground": "privacy", "ground_note": "涉及个人隐私"}
    item = drafted(office, body=ROSTER, **values)
    assert IDENTITY in seat(office.clerk).get(precheck(item)).content.decode()
    signed(office, item)
    assert item.status == Status.KEPT


def test_an_office_looks_for_its_own_words_and_leaves_some_of_ours_alone(office):
    director, clerk = seat(office.office), seat(office.clerk)
    item = drafted(office, body="<p>云川市水务局负责防汛，请做好布署。</p>")
    assert [one.rule for one in findings(item)] == ["words.typo"]
    assert clerk.get(WORDS).url == "/desk/"
    told = director.post(
        WORDS, {"word": "云川市水务局", "right": "云川市水利局", "kind": "forbidden"}
    )
    assert told.status_code == 302
    director.post(WORDS, {"word": "布署", "do": "off"})
    found = only(item, "words.forbidden")
    assert (found.proposal, len(findings(item))) == ("云川市水利局", 1)
    director.post(WORDS, {"word": "布署", "do": "on"})
    clerk.post(precheck(item), {"finding": found.key, "do": "mask"})
    typo = only(item, "words.typo")
    clerk.post(precheck(item), {"finding": typo.key, "do": "keep", "reason": "引用原文"})
    assert Review.objects.count() == 0
    item.refresh_from_db()
    assert "云川市水利局负责" in item.body
    submit(item, by=office.clerk)
    # there and back again
    sent = director.get(f"{WORDS}export/")
    data = b"".join(sent.streaming_content)
    for (
        close
    ) in sent._resource_closers:  # closing the answer would close this test's connection, too
        close()
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    assert [cell.value for cell in sheet[2]][:3] == ["云川市水务局", "云川市水利局", "不当表述"]
    rows = "词语,正确写法,类别,起,止\n云川县,云川市,过时名称,2020-01-01,\n错,对,错别字,,\n水务站,水利站,别的,,\n=1+1,二,,,某天\n"
    file = SimpleUploadedFile("词表.csv", rows.encode("gb18030"))
    told = director.post(f"{WORDS}import/", {"file": file}, follow=True).content.decode()
    assert "已收入 1 个词" in told
    assert all(f"第 {line} 行" in told for line in (3, 4, 5))
    assert ListedWord.objects.get(word="云川县").kind == "outdated"
    assert Record.objects.filter(event="screening.words").count() == 4


def test_words_across_marks_of_emphasis_are_one_text_and_go_without_a_scar():
    body = '<p>电话<strong>138</strong>12345678，见<a href="tel:13812345678">这里</a></p><p>完</p>'
    fragment = Fragment(body)
    start = fragment.text.index("13812345678")
    assert fragment.text.startswith("电话13812345678，见这里\n完\n")
    tel = fragment.text.index("tel:13812345678")
    changes = [(Span(start, start + 11), "138****5678"), (Span(tel, tel + 15), "")]
    assert (
        fragment.replaced(changes)
        == "<p>电话<strong>138****5678</strong>，见<a>这里</a></p><p>完</p>"
    )
    assert Fragment("").replaced([]) == ""
