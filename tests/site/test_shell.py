"""What every page has: headers, errors in words, traditional characters."""

import os
import re
import shutil
import subprocess
import sys

import pytest
import yaml
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver
from tests.conftest import ROOT
from tests.factories import PostFactory, city

from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.accounts.models import User
from gongkai.foundation.trail.models import Record

pytestmark = pytest.mark.django_db


def test_the_portal_forbids_script_and_style_of_others(client):
    policy = client.get("/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_the_desk_is_as_strict_about_script(client):
    client.force_login(
        PostFactory(organisation=city().finance).user,
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    policy = client.get("/desk/")["Content-Security-Policy"]
    assert "script-src 'self';" in policy + ";"
    assert "unsafe-eval" not in policy


def test_no_page_may_use_the_camera_or_ask_where_its_reader_is(client):
    for address in ("/", "/nothing/", "/api/v1/"):
        told = client.get(address)["Permissions-Policy"]
        assert "camera=()" in told
        assert "geolocation=()" in told


def test_every_page_leads_to_the_open_data(client):
    for address in ("/", "/nothing/", "/search/"):
        assert 'href="/api/v1/"' in client.get(address).content.decode()


def test_a_missing_page_says_what_to_do(client):
    response = client.get("/nothing/")
    assert response.status_code == 404
    text = response.content.decode()
    assert "请检查地址" in text
    main = text[text.index("<main") :]
    assert 'href="/search/"' in main
    assert 'href="/organisations/"' in main


def test_the_public_is_told_nothing_of_posts(client):
    for address in ("/columns/999999/", "/items/0/77/", "/organisations/999/", "/api/v1/items/77"):
        response = client.get(address)
        assert response.status_code == 404
        said = response.content.decode()
        assert "岗位" not in said, address
        assert "没有找到" in said
        assert "地址可能有误" in said


def addresses(patterns, before=""):
    """Yield every address that takes numbers, with one of them that no database can hold."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            if not route.startswith(("desk/", "account/")):
                yield from addresses(pattern.url_patterns, route)
        else:
            parts = re.split(r"<int:[a-z_]+>", route)
            for place in range(len(parts) - 1):
                numbers = [str(10**30 if at == place else 1) for at in range(len(parts) - 1)]
                told = "".join(p + n for p, n in zip(parts, [*numbers, ""], strict=True))
                yield "/" + re.sub(r"<[a-z]+:[a-z_]+>", "x", told)


def test_a_number_beyond_all_numbers_is_nowhere_a_fault_of_ours(client):
    client.raise_request_exception = False
    asked = list(addresses(get_resolver().url_patterns))
    assert len(asked) > 20
    answers = {each: client.get(each).status_code for each in asked}
    assert [each for each, status in answers.items() if status >= 500] == []


def test_an_expired_form_says_what_to_do():
    client = Client(enforce_csrf_checks=True)
    response = client.post("/account/login/", {"login": "a", "password": "b"})
    assert response.status_code == 403
    assert "页面已过期" in response.content.decode()


def test_an_error_of_ours_shows_no_trace(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("gongkai.site.portal.shell.owner_name", lambda: 1 / 0)
    response = client.get("/")
    assert response.status_code == 500
    text = response.content.decode()
    assert "系统暂时出错" in text
    assert "ZeroDivisionError" not in text
    assert "Traceback" not in text


def test_a_fragment_that_fails_is_a_sentence(client):
    response = client.get("/nothing/", headers={"HX-Request": "true"})
    assert "<html" not in response.content.decode()
    assert "没有找到" in response.content.decode()


def test_every_page_has_a_traditional_view_with_links_that_stay_in_it(client):
    city()
    text = client.get("/hant/").content.decode()
    assert '<html lang="zh-hant"' in text
    assert "雲川市" in text
    assert 'href="/hant/"' in text
    assert "云川市" not in text


def test_no_page_offers_a_traditional_view_that_is_not_there(client):
    offered = re.compile(r'href="([^"]*)" hreflang="zh-Hant"')
    for address in ("/", "/search/", "/api/v1/", "/apply/", "/apply/nothing/", "/hant/apply/"):
        page = client.get(address).content.decode()
        for link in offered.findall(page):
            assert client.get(link).status_code == 200, (address, link)


def test_the_desk_has_no_traditional_view(client):
    assert client.get("/hant/desk/").status_code == 404


def test_the_demo_can_be_entered_twice(settings, tmp_path):
    # nine years of reports take half a minute, and the second year is like the first
    shutil.copytree(ROOT / "demo", tmp_path / "demo")
    reports = yaml.safe_load((ROOT / "demo/reports.yaml").read_text(encoding="utf-8"))
    reports["years"] = {year: reports["years"][year] for year in (2025, 2026)}
    (tmp_path / "demo/reports.yaml").write_text(yaml.safe_dump(reports), encoding="utf-8")
    settings.GONGKAI_DEMO = tmp_path / "demo"
    call_command("demo")
    counts = [model.objects.count() for model in (Organisation, User, Record)]
    call_command("demo")
    assert [model.objects.count() for model in (Organisation, User, Record)] == counts
    assert Organisation.objects.get(name="云川市自然资源和规划局").names.count() == 2
    assert Organisation.objects.get(name="云川市旅游局").successor.name == "云川市文化广电和旅游局"


def check_deploy(**environment):
    bare = {
        key: value
        for key, value in os.environ.items()
        if key not in {"DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE"}
    }
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "gongkai.console",
            "manage",
            "check",
            "--deploy",
            "--fail-level",
            "WARNING",
        ],
        env=bare | {"DJANGO_SETTINGS_MODULE": "gongkai.site.settings.production"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_settings_pass_djangos_own_review(tmp_path):
    run = check_deploy(
        SECRET_KEY="abcdefghij0123456789" * 4,
        ALLOWED_HOSTS="gk.example",
        GONGKAI_DATA=str(tmp_path),
    )
    assert run.returncode == 0, run.stderr


def test_production_says_what_is_missing(tmp_path):
    run = check_deploy(SECRET_KEY="", ALLOWED_HOSTS="", GONGKAI_DATA=str(tmp_path))
    assert run.returncode != 0
    assert "请设置环境变量 SECRET_KEY" in run.stderr
    assert "Traceback" not in run.stderr
