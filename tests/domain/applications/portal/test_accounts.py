"""Accounts of the public and codes that were lost: a convenience for applicants, and no door to anything else."""

import re
from datetime import datetime, timedelta
from unittest import mock

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.domain.applications.portal.test_portal import MAIL, MATTER, NAME, applied, entered, post
from tests.factories.applications import answering_office
from tests.factories.organisations import OrganisationFactory, reader

from gongkai.domain.applications.models import Application, CodeRenewal
from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.citizens import actions, recovery
from gongkai.foundation.citizens.actions import MOST_WRONG, recognise
from gongkai.foundation.citizens.errors import LinkSpent, LockedOut, WrongPassword
from gongkai.foundation.citizens.models import Citizen
from gongkai.foundation.jobs.models import Job
from gongkai.foundation.sealing.rotation import rotate
from gongkai.foundation.trail.models import Record

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PASSWORD = "qiushui-2026-suiyue"
PHONE = "13711112222"


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def office():
    return answering_office()


def registered(name=PHONE):
    client = Client()
    told = {"name": name, "password": PASSWORD, "again": PASSWORD}
    assert post(client, "register", told)["Location"] == reverse("apply:mine")
    return client


def text_of(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def test_an_account_brings_ones_cases_together_and_opens_nobody_elses(office):
    earlier, code = applied(Client(), office)
    mine, others = registered(f" {PHONE[:3]}-{PHONE[3:]}"), registered("Yi@Example.invalid")
    made, _ = applied(mine, office, matter="2025年河道清淤的验收报告")
    assert made.account.name == PHONE
    told = {"number": earlier.number, "code": "2222-2222"}
    assert "对不上" in text_of(post(mine, "attach", told))
    assert post(mine, "attach", told | {"code": code})["Location"] == reverse("apply:mine")
    listed = text_of(mine.get(reverse("apply:mine")))
    assert earlier.number in listed
    assert made.number in listed
    for key, absent in ((made.pk, made.pk + 99),):
        for name in ("open", "detach"):
            not_yours = others.post(reverse(f"apply:{name}", args=[key]))
            not_there = others.post(reverse(f"apply:{name}", args=[absent]))
            assert (not_yours.status_code, not_there.status_code) == (404, 404)
            strip = re.compile(r"csrf\S+|value=\S+|\d+")
            assert strip.sub("", text_of(not_yours)) == strip.sub("", text_of(not_there))
    mine.post(reverse("apply:open", args=[earlier.pk]))
    assert earlier.number in text_of(mine.get(reverse("apply:case")))
    assert mine.post(reverse("apply:leave-case"))["Location"] == reverse("apply:mine")
    mine.post(reverse("apply:detach", args=[earlier.pk]))
    assert earlier.number not in text_of(mine.get(reverse("apply:mine"))).split("列表。")[
        -1
    ].replace(f"已经把 {earlier.number} 移出列表", "")
    entered(mine, earlier, code)
    mine.post(reverse("apply:keep"))
    mine.post(reverse("apply:sign-out"))
    for name in ("mine", "account"):
        assert mine.get(reverse(f"apply:{name}"))["Location"] == reverse("apply:sign-in")
    assert mine.get(reverse("apply:case"))["Location"] == reverse("apply:track")


def test_an_account_never_opens_the_desk_and_is_sealed(office, settings):
    client = registered()
    users = User.objects.count()
    for address in ("/desk/", "/desk/applications/", "/account/password/change/", "/account/2fa/"):
        assert client.get(address)["Location"].startswith("/account/login/"), address
    refused = Client().post("/account/login/", {"login": PHONE, "password": PASSWORD})
    assert refused.status_code == 200
    assert Client().get("/account/signup/").status_code == 200
    assert User.objects.count() == users
    official = Client()
    official.force_login(office.clerk.user, backend=BACKEND)
    assert official.get(reverse("apply:mine"))["Location"] == reverse("apply:sign-in")
    row = Citizen.objects.values_list("name", "mark", "password").get()
    assert not [cell for cell in map(str.__str__, row) if PHONE in cell or PASSWORD in cell]
    assert not [r for r in Record.objects.all() if PHONE in f"{r.facts}{r.reason}{r.subject}"]
    rotate()
    assert post(Client(), "sign-in", {"name": PHONE, "password": PASSWORD}).status_code == 302


EMAIL = "yi@example.invalid"


def confirmed(name=EMAIL):
    """Return a browser that is signed in to an account whose mailbox was confirmed as people do it."""
    client = registered(name)
    assert "发到您的邮箱" in text_of(post(client, "confirm", {"send": "1"}))
    code = re.search(r"\d{6}", mail.outbox[-1].body)[0]
    other = f"{(int(code) + 1) % 10**6:06d}"
    assert "确认码不对" in text_of(post(client, "confirm", {"code": other}))
    assert Citizen.objects.get().confirmed is None
    assert post(client, "confirm", {"code": code})["Location"] == reverse("apply:mine")
    return client


def asks_for_a_link(name, capture):
    with capture(execute=True):
        answer = post(Client(), "forgot", {"name": name})
    assert answer.status_code == 200
    return re.sub(r'value="\S+"', "", text_of(answer))


def test_a_forgotten_password_is_found_again_through_a_confirmed_mailbox(
    office, django_capture_on_commit_callbacks
):
    elsewhere = confirmed()
    application, _ = applied(elsewhere, office)
    cache.clear()
    mail.outbox.clear()
    there = asks_for_a_link(EMAIL, django_capture_on_commit_callbacks)
    absent = asks_for_a_link("nobody@example.invalid", django_capture_on_commit_callbacks)
    assert there == absent
    (letter,) = mail.outbox
    assert letter.to == [EMAIL]
    link = re.search(r"/apply/account/reset/\S+/", letter.body)[0]
    client = Client()
    assert client.get(link)["Location"] == reverse("apply:new-password")
    weak = {"new": "12345678901", "again": "12345678901"}
    assert "数字" in text_of(post(client, "new-password", weak))
    new = {"new": f"{PASSWORD}-3", "again": f"{PASSWORD}-3"}
    assert post(client, "new-password", new)["Location"] == reverse("apply:mine")
    assert application.number in text_of(client.get(reverse("apply:mine")))
    assert elsewhere.get(reverse("apply:mine"))["Location"] == reverse("apply:sign-in")
    with pytest.raises(WrongPassword):
        recognise(EMAIL, PASSWORD)
    assert recognise(EMAIL, f"{PASSWORD}-3")
    again = Client()
    again.get(link)
    spent = post(again, "new-password", new)
    assert spent.status_code == 410
    assert "已经用过，或者已经过期" in text_of(spent)
    events = set(Record.objects.values_list("event", flat=True))
    assert {"citizens.confirmed", "citizens.reset-sent", "citizens.password-reset"} <= events
    kept = f"{list(Job.objects.values())}{[r.facts for r in Record.objects.all()]}"
    assert EMAIL not in kept
    assert link.split("/")[-2] not in kept


def test_a_link_ends_after_two_hours_and_opens_only_its_own_account():
    confirmed()
    citizen = Citizen.objects.get()
    secret = recovery.new_link(citizen)
    assert recovery.behind_link(secret) == citizen
    other = actions.register("jia@example.invalid", PASSWORD)
    Citizen.objects.filter(pk=other.pk).update(confirmed=clock.now())
    place, _, token = secret.partition(".")
    theirs = recovery.new_link(other).partition(".")[0]
    for wrong in (f"{theirs}.{token}", f"{place}.x", "", "x", "..", f"{'9' * 90}.{token}"):
        with pytest.raises(LinkSpent):
            recovery.behind_link(wrong)
    later = datetime.now() + recovery.LINK_LASTS + timedelta(minutes=1)  # noqa: DTZ005  # Django's tokens are naive
    with (
        mock.patch.object(recovery.tokens, "_now", return_value=later),
        pytest.raises(LinkSpent),
    ):
        recovery.behind_link(secret)


def test_what_nobody_confirmed_opens_nothing_and_asking_ends(
    office, settings, django_capture_on_commit_callbacks
):
    registered(EMAIL)
    cache.clear()
    asks_for_a_link(EMAIL, django_capture_on_commit_callbacks)
    assert mail.outbox == []
    assert "手机号登录的账号不能用邮件找回" in text_of(post(Client(), "forgot", {"name": PHONE}))
    for name in ("nobody@example.invalid", EMAIL):
        cache.clear()
        for _ in range(recovery.MOST_LINKS):
            recovery.asked_for(name)
        refused = post(Client(), "forgot", {"name": name})
        assert "要得太多了" in text_of(refused)
    cache.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    jobs = Job.objects.count()
    for answer in (
        Client().get(reverse("apply:forgot")),
        post(Client(), "forgot", {"name": EMAIL}),
    ):
        told = text_of(answer)
        assert "没有开通电子邮件" in told
        assert "编号和查询码" in told
    assert Job.objects.count() == jobs


def test_what_is_wrong_with_a_name_or_password_is_said_and_guessing_ends(office):
    for told, sentence in (
        ({"name": "甲"}, "请填写电子邮箱，或者 11 位手机号"),
        ({"password": "12345678901", "again": "12345678901"}, "数字"),
        ({"again": "别的"}, "两次输入的密码不一样"),
    ):
        typed = {"name": PHONE, "password": PASSWORD, "again": PASSWORD} | told
        cache.clear()
        assert sentence in text_of(post(Client(), "register", typed)), sentence
    cache.clear()
    mine = registered()
    typed = {"name": PHONE, "password": PASSWORD, "again": PASSWORD}
    assert "可能已经注册过" in text_of(post(Client(), "register", typed))
    wrong = [
        text_of(post(Client(), "sign-in", {"name": name, "password": "不对的密码"}))
        for name in (PHONE, "nobody@example.invalid")
    ]
    assert all("登录名或者密码不对" in each for each in wrong)
    old = {"p-old": PASSWORD, "p-new": f"{PASSWORD}-2"}
    elsewhere = Client()
    post(elsewhere, "sign-in", {"name": PHONE, "password": PASSWORD})
    assert post(mine, "account", old)["Location"] == reverse("apply:mine")
    assert elsewhere.get(reverse("apply:mine"))["Location"] == reverse("apply:sign-in")
    application, code = applied(mine, office)
    closed = post(mine, "account", {"close": "1", "c-password": f"{PASSWORD}-2"})
    assert "账号已经注销" in text_of(closed)
    application.refresh_from_db()
    assert application.account is None
    assert application.number in entered(Client(), application, code)
    cache.clear()
    registered()
    for _ in range(MOST_WRONG):
        with pytest.raises(WrongPassword):
            recognise(PHONE, "不对的密码")
    with pytest.raises(LockedOut):
        recognise(PHONE, PASSWORD)


def test_a_lost_code_is_replaced_once_identity_was_checked_and_the_old_one_stops(office, settings):
    account, browser = registered(), Client()
    application, code = applied(account, office)
    entered(browser, application, code)
    address = reverse("applications:renew-code", args=[application.pk])
    clerk = Client()
    clerk.force_login(office.clerk.user, backend=BACKEND)
    told = {"proof": "seen", "checked": "", "sent": "print"}
    assert clerk.post(address, told).status_code == 422
    done = clerk.post(address, told | {"checked": f"{NAME}身份证原件，号码一致"})
    assert "no-store" in done["Cache-Control"]
    fresh = re.search(r'apps-code">([0-9A-Z-]{9})<', done.content.decode())[1]
    assert post(Client(), "track", number=application.number, code=code).status_code == 422
    entered(Client(), application, fresh)
    assert browser.get(reverse("apply:case"))["Location"] == reverse("apply:track")
    assert application.number not in text_of(account.get(reverse("apply:mine")))
    renewal = CodeRenewal.objects.get()
    assert (renewal.proof, renewal.by) == ("seen", office.clerk.user)
    [record] = Record.objects.filter(event="applications.code-renewed")
    assert "seen" in record.facts
    assert NAME not in record.facts
    page = text_of(clerk.get(application.get_absolute_url()))
    assert "当面核对证件原件" in page
    assert fresh not in page
    for who in (office.head, reader("clerk", OrganisationFactory(parent=office.city))):
        other = Client()
        other.force_login(who.user, backend=BACKEND)
        assert other.get(address).status_code in {302, 404}
    sent = clerk.post(address, {"proof": "call", "checked": "回拨电话", "sent": "email"})
    assert sent["Location"] == application.get_absolute_url()
    [message] = mail.outbox
    assert message.to == [MAIL]
    latest = re.search(r"查询码：([0-9A-Z-]{9})", message.body)[1]
    assert MATTER not in message.body
    entered(Client(), application, latest)
    assert Application.objects.get().code_renewals.count() == 2


def test_a_number_read_off_a_label_leads_to_the_case(office):
    application, _ = applied(Client(), office)
    desk = reverse("applications:index")
    clerk, stranger = Client(), Client()
    clerk.force_login(office.clerk.user, backend=BACKEND)
    elsewhere = reader("clerk", OrganisationFactory(parent=office.city))
    stranger.force_login(elsewhere.user, backend=BACKEND)
    full_width = application.number.translate({ord(str(d)): 0xFF10 + d for d in range(10)})
    for typed in (application.number, f" {full_width}\n"):
        assert clerk.get(desk, {"q": typed})["Location"] == application.get_absolute_url()
        assert stranger.get(desk, {"q": typed}).status_code == 200
    assert clerk.get(desk, {"q": application.number[:-1]}).status_code == 200
    label = clerk.get(reverse("applications:label", args=[application.pk]))
    assert label.content[:4] == b"%PDF"
