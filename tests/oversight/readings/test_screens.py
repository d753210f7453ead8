"""The reading room over HTTP: who may come in, what hostile files do, and what the pages say."""

import io
import json
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.factories.organisations import city, reader
from tests.oversight.readings.reports import bring, file

from gongkai.oversight.readings import intake
from gongkai.oversight.readings.models import Finding, Reading, Transcript

pytestmark = pytest.mark.django_db
ROOM = "/desk/readings/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def town():
    return city()


@pytest.fixture
def office(town):
    return reader("office", town.top)


@pytest.fixture
def at_desk(client, office):
    client.force_login(office.user, backend=BACKEND)
    return client


@pytest.fixture
def broken(town, office):
    (reading,) = bring(office, town.top, [("水利局.html", file())], source="https://example.cn/1")
    return reading


def upload(client, *files, **more):
    data = {"files": [SimpleUploadedFile(n, c) for n, c in files], **more}
    return client.post(f"{ROOM}upload/", data)


def test_whoever_is_not_signed_in_is_sent_to_the_door(client, broken):
    for address in (ROOM, f"{ROOM}{broken.pk}/", f"{ROOM}{broken.pk}/export.json"):
        assert client.get(address).status_code in (302, 403)


def test_not_yours_looks_like_not_there(client, town, broken):
    client.force_login(reader("clerk", town.finance).user, backend=BACKEND)
    assert "水利局" not in client.get(ROOM).content.decode()
    for address in ("", "export.json", "export.xlsx", "file/", "facts/"):
        mine = client.get(f"{ROOM}{broken.pk}/{address}")
        nobodys = client.get(f"{ROOM}99999/{address}")
        assert mine.status_code == nobodys.status_code == 404
    response = client.post(f"{ROOM}{broken.pk}/findings/1/", {"state": "accepted"})
    assert response.status_code == 404
    response = client.post(f"{ROOM}{broken.pk}/correct/", {"cell": "a/b/c", "value": "1"})
    assert response.status_code == 404
    assert client.post(f"{ROOM}{broken.pk}/discard/").status_code == 404


def test_an_inspector_sees_and_changes_nothing(client, town, broken):
    client.force_login(reader("inspector", town.top).user, backend=BACKEND)
    page = client.get(f"{ROOM}{broken.pk}/").content.decode()
    assert "不是问题…" not in page
    # Wagtail answers a closed door with the first page and a sentence on it
    assert client.get(f"{ROOM}upload/").status_code in (302, 403)
    response = client.post(f"{ROOM}{broken.pk}/findings/1/", {"state": "accepted"})
    assert response.status_code in (302, 403)
    assert broken.findings.get(number=1).state == "open"


def test_an_empty_room_teaches(at_desk):
    page = at_desk.get(ROOM).content.decode()
    assert "审校室还是空的" in page
    assert "上传第一份年报" in page


def test_one_file_is_uploaded_and_read_in_the_background(
    at_desk, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        response = upload(at_desk, ("年报.html", file()), source="云水字〔2024〕1号")
    reading = Reading.objects.get()
    assert response["Location"] == reading.get_absolute_url()
    page = at_desk.get(response["Location"]).content.decode()
    assert "云水字〔2024〕1号" in page
    assert 'id="finding-1"' in page
    assert "data-jump" in page


def test_before_it_is_read_the_page_says_so(at_desk):
    upload(at_desk, ("年报.html", file()), source="文号\x00")
    page = at_desk.get(Reading.objects.get().get_absolute_url()).content.decode()
    assert "正在等待读取" in page


def test_an_archive_is_uploaded_and_what_is_refused_in_it_is_said(at_desk):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("甲.html", file())
        archive.writestr("乙.html", file(year=2022))
        archive.writestr("空.txt", b"")
    response = upload(at_desk, ("年报.zip", out.getvalue()))
    page = at_desk.get(response["Location"]).content.decode()
    assert Reading.objects.count() == 2
    assert "空.txt" in page


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        pytest.param("a.exe", b"MZ\x90", "类型读不了", id="a wrong ending"),
        pytest.param("a.pdf", b"\x89PNG\r\n\x1a\n....", "图片", id="a picture called a PDF"),
        pytest.param("a.txt", b"", "空", id="an empty file"),
        pytest.param("a.txt", b"0" * (60 * 2**20), "上限", id="sixty megabytes"),
    ],
)
def test_a_hostile_file_gets_one_clear_sentence(at_desk, name, content, words):
    response = upload(at_desk, (name, content))
    assert response.status_code == 422
    page = response.content.decode()
    assert words in page
    assert "没有收下任何文件" in page
    assert not Reading.objects.exists()


def test_a_zip_bomb_is_turned_away(at_desk):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("零.txt", b"0" * (45 * 2**20))
    response = upload(at_desk, ("炸弹.zip", out.getvalue()))
    assert response.status_code == 422
    assert "反常" in response.content.decode()


def test_a_request_far_too_large_is_not_even_read(at_desk):
    response = at_desk.generic(
        "POST",
        f"{ROOM}upload/",
        b"x",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(intake.REQUEST_LIMIT * 2),
    )
    assert response.status_code == 413
    assert "合计超过" in response.content.decode()


def test_an_upload_without_the_token_is_refused(office, client):
    strict = type(client)(enforce_csrf_checks=True)
    strict.force_login(office.user, backend=BACKEND)
    assert upload(strict, ("a.txt", b"1")).status_code == 403
    assert not Reading.objects.exists()


def test_script_in_a_report_is_text_on_the_page(at_desk, town, office):
    hostile = (
        "<html><head><title>&lt;script&gt;alert(1)&lt;/script&gt;2023年年报</title></head><body>"
        "<p>云川市水利局2023年政府信息公开工作年度报告</p>"
        "<p>收到申请3件&lt;img src=x onerror=alert(2)&gt;，javascript:alert(3)</p>"
        "<script>alert(4)</script></body></html>"
    ).encode()
    (reading,) = bring(
        office, town.top, [('"><script>x</script>.html', hostile)], source="javascript:alert(5)"
    )
    for query in ("", "?view=form", "?view=figures", "?cell=<script>/a/b"):
        page = at_desk.get(f"{reading.get_absolute_url()}{query}").content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert 'href="javascript' not in page
    assert "<script>x" not in at_desk.get(ROOM).content.decode()


def test_the_page_has_no_script_of_its_own(at_desk, broken):
    response = at_desk.get(broken.get_absolute_url())
    assert "script-src 'self'" in response["Content-Security-Policy"]
    content = response.content.decode()
    main = content[content.index('class="desk-page"') :]
    assert " onclick=" not in main
    assert " style=" not in main.split("</main>")[0]


def test_the_original_is_for_saving_only(at_desk, broken):
    response = at_desk.get(f"{broken.get_absolute_url()}file/")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"".join(response) == file()


def test_a_cell_is_corrected_and_the_finding_goes(at_desk, broken):
    page = at_desk.get(f"{broken.get_absolute_url()}?view=form").content.decode()
    assert "cell=requests/result_total/total#correct" in page
    panel = at_desk.get(
        f"{broken.get_absolute_url()}?view=form&cell=requests/result_total/total"
    ).content.decode()
    assert "更正并重新核对" in panel
    for column in ("natural", "total"):
        response = at_desk.post(
            f"{broken.get_absolute_url()}correct/",
            {
                "cell": f"requests/result_total/{column}",
                "value": "27",
                "reason": "原件为27",
                "view": "form",
            },
        )
        assert "view=form" in response["Location"]
    page = at_desk.get(broken.get_absolute_url()).content.decode()
    assert "21 → 27" in page
    assert "requests.balance" not in set(broken.findings.values_list("rule", flat=True))


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"value": "27"}, "理由"),
        ({"value": "", "reason": "x"}, "请填写数值"),
        ({"value": "3", "blank": "on", "reason": "x"}, "二选一"),
        ({"value": "许多", "reason": "x"}, "不是数字"),
    ],
)
def test_a_correction_that_cannot_be_says_why(at_desk, broken, sent, words):
    sent = {"cell": "requests/result_total/total", "view": "text", **sent}
    response = at_desk.post(f"{broken.get_absolute_url()}correct/", sent, follow=True)
    assert words in response.content.decode()
    assert not broken.corrections.exists()


def test_a_finding_is_dismissed_with_a_reason_and_opened_again(at_desk, broken):
    address = f"{broken.get_absolute_url()}findings/1/"
    at_desk.post(address, {"state": "dismissed"})
    assert broken.findings.get(number=1).state == "open"
    at_desk.post(address, {"state": "dismissed", "reason": "口径不同"})
    assert "口径不同" in at_desk.get(broken.get_absolute_url()).content.decode()
    at_desk.post(address, {"state": "open"})
    assert broken.findings.get(number=1).state == "open"
    assert at_desk.post(address, {"state": "nonsense"}).status_code == 302
    assert broken.findings.get(number=1).state == "open"


def test_exports_hold_the_correction_beside_the_machines_value(at_desk, broken):
    at_desk.post(
        f"{broken.get_absolute_url()}correct/",
        {"cell": "requests/result_total/total", "value": "27", "reason": "原件为27"},
    )
    told = json.loads(at_desk.get(f"{broken.get_absolute_url()}export.json").content)
    (cell,) = [c for c in told["cells"] if (c["row"], c["column"]) == ("result_total", "total")]
    assert cell["value"] == "27"
    assert cell["corrected"]["machine"]["value"] == "21"
    book = openpyxl.load_workbook(
        io.BytesIO(at_desk.get(f"{broken.get_absolute_url()}export.xlsx").content)
    )
    assert book.sheetnames == ["表格数字", "文中数字", "发现"]
    table = at_desk.get(f"{broken.get_absolute_url()}export.csv").content.decode("utf-8-sig")
    assert "原件为27" in table


def test_two_years_are_set_side_by_side(at_desk, town, office, broken):
    (before,) = bring(office, town.top, [("2022.html", file(year=2022, received=5, granted=5))])
    query = f"r={broken.pk}&r={before.pk}"
    page = at_desk.get(f"{ROOM}compare/?{query}").content.decode()
    assert page.index("2022") < page.index("2023")
    assert "收到申请数" in page
    assert "+22" in page
    assert "句子相同" in page
    told = at_desk.get(f"{ROOM}compare.json?{query}").json()
    (line,) = [x for x in told["groups"][0]["lines"] if x["label"] == "收到申请数"]
    assert line["values"] == ["5", "27"]
    assert at_desk.get(f"{ROOM}compare.xlsx?{query}").status_code == 200
    assert at_desk.get(f"{ROOM}compare.csv?{query}").status_code == 200
    assert at_desk.get(f"{ROOM}compare.exe?{query}").status_code == 404


def test_one_cannot_be_compared_with_nothing(at_desk, broken):
    page = at_desk.get(f"{ROOM}compare/?r={broken.pk}&r=abc&r=999").content.decode()
    assert "至少两份" in page


def test_a_long_text_has_pages_and_a_finding_leads_to_its_own(at_desk, town, office):
    text = "\n".join(f"第{n}段，本段没有数字可说。" * 8 for n in range(300))
    data = file(text=text)
    (reading,) = bring(office, town.top, [("长.html", data)])
    page = at_desk.get(reading.get_absolute_url()).content.decode()
    assert "第 1 / " in page
    assert len(page) < 400_000
    assert "view=text&amp;page=" in page
    last = at_desk.get(f"{reading.get_absolute_url()}?view=text&page=999").content.decode()
    assert "上一页" in last


def test_nonsense_in_the_address_breaks_nothing(at_desk, broken):
    for query in ("view=x", "page=-1", "page=abc", "cell=x", "cell=a/b/c", "page=99999999999"):
        assert at_desk.get(f"{broken.get_absolute_url()}?{query}").status_code == 200
    for query in ("year=x", "year=99999", "form=x", "shows=x", "page=x", "q=%00%ff"):
        assert at_desk.get(f"{ROOM}?{query}").status_code == 200


def test_a_number_without_end_is_not_there(at_desk):
    assert at_desk.get(f"{ROOM}{'9' * 30}/").status_code == 404


def test_facts_can_be_put_right(at_desk, broken):
    sent = {"title": "标题", "agency": "云川市水利局", "year": "2022", "source": "文号"}
    assert at_desk.post(f"{broken.get_absolute_url()}facts/", sent).status_code == 302
    broken.refresh_from_db()
    assert broken.year == 2022
    sent["year"] = "1999"
    response = at_desk.post(f"{broken.get_absolute_url()}facts/", sent)
    assert response.status_code == 422
    assert "2008" in response.content.decode()


def many(town, count):
    """Put *count* readings into the room of the city at once."""
    now = timezone.now()
    readings = Reading.objects.bulk_create(
        Reading(
            organisation=town.top,
            name=f"{n}.html",
            digest=f"{n:064d}",
            title=f"某县{n % 500}年报",
            agency=f"某县{n % 500}",
            year=2010 + n % 15,
            form="format-2021",
            state="read",
            errors=n % 3,
            uploaded_at=now - timedelta(minutes=n),
        )
        for n in range(count)
    )
    Transcript.objects.bulk_create(Transcript(reading=r, machine={}) for r in readings)
    Finding.objects.bulk_create(
        Finding(
            reading=r,
            number=1,
            rule="requests.balance",
            level="error",
            title="x",
            message="x",
            mark="x",
        )
        for r in readings
        if r.errors
    )


@pytest.mark.slow
def test_the_list_asks_as_many_questions_for_ten_thousand_as_for_ten(
    at_desk, town, django_assert_max_num_queries
):
    queries = ("", "?q=某县7", "?year=2019", "?form=format-2021", "?shows=errors", "?page=400")
    at_desk.get(ROOM)  # what is looked up once and kept
    counts = []
    for count in (10, 10_000):
        Reading.objects.all().delete()
        many(town, count)
        for query in queries:
            with django_assert_max_num_queries(24) as asked:
                response = at_desk.get(f"{ROOM}{query}")
            assert response.status_code == 200
            counts.append((query, len(asked)))
    assert sorted(counts[: len(queries)]) == sorted(counts[len(queries) :])
