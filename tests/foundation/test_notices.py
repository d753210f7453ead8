"""Notices reach whom they are for, once."""

import pytest
from tests.factories import PostFactory, UserFactory, city

from gongkai.foundation.notices.actions import notify
from gongkai.foundation.notices.models import Notice

pytestmark = pytest.mark.django_db


def test_the_same_unread_sentence_is_not_left_twice():
    user = UserFactory()
    notify([user], "请填报", href="/desk/")
    notify([user], "请填报", href="/desk/")
    assert Notice.objects.filter(to=user).count() == 1


def test_mail_goes_out_after_the_transaction(mailoutbox, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        notify([UserFactory(email="a@example.com"), UserFactory()], "请填报")
    assert [mail.to for mail in mailoutbox] == [["a@example.com"]]


def test_the_first_page_shows_a_notice_until_it_is_read(client):
    user = PostFactory(organisation=city().finance).user
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    (notice,) = notify([user], "请在一月底前填报", href="/desk/organisations/")
    assert "请在一月底前填报" in client.get("/desk/").content.decode()
    response = client.post(f"/desk/notices/{notice.pk}/read/")
    assert response.url == "/desk/organisations/"
    assert "请在一月底前填报" not in client.get("/desk/").content.decode()


def test_nobody_reads_what_is_for_another(client):
    place = city()
    (notice,) = notify([UserFactory()], "不是给你的")
    other = PostFactory(organisation=place.finance).user
    client.force_login(other, backend="allauth.account.auth_backends.AuthenticationBackend")
    client.post(f"/desk/notices/{notice.pk}/read/")
    notice.refresh_from_db()
    assert notice.read is None
