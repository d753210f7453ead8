"""An office that publishes: a city with a bureau, the people who draft and sign, chains and columns."""

from types import SimpleNamespace

from tests.factories.organisations import OrganisationFactory, PostFactory, UserFactory

from gongkai.domain.directory.actions import set_up
from gongkai.domain.directory.models import Column
from gongkai.domain.information.actions import draft, submit
from gongkai.domain.review.actions import SigningStep, set_chain, sign
from gongkai.domain.review.models import Review
from gongkai.foundation.permissions import Reader

TITLE = "关于做好2026年防汛抗旱工作的通知"
BODY = "<p>各县（市、区）人民政府，市直各单位：</p><p>现就做好2026年防汛抗旱工作通知如下。</p>"


def publishing_office(**bureau):
    """Return a city whose water bureau publishes: ``clerk``, ``head``, ``office``, ``second``, ``leader`` are readers.

    The chains: 一般 is head and office, 重要 a leader besides, 特别重要 the mayor besides.
    """
    city = OrganisationFactory(name="云川市人民政府", kind="government", level="prefecture")
    bureau = OrganisationFactory(parent=city, **{"name": "云川市水利局", **bureau})
    people = {}
    for key, role, unit in (
        ("clerk", "clerk", bureau),
        ("head", "head", bureau),
        ("office", "office", city),
        ("second", "office", city),
        ("leader", "leader", city),
        ("mayor", "leader", city),
    ):
        post = PostFactory(user=UserFactory(name=f"{key}者"), organisation=unit, role=role)
        people[key] = Reader.of(post.user)
    steps = [
        SigningStep("单位负责人", "head", due_days=2),
        SigningStep("办公室主任", "office", city, due_days=2),
        SigningStep("分管领导", "leader", city, signers=[people["leader"].user]),
        SigningStep("主要领导", "leader", city, signers=[people["mayor"].user]),
    ]
    for importance, count in (("general", 2), ("important", 3), ("critical", 4)):
        set_chain(city, importance, steps[:count], by=people["office"])
    set_up(bureau, by=people["office"])
    column = Column.objects.of(bureau).holding_items().first()
    return SimpleNamespace(city=city, bureau=bureau, column=column, **people)


def drafted(office, **values):
    """Return a draft of the bureau's clerk."""
    told = {"title": TITLE, "body": BODY, "column": office.column, **values}
    return draft(office.bureau, by=office.clerk, **told)


def signed(office, item, *, by=("head", "office"), reason=""):
    """Have *item* handed in and signed by all of *by*; return its review."""
    review = submit(item, by=office.clerk, reason=reason)
    for who in by:
        review = Review.objects.get(pk=review.pk)
        sign(review, by=getattr(office, who), digest=review.digest)
    item.refresh_from_db()
    return review


def published(office, **values):
    """Return a public item of the bureau."""
    item = drafted(office, **values)
    signed(office, item)
    return item
