"""A document of a case is covered place by place, built, looked at and handed to the case."""

from datetime import date, timedelta
from io import BytesIO

import docx
import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from tests.core.redaction.made import LETTER, sheet
from tests.factories.applications import answering_office, applied
from tests.factories.organisations import OrganisationFactory, PostFactory, UserFactory

from gongkai.core.redaction import Box, NotABox
from gongkai.core.redaction.errors import NotRedactable
from gongkai.domain.applications.actions import attach, draft_decision
from gongkai.domain.applications.actions.decide import Answered
from gongkai.domain.applications.models import Audience, Document, DocumentKind
from gongkai.domain.letters.deriving import Case, derived
from gongkai.domain.redaction import policies, queries
from gongkai.domain.redaction.actions import (
    add_mark,
    begin,
    decide,
    decide_many,
    discard,
    forget,
    release,
    reopen,
    start_building,
)
from gongkai.domain.redaction.errors import NotVerified, StillReadable, Undecided, WrongState
from gongkai.domain.redaction.models import MarkState, Redaction, RedactionMark, Stage
from gongkai.foundation import clock
from gongkai.foundation.attachments.sweeping import sweep
from gongkai.foundation.permissions import NotAllowed, NotThere, Reader
from gongkai.foundation.sealing.models import SealedFile
from gongkai.foundation.trail.models import Record

pytestmark = pytest.mark.django_db
NAME = "李建国"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def office():
    made = answering_office()
    other = OrganisationFactory(parent=made.city, name="云川市林业局")
    made.stranger = Reader.of(
        PostFactory(user=UserFactory(), organisation=other, role="clerk").user
    )
    return made


@pytest.fixture
def begun(office, django_capture_on_commit_callbacks):
    """Return what begins a redaction of a file in a new case, its job done."""

    def open_one(data, name="查到的信息.pdf", audience="applicant", application=None):
        application = application or applied(office)
        upload = ContentFile(data, name=name)
        document = attach(application, upload, by=office.clerk, kind=DocumentKind.SOURCE)
        with django_capture_on_commit_callbacks(execute=True):
            found = begin(
                document.stored,
                subject="applications.application",
                key=application.pk,
                organisation=application.organisation,
                audience=audience,
                by=office.clerk,
            )
        found.refresh_from_db()
        return found

    return open_one


@pytest.fixture
def built(office, django_capture_on_commit_callbacks):
    def build(redaction):
        with django_capture_on_commit_callbacks(execute=True):
            start_building(redaction, by=office.clerk)
        redaction.refresh_from_db()
        return redaction

    return build


def test_from_the_case_to_a_released_file_that_the_case_holds(office, begun, built):
    redaction = begun(sheet(*LETTER.split("\n")))
    assert (redaction.stage, redaction.page_count) == (Stage.MARKING, 1)
    proposals = {mark.text: mark for mark in redaction.marks.all()}
    assert {"16012345678", "云A12345", NAME} <= set(proposals)
    with pytest.raises(Undecided):
        start_building(redaction, by=office.clerk)
    assert decide_many(redaction, MarkState.ACCEPTED, by=office.clerk, page=1) == 8
    plate = decide(redaction, proposals["云A12345"].pk, MarkState.UNDONE, by=office.clerk)
    drawn = add_mark(
        redaction, by=office.clerk, page=1, ground="internal", boxes=[Box(10, 100, 60, 120)]
    )
    built(redaction)
    assert redaction.stage == Stage.BUILT, redaction.job.error
    assert redaction.verification["passed"], redaction.verification
    assert redaction.remainders == []
    with redaction.output.open_public() as stream:
        assert stream.read(5) == b"%PDF-"
    release(redaction, by=office.clerk)
    document = Document.objects.get(kind=DocumentKind.REDACTED)
    assert (document.stored, document.audience) == (redaction.output, Audience.APPLICANT)
    told = {
        each.ground: dict(each.pages)
        for each in queries.grounds_of_output(document.stored_id, date(2026, 3, 2))
    }
    assert told == {"privacy": {1: 7}, "internal": {1: 1}}
    part = Answered("合同", "partial", exemptions=("privacy",), reasons="含有他人电话")
    draft_decision(document.application, by=office.clerk, parts=[part], documents=[document])
    # the letter names the pages, and also a ground that the decision forgot
    assert derived(Case(document.application))["不公开内容及理由"] == (
        "个人隐私：含有他人电话",
        "“查到的信息（区分处理）”第1页7处（个人隐私，《政府信息公开条例》第十五条）",
        "“查到的信息（区分处理）”第1页1处（内部事务信息，《政府信息公开条例》第十六条第一款）",
    )
    record = Record.objects.get(event="redaction.released")
    for digest in (redaction.source_digest, redaction.output_digest, redaction.marks_digest):
        assert digest in record.facts
    assert NAME not in record.facts
    assert not redaction.pages.exists()
    assert not SealedFile.objects.filter(pk=redaction.working_id or 0).exists()
    with clock.moved_to(clock.today() + timedelta(days=9)):
        assert sweep(grace=timedelta(days=7)).files == 0, "source and output are referred to"
    # what went out stays as it was, whoever writes to the tables
    for change in (
        lambda: RedactionMark.objects.filter(pk=plate.pk).update(state=MarkState.ACCEPTED),
        lambda: RedactionMark.objects.filter(pk=drawn.pk).update(boxes=[[1, 1, 2, 2]]),
        lambda: Redaction.objects.filter(pk=redaction.pk).update(output_digest="0" * 64),
        lambda: Redaction.objects.filter(pk=redaction.pk).update(stage=Stage.MARKING),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    with pytest.raises(WrongState):
        decide(redaction, drawn.pk, MarkState.UNDONE, by=office.clerk)
    # but the words go when the case is erased
    assert forget(redaction.subject_type, redaction.subject_id) == 1
    left = redaction.marks.all()
    assert {(mark.text, bool(mark.boxes)) for mark in left} == {("", True)}


def test_covered_words_that_still_stand_elsewhere_hold_the_release_up(office, begun, built):
    redaction = begun("申请人：李建国\n李建国认可。".encode(), "情况.txt")
    first, second = (mark for mark in redaction.marks.all() if mark.text == NAME)
    decide_many(redaction, MarkState.UNDONE, by=office.clerk)
    decide(redaction, first.pk, MarkState.ACCEPTED, by=office.clerk)
    built(redaction)
    assert [(each["page"], each["text"]) for each in redaction.remainders] == [(1, NAME)]
    with pytest.raises(StillReadable):
        release(redaction, by=office.clerk)
    reopen(redaction, by=office.clerk)
    assert (redaction.stage, redaction.output, redaction.remainders) == (Stage.MARKING, None, [])
    decide(redaction, second.pk, MarkState.ACCEPTED, by=office.clerk)
    built(redaction)
    Redaction.objects.filter(pk=redaction.pk).update(verification={"passed": False})
    with pytest.raises(NotVerified):
        release(redaction, by=office.clerk)


def test_each_audience_has_a_version_of_its_own(office, begun, built):
    application = applied(office)
    data = LETTER.encode()
    for_applicant = begun(data, "李建国的情况.txt", "applicant", application)
    for_public = begun(data, "李建国的情况.txt", "public", application)
    decide_many(for_applicant, MarkState.UNDONE, by=office.clerk)
    decide_many(for_public, MarkState.ACCEPTED, by=office.clerk)
    texts = []
    for redaction in (for_applicant, for_public):
        built(redaction)
        release(redaction, by=office.clerk)
        with redaction.output.open_public() as stream:
            texts.append(stream.read().decode())
    assert texts[0] == LETTER
    assert NAME not in texts[1]
    assert NAME not in for_public.output.name
    assert "■■■〔个人隐私〕" in texts[1]
    kinds = set(
        Document.objects.filter(kind=DocumentKind.REDACTED).values_list("audience", flat=True)
    )
    assert kinds == {Audience.APPLICANT, Audience.OFFICE}


def test_what_is_refused(office, begun):
    redaction = begun(sheet("甲"))
    with pytest.raises(NotABox):
        add_mark(
            redaction, by=office.clerk, page=1, ground="privacy", boxes=[Box(900, 900, 950, 950)]
        )
    with pytest.raises(NotThere):
        add_mark(redaction, by=office.clerk, page=7, ground="privacy", boxes=[Box(1, 1, 9, 9)])
    with pytest.raises(NotAllowed):
        add_mark(redaction, by=office.head, page=1, ground="privacy", boxes=[Box(1, 1, 9, 9)])
    with pytest.raises(NotThere):
        policies.fetch(office.stranger, redaction.pk)
    discard(redaction, by=office.clerk)
    with pytest.raises(WrongState):
        discard(redaction, by=office.clerk)
    unprintable = BytesIO()
    made = docx.Document()
    made.add_paragraph("张\ue123的来信")
    made.save(unprintable)
    broken = begun(unprintable.getvalue(), "来信.docx")
    assert broken.stage == Stage.FAILED
    assert "U+E123" in broken.notes[0]
    with pytest.raises(NotRedactable):
        begun("姓名,电话\n甲,1".encode(), "名单.csv")


def test_the_screens_mark_compare_and_release(
    office, begun, client, django_capture_on_commit_callbacks
):
    redaction = begun(sheet(*LETTER.split("\n")))
    client.force_login(office.clerk.user, backend=BACKEND)
    address = reverse("redaction:redaction", args=[redaction.pk])
    page = client.get(address).content.decode()
    assert page.count('class="rd-box rd-proposed"') >= 7
    assert "<legend>第 1 行</legend>" in page
    assert (
        client.get(reverse("redaction:picture", args=[redaction.pk, 1])).content[:4] == b"\x89PNG"
    )
    chosen = client.post(address, {"ground": "case-file", "word": ["3-0", "3-1"]}, follow=True)
    assert "执法案卷" in chosen.content.decode()
    placed = {"ground": "internal", "left": "5", "top": "50", "width": "20", "height": "10"}
    client.post(address, placed)
    assert redaction.marks.filter(is_automatic=False).count() == 2
    nothing = client.post(address, {"ground": "internal"})
    assert (nothing.status_code, "没有选中要遮盖的地方" in nothing.content.decode()) == (422, True)
    client.post(
        reverse("redaction:decide-many", args=[redaction.pk]), {"state": "accept", "all": "yes"}
    )
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("redaction:build", args=[redaction.pk]))
    compare = reverse("redaction:compare", args=[redaction.pk])
    page = client.get(compare).content.decode()
    assert "没有找到遮盖的内容" in page
    assert "《政府信息公开条例》第十五条" in page
    assert client.get(reverse("redaction:result", args=[redaction.pk, 1])).content[:4] == b"\x89PNG"
    client.post(compare, {"accepts": "on"})
    redaction.refresh_from_db()
    assert redaction.stage == Stage.RELEASED
    sent = client.get(reverse("redaction:output", args=[redaction.pk]))
    assert b"".join(sent.streaming_content)[:5] == b"%PDF-"
    client.force_login(office.stranger.user, backend=BACKEND)
    for name, more in (("redaction", []), ("compare", []), ("picture", [1]), ("output", [])):
        assert (
            client.get(reverse(f"redaction:{name}", args=[redaction.pk, *more])).status_code == 404
        )
