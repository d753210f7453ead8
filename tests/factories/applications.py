"""An office that answers applications: the publishing office, and cases at every stage."""

from datetime import datetime, time

from django.utils import timezone
from tests.factories.information import publishing_office

from gongkai.domain.applications.actions import draft_decision, hand_in, proceed, register
from gongkai.domain.applications.actions.decide import Answered
from gongkai.domain.review.actions import sign
from gongkai.domain.review.models import Review
from gongkai.foundation import clock

MATTER = "2025年城区防洪排涝工程的施工合同和竣工验收报告"
APPLICANT = {
    "kind": "natural",
    "name": "测试申请人甲",
    "document_kind": "id-card",
    "document_number": "11010519491231002X",
    "telephone": "13900000001",
    "email": "jia@example.invalid",
    "address": "云川市河滨路1号",
    "matter": MATTER,
}
SIGNERS = {
    "general": ("head", "office"),
    "important": ("head", "office", "leader"),
    "critical": ("head", "office", "leader", "mayor"),
}


def answering_office():
    """Return the publishing office; its bureau's clerk handles applications."""
    return publishing_office()


def applied(office, *, on=None, channel="in-person", **given):
    """Return an application to the bureau, handed in at the counter on a day, today if left out."""
    day = on or clock.today()
    morning = timezone.make_aware(datetime.combine(day, time(8, 30)))
    arrived = min(morning, clock.now())  # tests run at night, too
    application, _ = register(
        office.bureau, by=office.clerk, channel=channel, arrived=arrived, **{**APPLICANT, **given}
    )
    return application


def decided(office, application, *grounds, reasons="经审查，依法作出处理。", documents=()):
    """Have a decision drafted by the clerk and signed by the chain of its weight."""
    decision = draft_decision(
        application,
        by=office.clerk,
        parts=[Answered(application.matter, ground, reasons=reasons) for ground in grounds],
        documents=documents,
    )
    review = hand_in(decision, by=office.clerk)
    for who in SIGNERS[review.importance]:
        review = Review.objects.get(pk=review.pk)
        sign(review, by=getattr(office, who), digest=review.digest)
    application.refresh_from_db()
    return decision


def closed(office, application, *grounds):
    """Have it decided and delivered."""
    decided(office, application, *grounds)
    proceed(application, "deliver", by=office.clerk)
    application.refresh_from_db()
    return application
