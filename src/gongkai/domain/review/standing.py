"""How far a review is: its steps, who signed, who has it now."""

from dataclasses import dataclass
from datetime import date, datetime

from gongkai.domain.organisations.models import Organisation
from gongkai.domain.organisations.queries import holders
from gongkai.domain.review.models import Chain, Opinion, Review, ReviewStatus, Signature
from gongkai.foundation import clock
from gongkai.foundation.accounts.models import User
from gongkai.foundation.permissions import Reader

NAMES_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """A step of a review.

    Attributes:
        state: ``done``, ``now``, ``back`` (sent back here) or ``later``.
        who: Who signed, or whose turn it is.
        at: When it was signed.
        due: By when the present step should sign.
    """

    title: str
    state: str
    who: str
    at: datetime | None = None
    comment: str = ""
    as_deputy: bool = False
    due: date | None = None
    is_late: bool = False


def signers_in_words(
    chain: Chain, publisher: Organisation, *, but: Reader | None = None
) -> list[Standing]:
    """Return the steps of *chain* with who would sign them for *publisher*; *but* cannot sign own work."""
    found = []
    for task in chain.steps:
        people = list(task.signers.all()) or holders(task.role, of=task.place_of(publisher))
        own = but.user.pk if but and but.user else None
        told = _names([p for p in people if p.pk != own])
        found.append(
            Standing(
                title=task.name,
                state="later",
                who=told or "没有人在这个岗位上，请联系系统管理员",
                comment=f"{task.due_days} 个工作日内" if task.due_days else "",
            )
        )
    return found


def _names(people: list[User]) -> str:
    told = "、".join(str(p) for p in people[:NAMES_SHOWN])
    return told + (f"等 {len(people)} 人" if len(people) > NAMES_SHOWN else "")


def steps_of(review: Review) -> list[Standing]:
    """Return the steps of *review* with who signed or has it now; a few queries."""
    signatures = {s.step: s for s in review.signatures.select_related("by").order_by("pk")}
    found = []
    for place, task in enumerate(review.chain.steps, start=1):
        signature: Signature | None = signatures.get(place)
        if signature is not None:
            found.append(
                Standing(
                    title=task.name,
                    state="back" if signature.opinion == Opinion.RETURNED else "done",
                    who=str(signature.by),
                    at=signature.at,
                    comment=signature.comment,
                    as_deputy=signature.as_deputy,
                )
            )
            continue
        is_now = review.status == ReviewStatus.OPEN and place == review.step
        named = list(task.signers.all())
        people = named or (
            holders(task.role, of=task.place_of(review.organisation)) if is_now else []
        )
        told = _names([p for p in people if p.pk != review.opened_by_id])
        found.append(
            Standing(
                title=task.name,
                state="now" if is_now else "later",
                who=told or ("没有人在这个岗位上，请联系系统管理员" if is_now else ""),
                due=review.due if is_now else None,
                is_late=bool(is_now and review.due and review.due < clock.today()),
            )
        )
    return found
