"""The desk of information, as those who sit at it: who writes, who signs, who looks after documents."""

import io
import json
import random
import re
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document
from PIL import Image
from tests.factories.information import BODY, TITLE, drafted, published, publishing_office, signed
from tests.factories.organisations import OrganisationFactory, reader

from gongkai.domain.information.actions import Reviewed, link, publish_many, save, submit
from gongkai.domain.information.actions.saving import Attached
from gongkai.domain.information.desk import arranging
from gongkai.domain.information.differences import compare, words
from gongkai.domain.information.errors import NothingChanged, PicturesUntold
from gongkai.domain.information.gates import obstacles
from gongkai.domain.information.models import Item, Link, Status, Validity
from gongkai.domain.information.pictures import named, pictures_in
from gongkai.domain.review.actions import return_, sign
from gongkai.domain.review.models import Chain, Review
from gongkai.domain.review.queries import waiting_for
from gongkai.foundation import clock
from gongkai.foundation.attachments import receive
from gongkai.foundation.notices.models import Notice

DESK = "/desk/information/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def office(db):
    return publishing_office()


def seat(who):
    client = Client()
    client.force_login(who.user, backend=BACKEND)
    return client


def form_of(client, item):
    """What the form of *item* would send if nothing were changed."""
    form = client.get(f"{DESK}{item.pk}/edit/").context["form"]
    sent = {name: form[name].value() for name in form.fields if name != "uploads"}
    seen = client.get(f"{DESK}{item.pk}/edit/").context["seen"]
    return {name: "" if value is None else str(value) for name, value in sent.items()} | {
        "seen": seen
    }


def type_into(client, item, **values):
    """Send the form as the page's script does."""
    sent = form_of(client, item) | values
    body = json.dumps({"entries": list(sent.items())})
    return client.post(f"{DESK}{item.pk}/edit/", body, content_type="application/json").json()


def read(response):
    data = b"".join(response.streaming_content)
    return openpyxl.load_workbook(io.BytesIO(data)).active


def test_an_item_goes_from_an_empty_form_through_two_signatures_to_the_public(office):
    clerk, head, director = seat(office.clerk), seat(office.head), seat(office.office)
    begun = clerk.post(f"{DESK}new/", {"organisation": office.bureau.pk, "from": "form"})
    item = Item.objects.get()
    assert begun.url == f"{DESK}{item.pk}/edit/"
    told = type_into(clerk, item, title=TITLE, body=BODY)
    assert told["result"] == "saved"
    assert "栏目" in told["parts"]["obstacles"]
    assert clerk.post(f"{DESK}{item.pk}/submit/").status_code == 422
    told = type_into(clerk, item, column=str(office.column.pk), effective_on="什么时候")
    assert "effective_on" in told["errors"]
    assert "可以送审" in told["parts"]["obstacles"]
    assert clerk.post(f"{DESK}{item.pk}/submit/").url == f"{DESK}{item.pk}/"
    page = clerk.get(f"{DESK}{item.pk}/").content.decode()
    assert "现在由 head者 办理" in page
    assert clerk.get(f"{DESK}{item.pk}/edit/").status_code == 302
    review = Review.objects.get()
    address = f"{DESK}reviews/{review.pk}/"
    assert Notice.objects.get(to=office.head.user, read=None).href == address
    assert "没有等您审查" in director.get("/desk/reviews/").content.decode()
    assert TITLE in head.get("/desk/").content.decode()
    assert TITLE in head.get(address).content.decode()
    stale = head.post(address, {"opinion": "agree", "digest": "sha256:another"})
    assert stale.status_code == 422
    assert "没有签署" in stale.content.decode()
    assert head.post(address, {"opinion": "return", "digest": review.digest}).status_code == 422
    assert head.post(address, {"opinion": "agree", "digest": review.digest}).url == "/desk/reviews/"
    assert not Notice.objects.filter(to=office.head.user, read=None).exists()
    assert not Item.objects.public().exists()
    director.post(address, {"opinion": "agree", "digest": review.digest, "comment": "同意公开"})
    assert Item.objects.public().get() == item
    assert "同意公开" in clerk.get(f"{DESK}{item.pk}/").content.decode()


def test_two_who_write_at_once_see_both_texts_and_nothing_is_lost(office):
    item = drafted(office)
    clerk = seat(office.clerk)
    before = form_of(clerk, item)
    save(item, by=office.office, values={"title": "公开办改过的标题"})
    mine = before | {"title": "信息员改过的标题"}
    body = json.dumps({"entries": list(mine.items())})
    told = clerk.post(f"{DESK}{item.pk}/edit/", body, content_type="application/json").json()
    assert told["result"] == "conflict"
    assert "公开办改过的标题" in told["html"]
    assert "信息员改过的标题" in told["html"]
    plain = clerk.post(f"{DESK}{item.pk}/edit/", mine)
    assert plain.status_code == 409
    assert "信息员改过的标题" in plain.content.decode()
    item.refresh_from_db()
    assert item.title == "公开办改过的标题"
    chosen = mine | {"seen": told["seen"]}
    assert clerk.post(f"{DESK}{item.pk}/edit/", chosen).status_code == 302
    item.refresh_from_db()
    assert item.title == "信息员改过的标题"
    # one's own second window is somebody else, too, even where its saves go into the same version
    first = form_of(clerk, item)
    type_into(clerk, item, title="第二个窗口")
    again = json.dumps({"entries": list((first | {"title": "第一个窗口"}).items())})
    told = clerk.post(f"{DESK}{item.pk}/edit/", again, content_type="application/json").json()
    assert told["result"] == "conflict"


def test_pasted_text_comes_in_clean_and_nobody_attaches_what_is_not_theirs(office):
    item, clerk = drafted(office), seat(office.clerk)
    pasted = '<p class="MsoNormal" style="color:red">正文<script>alert(1)</script></p><table><tr><td>一</td></tr></table>'
    type_into(clerk, item, body=pasted)
    item.refresh_from_db()
    assert "script" not in item.body
    assert "Mso" not in item.body
    assert "<table>" in item.body
    upload = io.BytesIO("文字".encode())
    upload.name = "别人的.txt"
    foreign = receive(upload, office.office)
    type_into(clerk, item, **{"file": str(foreign.pk), "file-title": "附件", "file-place": "1"})
    assert not item.files.exists()
    save(item, by=office.clerk, values={}, files=[Attached(foreign, "附件")])
    digest = item.files.get().digest.removeprefix("sha256:")
    sent = clerk.get(f"{DESK}{item.pk}/files/{digest}/")
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(sent.streaming_content) == "文字".encode()
    assert clerk.get(f"{DESK}{item.pk}/files/{'0' * 64}/").status_code == 404


def test_what_belongs_to_another_unit_is_not_there(office):
    item = drafted(office)
    review = submit(drafted(office, title="送审的"), by=office.clerk)
    other = OrganisationFactory(parent=office.city, name="云川市教育局")
    stranger = seat(reader("clerk", other))
    pages = [f"{item.pk}/{page}" for page in ("", "edit/", "versions/", "links/", "preview/page/")]
    for page in (*pages, f"reviews/{review.pk}/", f"reviews/{review.pk}/page/"):
        assert stranger.get(f"{DESK}{page}").status_code == 404, page
    assert item.title not in stranger.get(DESK).content.decode()
    stranger.post(f"{DESK}arrange/?item={item.pk}", {"keywords": "x"})
    item.refresh_from_db()
    assert item.keywords == ""


def test_what_is_public_is_corrected_with_its_reason_and_withdrawn_with_it(office):
    item = published(office)
    clerk, head, director = seat(office.clerk), seat(office.head), seat(office.office)
    type_into(clerk, item, title=f"{TITLE}（修订）", body=BODY.replace("防汛抗旱", "防汛"))
    item.refresh_from_db()
    assert item.title == TITLE
    compared = clerk.get(f"{DESK}{item.pk}/versions/").content.decode()
    assert "<del>抗旱</del>" in compared
    assert clerk.post(f"{DESK}{item.pk}/submit/").status_code == 422
    clerk.post(f"{DESK}{item.pk}/submit/", {"reason": "标题有误"})
    review = Review.objects.open().get()
    page = head.get(f"{DESK}reviews/{review.pk}/").content.decode()
    assert "更正理由：标题有误" in page
    assert "<del>抗旱</del>" in page
    for client in (head, director):
        client.post(f"{DESK}reviews/{review.pk}/", {"opinion": "agree", "digest": review.digest})
    item.refresh_from_db()
    assert item.title == f"{TITLE}（修订）"
    assert item.change_notes.get().reason == "标题有误"
    first = item.revisions.order_by("pk").first()
    clerk.post(f"{DESK}{item.pk}/restore/", {"version": first.pk})
    item.refresh_from_db()
    assert item.live
    assert item.title == f"{TITLE}（修订）"
    assert item.get_latest_revision_as_object().title == TITLE
    assert director.post(f"{DESK}{item.pk}/withdraw/").status_code == 422
    director.post(f"{DESK}{item.pk}/withdraw/", {"reason": "涉及个人信息"})
    assert not Item.objects.public().exists()
    assert "涉及个人信息" in clerk.get(f"{DESK}{item.pk}/").content.decode()


def test_a_document_repeals_another_once_it_is_public_and_the_register_tells_of_any_day(office):
    facts = {"kind": "normative", "effective_on": date(2024, 1, 1)}
    old = published(office, title="旧办法", document_number="云水规〔2024〕1号", **facts)
    facts["effective_on"] = clock.today()
    new = drafted(office, title="新办法", document_number="云水规〔2026〕2号", **facts)
    clerk = seat(office.clerk)
    told = {"relation": "repeals", "target": "云水规[2024]1号"}
    assert clerk.post(f"{DESK}{new.pk}/links/", told).status_code == 302
    assert "被废止于" in clerk.get(f"{DESK}{old.pk}/links/").content.decode()
    old.refresh_from_db()
    assert old.validity() == Validity.VALID
    signed(office, new)
    old.refresh_from_db()
    assert old.validity() == Validity.REPEALED
    page = clerk.get(f"{DESK}documents/")
    assert [str(count) for _, count in page.context["figures"]] == ["2", "1", "1", "0"]
    lists = clerk.get(f"{DESK}documents/clean-up/").context["lists"]
    assert [len(rows) for _, _, rows in lists] == [1, 0, 1, 0]
    assert lists[2][2][0]["through"] == "云水规〔2026〕2号废止"
    moved = clerk.get(f"{DESK}documents/clean-up/?d{new.pk}=amended").context["lists"]
    assert [len(rows) for _, _, rows in moved] == [0, 1, 1, 0]
    book = openpyxl.load_workbook(
        io.BytesIO(clerk.get(f"{DESK}documents/clean-up/export/").content)
    )
    assert book["废止目录"]["B2"].value == "旧办法"
    later = (clock.today() + timedelta(days=400)).isoformat()
    after = clerk.get(f"{DESK}documents/clean-up/?day={later}").context["lists"]
    assert [len(rows) for _, _, rows in after] == [1, 0, 0, 0], (
        "it was on the lists of an earlier year"
    )
    asked = f"{DESK}documents/clean-up/?day={later}&since={clock.today().isoformat()}"
    since = clerk.get(asked)
    assert [len(rows) for _, _, rows in since.context["lists"]] == [1, 0, 1, 0]
    made = Link.objects.get()
    clerk.post(f"{DESK}{new.pk}/links/", {"remove": made.pk})
    old.refresh_from_db()
    assert old.repealed_on is None


def test_a_list_asks_the_same_number_of_questions_however_long_it_is(office):
    chain = Chain.objects.active().get(organisation=office.city, importance="general")
    signers = [office.head.user, office.office.user]

    def bring_in(count, start):
        values = [
            {
                "title": f"第{n}号通知",
                "body": BODY,
                "column": office.column,
                "topic": "t06-03",
                "kind": "normative" if n % 3 == 0 else "",
                "document_number": f"云水〔2026〕{n}号",
            }
            for n in range(start, start + count)
        ]
        things = [Reviewed(value) for value in values]
        publish_many(
            office.bureau, things, chain=chain, signers=signers, evidence="x", by=office.second
        )

    def asked(client, page):
        client.get(page)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(page).status_code == 200
        return len(queries)

    pages = (
        (office.clerk, DESK),
        (office.office, f"{DESK}?status=public&topic=t06&q=通知"),
        (office.office, f"{DESK}?validity=valid&organisation={office.bureau.pk}"),
        (office.office, f"{DESK}?year={clock.today().year}"),
        (office.office, f"{DESK}documents/"),
        (office.office, f"{DESK}documents/clean-up/"),
        (office.head, "/desk/reviews/"),
    )
    bring_in(4, 1)
    submit(drafted(office), by=office.clerk)
    few = {page: asked(seat(who), page) for who, page in pages}
    bring_in(70, 100)
    for number in range(3):
        submit(drafted(office, title=f"送审{number}"), by=office.clerk)
    many = {page: asked(seat(who), page) for who, page in pages}
    assert many == few
    director = seat(office.office)
    first = director.get(f"{DESK}?q=通知")
    rows = [row["item"].pk for row in first.context["rows"]]
    second = director.get(f"{DESK}?q=通知&before={first.context['slice'].next}")
    more = [row["item"].pk for row in second.context["rows"]]
    assert sorted(rows + more, reverse=True) == rows + more
    assert len({*rows, *more}) == 75
    back = director.get(f"{DESK}?q=通知&after={second.context['slice'].previous}")
    assert [row["item"].pk for row in back.context["rows"]] == rows
    sheet = read(director.get(f"{DESK}export/?status=public&q=第100号"))
    assert [cell.value for cell in sheet["B"]] == ["标题", "第100号通知"]
    picked = "&".join(f"item={key}" for key in rows[:3])
    assert director.post(f"{DESK}arrange/?{picked}", {"genre": "notice"}).status_code == 302
    assert Item.objects.filter(genre="notice").count() == 3


def test_all_that_a_filter_leaves_is_arranged_at_once_and_nothing_of_others(office, monkeypatch):
    for number in range(3):
        drafted(office, title=f"水库水位{number}")
    rest = drafted(office, title="另一件")
    other = OrganisationFactory(parent=office.city, name="云川市财政局")
    theirs = Item.objects.create(
        organisation=other, author=office.clerk.user, title="水库移民资金", status="draft"
    )
    director, clerk = seat(office.office), seat(office.clerk)
    address = f"{DESK}arrange/?q=水库"
    listed = clerk.get(f"{DESK}?q=水库").content.decode()
    assert "按条件调整" in listed
    assert "按条件调整" not in clerk.get(DESK).content.decode()
    assert clerk.get(f"{DESK}arrange/").context["items"] == []
    monkeypatch.setattr(arranging, "MOST", 2)
    assert "一次最多调整 2 条" in clerk.get(address).content.decode()
    assert clerk.post(address, {"genre": "notice"}).status_code != 500
    assert not Item.objects.filter(genre="notice").exists()
    monkeypatch.undo()
    assert clerk.post(address, {"genre": "notice"}).status_code == 302
    arranged = Item.objects.filter(genre="notice")
    assert (arranged.count(), rest in arranged, theirs in arranged) == (3, False, False)
    everything = director.get(f"{DESK}arrange/?item={theirs.pk}&item={rest.pk}")
    assert len(everything.context["items"]) == 2


def test_who_withheld_is_told_when_it_is_time_to_look_again(office):
    yesterday = clock.today() - timedelta(days=1)
    item = drafted(
        office,
        title="内部会商记录",
        publicity="closed",
        ground="secret",
        ground_note="涉密",
        assess_on=yesterday,
    )
    signed(office, item)
    assert item.status == Status.KEPT
    clerk = seat(office.clerk)
    assert "内部会商记录" in clerk.get("/desk/").content.decode()
    assert "超期 1 天" in clerk.get(f"{DESK}assessments/").content.decode()
    assert "内部会商记录" in clerk.get(f"{DESK}assessments/?which=secret").content.decode()
    assert "解密提醒" not in clerk.get("/desk/").content.decode()
    soon = clock.today() + timedelta(days=60)
    secret = {"title": "堤防要害部位图", "declassify_on": soon, "assess_on": None}
    withheld = {"publicity": "closed", "ground": "secret", "ground_note": "密级未到期"}
    signed(office, drafted(office, **withheld, **secret))
    assert "解密提醒" in clerk.get("/desk/").content.decode()
    listed = clerk.get(f"{DESK}assessments/?which=declassify").content.decode()
    assert f"{soon} 解密" in listed
    assert "内部会商记录" not in listed


def test_an_office_sets_who_signs_and_how_numbers_look(office):
    director = seat(office.office)
    address = f"/desk/reviews/chains/{office.bureau.pk}/general/"
    steps = {f"step-{n}-{name}": "" for n in range(6) for name in ("title", "role", "due_days")}
    steps |= {f"step-{n}-place": "publisher" for n in range(6)}
    assert "至少要有一个环节" in director.post(address, steps).content.decode()
    steps |= {"step-0-title": "分管副局长", "step-0-role": "head", "step-0-due_days": "3"}
    steps["step-0-deputies"] = [office.second.user.pk]
    assert director.post(address, steps).status_code == 302
    chain = Chain.objects.active().get(organisation=office.bureau)
    assert [(s.name, s.due_days) for s in chain.steps] == [("分管副局长", 3)]
    shown = re.sub(r"\s+", " ", director.get(address).content.decode())
    named = rf'name="step-0-deputies" value="{office.second.user.pk}"[^>]* checked'
    assert re.search(named, shown), "who was chosen is seen as a ticked box"
    assert not re.search(r"<select[^>]* multiple", shown), "nobody has to know of Ctrl"
    going = submit(drafted(office), by=office.clerk)
    assert "还有 1 件正在审查，它们仍按原来的流程" in director.get(address).content.decode()
    more = {
        "step-1-title": "政府办公室",
        "step-1-role": "office",
        "step-1-place": str(office.city.pk),
    }
    assert director.post(address, steps | more).status_code == 302
    assert [r.pk for r in waiting_for(office.second)] == [going.pk]
    sign(going, by=office.second, digest=going.digest)
    assert Item.objects.public().count() == 1  # by the one step that it was handed in for
    assert submit(drafted(office), by=office.clerk).steps_needed == 2
    rule = {
        "organisation": office.bureau.name,
        "template": "{unit:04}/{year}-{serial:04}",
        "registration": "YCDR-{year}-{serial:05}",
    }
    shown = director.post(f"{DESK}rules/", rule | {"do": "preview"})
    assert f"{office.bureau.pk:04}/{clock.today().year}-0001" in shown.content.decode()
    bad = director.post(f"{DESK}rules/", rule | {"template": "{year}"})
    assert bad.status_code == 422
    assert director.post(f"{DESK}rules/", rule).status_code == 302
    item = drafted(office, title="编了号的")
    assert item.index_number == f"{office.bureau.pk:04}/{clock.today().year}-0001"
    seat(office.clerk).post(f"{DESK}{item.pk}/register/")
    item.refresh_from_db()
    assert item.registration_number == f"YCDR-{clock.today().year}-00001"


def test_changes_are_told_in_words_and_not_in_markup():
    pieces = [
        (p.state, p.text) for p in words("投资1200万元，年底完成。", "投资1350万元，年底完成。")
    ]
    assert pieces == [
        ("kept", "投资"),
        ("removed", "1200"),
        ("added", "1350"),
        ("kept", "万元，年底完成。"),
    ]
    long = "".join(f"<p>第{n}条 不变的内容。</p>" for n in range(20))
    before = Item(title="甲", body=f"{long}<p>末条</p>", publicity="open")
    after = Item(title="甲", body=f"<div>{long}</div><p>最末条</p>", publicity="closed")
    told = compare(before, after, files=False)
    assert [(c.label, c.before, c.after) for c in told.changes] == [
        ("公开属性", "主动公开", "不予公开")
    ]
    assert [p.skipped for p in told.paragraphs if p.skipped] == [18]


def test_who_signs_again_sees_what_was_changed_since_it_was_sent_back(office):
    item = drafted(office)
    first = submit(item, by=office.clerk)
    head = seat(office.head)
    assert "与上次送审的不同" not in head.get(f"{DESK}reviews/{first.pk}/").content.decode()
    return_(first, by=office.head, digest=first.digest, comment="请写明责任单位")
    save(item, by=office.clerk, values={"body": BODY + "<p>责任单位为市水利局。</p>"})
    later = clock.now() + timedelta(days=2)
    save(item, by=office.clerk, values={"expire_at": later})
    again = submit(item, by=office.clerk)
    page = head.get(f"{DESK}reviews/{again.pk}/")
    shown = page.content.decode()
    assert "与上次送审的不同" in shown
    assert "请写明责任单位" in shown
    assert "<ins>责任单位为市水利局。</ins>" in shown
    assert [c.label for c in page.context["since"].changes] == ["定时下线"]
    sign(again, by=office.head, digest=again.digest)
    director = seat(office.office)
    sign(again, by=office.office, digest=again.digest)
    save(item, by=office.clerk, values={"title": "另一个标题"})
    third = submit(item, by=office.clerk, reason="标题有误")
    assert "与上次送审的不同" not in director.get(f"{DESK}reviews/{third.pk}/").content.decode()


def test_links_of_withdrawn_documents_no_longer_count(office):
    facts = {"kind": "normative", "effective_on": date(2024, 1, 1)}
    old = published(office, title="被修改的", **facts)
    new = published(office, title="修改它的", **facts)
    link(new, old, "amends", by=office.clerk)
    assert old.validity() == Validity.AMENDED
    seat(office.office).post(f"{DESK}{new.pk}/withdraw/", {"reason": "公开有误"})
    assert old.validity() == Validity.VALID


@pytest.mark.parametrize("odd", ["abc", "-1", "9" * 21, "2026-02-30", "9999-12-31", "一", "²"])
def test_odd_addresses_are_told_off_and_break_nothing(office, odd):
    item = published(office)
    director = seat(office.office)
    for path in (
        f"{DESK}?column={odd}&year={odd}",
        f"{DESK}export/?column={odd}&item={odd}",
        f"{DESK}documents/?day={odd}",
        f"{DESK}documents/clean-up/?day={odd}&since={odd}",
        f"{DESK}arrange/?item={odd}",
        f"/desk/channels/sheet/print/?item={odd}",
    ):
        answer = director.get(path)
        assert answer.status_code < 500, path
        if answer.streaming:
            read(answer)
    assert director.get(f"{DESK}{item.pk}/versions/?from={odd}").status_code == 404
    assert director.post(f"{DESK}{item.pk}/restore/", {"version": odd}).status_code == 404
    assert director.post(f"{DESK}{item.pk}/links/", {"remove": odd}).status_code < 500
    told = director.post(f"{DESK}arrange/?item={item.pk}", {"column": odd})
    assert told.status_code == 422
    assert type_into(seat(office.clerk), drafted(office), column=odd)["errors"]["column"]


def test_a_public_item_that_nobody_changed_is_not_corrected(office):
    item = published(office)
    clerk = seat(office.clerk)
    told = clerk.get(f"{DESK}{item.pk}/").content.decode()
    assert f"{DESK}{item.pk}/submit/" not in told
    assert f"{DESK}{item.pk}/edit/" in told
    save(item, by=office.clerk, values={"title": item.title})
    assert "还没有公开的修改" not in clerk.get(f"{DESK}{item.pk}/").content.decode()
    asked = clerk.get(f"{DESK}{item.pk}/submit/").content.decode()
    assert "没有可以更正的" in asked
    with pytest.raises(NothingChanged):
        submit(item, by=office.clerk, reason="更正")
    assert not Review.objects.of(item).open().exists()
    save(item, by=office.clerk, values={"title": "改过的标题"})
    told = clerk.get(f"{DESK}{item.pk}/").content.decode()
    assert "还没有公开的修改" in told
    assert f"{DESK}{item.pk}/submit/" in told
    submit(item, by=office.clerk, reason="标题有误")


def test_the_text_of_an_uploaded_word_file_is_proposed_with_its_lists_and_tables(office):
    document = Document()
    document.add_paragraph("云川市水利局")
    document.add_paragraph("关于做好防汛工作的通知")
    document.add_paragraph("云水[2026]7号")
    document.add_paragraph("各县（市、区）水利局：")
    document.add_heading("一、总体要求", 1)
    document.add_paragraph("坚持").add_run("安全第一").bold = True
    for text in ("备足物资", "加强值守"):
        document.add_paragraph(text, style="List Bullet")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "水库", "责任人"
    stream = io.BytesIO()
    document.save(stream)
    clerk = seat(office.clerk)
    upload = SimpleUploadedFile("通知.docx", stream.getvalue())
    told = clerk.post(
        f"{DESK}new/",
        {"from": "file", "file": upload, "organisation": office.bureau.pk},
        follow=True,
    )
    found = {one.name: one for one in told.context["proposals"]}
    assert found["title"].value.endswith("关于做好防汛工作的通知")
    body = found["body"].value
    assert "防汛工作的通知" not in body
    assert found["document_number"].value == "云水〔2026〕7号"
    assert "7号" not in body, "the page has it below the title already"
    assert "各县（市、区）水利局：" in body
    assert "<h2>一、总体要求</h2>" in body
    assert "<p>坚持<strong>安全第一</strong></p>" in body
    assert "<ul><li>备足物资</li><li>加强值守</li></ul>" in body
    assert "<tr><td>水库</td><td>责任人</td></tr>" in body
    item = Item.objects.get()
    save(item, by=office.clerk, values={"body": body})
    assert item.body == body
    again = clerk.get(f"{DESK}{item.pk}/edit/?propose={item.files.get().stored_id}")
    assert "body" not in {one.name for one in again.context["proposals"]}


def test_pictures_of_an_uploaded_word_file_come_with_its_text(office):
    document = Document()
    document.add_paragraph("关于供水范围调整的通知")
    document.add_paragraph("云水〔2026〕8号")
    document.add_paragraph("范围见下图。")
    photo, exif = io.BytesIO(), Image.Exif()
    exif[0x013B] = "摄影员小冯"
    Image.new("RGB", (40, 20), "navy").save(photo, "JPEG", exif=exif)
    document.add_picture(photo)._inline.docPr.set("descr", "新城水厂改造前后供水范围对比图")
    second = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(second, "PNG")
    document.add_picture(second)
    huge = io.BytesIO()
    Image.frombytes("RGB", (1300, 1300), random.Random(7).randbytes(3 * 1300**2)).save(huge, "PNG")
    document.add_picture(huge)
    stream = io.BytesIO()
    document.save(stream)
    clerk = seat(office.clerk)
    upload = SimpleUploadedFile("通知.docx", stream.getvalue())
    sent = {"from": "file", "file": upload, "organisation": office.bureau.pk}
    told = clerk.post(f"{DESK}new/", sent, follow=True)
    body = {one.name: one for one in told.context["proposals"]}["body"]
    assert "2 张图片随正文带来，其中 1 张还没有说明" in body.note
    assert "1 张图片没有带来" in body.note
    assert body.value.index("范围见下图") < body.value.index("新城水厂改造前后供水范围对比图")
    item = Item.objects.get()
    save(item, by=office.clerk, values={"body": named(body.value)})
    item.refresh_from_db()
    first, other = pictures_in(item.body)
    assert (first.alt, other.alt) == ("新城水厂改造前后供水范围对比图", "")
    page = clerk.get(f"{DESK}{item.pk}/pictures/{first.name}")
    shown = b"".join(page.streaming_content)
    assert "摄影员小冯".encode() not in shown
    assert [o.facts["count"] for o in obstacles(item) if isinstance(o, PicturesUntold)] == [1]
    again = clerk.get(f"{DESK}{item.pk}/edit/?propose={told.context['files'][0]['key']}")
    assert "body" not in {one.name for one in again.context["proposals"]}
