"""The facts of a letter, as far as the case knows them; the rest is asked of whoever writes."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import PurePath

from gongkai.core import codes, lifecycle
from gongkai.core.deadlines import channels
from gongkai.core.letters import Part, Value
from gongkai.core.redaction import GroundOnPages
from gongkai.core.rendering.cleaning import one_line
from gongkai.domain.applications.courses import standing
from gongkai.domain.applications.identities import IdentityKind
from gongkai.domain.applications.models import (
    Application,
    Decision,
    DecisionPart,
    Document,
    Fact,
    Party,
)
from gongkai.domain.letters import recording
from gongkai.domain.redaction.queries import grounds_of_output

LONGEST = 300
"""Characters of what was asked for that a letter repeats."""
ENDED = {"decide", "withdraw"}


@dataclass
class Case:
    """An application as a letter sees it.

    Attributes:
        about: The fact that the letter tells of.
    """

    application: Application
    about: Fact | None = None
    parties: Mapping[int, Party] = field(default_factory=dict)

    @cached_property
    def facts(self) -> list[Fact]:
        """Return what counts of what happened, in order."""
        rows = self.application.facts.order_by("day", "pk").select_related("unit", "party", "by")
        return standing(rows)

    @property
    def first(self) -> date:
        """The day of receipt, or that on which it came where nobody confirmed it."""
        return self.application.received or self.application.arrived.date()

    def last(self, act: str) -> Fact | None:
        """Return the last fact of that kind."""
        return next((fact for fact in reversed(self.facts) if fact.act == act), None)

    def day(self, act: str) -> date | None:
        """Return the day of the last fact of that kind."""
        found = self.last(act)
        return found.day if found else None

    @cached_property
    def decision(self) -> Decision | None:
        """Return the decision that the letter tells of, or the one that is being drafted."""
        if self.about and self.about.decision_id:
            return Decision.objects.get(pk=self.about.decision_id)
        return self.application.decisions.order_by("-round").first()

    def due(self, about: Fact, *, before: bool = False) -> date | None:
        """Return the last day for a reply as it was with *about*, or just before it."""
        place = self.facts.index(about)
        known = [fact.plain() for fact in self.facts[: place if before else place + 1]]
        course = lifecycle.follow(known) if known else None
        return course.due.day if course and course.due else None

    def parts(self) -> tuple[Part, ...]:
        """Return the matters of the decision."""
        rows = self.decision.parts.order_by("sort_order", "pk") if self.decision else ()
        return tuple(
            Part(
                matter=one_line(part.matter),
                ground=part.ground,
                values=_values_of(self, part),
                withheld=tuple(part.exemptions),
            )
            for part in rows
        )

    @cached_property
    def documents(self) -> list[Document]:
        """Return the documents that go with the decision."""
        keys = self.decision.documents if self.decision else []
        return list(Document.objects.filter(pk__in=keys).select_related("stored"))

    @cached_property
    def covered(self) -> list[tuple[str, tuple[GroundOnPages, ...]]]:
        """Return what was covered in them: the name of each, and the grounds by page."""
        law = self.application.received or self.application.arrived.date()
        found = []
        for row in self.documents:
            grounds = grounds_of_output(row.stored_id, law) if row.stored_id else ()
            if grounds:
                found.append((PurePath(one_line(str(row.title))).stem, grounds))
        return found


def derived(case: Case) -> dict[str, Value]:
    """Return the slots that the case fills by itself."""
    found = {name: tell(case) for name, tell in TELLS.items()}
    if case.decision is not None:
        found |= recording.signatures(case.decision)
        found["拟办意见"] = recording.proposed(case.decision)
        found["办理结果"] = recording.outcome(case.decision)
    return {name: value for name, value in found.items() if value not in (None, "", ())}


def _abridged(case: Case) -> str:
    text = one_line(case.application.matter)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _called(case: Case) -> str:
    return "您" if codes.applicants()[case.application.kind].group == "natural" else "你单位"


def _about(act: str, name: str) -> Callable[[Case], Value | None]:
    def tell(case: Case) -> Value | None:
        fact = case.about if case.about and case.about.act == act else case.last(act)
        return getattr(fact, name) if fact else None

    return tell


def _lines(act: str) -> Callable[[Case], Value | None]:
    def tell(case: Case) -> Value | None:
        text = _about(act, "text")(case)
        return tuple(filter(None, map(one_line, str(text or "").splitlines())))

    return tell


def _original_due(case: Case) -> date | None:
    fact = case.about or case.last("extend")
    return case.due(fact, before=True) if fact and fact.act == "extend" else None


def _new_due(case: Case) -> date | None:
    fact = case.about
    return case.due(fact) if fact and fact.act in {"extend", "delay"} else case.application.due


def _reasons(case: Case) -> str:
    if case.about and case.about.act in {"extend", "delay"}:
        return one_line(case.about.text)
    parts = case.parts()
    return str(parts[0].values.get("理由", "")) if len(parts) == 1 else ""


def _released(case: Case) -> tuple[str, ...]:
    return tuple(one_line(str(row.title)) for row in case.documents)


def _values_of(case: Case, part: DecisionPart) -> dict[str, Value]:
    """Return what the case says of one matter by itself."""
    found: dict[str, Value] = {}
    if part.reasons:
        found["理由"] = one_line(part.reasons)
    if part.exemptions:
        labels = "、".join(codes.ground(key).label for key in part.exemptions)
        reasons = one_line(part.reasons)
        found["不公开内容及理由"] = (f"{labels}：{reasons}", *_by_page(case, part.exemptions))
    return found


def _by_page(case: Case, grounds: Collection[str]) -> Iterator[str]:
    """Yield for each document what was covered on *grounds*, page by page."""
    for title, covered in case.covered:
        places = "；".join(str(one) for one in covered if one.ground in grounds)
        if places:
            yield f"“{title}”{places}"


def _withheld(case: Case) -> tuple[str, ...]:
    told = [part.values.get("不公开内容及理由", ()) for part in case.parts()]
    named = {ground for part in case.parts() for ground in part.withheld}
    # covered on a ground that no matter of the decision names: the letter must tell of it all the same
    others = {one.ground for _, covered in case.covered for one in covered} - named
    lines = [line for lines in told if isinstance(lines, tuple) for line in lines]
    return tuple(dict.fromkeys([*lines, *_by_page(case, others)]))


def _asked(case: Case) -> str:
    whom = {fact.whom for fact in case.facts if fact.act == "consult"}
    names = {"third-party": "第三方", "co-agency": "共同制作机关"}
    return "和".join(name for key, name in names.items() if key in whom)


TELLS: Mapping[str, Callable[[Case], Value | None]] = {
    "收到日期": lambda case: case.application.received,
    "登记编号": lambda case: case.application.number,
    "申请内容": _abridged,
    "称谓": _called,
    "申请渠道": lambda case: channels()[case.application.channel].label,
    "答复期限日": lambda case: case.application.due,
    "补正事项": _lines("ask-supplement"),
    "补正期限日": _about("ask-supplement", "until"),
    "补正告知日期": _about("ask-supplement", "day"),
    "补正材料日期": _about("supplement", "day"),
    "补正收到日期": _about("supplement", "day"),
    "征求意见对象": _asked,
    "征求意见日期": _about("consult", "day"),
    "说明期限日": _about("ask-reasons", "until"),
    "说明理由告知日期": _about("ask-reasons", "day"),
    "说明收到日期": _about("reasons", "day"),
    "原答复期限日": _original_due,
    "延长日数": _about("extend", "working_days"),
    "新答复期限日": _new_due,
    "理由": _reasons,
    "金额": _about("charge", "amount"),
    "收费通知收到日期": _about("charge", "day"),
    "撤回日期": _about("withdraw", "day"),
    "协办事项": _lines("dispatch"),
    "协办期限日": _about("dispatch", "until"),
    "公开内容": _released,
    "不公开内容及理由": _withheld,
    "申请人": lambda case: str(case.application.name),
    "申请人类型": lambda case: case.application.kind_title,
    "身份证明": lambda case: dict(IdentityKind.choices).get(case.application.document_kind, ""),
    "申请人联系方式": lambda case: str(case.application.telephone or case.application.email),
    "通信地址": lambda case: str(case.application.address),
    "要求的方式": lambda case: case.application.get_delivery_display(),
    "承办单位": lambda case: case.application.unit.name if case.application.unit else "",
    "登记人": lambda case: str(case.facts[0].by or "") if case.facts else "",
    "办理过程": lambda case: recording.happened(case.facts),
}
"""What the case says, by the name of the slot."""
