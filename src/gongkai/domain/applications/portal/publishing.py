"""What applicants are told of publishing what they got, and whether they may suggest it."""

from dataclasses import dataclass
from datetime import datetime

from gongkai.domain.applications.actions.publication import may_suggest
from gongkai.domain.applications.models import Application, PublicationProposal, Verdict

ANSWERED = {"decided", "closed", "archived"}


@dataclass(frozen=True, slots=True)
class Publishing:
    """How publishing stands, for the applicant.

    Attributes:
        may_suggest: Whether they may suggest it now.
        suggested_at: When they did.
        words: What became of it; empty where there is nothing to say.
        title: What is public, with its address; empty before.
        reason: Why not, where they had suggested it.
    """

    may_suggest: bool = False
    suggested_at: datetime | None = None
    words: str = ""
    title: str = ""
    address: str = ""
    reason: str = ""


def publishing_of(application: Application) -> Publishing:
    """Return how it stands for *application*."""
    if application.state not in ANSWERED or application.erased_at:
        return Publishing()
    rows = PublicationProposal.objects.filter(application=application).select_related("item")
    made = rows.first()
    item = made.item if made else None
    if made is not None and item is not None and item.live:
        return Publishing(
            suggested_at=made.suggested_at,
            words="这些信息已经主动公开",
            title=item.title,
            address=item.address,
        )
    if made is None or made.suggested_at is None:
        return Publishing(may_suggest=may_suggest(application))
    if made.verdict == Verdict.DECLINED:
        return Publishing(suggested_at=made.suggested_at, words="没有采纳", reason=str(made.reason))
    words = "已经采纳，正在编辑和审查" if item is not None else "正在研究"
    return Publishing(suggested_at=made.suggested_at, words=words)
