"""Letters at the desk: from what the case asks for to the envelope, and nobody else sees any of it."""

import io

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from PIL import Image
from tests.factories.applications import answering_office, applied, decided
from tests.factories.organisations import OrganisationFactory, PostFactory, UserFactory, reader

from gongkai.core.letters import stages, templates
from gongkai.domain.applications.actions import proceed
from gongkai.domain.applications.models import Letter
from gongkai.domain.letters.models import Adaptation, CaseFile, LetterOffice
from gongkai.foundation import clock
from gongkai.foundation.jobs.actions import resume, stop
from gongkai.foundation.jobs.models import Job
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail.models import Record

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def seat(who):
    client = Client()
    client.force_login(who.user, backend=BACKEND)
    return client


def picture():
    stream = io.BytesIO()
    Image.new("RGBA", (80, 80), (220, 0, 0, 120)).save(stream, "PNG")
    return ContentFile(stream.getvalue(), name="印章.png")


def test_templates_stand_under_the_stages_of_a_case_and_say_who_worded_them():
    office = answering_office()
    head, key = seat(office.head), office.bureau.pk
    page = head.get(f"/desk/letters/{key}/")
    groups = page.context["groups"]
    keys = [one for _, found in groups for one, *_ in found]
    law = [one for one, made in templates().items() if made.in_force(clock.today())]
    assert sorted(keys) == sorted(law)
    labels = [stage.label for stage, _ in groups]
    assert labels == [stage.label for stage in stages().values() if stage.label in labels]
    assert labels[0] == "登记、补正和撤回"
    assert "改写，第" not in page.content.decode()
    for who, place, template in (
        (office.office, office.city, "extension"),
        (office.head, office.bureau, "receipt"),
    ):
        address = f"/desk/letters/{place.pk}/templates/{template}/"
        body = seat(who).get(address).context["form"]["body"].value()
        assert seat(who).post(address, {"title": "通知", "body": body}).status_code == 302
    page = head.get(f"/desk/letters/{key}/").content.decode()
    assert "2 种有改写" in page
    assert "本机关改写，第 1 版" in page
    assert f"{office.city}改写，第 1 版" in page


def test_a_clerk_writes_sends_and_delivers_a_reply_and_closes_the_file(  # noqa: PLR0915  # one story
    django_capture_on_commit_callbacks,
):
    office = answering_office()
    head, clerk = seat(office.head), seat(office.clerk)
    elsewhere = OrganisationFactory(parent=office.city, name="云川市教育局")
    stranger = seat(
        Reader.of(PostFactory(user=UserFactory(), organisation=elsewhere, role="clerk").user)
    )

    setting = f"/desk/letters/{office.bureau.pk}/"
    told = {"mark": "云水公复", "kind": "department", "reviewers": "云川市人民政府"}
    assert "机关代字“2026”不能" in head.post(setting, told | {"mark": "2026"}).content.decode()
    assert head.post(setting, told | {"contact": "0000-8800300"}).status_code == 302
    assert head.post(f"{setting}seal/", {"seal": picture()}).status_code == 302
    assert LetterOffice.objects.get(organisation=office.bureau).seal

    wording = f"{setting}templates/granted/"
    page = head.get(wording)
    body = page.context["form"]["body"].value()
    spoiled = head.post(wording, {"title": "答复", "body": body.replace("{{公开内容}}", "")})
    assert "缺少“公开的内容”" in spoiled.content.decode()
    assert head.post(wording, {"title": "答复书", "body": body}).status_code == 302
    assert Adaptation.objects.get().version == 1
    assert head.get(f"{wording}sample.pdf").content[:4] == b"%PDF"

    application = applied(office)
    proceed(application, "accept", by=office.clerk)
    decided(office, application, "granted")
    case = clerk.get(application.get_absolute_url()).content.decode()
    assert "起草政府信息公开申请答复书（予以公开）" in case
    fact = application.facts.get(act="decide")
    new = f"/desk/applications/letters/cases/{application.pk}/new/"
    begun = clerk.post(new, {"template": "granted", "fact": fact.pk})
    letter = Letter.objects.get()
    page = clerk.get(begun.url)
    assert "缺少“公开内容”" in page.content.decode()
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields if name != "online"}
    (released,) = (key for key, (_, name) in form.places.items() if name == "公开内容")
    assert clerk.post(begun.url, sent | {"issue": ""}).status_code == 422
    sent[released] = "施工合同（12页）\n竣工验收报告（8页）"
    assert clerk.post(begun.url, sent | {"issue": ""}).status_code == 302
    letter.refresh_from_db()
    assert letter.number.startswith("云水公复〔")
    shown = clerk.get(begun.url).content.decode()
    assert "1.施工合同（12页）；" in shown
    assert "登记送达" in shown
    paper = b"".join(clerk.get(f"{begun.url}letter.pdf").streaming_content)
    assert paper[:4] == b"%PDF"
    assert clerk.get(f"{begun.url}envelope.pdf").content[:4] == b"%PDF"
    day = letter.issued.isoformat()
    clerk.post(f"{begun.url}deliver/", {"way": "post", "day": day, "proof": picture()})
    application.refresh_from_db()
    assert application.state == "closed"

    assert clerk.get(f"/desk/applications/{application.pk}/label.pdf").content[:4] == b"%PDF"
    seen = Record.objects.filter(event="applications.identity-seen")
    before = seen.count()
    envelope = f"/desk/applications/letters/cases/{application.pk}/envelope.pdf"
    assert clerk.get(f"{envelope}?first=5").content[:4] == b"%PDF"
    assert seen.count() == before + 1
    assembling = f"/desk/applications/letters/cases/{application.pk}/assemble/"
    assert clerk.post(assembling).status_code == 302
    assert clerk.post(assembling).status_code == 302
    (job,) = Job.objects.filter(kind="letters.assemble")  # asked for twice, done once
    assert "等待中" in clerk.get(application.get_absolute_url()).content.decode()
    stop(job)
    shown = clerk.get(application.get_absolute_url()).content.decode()
    assert "已停止" in shown
    assert "停止、继续" in shown
    follows_what_a_colleague_started(office, job, application, stranger)
    with django_capture_on_commit_callbacks(execute=True):
        resume(job)
    job.refresh_from_db()
    assert (job.state, job.error) == (Job.State.DONE, "")
    made = CaseFile.objects.get()
    # a worker that ended between the file and the good news begins again, and makes no second one
    Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED)
    with django_capture_on_commit_callbacks(execute=True):
        resume(job)
    assert CaseFile.objects.get() == made
    colleague = seat(reader("clerk", office.bureau))
    file = colleague.get(f"/desk/applications/letters/files/{made.pk}/case.pdf")
    assert b"".join(file.streaming_content)[:4] == b"%PDF"
    manifest = clerk.get(f"/desk/applications/letters/files/{made.pk}/case.json")
    assert len(manifest.json()["pieces"]) == made.pieces == 5

    for address in (
        begun.url,
        f"{begun.url}letter.pdf",
        f"{begun.url}envelope.pdf",
        envelope,
        new,
        f"/desk/applications/{application.pk}/label.pdf",
        f"/desk/applications/letters/files/{made.pk}/case.pdf",
    ):
        assert stranger.get(address).status_code == 404, address
    for address in (setting, wording, f"{wording}sample.pdf"):
        assert stranger.get(address).status_code in {302, 404}, address
        assert clerk.get(address).status_code in {302, 404}, address
    leader = seat(office.leader).get(application.get_absolute_url()).content.decode()
    assert letter.number not in leader


def follows_what_a_colleague_started(office, job, application, stranger):
    """Whoever may read the file sees how far it is; only who started it stops it or goes on."""
    colleague = seat(reader("clerk", office.bureau))
    Job.objects.filter(pk=job.pk).update(state=Job.State.WAITING)
    case = colleague.get(application.get_absolute_url()).content.decode()
    assert "等待中" in case
    assert f"{job.owner} " in case
    assert "停止、继续" not in case
    page = f"/desk/jobs/{job.pk}/"
    assert "等待中" in colleague.get(page).content.decode()
    assert "等待中" in colleague.get(f"{page}progress/").content.decode()
    assert colleague.post(f"{page}stop/").status_code == 404
    assembling = f"/desk/applications/letters/cases/{application.pk}/assemble/"
    assert colleague.post(assembling).status_code == 302
    assert Job.objects.filter(kind="letters.assemble").count() == 1
    # of the same office, but not for what tells who applies
    for who in (stranger, seat(office.leader)):
        assert who.get(page).status_code == 404
        assert who.get(f"{page}progress/").status_code == 404
    Job.objects.filter(pk=job.pk).update(state=Job.State.STOPPED)
