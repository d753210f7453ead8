"""The desk of disclosure on request, as those who sit at it: who registers, who handles, who signs, who looks on."""

import csv
import io
import re
from datetime import date, timedelta
from itertools import product

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image
from tests.factories import samples
from tests.factories.applications import (
    APPLICANT,
    MATTER,
    answering_office,
    applied,
    closed,
)
from tests.factories.information import published
from tests.factories.organisations import OrganisationFactory, reader

from gongkai.core.workdays import calendar
from gongkai.domain.applications import policies
from gongkai.domain.applications.actions import attach, draft_decision, hand_in, proceed, remark
from gongkai.domain.applications.actions.decide import Answered
from gongkai.domain.applications.actions.remind import remind
from gongkai.domain.applications.desk import slices
from gongkai.domain.applications.desk.gists import gists_of_replies
from gongkai.domain.applications.desk.urls import urlpatterns
from gongkai.domain.applications.errors import NoOrder, WithholdsNothing
from gongkai.domain.applications.models import Application, Document, Note, Party, Term, Wording
from gongkai.domain.letters.actions import draft
from gongkai.domain.letters.writing import composed
from gongkai.domain.review.models import Review
from gongkai.foundation import clock
from gongkai.foundation.notices.models import Notice
from gongkai.foundation.permissions.roles import roles
from gongkai.foundation.search.pending import drain
from gongkai.foundation.trail.models import Record
from gongkai.foundation.watches import look_at

DESK = "/desk/applications/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MONDAY = date(2026, 3, 2)
HTMX = {"headers": {"HX-Request": "true"}}
pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return answering_office()


def seat(who):
    client = Client()
    client.force_login(who.user, backend=BACKEND)
    return client


def picture(name="表.png"):
    stream = io.BytesIO()
    Image.new("L", (40, 40), 200).save(stream, "PNG")
    return SimpleUploadedFile(name, stream.getvalue(), "image/png")


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def opens(response):
    """Tell whether the screen was shown; who lacks the act altogether is led back to the first page."""
    if response.streaming:
        b"".join(response.streaming_content)
    turned_back = response.status_code == 302 and response.url == "/desk/"
    return response.status_code in {200, 302, 422} and not turned_back


def do(client, key, act, **data):
    """Do an act as the page does: the form comes in place, and the page comes again afterwards."""
    return client.post(f"{DESK}{key}/acts/{act}/", data, **HTMX)


def test_a_case_goes_from_the_counter_to_the_archive(office):  # noqa: PLR0915  # one story, told in one go
    clerk, head = seat(office.clerk), seat(office.head)
    with clock.moved_to(MONDAY):
        told = text_of(
            clerk.post(
                f"{DESK}new/told/", {"channel": "email", "day": "2026-03-02", "matter": "路"}
            )
        )
        assert "确认之日是收到申请之日" in told
        scan = text_of(clerk.post(f"{DESK}new/scan/", {"scan": picture()}))
        scan_key = re.search(r'name="scan_key" value="(\d+)"', scan)[1]
        assert opens(clerk.get(f"{DESK}new/scan/{scan_key}/"))
        assert not opens(seat(reader("clerk", office.bureau)).get(f"{DESK}new/scan/{scan_key}/"))
        typed = APPLICANT | {
            "organisation": office.bureau.pk,
            "channel": "in-person",
            "day": "2026-03-02",
            "at": "08:30",
            "delivery": "post",
            "token": "a" * 32,
            "scan_key": scan_key,
        }
        assert clerk.post(f"{DESK}new/", typed | {"document_number": "1"}).status_code == 422
        done = clerk.post(f"{DESK}new/", typed)
        application = Application.objects.get()
        assert application.number in text_of(done)
        assert re.search(r'apps-code">[0-9A-Z]{4}-[0-9A-Z]{4}<', text_of(done))
        assert application.documents.get().sealed_id == int(scan_key)
        again = clerk.post(f"{DESK}new/", typed)
        assert again.status_code == 302
        assert Application.objects.count() == 1

        page = f"{DESK}{application.pk}/"
        shown = text_of(clerk.get(page))
        assert MATTER in shown
        assert "还剩 20 个工作日" in shown
        assert APPLICANT["telephone"] not in shown
        looked = Record.objects.filter(event="applications.identity-seen")
        before = looked.count()
        seen = clerk.post(f"{page}identity/")
        assert APPLICANT["telephone"] in text_of(seen)
        assert "no-store" in seen["Cache-Control"]
        assert looked.count() == before + 1
        assert do(clerk, application.pk, "accept", day="2026-03-02")["HX-Redirect"] == page

    with clock.moved_to(date(2026, 3, 4)):
        effect = text_of(
            clerk.post(
                f"{page}acts/ask-supplement/effect/", {"day": "2026-03-04", "until": "2026-03-20"}
            )
        )
        assert "停止计时" in effect
        refused = do(clerk, application.pk, "ask-supplement", day="2026-03-04", until="2026-03-01")
        assert refused.status_code == 200
        assert "早于" in text_of(refused)
        asked = {"day": "2026-03-04", "until": "2026-03-20", "paper": picture("告知书.png")}
        assert do(clerk, application.pk, "ask-supplement", **asked).status_code == 204
        assert Document.objects.filter(fact__act="ask-supplement").exists()
        wrong = application.facts.get(act="ask-supplement")
        assert not opens(clerk.get(f"{page}facts/{wrong.pk}/strike/"))
        struck = head.post(f"{page}facts/{wrong.pk}/strike/", {"reason": "内容本来就明确"})
        assert struck.status_code == 302
        assert "内容本来就明确" in text_of(clerk.get(page))
        assert text_of(clerk.get(page)).count("<s>") == 1

    with clock.moved_to(date(2026, 3, 20)):
        assert clerk.get(f"{page}acts/extend/").status_code == 404
        form = head.get(f"{page}acts/extend/", **HTMX)
        assert form.context["form"].fields["working_days"].initial == 20
        more = {
            "working_days": 10,
            "approved": "2026-03-20",
            "day": "2026-03-20",
            "text": "局长批准",
        }
        assert do(head, application.pk, "extend", **more).status_code == 204
    application.refresh_from_db()
    assert application.due == calendar().after(MONDAY, 30)

    with clock.moved_to(date(2026, 4, 8)):
        source = attach(
            application, SimpleUploadedFile("合同.txt", b"contract"), by=office.clerk, kind="source"
        )
        offered = clerk.get(f"{page}decision/")
        barred = {g.key: g.barred for _, grounds in offered.context["groups"] for g in grounds}
        assert barred["not-corrected"]
        assert not barred["granted"]
        assert "asked-to-amend" not in barred
        typed = {
            "parts": "2",
            "matter-0": "施工合同",
            "ground-0": "granted",
            "reasons-0": "",
            "matter-1": "竣工验收报告",
            "ground-1": "privacy",
            "reasons-1": "",
            "documents": [str(source.pk)],
        }
        follows = text_of(clerk.post(f"{page}decision/follows/", typed))
        assert "（二）部分公开" in follows
        assert "应当先申请行政复议" in follows
        assert "分管领导" in follows
        lacking = clerk.post(f"{page}decision/", typed | {"hand_in": "1"})
        assert lacking.status_code == 422
        assert "要写明理由" in text_of(lacking)
        typed |= {"reasons-1": "含有他人身份信息", "hand_in": "1"}
        assert clerk.post(f"{page}decision/", typed).status_code == 302
        review = Review.objects.get()
        screen = f"{DESK}reviews/{review.pk}/"
        assert "含有他人身份信息" in text_of(head.get(screen))
        returned = {"digest": review.digest, "opinion": "return", "comment": "写明依据的条款"}
        assert head.post(screen, returned).status_code == 302
        assert "写明依据的条款" in text_of(clerk.get(f"{page}decision/"))
        clerk.post(f"{page}decision/", typed)
        assert clerk.post(f"{page}decision/recall/").status_code == 302
        clerk.post(f"{page}decision/", typed)
        review = Review.objects.open().get()
        screen = f"{DESK}reviews/{review.pk}/"
        leader = seat(office.leader)
        assert opens(leader.get(f"{screen}documents/{source.pk}/"))
        for who in (head, seat(office.office), leader):
            signed = who.post(screen, {"digest": review.digest, "opinion": "agree"})
            assert signed.status_code == 302
    application.refresh_from_db()
    assert (application.state, application.outcome) == ("decided", "partial")

    with clock.moved_to(date(2026, 4, 9)):
        sent = {
            "day": "2026-04-09",
            "means": "post",
            "tracking": "EX000000001CN",
            "paper": picture("回执.png"),
        }
        assert do(clerk, application.pk, "deliver", **sent).status_code == 204
        arrived = application.facts.get(act="deliver")
        assert (arrived.means, str(arrived.tracking)) == ("post", "EX000000001CN")
        shown = text_of(clerk.get(page))
        assert "邮件号 EX000000001CN" in shown
        assert f"{page}documents/{arrived.documents.get().pk}/read/" in shown
        assert "EX000000001CN" not in text_of(seat(office.leader).get(page))
        assert do(clerk, application.pk, "archive", day="2026-04-09").status_code == 204
        assert "按期答复" in text_of(clerk.get(page))
    application.refresh_from_db()
    assert application.state == "archived"


def test_every_ground_of_what_is_withheld_weighs_and_is_cited(office):
    application, clerk = applied(office), seat(office.clerk)
    typed = {"parts": "1", "matter-0": MATTER, "ground-0": "partial", "exemptions-0": "privacy"}
    follows = f"{DESK}{application.pk}/decision/follows/"
    assert "主要领导" not in text_of(clerk.post(follows, typed))
    secret = text_of(clerk.post(follows, typed | {"exemptions-0": ["privacy", "secret"]}))
    assert "主要领导" in secret
    wrong = Answered(MATTER, "granted", exemptions=("privacy",))
    with pytest.raises(WithholdsNothing, match="个人隐私"):
        draft_decision(application, by=office.clerk, parts=[wrong])
    both = Answered(MATTER, "privacy", exemptions=("secret",), reasons="含有他人信息，且已定密")
    decision = draft_decision(application, by=office.clerk, parts=[both])
    assert decision.importance == "critical"
    letter = draft(application, "privacy", by=office.clerk)
    told = "".join(composed(letter, clock.today(), draft=True).lines())
    assert "第十四条" in told
    assert "第十五条" in told


def test_the_law_of_charges_is_worked_out_in_place(office):
    application = applied(office)
    day = str(clock.today())
    typed = {"day": day, "method": "by-page", "count": "260", "before": "0"}
    effect = seat(office.clerk).post(f"{DESK}{application.pk}/acts/charge/effect/", typed)
    assert "应缴 5100 元" in text_of(effect)
    nothing = typed | {"count": "10"}
    refused = seat(office.clerk).post(f"{DESK}{application.pk}/acts/charge/effect/", nothing)
    assert "不用收费" in text_of(refused)


def test_the_list_puts_the_most_urgent_first_in_as_many_queries_whatever_its_length(office):
    clerk = seat(office.clerk)
    with clock.moved_to(MONDAY):
        late = applied(office, on=calendar().on_or_after(MONDAY - timedelta(days=50)))
        applied(office, channel="email", matter="路灯")
        clerk.get(DESK)
        with CaptureQueriesContext(
            connection,
        ) as few:
            shown = clerk.get(DESK)
        for n in range(12):
            applied(office, matter=f"第{n}件：路灯的维修记录")
        with CaptureQueriesContext(connection) as many:
            clerk.get(DESK)
        assert len(many) == len(few) <= 24
        assert shown.context["rows"][0]["case"] == late
        numbers = {queue.key: number for queue, number in clerk.get(DESK).context["queues"]}
        assert numbers["late"] == 2  # to examine it, and to reply
        narrowed = clerk.get(DESK, {"duty": "confirm"}).context["rows"]
        assert [row["due"] for row in narrowed] == [date(2026, 3, 5)]
        assert [row["case"].matter for row in narrowed] == ["路灯"]
        assert len(clerk.get(DESK, {"q": "维修记录"}).context["rows"]) == 12
        assert clerk.get(DESK, {"q": late.number}).url == late.get_absolute_url()
        written = clerk.get(f"{DESK}export/", {"format": "csv"}).content.decode("utf-8-sig")
        assert len(list(csv.reader(io.StringIO(written)))) == 28
        for personal in ("路灯", *(APPLICANT[name] for name in ("name", "telephone", "email"))):
            assert personal not in written
        assert clerk.get(f"{DESK}export/").content.startswith(b"PK")
        assert clerk.get("/desk/").status_code == 200


def test_pages_of_the_list_follow_each_other_without_gap_or_double(office, monkeypatch):
    monkeypatch.setattr(slices.part_of, "__kwdefaults__", {"size": 4})
    for n in range(5):
        applied(office, channel="email" if n % 2 else "in-person")
    clerk, seen, cursor = seat(office.clerk), [], ""
    while True:
        context = clerk.get(DESK, {"from": cursor} if cursor else {}).context
        seen += [row["term"].pk for row in context["rows"]]
        cursor = context["next"]
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == Term.objects.running().count()


def test_many_cases_are_handed_to_a_colleague_and_whoever_is_slow_is_urged(office):
    first, second = applied(office), applied(office)
    colleague = reader("clerk", office.bureau)
    stranger = reader("clerk", OrganisationFactory(parent=office.city))
    clerk, head = seat(office.clerk), seat(office.head)
    asked = {"case": [first.pk, second.pk], "to": stranger.user.pk}
    assert clerk.post(f"{DESK}hand-over/", asked).status_code == 422
    asked["to"] = colleague.user.pk
    assert clerk.post(f"{DESK}hand-over/", asked).status_code == 302
    assert set(Application.objects.values_list("handler", flat=True)) == {colleague.user.pk}
    assert set(Term.objects.running().values_list("person", flat=True)) == {colleague.user.pk}
    assert head.post(f"{DESK}{first.pk}/urge/", {"urge-text": "明天要"}).status_code == 302
    assert Notice.objects.filter(to=colleague.user, text__contains="催办").count() == 1
    typed = {"note-text": "打电话问", "note-person": colleague.user.pk, "note-due": "2026-03-09"}
    assert clerk.post(f"{DESK}{first.pk}/notes/", typed).status_code == 302
    task = Note.objects.get(person=colleague.user)
    assert "打电话问" in text_of(seat(colleague).get("/desk/"))
    assert clerk.post(f"{DESK}{second.pk}/notes/{task.pk}/done/").status_code == 404
    assert clerk.post(f"{DESK}{first.pk}/notes/{task.pk}/done/").status_code == 302
    task.refresh_from_db()
    assert task.done_at


def test_a_unit_answers_what_it_was_asked_and_sees_no_applicant(office):
    unit = OrganisationFactory(parent=office.city, name="云川市水文站")
    asked, other = reader("clerk", unit), applied(office)
    application = applied(office)
    clerk, theirs = seat(office.clerk), seat(asked)
    page = f"{DESK}{application.pk}/"
    assert theirs.get(page).status_code == 404
    day = clock.today()
    sent = {"day": str(day), "until": str(day + timedelta(days=7)), "unit": "云川市水文站"}
    assert do(clerk, application.pk, "dispatch", **sent).status_code == 204
    again = do(clerk, application.pk, "dispatch", **sent)
    assert "已经接到这件申请" in text_of(again)
    own = do(clerk, application.pk, "dispatch", **{**sent, "unit": office.bureau.name})
    assert "不用交办给自己" in text_of(own)
    assert application.facts.filter(act="dispatch").count() == 1
    shown = text_of(theirs.get(page))
    assert "承办单位回复" in shown
    # several units may have it, each with a day of its own: the clerk reads whose it is
    assert "承办单位回复（云川市水文站）" in text_of(clerk.get(page))
    assert "查看申请人身份" not in shown
    assert theirs.get(f"{DESK}{other.pk}/").status_code == 404
    assert theirs.post(f"{page}identity/").status_code == 404
    assert do(theirs, application.pk, "accept", day=str(day)).status_code == 404
    assert [row["duty"] for row in theirs.get(DESK).context["rows"]] == ["承办单位回复"]
    given = {"assign-unit": office.city.pk, "assign-handler": ""}
    assert clerk.post(f"{page}assign/", given).status_code == 422
    given = {"assign-unit": unit.pk, "assign-handler": office.clerk.user.pk}
    assert "没有办理公开申请的岗位" in text_of(clerk.post(f"{page}assign/", given))
    given["assign-handler"] = asked.user.pk
    assert clerk.post(f"{page}assign/", given).status_code == 302
    application.refresh_from_db()
    assert (application.unit, application.handler) == (unit, asked.user)
    told = {"day": str(day), "text": "已经找到"}
    assert do(theirs, application.pk, "report", **told).status_code == 204
    assert application.facts.get(act="report").by == asked.user
    told = text_of(clerk.get(page)).partition("办理过程")[2]
    assert "云川市水文站" in told.rpartition("承办单位回复")[2].partition("已经找到")[0]
    # once it has answered it may be asked again
    assert do(clerk, application.pk, "dispatch", **sent).status_code == 204
    back = {"case": [application.pk], "to": office.clerk.user.pk}
    assert clerk.post(f"{DESK}hand-over/", back).status_code == 302
    application.refresh_from_db()
    assert (application.unit, application.handler) == (None, office.clerk.user)


def test_earlier_cases_and_recurring_answers_are_at_hand(office):
    earlier = closed(office, applied(office), "granted")
    alike = applied(office, telephone="13900000009", document_number="", matter=f"{MATTER}复印件")
    other = applied(office, telephone="13900000008", document_number="", matter="公交车时刻表")
    clerk = seat(office.clerk)
    found = clerk.get(f"{DESK}{alike.pk}/alike/").context["found"]
    assert [(like.application, like.outcome) for like in found] == [(earlier, "予以公开")]
    assert not clerk.get(f"{DESK}{other.pk}/alike/").context["found"]
    typed = {
        "organisation": office.bureau.pk,
        "telephone": APPLICANT["telephone"],
        "matter": "别的",
    }
    assert "同一申请人" in text_of(clerk.post(f"{DESK}new/told/", typed))
    wording = {
        "organisation": office.bureau.pk,
        "ground": "granted",
        "title": "提供方式",
        "text": "随函提供复印件",
    }
    assert clerk.post(f"{DESK}wordings/new/", wording).status_code == 302
    assert "随函提供复印件" in text_of(clerk.get(f"{DESK}{alike.pk}/decision/"))
    row = Wording.objects.get()
    assert clerk.post(f"{DESK}wordings/{row.pk}/", {"drop": "1"}).status_code == 302
    assert not Wording.objects.exists()
    taken = clerk.get(f"{DESK}{alike.pk}/decision/", {"title": "时刻表", "url": "/items/0/1/"})
    assert taken.context["parts"][0][1].ground == "already-public"


def test_what_is_public_already_is_put_forward_to_applicant_and_clerk(office, settings, tmp_path):
    settings.GONGKAI_SEARCH_INDEX = tmp_path
    item = published(office, title="2025年城区防洪排涝工程竣工验收报告")
    published(office, title="关于灌区节水的通知")
    drain()
    application = applied(office)
    shown = seat(office.clerk).get(f"{DESK}{application.pk}/alike/").context["public"]
    assert [known.url for known in shown] == [item.address]
    # the applicant is shown the same before submitting, and can take it instead
    public = Client()
    public.post(reverse("apply:content", args=[office.bureau.pk]), {"matter": MATTER})
    page = public.get(reverse("apply:published"))
    assert "这些已经公开了" in text_of(page)
    assert item.address in page.content.decode()
    taken = {"title": item.title, "url": item.address}
    part = seat(office.clerk).get(f"{DESK}{application.pk}/decision/", taken).context["parts"][0][1]
    assert part.ground == "already-public"
    assert item.address in part.reasons


def test_each_term_is_told_of_once_before_its_day_and_once_after(office):
    with clock.moved_to(MONDAY):
        application = applied(office)
        proceed(application, "accept", by=office.clerk)
    due = application.due
    for day, count in ((due - timedelta(days=3), 1), (due - timedelta(days=2), 1), (due, 1)):
        with clock.moved_to(day):
            remind()
        told = Notice.objects.filter(to=office.clerk.user, text__contains="答复申请人")
        assert told.count() == count
    assert not Notice.objects.filter(to=office.head.user).exists()
    with clock.moved_to(due + timedelta(days=1)):
        assert remind() == 1
        assert remind() == 0
        (alert,) = [
            a for a in look_at([office.bureau.pk], clock.today()) if "applications" in a.watch
        ]
    assert Notice.objects.filter(to=office.head.user, text__contains="逾期").count() == 1
    assert (alert.count, alert.unit) == (1, office.bureau.pk)


def test_a_new_holiday_notice_moves_open_cases_and_lists_them(office, capsys):
    with clock.moved_to(MONDAY):
        application = applied(office)
        finished = closed(office, applied(office), "granted")
    before = application.due
    Application.objects.update(due=date(2026, 1, 5))  # as an older calendar had it
    call_command("recompute_applications")
    told = capsys.readouterr().out
    assert f"{application.number}  2026-01-05 → {before}" in told
    assert finished.number not in told
    call_command("recompute_applications", after=application.pk)
    assert "重新计算了 0 件" in capsys.readouterr().out


# -- who gets what -----------------------------------------------------------------------------------------

WHOLE, SEALED = "whole", "sealed"
NEEDED = {
    "case": policies.VIEW,
    "act": policies.HANDLE,
    "effect": policies.HANDLE,
    "strike": policies.STRIKE,
    "identity": policies.IDENTITY,
    "alike": policies.VIEW,
    "documents": None,  # whoever works on the case
    "document": policies.VIEW,
    "read": policies.IDENTITY,  # of the sealed one
    "assign": policies.ASSIGN,
    "urge": policies.URGE,
    "notes": None,
    "finish": None,
    "decision": policies.HANDLE,
    "follows": policies.HANDLE,
    "recall": policies.HANDLE,
    "publication": policies.PUBLISH,
    "decline-publication": policies.PUBLISH,
    "log": policies.LOG,
    "renew-code": policies.RENEW_CODE,
    "label": policies.VIEW,
}
ONLY_POST = {"effect", "identity", "assign", "urge", "notes", "finish", "follows", "recall"}
GENERAL = {
    pattern.name: pattern.callback.guarded_by
    for pattern in urlpatterns
    if "<" not in str(pattern.pattern)
}
OTHERS = {"scan-file", "wording", "review", "review-document"}
"""What belongs to one person, to an office or to those who sign; told in the journeys."""
ROLES = ("clerk", "head", "office", "leader", "secrecy", "inspector", "editor", "administrator")


def test_role_by_role_and_unit_by_unit_every_screen_opens_to_whom_it_may(office, settings):
    settings.GONGKAI_SECOND_FACTOR_ROLES = ["none"]
    of_a_case = [p.name for p in urlpatterns if str(p.pattern).startswith("<int:key>/")]
    assert set(of_a_case) == set(NEEDED)
    assert {p.name for p in urlpatterns} >= {*NEEDED, *GENERAL, *OTHERS}
    application = applied(office)
    sealed = attach(application, picture(), by=office.clerk, kind="request")
    plain = attach(application, SimpleUploadedFile("a.txt", b"a"), by=office.clerk, kind="source")
    fact = proceed(application, "accept", by=office.clerk)
    note = remark(application, by=office.clerk, text="x", person=office.clerk.user)
    draft_decision(application, by=office.clerk, parts=[Answered(MATTER, "granted")])
    sibling = OrganisationFactory(parent=office.city)
    parts = {
        "act": ["dispatch"],
        "effect": ["dispatch"],
        "strike": [fact.pk],
        "document": [plain.pk],
        "read": [sealed.pk],
        "finish": [note.pk],
    }
    units = {"bureau": office.bureau, "city": office.city, "sibling": sibling}
    for role, (name, unit) in product([r for r in ROLES if r in roles()], units.items()):
        who = reader(role, unit)
        client, path = seat(who), str(office.bureau.path)
        # what is no case's own opens to a role, wherever it is held
        for view, act in GENERAL.items() if name == "bureau" else ():
            ask = client.post if view in {"told", "scan"} else client.get
            got = ask(reverse(f"applications:{view}"))
            assert opens(got) == who.may(act), (role, name, view, got.status_code)
        sees = who.may(policies.VIEW, path)
        writes = any(who.may(a, path) for a in (policies.HANDLE, policies.ASSIGN, policies.URGE))
        for view, act in NEEDED.items():
            ask = client.post if view in ONLY_POST else client.get
            rest = parts.get(view, [])
            got = ask(reverse(f"applications:{view}", args=[application.pk, *rest]))
            may = sees and (writes if act is None else who.may(act, path))
            assert opens(got) == may, (role, name, view, got.status_code)
            if not sees and name == "sibling":
                absent = ask(reverse(f"applications:{view}", args=[application.pk + 99, *rest]))
                assert absent.status_code == got.status_code, (role, name, view)
                shown = text_of(got)
                assert APPLICANT["name"] not in shown
                assert MATTER not in shown


def test_whoever_signs_reads_what_is_signed_and_nobody_else_does(office):
    application = applied(office)
    part = Answered(MATTER, "granted")
    review = hand_in(draft_decision(application, by=office.clerk, parts=[part]), by=office.clerk)
    stranger = reader("head", OrganisationFactory(parent=office.city))
    assert seat(office.head).get(f"{DESK}reviews/{review.pk}/").status_code == 200
    assert seat(stranger).get(f"{DESK}reviews/{review.pk}/").status_code == 404


def test_the_queue_says_what_is_to_be_signed_and_by_when(office):
    with clock.moved_to(MONDAY):
        application = applied(office)
        parts = [
            Answered("施工合同", "granted"),
            Answered("竣工验收报告", "trade-secret", reasons="含有商业秘密"),
        ]
        hand_in(draft_decision(application, by=office.clerk, parts=parts), by=office.clerk)
        for address in ("/desk/reviews/", "/desk/"):
            shown = text_of(seat(office.head).get(address))
            assert MATTER in shown
            assert "部分公开" in shown
            assert "3月30日前答复，还剩 20 个工作日" in shown
            assert APPLICANT["name"] not in shown
        review = Review.objects.get()
        seat(office.head).post(
            f"{DESK}reviews/{review.pk}/", {"digest": review.digest, "opinion": "agree"}
        )
    # who signed sees what it was as long as the case is within reach
    signed = text_of(seat(office.head).get("/desk/reviews/?tab=done"))
    assert MATTER in signed
    assert "部分公开" in signed


def test_whoever_may_not_see_the_case_is_not_told_its_matter_by_the_queue(
    office, django_assert_num_queries
):
    with clock.moved_to(MONDAY):
        application = applied(office)
        part = Answered(MATTER, "trade-secret", reasons="含有商业秘密")
        hand_in(draft_decision(application, by=office.clerk, parts=[part]), by=office.clerk)
    secrecy = reader("secrecy", office.city)
    assert secrecy.may("review.view", str(office.bureau.path))
    assert not policies.visible_to(secrecy).exists()
    shown = text_of(seat(secrecy).get("/desk/reviews/?tab=late"))
    assert application.number in shown
    assert "不予公开：商业秘密" in shown
    assert MATTER not in shown
    asked = [questions_asked(office.head)]
    for _ in range(3):
        hand_in(draft_decision(applied(office), by=office.clerk, parts=[part]), by=office.clerk)
    assert [questions_asked(office.head)] == asked


def questions_asked(who):
    with CaptureQueriesContext(connection) as queries:
        assert len(gists_of_replies(list(Review.objects.all()), who)) == Review.objects.count()
    return len(queries)


def test_a_closed_case_says_by_when_it_is_filed_and_that_nobody_has_checked_the_day(office):
    with clock.moved_to(date(2026, 3, 2)):
        application = applied(office)
    with clock.moved_to(date(2026, 3, 20)):
        closed(office, application, "granted")
        shown = text_of(seat(office.clerk).get(application.get_absolute_url()))
    assert Term.objects.get(application=application, duty="archive").due == date(2027, 6, 30)
    assert "2027-06-30" in shown
    assert re.search("机关档案管理规定[^<]*（待核）", shown)


def test_the_service_of_what_still_waits_is_proposed_and_an_answered_notice_bars_no_ground_wrongly(
    office,
):
    application = applied(office, on=MONDAY)
    asked = proceed(
        application,
        "ask-supplement",
        by=office.clerk,
        day=MONDAY + timedelta(days=1),
        until=MONDAY + timedelta(days=14),
    )
    supplied = MONDAY + timedelta(days=7)
    proceed(application, "supplement", by=office.clerk, day=supplied, about=asked)
    sent = supplied + timedelta(days=1)
    party = Party.objects.create(application=application, whom="third-party", name="某公司")
    consulted = proceed(
        application, "consult", by=office.clerk, day=sent, whom="third-party", party=party
    )
    with clock.moved_to(sent):
        clerk = seat(office.clerk)
        page = clerk.get(f"{DESK}{application.pk}/acts/serve/").content.decode()
        first, second = re.findall(r'<option value="(\d+)">', page.split("id_means")[0])
        assert (int(first), int(second)) == (consulted.pk, asked.pk)
        case = clerk.get(f"{DESK}{application.pk}/").content.decode()
        assert "没有登记送达，先从发出之日起算" in case
        why = clerk.get(f"{DESK}{application.pk}/decision/").content.decode()
        assert "“告知补正”以后已经接着办理" in why
        assert "“申请人撤回”要先登记“申请人撤回”" in why
        served = sent + timedelta(days=2)
    with clock.moved_to(served):
        proceed(application, "serve", by=office.clerk, day=served, about=consulted)
        case = seat(office.clerk).get(f"{DESK}{application.pk}/").content.decode()
        assert "没有登记送达" not in case


def test_the_clerk_asks_for_more_time_and_who_may_give_it_finds_the_task(office):
    application = applied(office, on=MONDAY)
    proceed(application, "accept", by=office.clerk, day=MONDAY)
    page = f"{DESK}{application.pk}/"
    with clock.moved_to(MONDAY + timedelta(days=7)):
        clerk = seat(office.clerk)
        assert f'href="{page}?ask=extend#notes"' in clerk.get(page).content.decode()
        asking = clerk.get(f"{page}?ask=extend").content.decode()
        assert "答复期限是2026年3月30日" in asking
        assert f'<option value="{office.head.user.pk}" selected>' in asking
        told = {
            "note-text": "到期办不完，请批准延长。理由：正在征求意见",
            "note-person": office.head.user.pk,
            "note-due": "2026-03-30",
        }
        assert clerk.post(f"{page}notes/", told).status_code == 302
        assert Notice.objects.filter(to=office.head.user, href=page).exists()
        head = seat(office.head)
        assert "ask=extend" not in head.get(page).content.decode(), "theirs to give"
        assert head.get(f"{page}acts/extend/").status_code == 200
    with clock.moved_to(date(2026, 3, 31)):
        assert "ask=extend" not in seat(office.clerk).get(page).content.decode(), "too late"


def test_a_missed_day_begins_anew_only_by_an_order_and_until_its_day(office):
    application = applied(office, on=MONDAY)
    proceed(application, "accept", by=office.clerk, day=MONDAY)
    with clock.moved_to(date(2026, 5, 6)):
        clerk = seat(office.clerk)
        told = {"day": "2026-05-06", "text": "复议机关责令限期答复"}
        refused = do(clerk, application.pk, "renew", **told)
        assert refused.status_code == 200
        assert "只有责令限期答复的才重新办理" in text_of(refused)
        with pytest.raises(NoOrder):
            proceed(application, "renew", by=office.clerk)
        application.refresh_from_db()
        assert application.due == date(2026, 3, 30)
        told |= {"until": "2026-05-20", "paper": SimpleUploadedFile("决定书.pdf", samples.pdf())}
        assert do(clerk, application.pk, "renew", **told).status_code == 204
        application.refresh_from_db()
        assert application.due == date(2026, 5, 20)
