"""The report office over HTTP: every verb with its success and its refusals, who may, and how many questions."""

import io
import json

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.organisations import OrganisationFactory, reader
from tests.factories.reports import PLACE, fill, filled_and_confirmed, issued, office_of

from gongkai.core.forms import Place
from gongkai.foundation.trail.models import Record
from gongkai.oversight.reports.actions import Change, fill_cells, open_round
from gongkai.oversight.reports.models import Cell, Chapter, Override, Report, Round, Status

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def office():
    return office_of(2016)


@pytest.fixture
def sign_in(client):
    def enter(who):
        client.force_login(who.user, backend=BACKEND)
        return client

    return enter


def at(name, *args):
    return reverse(f"reports:{name}", args=args)


# ---- rounds


def test_the_office_opens_a_round_from_the_form(sign_in, office):
    client = sign_in(office.office)
    answer = client.post(
        at("open"), {"organisation": office.city.top.pk, "year": 2015, "note": "请如实填报"}
    )
    assert answer.status_code == 302
    made = Round.objects.get(year=2015)
    assert answer.url == at("round", made.pk)
    assert made.reports.count() == 5


def test_a_second_round_of_a_year_is_refused_in_words_and_nothing_typed_is_lost(sign_in, office):
    answer = sign_in(office.office).post(
        at("open"), {"organisation": office.city.top.pk, "year": 2016, "note": "第二次布置"}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "已经布置过2016年度" in text
    assert "第二次布置" in text


def test_the_overview_filters_and_says_who_is_late(sign_in, office):
    client = sign_in(office.office)
    filled_and_confirmed(office, office.city.finance, req_received="3", req_web="3")
    page = client.get(at("round", office.round.pk) + "?status=confirmed").content.decode()
    assert "云川市财政局" in page
    assert "云川市住房" not in page
    assert "逾期" in page
    assert (
        "没有符合条件的单位"
        in client.get(at("round", office.round.pk) + "?q=水利").content.decode()
    )


def test_those_who_are_late_are_reminded(sign_in, office):
    clerk = reader("clerk", office.city.housing)
    client = sign_in(office.office)
    client.post(at("urge", office.round.pk))
    client.post(at("urge", office.round.pk))
    assert clerk.user.notices.count() == 1
    assert "尚未确认" in clerk.user.notices.get().text


def test_urging_units_without_people_says_so(sign_in, office):
    report = office.report(office.city.housing)
    answer = sign_in(office.office).post(
        at("urge", office.round.pk), {"report": report.pk}, follow=True
    )
    assert "没有人收到" in answer.content.decode()


def test_the_whole_round_comes_as_a_workbook(sign_in, office):
    filled_and_confirmed(office, office.city.finance, req_received="3")
    answer = sign_in(office.office).get(at("export", office.round.pk))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    rows = list(book["进度"].iter_rows(values_only=True))
    assert rows[0][:2] == ("单位", "状态")
    assert ("云川市财政局", "确认") in [row[:2] for row in rows]
    sheet = book["政府信息公开情况统计表"]
    column = next(c for c in range(1, 70) if sheet.cell(1, c).value == "（一）收到申请数")
    line = next(r for r in range(1, 10) if sheet.cell(r, 1).value == "云川市财政局")
    assert sheet.cell(line, column).value == 3


# ---- filling


def test_the_plain_form_saves_without_any_script(sign_in, office):
    report = office.report(office.city.top)
    client = sign_in(office.clerk)
    answer = client.post(at("fill", report.pk), {f"c:{PLACE}": "3", f"v:{PLACE}": "0"})
    assert answer.status_code == 302
    assert Cell.objects.get().text == "3"


def test_the_plain_form_shows_what_is_wrong_where_it_is(sign_in, office):
    report = office.report(office.city.top)
    client = sign_in(office.clerk)
    answer = client.post(
        at("fill", report.pk), {f"c:{PLACE}": "很多", "c:stat65/req_web/value": "1"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "“很多”不是数" in page
    assert 'value="很多"' in page
    assert Cell.objects.get().place == "stat65/req_web/value"


def test_the_plain_form_shows_both_values_of_a_conflict(sign_in, office):
    report = fill(office.report(office.city.top), office.office, req_received="9")
    answer = sign_in(office.clerk).post(
        at("fill", report.pk), {f"c:{PLACE}": "3", f"v:{PLACE}": "0"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "别人刚改为 9，您填的是 3" in page
    assert Cell.objects.get().text == "9"


def send(client, report, *changes, layer="value"):
    body = {
        "layer": layer,
        "changes": [{"place": p, "text": t, "version": v} for p, t, v in changes],
    }
    return client.post(at("cells", report.pk), json.dumps(body), content_type="application/json")


def test_the_page_saves_cell_by_cell(sign_in, office):
    report = office.report(office.city.top)
    answer = send(
        sign_in(office.clerk), report, (str(PLACE), "3", 0), ("stat65/req_web/value", "——", 0)
    )
    told = {o["place"]: o["result"] for o in answer.json()["outcomes"]}
    assert told == {str(PLACE): "saved", "stat65/req_web/value": "wrong"}
    assert answer.json()["filled"] == 1


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{}", b'{"changes": [{}]}', b'{"changes": [{"place": "x", "text": 1}]}', b"\xff\xfe",
     b'{"changes": [{"place": "a/b/c", "text": "1", "version": "x"}]}'],
    ids=["nothing", "a list", "no changes", "no place", "half a place", "not text", "a version that is none"],
)  # fmt: skip
def test_nonsense_is_answered_in_a_sentence(sign_in, office, body):
    report = office.report(office.city.top)
    answer = sign_in(office.clerk).post(
        at("cells", report.pk), body, content_type="application/json"
    )
    assert answer.status_code == 400
    assert "没有保存" in answer.json()["message"]


def test_a_frozen_report_answers_that_it_is_frozen(sign_in, office):
    report = issued(office)
    answer = send(sign_in(office.clerk), report, (str(PLACE), "3", 0))
    assert answer.status_code == 409
    assert "已锁定" in answer.json()["message"]


def test_every_cell_has_an_address_that_says_where_it_comes_from(sign_in, office):
    report = fill(office.report(office.city.top), office.clerk, req_received="3")
    client = sign_in(office.leader)
    page = client.get(at("cell", report.pk, str(PLACE))).content.decode()
    assert "人工申报" in page
    assert str(office.clerk.user) in page
    assert client.get(at("cell", report.pk, "stat65/nonsense/value")).status_code == 404
    assert client.get(at("cell", report.pk, "x")).status_code == 404
    blank = client.get(at("cell", report.pk, "stat65/req_web/value") + "?panel=1").content.decode()
    assert "还没有人填过" in blank
    assert "<html" not in blank


def test_a_published_file_fills_what_is_blank_and_says_where_each_figure_stands(sign_in, office):
    source = issued(office, office.city.finance, req_received="3", req_web="3", complaints="0")
    file = source.editions.get().files.get(format="docx").file
    report = fill(
        office.report(office.city.housing), reader("clerk", office.city.housing), req_received="5"
    )
    client = sign_in(reader("clerk", office.city.housing))
    with file.open() as data:
        upload = SimpleUploadedFile("去年的报告.docx", data.read())
    answer = client.post(at("read", report.pk), {"file": upload}, follow=True)
    assert "读入 2 格，1 格已有不同的数" in answer.content.decode()
    told = report.cells.get(place="stat65/req_web/value")
    assert (told.text, told.source, told.origin["file"]) == ("3", "read", "去年的报告.docx")
    page = client.get(at("cell", report.pk, told.place)).content.decode()
    assert "从文件读出" in page
    assert told.origin["text"] in page


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        pytest.param("说明.txt", "没有表格的文字。".encode(), "没有读出统计表", id="no table"),
        pytest.param("坏.docx", b"PK\x03\x04broken", "没有读出统计表", id="broken"),
        pytest.param("空.txt", b"", "空的", id="empty"),
    ],
)
def test_a_file_without_figures_says_so(sign_in, office, name, data, words):
    report = office.report(office.city.top)
    answer = sign_in(office.clerk).post(
        at("read", report.pk), {"file": SimpleUploadedFile(name, data)}
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_last_years_figures_stand_beside_and_must_join(sign_in):
    before = office_of(2023)
    row = {"place": Place("requests", "carried_out", "natural"), "text": "4"}
    fill_cells(
        before.report(before.city.finance), [Change(**row)], by=reader("clerk", before.city.finance)
    )
    unit = before.city.finance
    made = open_round(before.city.top, 2024, by=before.office)
    report = Report.objects.get(round=made, organisation=unit)
    clerk = reader("clerk", unit)
    fill_cells(report, [Change(Place("requests", "carried_in", "natural"), "6")], by=clerk)
    page = sign_in(clerk).get(at("fill", report.pk)).content.decode()
    assert "上年 4" in page
    assert "上年结转" in page
    assert "相差 2" in page


# ---- narrative


def write(client, report, text, version=0, heading="overview"):
    body = {"heading": heading, "text": text, "version": version}
    return client.post(at("text", report.pk), json.dumps(body), content_type="application/json")


def test_a_chapter_is_saved_as_one_writes_and_a_conflict_loses_nothing(sign_in, office):
    report = office.report(office.city.top)
    first = write(sign_in(office.clerk), report, "收到{{收到申请数}}件。")
    assert first.json()["result"] == "saved"
    second = write(sign_in(office.office), report, "另一种写法。")
    assert (second.json()["result"], second.json()["text"]) == (
        "conflict",
        "收到{{收到申请数}}件。",
    )
    assert Chapter.objects.get().text == "收到{{收到申请数}}件。"


def test_a_conflict_in_the_plain_form_shows_both_texts(sign_in, office):
    report = office.report(office.city.top)
    write(sign_in(office.office), report, "公开办写的。")
    answer = sign_in(office.clerk).post(
        at("text", report.pk), {"heading": "overview", "text": "信息员写的。", "version": 0}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "公开办写的。" in page
    assert "信息员写的。" in page


def test_live_figures_are_shown_as_printed_and_unknown_ones_where_they_stand(sign_in, office):
    report = fill(office.report(office.city.top), office.clerk, req_received="3")
    client = sign_in(office.clerk)
    page = client.post(
        at("chapter-preview", report.pk),
        {"text": "收到{{收到申请数}}件，{{收到申请总数}}件，网络{{网络申请数}}件。<b>"},
    ).content.decode()
    assert ">3</a>件" in page
    assert "没有叫“收到申请总数”的指标。是不是“收到申请数”？" in page
    assert "“网络申请数”还没有数" in page
    assert "&lt;b&gt;" in page


def test_braces_that_cannot_be_resolved_stop_approval(sign_in, office):
    report = fill(office.report(office.city.top), office.clerk, req_received="0")
    write(sign_in(office.clerk), report, "收到{{收到的申请}}件。")
    Report.objects.filter(pk=report.pk).update(status=Status.REVIEWED)
    answer = sign_in(office.leader).post(at("move", report.pk, "approve"), {"comment": ""})
    assert answer.status_code == 422
    assert "1 处错误没有处理" in answer.content.decode()


# ---- moving on


def test_the_whole_way_over_http(sign_in, office):
    report = fill(office.report(office.city.top), office.clerk, req_received="0", complaints="0")
    for who, verb in (
        (office.head, "confirm"),
        (office.office, "review"),
        (office.leader, "approve"),
        (office.office, "issue"),
    ):
        assert sign_in(who).get(at("move", report.pk, verb)).status_code == 200
        answer = sign_in(who).post(at("move", report.pk, verb), {"comment": "同意"})
        assert answer.status_code == 302, verb
    report.refresh_from_db()
    assert report.status == Status.ISSUED
    edition = report.editions.get()
    for kind in ("html", "docx", "pdf", "xlsx", "json", "csv"):
        file = sign_in(office.clerk).get(at("file", edition.pk, kind))
        assert file.status_code == 200
        assert b"".join(file.streaming_content)
    assert Record.objects.filter(event__startswith="reports.").count() >= 6


def test_a_return_needs_its_reason(sign_in, office):
    report = filled_and_confirmed(office, office.city.finance)
    client = sign_in(office.office)
    answer = client.post(at("move", report.pk, "return"), {"comment": ""})
    assert answer.status_code == 422
    assert "请写明要改什么" in answer.content.decode()
    assert client.post(at("move", report.pk, "return"), {"comment": "补填"}).status_code == 302


def test_an_error_is_let_stand_for_a_reason_until_the_figure_changes(sign_in, office):
    report = fill(office.report(office.city.top), office.clerk, req_received="3", req_web="1")
    client = sign_in(office.office)
    page = client.get(at("check", report.pk)).content.decode()
    finding = page.split('name="finding" value="')[1].split('"')[0]
    client.post(at("check", report.pk), {"finding": finding, "reason": " "})
    assert not Override.objects.exists()
    client.post(at("check", report.pk), {"finding": finding, "reason": "两件转自外单位"})
    assert Override.objects.get().reason == "两件转自外单位"
    page = client.get(at("check", report.pk)).content.decode()
    assert "没有挡住批准的错误" in page
    # the tab counts relations of the table whoever let them stand, and says so where the two differ
    broken = Report.objects.get(pk=report.pk).errors
    assert page.count(f"勾稽不符 {broken}") == 2
    assert "写明理由保留的不再算" in page
    fill(report, office.clerk, req_received="4")
    assert "挡住批准" in client.get(at("check", report.pk)).content.decode()


def test_a_correction_over_http_is_public(sign_in, office):
    report = issued(office, req_received="0")
    client = sign_in(office.office)
    assert client.get(at("correct", report.pk)).status_code == 200
    empty = client.post(at("correct", report.pk), {"reason": "核对"})
    assert "请选择要更正的数据" in empty.content.decode()
    done = client.post(
        at("correct", report.pk), {"place": str(PLACE), "value": "2", "reason": "漏计"}
    )
    assert done.status_code == 302
    page = client.get(at("report", report.pk)).content.decode()
    assert "第 2 版" in page
    assert "漏计" in page


# ---- who may


VERBS = ["confirm", "review", "approve", "issue", "return"]
MAY = {
    "confirm": {"head"},
    "review": {"office"},
    "approve": {"leader"},
    "issue": {"office"},
    "return": {"head", "office", "leader"},
}
BEFORE = {
    "confirm": Status.FILLING,
    "review": Status.CONFIRMED,
    "approve": Status.REVIEWED,
    "issue": Status.APPROVED,
    "return": Status.CONFIRMED,
}
ROLES = ["clerk", "head", "office", "secrecy", "leader", "inspector", "administrator"]


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_is_open_to_its_posts_and_to_no_other(sign_in, office, verb, role):
    report = office.report(office.city.top)
    Report.objects.filter(pk=report.pk).update(status=BEFORE[verb])
    who = office.people(role, office.city.top)
    sign_in(who).post(at("move", report.pk, verb), {"comment": "意见"})
    moved = Report.objects.get(pk=report.pk).status != BEFORE[verb]
    assert moved == (role in MAY[verb])


@pytest.mark.parametrize("role", ["clerk", "head"])
@pytest.mark.parametrize(
    "page",
    ["report", "fill", "text", "preview", "check", "units", "correct", "cells", "take", "roll-up"],
)
def test_what_is_not_yours_is_not_there(sign_in, office, role, page):
    stranger = office.people(role, office.city.housing)
    report = office.report(office.city.finance)
    client = sign_in(stranger)
    for ask in (client.get, client.post):
        answer = ask(at(page, report.pk), follow=True)
        assert "财政局" not in answer.content.decode()
    assert not Cell.objects.exists()


def test_a_stranger_finds_neither_cell_nor_file_nor_round(sign_in, office):
    report = issued(office, req_received="0")
    other = office_of_another_city()
    client = sign_in(other)
    assert client.get(at("cell", report.pk, str(PLACE))).status_code == 404
    assert client.get(at("file", report.editions.get().pk, "pdf")).status_code == 404
    assert client.get(at("round", office.round.pk)).status_code == 404
    assert client.get(at("export", office.round.pk)).status_code == 404


def office_of_another_city():
    return reader("office", OrganisationFactory(name="远山市人民政府", kind="government"))


# ---- how many questions


@pytest.mark.parametrize(
    ("name", "most"),
    [
        pytest.param("round", 22, id="the overview"),
        pytest.param("units", 25, id="the units"),
        pytest.param("report", 22, id="one report"),
        pytest.param("fill", 22, id="the form"),
        pytest.param("check", 26, id="checking"),
        pytest.param("cell", 27, id="one cell"),
    ],
)
def test_a_page_asks_as_many_questions_for_forty_units_as_for_two(sign_in, office, name, most):
    top = office.report(office.city.top)
    client = sign_in(office.office)
    address = {"round": at("round", office.round.pk), "cell": at("cell", top.pk, str(PLACE))}.get(
        name
    ) or at(name, top.pk)
    fill(top, office.clerk, req_received="1")
    client.get(address)
    few = questions(client, address)
    for _ in range(40):
        unit = OrganisationFactory(parent=office.city.top)
        made = Report.objects.create(
            round=office.round,
            organisation=unit,
            year=2016,
            form=top.form,
            above=top,
            status="confirmed",
        )
        Cell.objects.create(report=made, place=str(PLACE), value=1, state="value")
    assert questions(client, address) <= few
    assert few <= most


def questions(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)
