"""What was asked for is published, or stands in a public log: of the answer what went out, of the applicant nothing."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from tests.factories.applications import (
    APPLICANT,
    MATTER,
    answering_office,
    applied,
    closed,
    decided,
)
from tests.factories.organisations import OrganisationFactory, reader

from gongkai.domain.applications.actions import (
    accept_publication,
    attach,
    decline_publication,
    proceed,
    put_into_log,
    renew_code,
    set_log,
    suggest_publication,
    take_out_of_log,
)
from gongkai.domain.applications.actions.publication import Chosen
from gongkai.domain.applications.errors import (
    AlreadySettled,
    LogClosed,
    NamesApplicant,
    NotReleased,
    RawWords,
    SummaryNames,
)
from gongkai.domain.applications.models import Document, PublicationProposal
from gongkai.domain.applications.publication import look_for_several, released_by
from gongkai.domain.information.actions import save, submit
from gongkai.domain.information.models import Item
from gongkai.domain.letters.actions.forget import forget
from gongkai.domain.redaction.models import Redaction
from gongkai.domain.review.actions import sign
from gongkai.domain.review.models import Review
from gongkai.foundation import clock
from gongkai.foundation.attachments import receive
from gongkai.foundation.attachments.models import StoredFile
from gongkai.foundation.permissions import NotAllowed
from gongkai.foundation.publicfiles.places import place_of
from gongkai.foundation.trail.models import Record

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
WORDS = [
    MATTER,
    *(APPLICANT[n] for n in ("name", "telephone", "email", "address", "document_number")),
]


@pytest.fixture(autouse=True)
def nothing_counted():
    cache.clear()


@pytest.fixture
def office():
    with clock.moved_to(MONDAY):
        yield answering_office()


def seat(who):
    client = Client()
    client.force_login(who.user, backend=BACKEND)
    return client


def following(office, application):
    """Return a client that follows *application*, with a code that was given out anew."""
    code = renew_code(application, by=office.clerk, proof="seen", checked="身份证原件")
    client = Client()
    client.post(reverse("apply:track"), {"number": application.number, "code": code})
    return client


def file_of(text, name):
    return ContentFile(text.encode(), name=name)


def covered(office, application, original, audience="applicant"):
    """Return the document that a redaction of *original* gave, with the redaction on record."""
    output = receive(file_of("遮盖以后的合同", f"{audience}.txt"), office.clerk, at_once=True)
    Redaction.objects.create(
        organisation=office.bureau,
        subject_type="applications.application",
        subject_id=application.pk,
        audience=audience,
        title="合同",
        source=original.stored,
        source_digest=original.stored.digest,
        output=output,
        output_digest=output.public_digest,
        stage="released",
    )
    return Document.objects.create(
        application=application,
        kind="redacted",
        audience=audience if audience != "public" else "office",
        title=f"给{audience}的合同",
        stored=output,
    )


def answered(office, **given):
    """Return a case that was partly released: the original in the file, a redacted version given out."""
    application = applied(office, **given)
    source = attach(
        application, file_of("张三的身份证号", "合同原件.txt"), by=office.clerk, kind="source"
    )
    StoredFile.objects.filter(pk=source.stored_id).update(public_digest=source.stored.digest)
    plain = attach(application, file_of("验收报告", "报告.txt"), by=office.clerk, kind="source")
    StoredFile.objects.filter(pk=plain.stored_id).update(public_digest=plain.stored.digest)
    report = attach(application, file_of("内部意见", "意见.txt"), by=office.clerk, kind="source")
    version = covered(office, application, source)
    # the original stands in the decision as well: somebody ticked both
    decided(office, application, "granted", "privacy", documents=[source, plain, version])
    application.refresh_from_db()
    return application, source, plain, version, report


def test_what_was_given_out_becomes_an_item_and_nothing_of_the_applicant_does(office):  # noqa: PLR0915  # one story
    application, source, plain, version, report = answered(office)
    proposal = PublicationProposal.objects.get()
    assert (proposal.released, proposal.people, proposal.verdict) == (True, 1, "open")
    assert [each.document for each in released_by(application)] == [plain, version]
    public = covered(office, application, source, "public")
    assert [each.document for each in released_by(application)] == [public, plain, version]

    with pytest.raises(NotAllowed):
        accept_publication(application, by=office.head, title="某合同")
    for wrong in (source, report):
        with pytest.raises(NotReleased):
            accept_publication(
                application, by=office.clerk, title="某合同", files=[Chosen(wrong.pk, "合同")]
            )
    with pytest.raises(NamesApplicant):
        accept_publication(application, by=office.clerk, title=f"关于{APPLICANT['name']}申请的合同")
    proceed(application, "deliver", by=office.clerk)
    suggest_publication(application, "住在河边的人都想知道")

    clerk = seat(office.clerk)
    listed = clerk.get(reverse("applications:publications")).content.decode()
    assert "申请人建议" in listed
    page = clerk.get(reverse("applications:publication", args=[application.pk]))
    form = page.context["form"]
    assert form["title"].value() is None
    assert not [w for w in WORDS[1:] if w in page.content.decode()]
    typed = {
        "title": "城区防洪排涝工程施工合同（节录）",
        "column": office.column.pk,
        "looked": "on",
        f"take-{public.pk}": "on",
        f"name-{public.pk}": "施工合同（节录）",
        f"name-{plain.pk}": "附件2",
        f"name-{version.pk}": "附件3",
    }
    without = {name: value for name, value in typed.items() if name != "looked"}
    address = reverse("applications:publication", args=[application.pk])
    assert clerk.post(address, without).status_code == 422
    done = clerk.post(address, typed)
    item = Item.objects.get()
    assert done["Location"] == reverse("information:edit", args=[item.pk])
    assert [(f.title, f.stored_id) for f in item.files.all()] == [
        ("施工合同（节录）", public.stored_id)
    ]
    told = str({f.name: getattr(item, f.attname) for f in Item._meta.concrete_fields})
    told += str([revision.content for revision in item.revisions.all()])
    assert not [word for word in (*WORDS, application.number, "张三") if word in told]
    assert item.source == "依申请公开转为主动公开"
    with pytest.raises(AlreadySettled):
        decline_publication(application, by=office.clerk, reason="不必")

    story = clerk.get(application.get_absolute_url()).content.decode()
    assert "起草中" in story
    applicant = following(office, application)
    assert "已经采纳，正在编辑和审查" in applicant.get(reverse("apply:case")).content.decode()
    save(item, by=office.clerk, values={"body": "<p>合同主要内容见附件。</p>"})
    review = submit(item, by=office.clerk)
    assert "审查中" in clerk.get(application.get_absolute_url()).content.decode()
    for who in (office.head, office.office):
        review = Review.objects.get(pk=review.pk)
        sign(review, by=who, digest=review.digest)
    item.refresh_from_db()
    assert item.live
    assert item.address in clerk.get(application.get_absolute_url()).content.decode()
    shown = applicant.get(reverse("apply:case")).content.decode()
    assert "这些信息已经主动公开" in shown
    assert item.address in shown
    public_page = Client().get(item.address).content.decode()
    assert not [word for word in (*WORDS, application.number) if word in public_page]


def test_several_people_or_the_applicant_bring_it_up_and_a_draft_thrown_away_comes_back(office):
    first = applied(office)
    applied(office, matter=f"{MATTER}复印件")  # the same person again
    assert look_for_several() == 0
    other = {"document_number": "", "telephone": "13900000077", "email": "yi@example.invalid"}
    applied(office, matter=f"申请{MATTER}", **other)
    assert look_for_several() == 3
    assert look_for_several() == 0
    assert set(PublicationProposal.objects.values_list("people", flat=True)) == {2}
    decided(office, first, "granted")
    proposal = PublicationProposal.objects.get(application=first)
    assert proposal.why == ["答复提供了信息", "2 个申请人要过相同的信息"]
    decline_publication(first, by=office.clerk, reason="只和个别人有关")
    assert not PublicationProposal.objects.get(pk=proposal.pk).is_waiting
    suggest_publication(first, "关系到整条河")
    assert PublicationProposal.objects.get(pk=proposal.pk).is_waiting
    item = accept_publication(first, by=office.clerk, title="防洪工程合同")
    item.delete()
    waiting = PublicationProposal.objects.get(pk=proposal.pk)
    assert (waiting.item, waiting.is_waiting) == (None, True)
    stranger = reader("clerk", OrganisationFactory(parent=office.city))
    for name in ("publication", "decline-publication", "log", "renew-code", "label"):
        assert (
            seat(stranger).get(reverse(f"applications:{name}", args=[first.pk])).status_code == 404
        )
    assert (
        "待研究" in seat(office.office).get(reverse("applications:publications")).content.decode()
    )
    empty = seat(stranger).get(reverse("applications:publications"))
    assert empty.context["rows"] == []
    assert Record.objects.filter(event__startswith="applications.publication").count() == 3


@pytest.mark.django_db(transaction=True)
def test_the_public_log_says_what_an_official_wrote_and_keeps_it_when_the_case_is_forgotten(
    office, settings, tmp_path
):
    settings.GONGKAI_PUBLIC = tmp_path
    application, *_, version, _ = answered(office)
    address = f"/requests/{office.bureau.pk}/"
    summary = "城区防洪排涝工程的合同"
    assert Client().get(address).status_code == 404
    with pytest.raises(LogClosed):
        put_into_log(application, by=office.clerk, summary=summary)
    with pytest.raises(NotAllowed):
        set_log(office.bureau, by=office.clerk, is_open=True)
    assert "申请公开的办理情况" not in about_applying(office)
    settings_page = seat(office.office).post(
        reverse("applications:log-settings"), {"organisation": office.bureau.pk, "open": "1"}
    )
    assert settings_page.status_code == 302
    assert address in about_applying(office)
    with pytest.raises(RawWords):
        put_into_log(application, by=office.clerk, summary=f"{MATTER}。")
    with pytest.raises(SummaryNames):
        put_into_log(application, by=office.clerk, summary=f"{APPLICANT['name']}要的合同")
    clerk = seat(office.clerk)
    form = clerk.get(reverse("applications:log", args=[application.pk]))
    assert form.context["form"]["summary"].value() is None
    done = clerk.post(reverse("applications:log", args=[application.pk]), {"summary": summary})
    assert done.status_code == 302

    call_command("public_pages", verbosity=0)
    page = place_of(address).read_text("utf-8")
    assert summary in page
    assert "部分公开" in page
    assert "用了 0 个工作日" in page
    assert not [word for word in (*WORDS, application.number) if word in page]
    item = accept_publication(
        application,
        by=office.clerk,
        title="防洪工程合同（节录）",
        column=office.column,
        files=[Chosen(version.pk, "节录")],
    )
    save(item, by=office.clerk, values={"body": "<p>见附件。</p>"})
    review = submit(item, by=office.clerk)
    for who in (office.head, office.office):
        sign(Review.objects.get(pk=review.pk), by=who, digest=review.digest)
    item.refresh_from_db()
    assert item.address in Client().get(address).content.decode()
    call_command("public_pages", waiting=True, verbosity=0)
    assert item.address in place_of(address).read_text("utf-8")
    call_command("public_pages", check=True, verbosity=0)

    proceed(application, "deliver", by=office.clerk)
    proceed(application, "archive", by=office.clerk)
    with clock.moved_to(date(2037, 1, 4)):
        forget(application, by=None)
        assert summary in Client().get(address).content.decode()
        assert item.address in Client().get(address).content.decode()
    take_out_of_log(application, by=office.clerk)
    place = place_of(address)
    assert not place.exists() or summary not in place.read_text("utf-8")
    assert summary not in Client().get(address).content.decode()
    set_log(office.bureau, by=office.office, is_open=False)
    assert not place.exists()
    assert Client().get(address).status_code == 404


def about_applying(office):
    page = Client().get(f"/organisations/{office.bureau.pk}/").content.decode()
    href = re.search(r'href="(/columns/\d+/)"[^>]*>(?:<[^>]+>)*依申请公开', page)[1]
    return Client().get(href).content.decode()


def test_a_case_that_is_taken_up_again_leaves_the_log_until_somebody_has_looked(office):
    set_log(office.bureau, by=office.office, is_open=True)
    application = closed(office, applied(office), "granted")
    entry = put_into_log(application, by=office.clerk, summary="防洪工程的合同")
    proceed(application, "renew", by=office.clerk, text="复议撤销")
    entry.refresh_from_db()
    assert entry.withdrawn_at
    assert Record.objects.filter(event="applications.unlogged").count() == 1


def test_who_publishes_stands_first_and_the_others_as_they_stand_in_the_tree(office):
    OrganisationFactory(parent=office.city, name="云川市最新局")
    set_log(office.bureau, by=office.office, is_open=True)
    listed = seat(office.office).get(reverse("applications:log-settings")).context["page"]
    ours = [str(row.name) for row in listed]
    assert ours[:2] == [str(office.bureau.name), str(office.city.name)]
    assert ours[-1] == "云川市最新局"
