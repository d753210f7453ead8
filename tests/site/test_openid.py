"""Signing in with OpenID Connect, at a real issuer in a process of its own."""

import json
import re
import socket
import subprocess
import sys
import time
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPRedirectHandler, Request, build_opener

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth import get_user_model
from django.test import Client
from tests.factories import PostFactory, city

from gongkai.foundation.trail.models import Record
from gongkai.site.settings.parts.sign_in import openid_connect

pytestmark = pytest.mark.django_db
START = 30
"""Seconds that the issuer may take to start."""


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def _free_port():
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


@pytest.fixture(scope="module")
def issuer():
    """The address of an issuer that knows 张 by her user name, 李 by no name of ours, and a stranger."""
    port = _free_port()
    people = [
        {"sub": "7001", "preferred_username": "zhang", "name": "张"},
        {"sub": "7002", "preferred_username": "nobody-here", "name": "李"},
        {"sub": "7003", "name": "王"},
    ]
    claims = [part for one in people for part in ("--user-claims", json.dumps(one))]
    process = subprocess.Popen(
        [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *claims],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + START
    while True:
        try:
            build_opener().open(f"{address}/.well-known/openid-configuration", timeout=2).close()
            break
        except URLError:
            assert process.poll() is None, "the issuer ended"
            assert time.monotonic() < deadline, "the issuer did not start"
            time.sleep(0.1)
    yield address
    process.terminate()
    process.wait(timeout=10)


@pytest.fixture(autouse=True)
def _offered(settings, issuer):
    settings.SOCIALACCOUNT_PROVIDERS = openid_connect(
        issuer, name="云川市统一身份认证", client="gongkai", secret="only-for-tests"
    )


@pytest.fixture
def zhang():
    user = PostFactory(role="clerk", organisation=city().finance).user
    user.username = "zhang"
    user.save()
    return user


def at_the_issuer(address, sub):
    """Say yes there as the person *sub*; return where the issuer sends the browser."""
    data = urlencode({"sub": sub}).encode()
    try:
        build_opener(_Stay).open(Request(address, data=data), timeout=10)
    except OSError as answer:
        return answer.headers["Location"]
    pytest.fail("the issuer sent nobody back")


def sign_in(client, sub):
    page = client.get("/account/login/").content.decode()
    link = re.search(r'href="([^"]*oidc[^"]*)"[^>]*>用云川市统一身份认证登录', page)[1]
    leaving = client.get(link.replace("&amp;", "&"))
    assert leaving.status_code == 302
    back = at_the_issuer(leaving.url, sub)
    return client.get(back.removeprefix("http://testserver"), follow=True)


def test_somebody_with_an_account_signs_in_and_it_is_recorded(client, zhang):
    answer = sign_in(client, "7001")
    assert answer.redirect_chain[-1][0] == "/desk/"
    assert answer.context["user"] == zhang
    assert SocialAccount.objects.get().user == zhang
    assert Record.objects.filter(
        event="accounts.signed-in", subject=f"accounts.user:{zhang.pk}"
    ).exists()


def test_the_second_time_goes_by_the_issuers_number_and_not_by_the_name(zhang):
    sign_in(Client(), "7001")
    zhang.username = "zhang-of-finance"
    zhang.save()
    client = Client()
    assert sign_in(client, "7001").context["user"] == zhang


@pytest.mark.parametrize("sub", ["7002", "7003"], ids=["another name", "no name"])
def test_somebody_without_an_account_is_told_whom_to_ask_and_gets_none(client, zhang, sub):
    before = get_user_model().objects.count()
    answer = sign_in(client, sub)
    assert answer.redirect_chain[-1][0] == "/account/login/"
    assert "平台里没有对应的账号。请联系本单位的系统管理员开通" in answer.content.decode()
    assert client.get("/desk/").status_code == 302
    assert get_user_model().objects.count() == before
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize("known", [True, False], ids=["who came before", "who never came"])
def test_somebody_whose_account_was_stopped_stays_outside(client, zhang, known):
    if known:
        sign_in(Client(), "7001")
    zhang.is_active = False
    zhang.save()
    answer = sign_in(client, "7001")
    text = answer.content.decode()
    assert ("您的账号已停用" if known else "平台里没有对应的账号") in text
    assert client.get("/desk/").status_code == 302


def test_the_issuer_does_not_replace_the_second_factor(client, zhang):
    TOTP.activate(zhang, generate_totp_secret())
    answer = sign_in(client, "7001")
    assert answer.redirect_chain[-1][0].startswith("/account/2fa/authenticate/")
    assert client.get("/desk/").status_code == 302


def test_who_says_no_at_the_issuer_is_told_so_in_chinese(client, zhang):
    leaving = client.get("/account/oidc/oidc/login/?process=login")
    data = urlencode({"action": "deny"}).encode()
    try:
        build_opener(_Stay).open(Request(leaving.url, data=data), timeout=10)
    except OSError as answer:
        back = answer.headers["Location"]
    text = client.get(back.removeprefix("http://testserver"), follow=True).content.decode()
    assert "统一身份认证没有完成。请重新登录" in text or "取消了登录" in text
    assert client.get("/desk/").status_code == 302


def test_without_an_issuer_nothing_is_offered(client, settings):
    settings.SOCIALACCOUNT_PROVIDERS = openid_connect("", name="x", client="", secret="")
    assert "统一身份认证" not in client.get("/account/login/").content.decode()
