"""A spreadsheet of organisations: looked at first, entered all or not at all."""

import io
from contextlib import suppress

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import PostFactory, city

from gongkai.core.refusal import Refusal
from gongkai.domain.organisations import sheet
from gongkai.domain.organisations.models import Organisation

HEADING = list(sheet.COLUMNS.values())
GOOD = [
    "石桥县水利局",
    "县水利局",
    "石桥县人民政府",
    "政府部门",
    "县级",
    "",
    "419821",
    "2019-03-01",
]


def csv_of(*rows, encoding="utf-8"):
    return "\n".join(",".join(row) for row in (HEADING, *rows)).encode(encoding)


def xlsx_of(*rows):
    book = openpyxl.Workbook()
    for row in (HEADING, *rows):
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", csv_of(GOOD)),
        ("a.csv", csv_of(GOOD, encoding="gb18030")),
        ("a.csv", csv_of(GOOD, encoding="utf-8-sig")),
        ("a.xlsx", xlsx_of(GOOD)),
    ],
    ids=["UTF-8", "GB18030", "UTF-8 with a mark", "XLSX"],
)
def test_every_spelling_of_the_same_sheet_reads_the_same(name, content):
    (row,) = sheet.read(name, content)
    assert row["name"] == "石桥县水利局"
    assert row["founded"] == "2019-03-01"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xlsx", b"PK\x03\x04broken", "不是完好的 XLSX"),
        ("a.pdf", b"%PDF-1.7", "不是 XLSX"),
        ("a.csv", "名称\n甲".encode(), "表头缺少"),
        ("a.csv", b"", "表头缺少"),
        ("a.csv", b"x" * (sheet.MOST_BYTES + 1), "超过 5 MB"),
    ],
    ids=["a broken archive", "another kind", "other columns", "nothing", "too much"],
)
def test_an_unreadable_file_gets_one_sentence(name, content, words):
    with pytest.raises(Refusal, match=words):
        sheet.read(name, content)


@given(st.binary(max_size=400))
def test_no_file_breaks_the_reader(content):
    for name in ("a.csv", "a.xlsx"):
        with suppress(Refusal):  # its own sentence is the only way out
            sheet.read(name, content)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("name", "", "没有填全称"),
        ("parent", "不存在的机构", "没有找到上级机构"),
        ("kind", "局", "不在可选范围内"),
        ("level", "", "没有填层级"),
        ("founded", "去年", "看不懂"),
    ],
)
def test_a_wrong_cell_gets_its_own_sentence(column, value, words):
    city()
    row = list(GOOD)
    row[list(sheet.COLUMNS).index(column)] = value
    (judged,) = sheet.judge(sheet.read("a.csv", csv_of(row)), Organisation.objects.all())
    assert any(words in error for error in judged.errors)


@pytest.mark.django_db
def test_a_parent_may_stand_in_an_earlier_row_but_not_in_a_later_one():
    city()
    child = ["石桥县水利局水库管理所", "", "石桥县水利局", "内设机构", "县级", "", "", ""]

    def judge(*rows):
        return sheet.judge(sheet.read("a.csv", csv_of(*rows)), Organisation.objects.all())

    assert [row.verdict for row in judge(GOOD, child)] == ["新增", "新增"]
    assert [row.verdict for row in judge(child, GOOD)] == ["有误", "新增"]


@pytest.mark.django_db
def test_an_office_looks_and_then_enters(client):
    place = city()
    user = PostFactory(role="office", organisation=place.county).user
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    beyond = ["云川市水利局", "", "云川市人民政府", "政府部门", "市级", "", "", ""]
    upload = io.BytesIO(xlsx_of(GOOD, beyond))
    upload.name = "机构.xlsx"
    page = client.post("/desk/organisations/import/", {"file": upload})
    text = page.content.decode()
    assert "可新增 1 个，已有 0 个，有误 1 行" in text
    assert not Organisation.objects.filter(name="石桥县水利局").exists()
    entered = client.post(
        "/desk/organisations/import/", {"rows": page.context["signed"]}, follow=True
    )
    assert "已导入 1 个机构" in entered.content.decode()
    made = Organisation.objects.get(name="石桥县水利局")
    assert made.get_parent() == place.county
    assert not Organisation.objects.filter(name="云川市水利局").exists()


@pytest.mark.django_db
def test_a_forged_preview_enters_nothing(client):
    user = PostFactory(role="office", organisation=city().top).user
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.post("/desk/organisations/import/", {"rows": "forged"})
    assert response.status_code == 422
    assert "预览已过期" in response.content.decode()


@pytest.mark.django_db
def test_the_template_reads_as_an_empty_sheet(client):
    user = PostFactory(role="office", organisation=city().top).user
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.get("/desk/organisations/import/template/")
    assert sheet.read("模板.xlsx", response.content) == []
