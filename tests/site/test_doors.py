"""The doors: signing in opens the desk, and nothing else does."""

import pytest
from tests.factories import PostFactory, UserFactory
from tests.factories.organisations import PASSWORD

pytestmark = pytest.mark.django_db


def test_the_front_page_opens_for_everybody(client):
    assert client.get("/").status_code == 200


def test_the_platform_says_that_it_is_well(client):
    assert client.get("/health/").json()["status"] == "ok"


def test_a_stranger_is_sent_to_sign_in(client):
    response = client.get("/desk/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/account/login/")


def test_an_official_signs_in_and_stands_before_the_desk(client):
    post = PostFactory(role="clerk")
    response = client.post(
        "/account/login/", {"login": post.user.username, "password": PASSWORD}, follow=True
    )
    assert response.redirect_chain[-1][0] == "/desk/"
    assert post.user.name in response.content.decode()


def test_somebody_without_a_post_stays_outside(client):
    client.force_login(UserFactory(), backend="allauth.account.auth_backends.AuthenticationBackend")
    response = client.get("/desk/")
    assert response.status_code == 302
