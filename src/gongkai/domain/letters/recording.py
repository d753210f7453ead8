"""How a case was handled, in the words of the sheets of its file: who signed the reply, and what happened when."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils.timezone import localdate

from gongkai.core import codes
from gongkai.core.days import in_chinese
from gongkai.core.rendering.cleaning import one_line
from gongkai.domain.applications.models import Decision, Fact, Letter
from gongkai.domain.review.models import Review

PLACES = {
    "clerk": "承办单位意见",
    "head": "承办单位意见",
    "secrecy": "保密审查意见",
    "office": "公开工作机构意见",
    "leader": "领导批示",
}
"""Where on the approval sheet the holders of a role sign; others sign where it has room for remarks."""
ELSEWHERE = "备注"


def proposed(decision: Decision) -> tuple[str, ...]:
    """Return what was proposed, a line for each matter, and last by whom."""
    found = []
    for part in decision.parts.order_by("sort_order", "pk"):
        grounds = "、".join(codes.ground(key).label for key in (part.ground, *part.exemptions))
        reasons = f"。{one_line(part.reasons)}" if part.reasons else ""
        found.append(f"{one_line(part.matter)}：{grounds}{reasons}")
    review = Review.objects.of(decision).select_related("opened_by").order_by("pk").first()
    if review is not None and review.opened_by is not None:
        found.append(f"拟办人 {review.opened_by}，{in_chinese(localdate(review.opened_at))}送审")
    return tuple(found)


def signatures(decision: Decision) -> Mapping[str, tuple[str, ...]]:
    """Return what all said who had to sign *decision*, also when it was sent back, by the cell of the sheet."""
    found: dict[str, list[str]] = defaultdict(list)
    for review in Review.objects.of(decision).select_related("chain").order_by("pk"):
        roles = [task.role for task in review.chain.steps]
        for one in review.signatures.select_related("by").order_by("pk"):
            role = roles[one.step - 1] if one.step <= len(roles) else ""
            comment = f"：{one_line(one.comment)}" if one.comment else ""
            deputy = "（代签）" if one.as_deputy else ""
            day = in_chinese(localdate(one.at))
            said = f"{one.get_opinion_display()}{comment}（{one.title}）{one.by}{deputy} {day}"
            found[PLACES.get(role, ELSEWHERE)].append(said)
    return {place: tuple(said) for place, said in found.items()}


def happened(facts: Iterable[Fact]) -> tuple[str, ...]:
    """Return a line for each fact: the day, what, with whom, until when, and who noted it down."""
    return tuple(map(_line, facts))


def _line(fact: Fact) -> str:
    more = [
        str(fact.unit) if fact.unit else "",
        fact.get_whom_display() if fact.whom else "",
        f"期限{in_chinese(fact.until)}" if fact.until else "",
        f"延长{fact.working_days}个工作日" if fact.working_days else "",
        f"{in_chinese(fact.approved)}批准" if fact.approved else "",
        f"{fact.amount}元" if fact.amount is not None else "",
        f"邮件号{fact.tracking}" if fact.tracking else "",
        f"{fact.by}登记" if fact.by else "",
    ]
    told = "，".join(filter(None, more))
    text = f"：{one_line(fact.text)}" if fact.text else ""
    return f"{in_chinese(fact.day)} {fact.title}{f'（{told}）' if told else ''}{text}"


def outcome(decision: Decision) -> str:
    """Return how it was answered, with the numbers of the letters that say so."""
    told = codes.ground(decision.application.outcome).label if decision.application.outcome else ""
    sent = Letter.objects.filter(application=decision.application, fact__decision=decision)
    numbers = [str(letter.number) for letter in sent.exclude(issued=None) if letter.number]
    return "，".join(filter(None, (told, *numbers)))
