"""Who gets what on the portal: every page of applicants, asked for as everybody who could ask for it.

The addresses are those of the URL configuration, so that a new one has to say to whom it opens. What is not one's own
must not be told from what is not there: same status, same words, no mark of the case.
"""

import re
from itertools import product
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.factories import samples
from tests.factories.applications import answering_office, applied, decided
from tests.factories.organisations import OrganisationFactory, reader

from gongkai.core.letters import templates
from gongkai.domain.applications.actions import attach, renew_code
from gongkai.domain.applications.models import Letter
from gongkai.domain.applications.portal import following
from gongkai.domain.applications.portal.urls import urlpatterns
from gongkai.foundation.attachments.models import StoredFile
from gongkai.foundation.citizens import actions as citizens
from gongkai.foundation.sealing import receive_sealed

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PASSWORD = "qiushui-2026-suiyue"
TO_APPLICANT = next(key for key, made in templates().items() if made.to == "applicant")

OPEN = {"start", "content", "track", "draft", "sign-in", "register", "forgot", "reset"}
"""Everybody's; they show nothing of any case."""
OF_DRAFT = {"split", "published", "applicant", "delivery", "check"}
"""Of whoever has a draft in the browser: nobody here has one."""
OF_LINK = {"new-password"}
"""Of whoever came by the link of a mail: nobody here did."""
OF_CASE = {"case", "send", "withdraw", "letter", "document", "keep"}
"""Of whoever has shown number and code."""
OF_CITIZEN = {"mine", "attach", "account", "confirm"}
"""Of whoever is signed in, about themselves."""
OWN = {"open", "detach"}
"""Of whoever has the case in the list."""
LEAVING = {"leave", "leave-case", "sign-out"}
ONLY_POST = {"send", "withdraw", "letter", "document", "keep", "attach", "open", "detach", *LEAVING}
PEOPLE = (
    "anonymous",
    "wrong code",
    "applicant",
    "other applicant",
    "citizen",
    "other citizen",
    "staff",
)


def case_of(office, matter, name, telephone):
    """Return an answered case with a letter and a file that went out, and its code."""
    row = applied(office, matter=matter, name=name, telephone=telephone)
    document = attach(
        row, ContentFile(b"x", name="a.txt"), by=office.clerk, kind="source", title=f"{matter}附件"
    )
    StoredFile.objects.filter(pk=document.stored_id).update(public_digest="")
    decided(office, row, "granted", documents=[document])
    pdf = receive_sealed(SimpleUploadedFile("答复.pdf", samples.pdf()), None)
    letter = Letter.objects.create(
        application=row, template=TO_APPLICANT, title=f"{matter}答复书", issued=row.decided, pdf=pdf
    )
    code = renew_code(row, by=office.clerk, proof="seen", checked="证件")
    row.refresh_from_db()
    return SimpleNamespace(row=row, document=document, letter=letter, code=code)


@pytest.fixture
def world():
    cache.clear()
    office = answering_office()
    mine = case_of(office, "路灯维修记录MARKMINE", "申请人MARKNAME", "13900000061")
    other = case_of(office, "公交时刻表MARKOTHER", "申请人MARKSECOND", "13900000062")
    one, two = (citizens.register(f"{name}@example.invalid", PASSWORD) for name in ("one", "two"))
    following.keep(other.row, two)
    stranger = reader("clerk", OrganisationFactory(parent=office.city))
    return SimpleNamespace(office=office, mine=mine, other=other, stranger=stranger, one=one)


def somebody(who, world):
    """Return a browser as *who* has it before them."""
    client = Client()
    if who in {"wrong code", "applicant", "other applicant"}:
        case = world.other if who == "other applicant" else world.mine
        code = "2222-2222" if who == "wrong code" else case.code
        told = {"number": case.row.number, "code": code}
        entered = client.post(reverse("apply:track"), told)
        assert entered.status_code == (422 if who == "wrong code" else 302)
    elif who in {"citizen", "other citizen"}:
        name = "one" if who == "citizen" else "two"
        following.keep(world.mine.row, world.one)
        told = {"name": f"{name}@example.invalid", "password": PASSWORD}
        assert client.post(reverse("apply:sign-in"), told).status_code == 302
    elif who == "staff":
        client.force_login(world.stranger.user, backend=BACKEND)
    cache.clear()
    return client


def addresses(name, world):
    """Return the address for the case that is asked for, and for one that is not there."""
    if name == "send":
        return [reverse("apply:send", args=["objection"])] * 2
    if name == "reset":
        return [reverse("apply:reset", args=["x"])] * 2
    if name == "content":
        return [reverse("apply:content", args=[world.office.bureau.pk])] * 2
    keys = {"letter": world.mine.letter.pk, "document": world.mine.document.pk}
    if name in {*keys, *OWN}:
        key = keys.get(name, world.mine.row.pk)
        return [reverse(f"apply:{name}", args=[each]) for each in (key, key + 9_999)]
    return [reverse(f"apply:{name}")] * 2


def asked(client, name, address):
    """Return status, where it leads and what it says, without what differs from one asking to the next."""
    answer = client.post(address) if name in ONLY_POST else client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    words = re.sub(r'value="\S+"|\d+', "", body.decode("utf-8", "replace"))
    return answer.status_code, answer.get("Location", ""), words


def opens(name, who):
    """Tell whether *name* opens to *who* for the case MINE."""
    if name in OF_CASE:
        return who == "applicant"
    if name in OWN:
        return who == "citizen"
    return who in {"citizen", "other citizen"}


def test_every_page_of_applicants_opens_to_whom_it_may(world):
    known = OPEN | OF_DRAFT | OF_LINK | OF_CASE | OF_CITIZEN | OWN | LEAVING
    assert {pattern.name for pattern in urlpatterns} == known
    mine = [world.mine.row.number, "MARKMINE", "MARKNAME", "13900000061"]
    others = [world.other.row.number, "MARKOTHER", "MARKSECOND", "13900000062"]
    for who, name in product(PEOPLE, sorted(known)):
        there, absent = addresses(name, world)
        status, leads, words = asked(somebody(who, world), name, there)
        if who not in {"applicant", "citizen"}:
            marks = mine if who.startswith("other") else [*mine, *others]
            assert not [mark for mark in marks if mark in words], (who, name)
        if name in OPEN | LEAVING:
            assert status in {200, 302}, (who, name)
        elif name in OF_DRAFT:
            assert status == 404, (who, name)
        elif name in OF_LINK:
            assert status == 410, (who, name)
        elif opens(name, who):
            assert status in {200, 302, 422}, (who, name, status)
            assert leads != reverse("apply:track"), (who, name)
        elif who == "other applicant" and name in OF_CASE - {"letter", "document"}:
            assert status in {200, 302, 422}, (name, status)  # the case that they have entered
        else:
            assert status in {302, 404}, (who, name, status)
            again = asked(somebody(who, world), name, absent)
            assert (status, leads, words) == again, (who, name)


def test_no_interface_export_or_search_knows_of_applications(world):
    marks = ["MARKMINE", "MARKNAME", world.mine.row.number, "13900000061"]
    client = Client()
    for address in (
        "/api/v1/openapi.json",
        "/api/v1/search?q=路灯维修记录",
        "/search/?q=路灯维修记录",
        "/search/suggest/?q=路灯",
        "/data/",
        "/sitemap.xml",
        "/feed.xml",
    ):
        words = client.get(address).content.decode("utf-8", "replace")
        assert not [mark for mark in marks if mark in words], address
    assert "applications" not in client.get("/api/v1/openapi.json").content.decode()
