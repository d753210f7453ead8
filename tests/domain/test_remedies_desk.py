"""At the desk: a claim is noted down, answered and decided; the case, the list and the first page know of it."""

from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from tests.domain.test_remedies import lodged, refused
from tests.factories import samples
from tests.factories.applications import answering_office
from tests.factories.organisations import OrganisationFactory, reader

from gongkai.domain.remedies.actions import conclude, file_paper, remind, renew
from gongkai.domain.remedies.errors import NotInForce
from gongkai.domain.remedies.figures import tables
from gongkai.domain.remedies.models import Remedy
from gongkai.foundation import clock
from gongkai.foundation.figures import Period
from gongkai.foundation.notices.models import Notice
from gongkai.foundation.trail.models import Record

pytestmark = pytest.mark.django_db
CLAIMANT = "第三方赵某"
CLAIMS = "请求撤销，送达我家"


@pytest.fixture
def office():
    return answering_office()


def at_the_desk(who):
    client = Client()
    client.force_login(who.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def scan(pages):
    """Return a TIFF as a fax machine writes it: black and white, several pages."""
    first, *rest = [Image.new("1", (850, 1170), 1) for _ in range(pages)]
    stream = BytesIO()
    first.save(stream, "TIFF", save_all=True, append_images=rest, compression="group4")
    return stream.getvalue()


def text(answer):
    return answer.content.decode()


def test_a_claim_goes_its_way_by_the_screens_that_people_use(office):  # noqa: PLR0915  # one story
    application = refused(office)
    new = f"{reverse('remedies:new')}?application={application.pk}"
    with clock.moved_to(date(2026, 4, 7)):
        desk = at_the_desk(office.clerk)
        assert new in text(desk.get(application.get_absolute_url())).replace("&amp;", "&")
        found = desk.post(reverse("remedies:new"), {"application": application.number})
        assert found["Location"] == new
        told = {
            "kind": "reconsideration",
            "body": "云川市人民政府",
            "number": "云政复〔2026〕9号",
            "filed": "2026-04-01",
            "notified": "2026-04-03",
            "claimant": CLAIMANT,
        }
        early = desk.post(new, {**told, "filed": "2026-03-01"})
        assert (early.status_code, "核对日期" in text(early)) == (422, True)
        copy = SimpleUploadedFile("申请书.tif", scan(2))
        wishes = {"claims": CLAIMS, "paper": copy}
        assert desk.post(new, told | wishes).status_code == 302
        remedy = Remedy.objects.get()
        (paper,) = remedy.papers.all()
        address = reverse("remedies:paper", args=[remedy.pk, paper.pk])
        with pikepdf.open(BytesIO(b"".join(desk.get(address).streaming_content))) as pages:
            assert len(pages.pages) == 2, "a scanner's TIFF is a PDF that every browser shows"
        assert Record.objects.filter(event="remedies.paper-seen").count() == 1
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM remedies_remedy")
            kept = str(cursor.fetchall())
        assert not [word for word in (CLAIMANT, CLAIMS) if word in kept]
        page = remedy.get_absolute_url()
        shown = text(desk.get(page))
        assert "2026-04-20" in shown  # ten working days from 3 April, 清明节 between
        assert "第四十八条" in shown
        assert CLAIMANT not in shown
        assert CLAIMANT in text(desk.post(reverse("remedies:claimant", args=[remedy.pk])))
        assert Record.objects.filter(event="remedies.claimant-seen").count() == 1
        assert "云政复〔2026〕9号" in text(desk.get("/desk/"))
        assert "云政复〔2026〕9号" in text(desk.get(application.get_absolute_url()))
    acts = {key: reverse("remedies:act", args=[remedy.pk, key]) for key in ("defend", "conclude")}
    with clock.moved_to(date(2026, 4, 16)):
        assert remind() == 1
        assert remind() == 0
        assert office.clerk.user.pk in Notice.objects.values_list("to", flat=True)
    with clock.moved_to(date(2026, 6, 1)):
        desk = at_the_desk(office.clerk)
        for more in ({}, {"HTTP_HX_REQUEST": "true"}):
            assert "确认登记答复、答辩" in text(desk.get(acts["defend"], **more))
        broken = SimpleUploadedFile("答复书.tif", scan(1)[:200])
        answered = {"day": "2026-04-21", "notified": "2026-04-03", "paper": broken}
        assert "损坏" in text(desk.post(acts["defend"], answered))
        remedy.refresh_from_db()
        assert remedy.defended is None, "both or neither"
        answered["paper"] = SimpleUploadedFile("答复书.png", samples.picture())
        assert desk.post(acts["defend"], answered).status_code == 302
        shown = text(desk.get(page))
        assert "逾期" in shown
        assert "答复书.png" in shown
        putting = reverse("remedies:act", args=[remedy.pk, "paper"])
        more = {
            "kind": "evidence",
            "named": "检索记录",
            "file": SimpleUploadedFile("b.pdf", samples.pdf()),
        }
        assert desk.post(putting, more).status_code == 302
        assert remedy.papers.count() == 3
        assert desk.get(acts["defend"]).status_code == 404, "answered already"
        result = {"outcome": "recon-revoked", "decided": "2026-05-20", "received": "2026-05-22"}
        assert desk.post(acts["conclude"], result, HTTP_HX_REQUEST="true").status_code == 204
        assert "重新办理" in text(desk.get(reverse("remedies:index"), {"when": "renew"}))
        renew = reverse("remedies:act", args=[remedy.pk, "renew"])
        wrong = desk.post(renew, {"day": "2026-05-22", "until": "2026-05-01"})
        assert wrong.status_code == 422
        assert desk.post(renew, {"day": "2026-05-22", "until": "2026-06-26"}).status_code == 302
        application.refresh_from_db()
        assert (application.round, application.due) == (2, date(2026, 6, 26))
        sent = desk.get(reverse("remedies:export")).content.decode("utf-8-sig")
        assert "撤销或者部分撤销" in sent
        assert CLAIMANT not in sent


def test_an_appeal_that_changes_nothing_keeps_the_result_and_says_so(office):
    with clock.moved_to(date(2026, 12, 1)):
        application = refused(office)
        suit = lodged(office, application, "litigation", date(2026, 4, 20), number="行初45号")
        conclude(suit, by=office.clerk, outcome="suit-revoked", decided=date(2026, 9, 1))
        desk = at_the_desk(office.clerk)
        owed, listed = {"when": "renew"}, reverse("remedies:index")
        assert "行初45号" in text(desk.get(listed, owed))
        appeal = lodged(
            office, application, "litigation", date(2026, 9, 20), number="行终7号", follows=suit
        )
        # the judgment is not in force: nothing has to be decided again yet
        assert "行初45号" not in text(desk.get(listed, owed))
        assert desk.get(reverse("remedies:act", args=[suit.pk, "renew"])).status_code == 404
        with pytest.raises(NotInForce):
            renew(suit, by=office.clerk)
        act = reverse("remedies:act", args=[appeal.pk, "conclude"])
        upheld = "驳回上诉，维持原判决（判决撤销或者部分撤销）"
        assert upheld in text(desk.get(act))
        told = {"outcome": "suit-revoked", "decided": "2026-11-20", "received": "2026-11-24"}
        assert desk.post(act, told).status_code == 302
        assert upheld in text(desk.get(appeal.get_absolute_url()))
        assert upheld in text(desk.get(listed))
        assert "行终7号" in text(desk.get(listed, owed))
        cells = tables([office.bureau.pk], Period(2026), "format-2021")[office.bureau.pk]
        assert cells["remedies/lit_direct/corrected"].value == 1
        renew(appeal, by=office.clerk, day=date(2026, 11, 24))
        assert "行终7号" not in text(desk.get(listed, owed))


def test_others_find_nothing_and_nobody_else_touches_it(office):
    remedy = lodged(office, refused(office))
    stranger = at_the_desk(reader("clerk", OrganisationFactory(parent=office.city)))
    upload = SimpleUploadedFile("答辩状.pdf", samples.pdf())
    paper = file_paper(remedy, upload, by=office.clerk, kind="defence", title="答辩状")
    filed = reverse("remedies:paper", args=[remedy.pk, paper.pk])
    assert stranger.get(filed).status_code == 404
    acts = ("defend", "conclude", "nonsense")
    for address in (
        remedy.get_absolute_url(),
        *(reverse("remedies:act", args=[remedy.pk, act]) for act in acts),
        f"{reverse('remedies:new')}?application={remedy.application_id}",
    ):
        assert stranger.get(address).status_code == 404, address
    assert stranger.post(reverse("remedies:claimant", args=[remedy.pk])).status_code == 404
    assert remedy.get_absolute_url() not in text(stranger.get(reverse("remedies:index")))
    leader = at_the_desk(office.leader)
    seen = leader.get(remedy.get_absolute_url())
    assert (seen.status_code, "答辩状" in text(seen)) == (200, False), "no identity, no papers"
    assert leader.get(filed).status_code == 404
    assert leader.get(reverse("remedies:new")).status_code == 302, "sent back to the desk"


def test_a_ground_that_is_corrected_often_is_told_where_it_is_chosen(office):
    with clock.moved_to(date(2026, 9, 1)):
        for _ in range(2):
            remedy = lodged(office, refused(office), is_summary=True)
            conclude(remedy, by=office.clerk, outcome="recon-unlawful", decided=date(2026, 5, 20))
        suit = lodged(office, refused(office), "litigation")
        desk = at_the_desk(office.clerk)
        assert "应当先申请行政复议" in text(desk.get(suit.get_absolute_url()))
        assert "被纠正 2 件" in text(desk.get(reverse("remedies:index")))
        decision = reverse("applications:decision", args=[suit.application_id])
        assert "被纠正 2 件" in text(desk.get(decision))
        with CaptureQueriesContext(connection) as few:
            desk.get(reverse("remedies:index"))
        for _ in range(3):
            lodged(office, suit.application)
        with CaptureQueriesContext(connection) as more:
            answer = desk.get(reverse("remedies:index"), {"kind": "reconsideration", "q": "20"})
        assert answer.status_code == 200
        assert len(more) <= len(few)
