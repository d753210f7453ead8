"""Public pages as files: what lies in the folder is what the platform would show."""

import gzip
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from tests.factories.reports import office_of
from tests.oversight.portal.test_pages import issued

from gongkai.core.forms import Place
from gongkai.domain.organisations import actions as organisations
from gongkai.foundation.publicfiles import rendering, writing
from gongkai.foundation.publicfiles.draining import settle
from gongkai.oversight.reports.actions import Amendment, correct

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.GONGKAI_PUBLIC = tmp_path / "public"
    return settings.GONGKAI_PUBLIC


@pytest.fixture
def office():
    made = office_of(2016)
    call_command("public_pages", verbosity=0)
    return made


@pytest.fixture
def finance(office):
    return issued(office, office.city.finance, req_received="12", req_web="12")


def test_issuing_a_report_writes_its_pages_with_a_packed_copy(office, finance, folder):
    unit = office.city.finance.pk
    page = folder / f"reports/{unit}/2016.html"
    assert ">12<" in page.read_text(encoding="utf-8")
    assert gzip.decompress(page.with_name(f"{page.name}.gz").read_bytes()) == page.read_bytes()
    assert (folder / "reports.html").is_file()
    assert (folder / f"reports/{unit}/2016/report.pdf").read_bytes().startswith(b"%PDF")
    assert (folder / f"reports/{unit}/figures.csv").is_file()
    assert not (folder / "hant").exists()


def test_the_file_is_what_is_served(client, office, finance, folder, django_assert_num_queries):
    address = f"/reports/{office.city.finance.pk}/2016/"
    with django_assert_num_queries(0):
        response = client.get(address)
    assert response["X-Served-From"] == "file"
    assert response.content == (folder / f"{address[1:-1]}.html").read_bytes()


def test_the_traditional_page_is_made_of_the_file(
    client, office, finance, folder, django_assert_num_queries
):
    address = f"/reports/{office.city.finance.pk}/2016/"
    with django_assert_num_queries(0):
        response = client.get(f"/hant{address}", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    text = gzip.decompress(response.content).decode()
    assert text == client.get(f"/hant{address}").content.decode()
    assert "信息公開" in text
    assert f'href="{address}" hreflang="zh-Hans"' in text
    again = client.get(f"/hant{address}", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    # the page itself is still sent from its compressed copy
    assert client.get(address, headers={"Accept-Encoding": "gzip"})["Content-Encoding"] == "gzip"


def test_a_stranger_cannot_ask_for_anything_outside_the_folder(client, office, finance, folder):
    (folder.parent / "secret.csv").write_text("secret", encoding="utf-8")
    for address in ("/reports/../../secret.csv", "/reports/1/figures.%2e%2e/secret.csv"):
        assert client.get(address).status_code == 404


def test_a_correction_is_on_the_page_at_once(client, office, finance, folder):
    unit = office.city.finance.pk
    places = [Place("stat65", row, "value") for row in ("req_received", "req_web")]
    correct(finance, [Amendment("13", p) for p in places], reason="漏统计", by=office.office)
    response = client.get(f"/reports/{unit}/2016/")
    assert response["X-Served-From"] == "file"
    assert "本报告发布后有更正" in response.content.decode()
    call_command("public_pages", "--check")


def test_other_units_pages_are_left_alone(office, finance, folder):
    page = folder / f"reports/{office.city.finance.pk}/2016.html"
    before = page.stat().st_mtime_ns
    issued(office, office.city.housing, req_received="0")
    assert page.stat().st_mtime_ns == before


def test_a_renamed_organisation_is_renamed_on_the_lists(client, office, finance, folder):

    organisations.rename(
        office.city.finance,
        name="云川市财税局",
        short="市财税局",
        day=date(2024, 1, 1),
        ground="云办发〔2024〕1号",
        by=None,
    )
    assert "云川市财税局" in client.get(f"/reports/{office.city.finance.pk}/").content.decode()
    call_command("public_pages", "--check")


def test_files_of_an_earlier_state_of_the_software_are_not_served(client, office, finance, folder):
    (folder / ".stamp").write_text("earlier", encoding="ascii")
    assert "X-Served-From" not in client.get(f"/reports/{office.city.finance.pk}/2016/")
    call_command("public_pages")
    assert "X-Served-From" in client.get(f"/reports/{office.city.finance.pk}/2016/")


def test_the_check_names_what_is_missing_changed_or_too_much(office, finance, folder, capsys):
    unit = office.city.finance.pk
    (folder / f"reports/{unit}.html").unlink()
    (folder / "reports.html").write_text("changed", encoding="utf-8")
    (folder / "reports/999").mkdir()
    (folder / "reports/999.html").write_text("stray", encoding="utf-8")
    with pytest.raises(CommandError, match="3 处"):
        call_command("public_pages", "--check")
    told = capsys.readouterr().out
    assert f"/reports/{unit}/：缺少" in told
    assert "/reports/：与现在的内容不同" in told
    assert "reports/999.html：多余" in told
    call_command("public_pages")
    call_command("public_pages", "--check")
    assert not (folder / "reports/999.html").exists()


def test_nothing_half_written_is_ever_there(office, finance, folder, monkeypatch):
    page = folder / "reports.html"
    before = page.read_bytes()

    def full(*_):
        raise OSError("disk full")

    monkeypatch.setattr(writing.os, "fsync", full)
    monkeypatch.setattr(rendering, "render", lambda _: b"other")
    with pytest.raises(OSError, match="disk full"):
        settle([("/reports/", 1)])
    assert page.read_bytes() == before
    assert not list(folder.rglob(".new-*"))
