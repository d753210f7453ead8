"""At the desk: a claim is noted down, answered and decided; the case, the list and the first page know of it."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.domain.test_remedies import lodged, refused
from tests.factories.applications import answering_office
from tests.factories.organisations import OrganisationFactory, reader

from gongkai.domain.remedies.actions import conclude, remind
from gongkai.domain.remedies.models import Remedy
from gongkai.foundation import clock
from gongkai.foundation.notices.models import Notice
from gongkai.foundation.trail.models import Record

pytestmark = pytest.mark.django_db
CLAIMANT = "第三方赵某"


@pytest.fixture
def office():
    return answering_office()


def at_the_desk(who):
    client = Client()
    client.force_login(who.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def text(answer):
    return answer.content.decode()


def test_a_claim_goes_its_way_by_the_screens_that_people_use(office):
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
        assert desk.post(new, told).status_code == 302
        remedy = Remedy.objects.get()
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
        answered = {"day": "2026-04-21", "notified": "2026-04-03"}
        assert desk.post(acts["defend"], answered).status_code == 302
        assert "逾期" in text(desk.get(page))
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


def test_others_find_nothing_and_nobody_else_touches_it(office):
    remedy = lodged(office, refused(office))
    stranger = at_the_desk(reader("clerk", OrganisationFactory(parent=office.city)))
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
    assert leader.get(remedy.get_absolute_url()).status_code == 200
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
