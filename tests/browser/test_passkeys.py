"""Passkeys, with an authenticator that Chromium keeps in the machine's place."""

import pytest
from allauth.mfa.models import Authenticator
from tests.factories import PostFactory, city
from tests.factories.organisations import PASSWORD

from gongkai.foundation.trail.models import Record


@pytest.fixture
def official():
    return PostFactory(role="clerk", organisation=city().finance).user


@pytest.fixture
def key(page):
    """A device in *page* with a passkey in it that its owner unlocks, until told otherwise."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    class Key:
        id = made["authenticatorId"]

        def held(self):
            answer = devtools.send("WebAuthn.getCredentials", {"authenticatorId": self.id})
            return answer["credentials"]

    return Key()


def add(page, name):
    page.goto("/account/2fa/webauthn/add/")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="确认").click()
    page.wait_for_url("**/webauthn/add/")
    page.wait_for_load_state("networkidle")
    page.get_by_label("名称").fill(name)


def submit(page):
    page.get_by_role("button", name="添加").click()
    page.wait_for_url("**/2fa/recovery-codes/")


def test_the_password_is_asked_again_without_a_door_that_leads_nowhere(
    page, enter, official, clean
):
    enter(official)
    page.goto("/account/2fa/")
    clean(page)
    page.get_by_role("link", name="添加").click()
    page.wait_for_url("**/reauthenticate/**")
    assert page.get_by_role("link", name="忘记密码").count() == 0
    clean(page)


def test_a_passkey_is_added_and_signs_in_without_a_password(page, enter, official, key, clean):
    enter(official)
    add(page, "办公电脑")
    clean(page)
    submit(page)
    assert [held["rpId"] for held in key.held()] == ["localhost"]
    assert Record.objects.filter(event="accounts.factor-added", facts__contains="webauthn").exists()

    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url("**/desk/")
    mine = Record.objects.filter(subject=f"accounts.user:{official.pk}", event="accounts.signed-in")
    assert mine.count() == 2

    page.goto("/account/2fa/webauthn/")
    clean(page)
    row = page.get_by_role("row").filter(has_text="办公电脑")
    assert "代替密码登录" in row.inner_text()
    assert "还没有用过" not in row.inner_text()


def test_a_key_that_does_not_replace_the_password_stands_behind_it(page, enter, official, key):
    enter(official)
    add(page, "钥匙扣")
    page.get_by_label("登录时不用再输密码").uncheck()
    submit(page)

    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_label("用户名").fill(official.username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.wait_for_url("**/2fa/authenticate/**")
    page.goto("/desk/")
    assert "/account/2fa/authenticate/" in page.url
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="安全密钥").click()
    page.wait_for_url("**/desk/")


def test_a_removed_passkey_opens_nothing(page, enter, official, key):
    enter(official)
    add(page, "旧电脑")
    submit(page)
    Authenticator.objects.filter(user=official, type=Authenticator.Type.WEBAUTHN).delete()
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_load_state("networkidle")
    assert "/desk/" not in page.url
    page.goto("/desk/")
    assert "/account/login/" in page.url
