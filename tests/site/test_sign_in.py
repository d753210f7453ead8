"""Signing in: password, second factor, lock-out, own sessions."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from tests.factories import PostFactory, city
from tests.factories.organisations import PASSWORD

from gongkai.foundation.trail.models import Record

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()


@pytest.fixture
def official():
    return PostFactory(role="clerk", organisation=city().finance).user


def sign_in(client, user, password=PASSWORD):
    return client.post("/account/login/", {"login": user.username, "password": password})


def test_a_wrong_password_is_refused_in_words_and_recorded(client, official):
    text = sign_in(client, official, "wrong").content.decode()
    assert "用户名或密码不对" in text
    last = Record.objects.order_by("-number").first()
    assert (last.event, last.subject) == ("accounts.refused", f"accounts.user:{official.pk}")


def test_what_a_stranger_types_is_not_kept(client):
    client.post("/account/login/", {"login": "my-secret-password", "password": "x"})
    assert not Record.objects.filter(facts__contains="my-secret").exists()
    assert Record.objects.order_by("-number").first().subject == ""


def test_five_wrong_passwords_lock_the_account_even_for_the_right_one(client, official):
    for _ in range(5):
        sign_in(client, official, "wrong")
    response = sign_in(client, official)
    assert response.status_code != 302
    assert "暂时锁定" in response.content.decode()


def test_a_second_factor_stands_between_the_password_and_the_desk(client, official):
    secret = generate_totp_secret()
    TOTP.activate(official, secret)
    response = sign_in(client, official)
    assert response.url.startswith("/account/2fa/authenticate/")
    assert client.get("/desk/").status_code == 302
    counter = next(yield_hotp_counters_from_time())
    code = format_hotp_value(hotp_value(secret, counter))
    assert client.post(response.url, {"code": code}).url == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_a_recovery_code_stands_in_for_the_phone_once(client, official):
    sign_in(client, official)
    again = client.get("/account/2fa/totp/activate/").url
    client.post(again, {"password": PASSWORD})
    secret = client.get("/account/2fa/totp/activate/").context["form"].secret
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    assert client.post("/account/2fa/totp/activate/", {"code": code}).status_code == 302
    assert Authenticator.objects.filter(user=official, type="totp").exists()
    page = client.get("/account/2fa/recovery-codes/")
    spare = page.context["unused_codes"][0]
    assert spare in page.content.decode()

    def come_in_with(spare):
        other = Client()
        asked = sign_in(other, official).url
        other.post(asked, {"code": spare})
        return other.get("/desk/").status_code

    assert come_in_with(spare) == 200
    assert come_in_with(spare) == 302
    assert Authenticator.objects.get(user=official, type="recovery_codes").data["used_mask"]


def test_a_role_that_needs_a_second_factor_is_led_to_set_one_up(client):
    administrator = PostFactory(role="administrator", organisation=city().top).user
    sign_in(client, administrator)
    response = client.get("/desk/", follow=True)
    assert response.redirect_chain[-1][0] == "/account/2fa/"
    assert "您的岗位要求双重验证" in response.content.decode()
    Authenticator.objects.create(user=administrator, type="totp", data={"secret": "x"})
    assert client.get("/desk/").status_code == 200


def test_nobody_signs_up(client):
    text = client.get("/account/signup/").content.decode()
    assert "不开放注册" in text
    client.post("/account/signup/", {"username": "x", "password1": PASSWORD, "password2": PASSWORD})
    assert not type(PostFactory.build().user).objects.filter(username="x").exists()


def test_i_end_a_session_of_mine_and_nobody_elses(official):
    here, there, stranger = Client(), Client(), Client()
    other = PostFactory(role="clerk", organisation=PostFactory().organisation).user
    for client, user in ((here, official), (there, official), (stranger, other)):
        sign_in(client, user)
        client.get("/desk/")
    assert there.get("/desk/").status_code == 200
    mine = UserSession.objects.filter(user=official).order_by("pk").last()
    theirs = UserSession.objects.get(user=other)
    assert here.post(f"/account/sessions/{theirs.pk}/end/").status_code == 404
    here.post(f"/account/sessions/{mine.pk}/end/")
    assert there.get("/desk/").status_code == 302
    assert here.get("/desk/").status_code == 200
    assert stranger.get("/desk/").status_code == 200


def test_a_new_password_ends_the_sessions_of_the_old_one(official):
    client = Client()
    sign_in(client, official)
    official.set_password("另一个很长很长的密码8")
    official.save()
    assert client.get("/desk/").status_code == 302


def test_wagtails_own_doors_lead_to_ours(client, official):
    assert client.get("/desk/login/").url.startswith("/account/login/")
    sign_in(client, official)
    client.post("/desk/logout/")
    assert client.get("/desk/").status_code == 302
    for address in ("/desk/password_reset/", "/desk/users/", "/desk/groups/"):
        assert client.get(address).status_code in {302, 404}
