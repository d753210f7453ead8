"""One case as its page and its acts see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse

from gongkai.core import codes, lifecycle
from gongkai.core.days import in_chinese
from gongkai.core.deadlines import receipt
from gongkai.core.lifecycle import Course
from gongkai.domain.applications import policies
from gongkai.domain.applications.courses import course_of, standing
from gongkai.domain.applications.desk.acting import ELSEWHERE, ActForm, form_of
from gongkai.domain.applications.desk.cautions import cautions_for
from gongkai.domain.applications.desk.signals import Signal, case_signal, signal_of, state_tone
from gongkai.domain.applications.models import Application, Decision, Document, Fact
from gongkai.domain.applications.models.decision import DecisionStatus
from gongkai.domain.applications.models.fact import STRIKE
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.organisations.queries import holders
from gongkai.domain.review.models import Review
from gongkai.foundation import clock
from gongkai.foundation.desk.views import Crumb, DeskView
from gongkai.foundation.permissions import NotThere, Reader

HOME = Crumb("依申请公开", "/desk/applications/")
SUGGESTED = {
    "unconfirmed": "confirm",
    "registered": "accept",
    "processing": "decide",
    "supplementing": "supplement",
    "explaining": "reasons",
    "charged": "pay",
    "decided": "deliver",
    "closed": "archive",
}
"""What usually comes next in a state."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that may be done now."""

    key: str
    title: str
    href: str


class Case:
    """An application with its facts and what follows from them, for one reader."""

    def __init__(self, application: Application, reader: Reader) -> None:
        self.application, self.reader = application, reader
        self.today: date = clock.today()

    @cached_property
    def facts(self) -> list[Fact]:
        """Return everything that was noted down, also what was struck."""
        rows = self.application.facts.select_related("by", "unit", "party", "about__unit").order_by(
            "day", "pk"
        )
        return list(rows)

    @cached_property
    def documents(self) -> list[Document]:
        """Return the files that the reader may open."""
        rows = policies.documents_visible_to(self.reader, self.application)
        return list(rows.select_related("sealed", "stored", "added_by"))

    @cached_property
    def standing(self) -> list[Fact]:
        """Return the facts that count, in the order in which they were noted down."""
        return sorted(standing(self.facts), key=lambda fact: fact.pk)

    @cached_property
    def course(self) -> Course:
        """Return where it stands today."""
        return course_of(self.application, today=self.today)

    @cached_property
    def decision(self) -> Decision | None:
        """Return what is drafted or made in this round."""
        rows = Decision.objects.filter(application=self.application)
        return rows.filter(round=self.application.round).prefetch_related("parts").first()

    @cached_property
    def review(self) -> Review | None:
        """Return the last review of it."""
        if self.decision is None:
            return None
        rows = Review.objects.of(self.decision).select_related("chain", "organisation", "opened_by")
        return rows.order_by("-pk").first()

    @cached_property
    def is_in_review(self) -> bool:
        """Tell whether somebody has to sign."""
        return self.decision is not None and self.decision.status == DecisionStatus.REVIEW

    @cached_property
    def sees_identity(self) -> bool:
        """Tell whether the reader may see who applies."""
        return policies.may_see_identity(self.reader, self.application)

    @cached_property
    def given_units(self) -> list[Organisation]:
        """Return the units that have been given the case."""
        found = {f.unit.pk: f.unit for f in self.standing if f.act == "dispatch" and f.unit}
        return list(found.values())

    @cached_property
    def cautions(self) -> dict[str, str]:
        """Return what other areas say beside grounds."""
        return cautions_for(self.application.organisation)

    @property
    def signal(self) -> Signal:
        """Return how near the last day is."""
        return case_signal(self.application, self.today)

    def href(self, name: str, *args: Any) -> str:
        """Return the address of a screen about it."""
        return reverse(f"applications:{name}", args=[self.application.pk, *args])

    # -- what may be done ----------------------------------------------------------------------------

    def asked(self, act: str) -> list[Fact]:
        """Return what *act* could answer in this round, first what nobody has answered in any way."""
        answers = lifecycle.acts()[act].answers
        begun = max((f.pk for f in self.standing if f.act == "renew"), default=0)
        answered = {f.about_id for f in self.standing if f.act == act}
        over = {f.about_id for f in self.standing}
        found = [
            f
            for f in self.standing
            if f.act in answers and f.pk >= begun and f.pk not in answered and self._for_me(f, act)
        ]
        # a form proposes the first one: the service of what still waits moves a day, of the rest nothing
        return sorted(found, key=lambda f: f.pk in over)

    def _for_me(self, fact: Fact, act: str) -> bool:
        """Tell whether the reader may answer *fact*: a unit only what it was asked itself."""
        unit = str(fact.unit.path) if fact.unit else ""
        return policies.may_proceed(self.reader, self.application, act, unit=unit)

    def may_do(self, act: str) -> bool:
        """Tell whether the reader may do *act* at all in this case."""
        if lifecycle.acts()[act].who == "unit":
            return bool(self.asked(act))
        return policies.may_proceed(self.reader, self.application, act)

    @cached_property
    def choices(self) -> list[Choice]:
        """Return what the reader may do now, in the order in which it usually comes."""
        return [
            Choice(key, lifecycle.acts()[key].title, self.href("act", key))
            for key in self.course.allowed
            if key not in ELSEWHERE and self.may_do(key)
        ]

    @cached_property
    def primary(self) -> Choice | None:
        """Return what the situation suggests."""
        if any(choice.key == "report" for choice in self.choices) and not self._handles:
            return next(choice for choice in self.choices if choice.key == "report")
        key = SUGGESTED.get(self.application.state, "")
        if self._decides and (key == "decide" or key not in self.course.allowed):
            waits = next((c for c in self.choices if c.key == "opinion"), None)
            if waits is not None and self.decision is None:
                return waits
            return self._to_decide()
        return next((choice for choice in self.choices if choice.key == key), None)

    @cached_property
    def others(self) -> list[Choice]:
        """Return what else may be done."""
        found = [choice for choice in self.choices if choice != self.primary]
        if self._decides and (self.primary is None or self.primary.key != "decide"):
            found.insert(0, self._to_decide())
        return found

    @cached_property
    def asks_to_extend(self) -> str:
        """Return where whoever handles it asks for more time; nothing where it is too late, or theirs to give."""
        wanted = self._handles and "extend" in self.course.allowed and not self.may_do("extend")
        return f"{self.application.get_absolute_url()}?ask=extend#notes" if wanted else ""

    def request_to_extend(self) -> dict[str, Any]:
        """Return the task for whoever agrees to an extension."""
        due = self.course.due
        day = f"答复期限是{in_chinese(due.day)}，" if due else ""
        text = f"{day}到期办不完，请批准延长；同意的，在期限以内登记“延长答复期限”。理由："
        people = holders("head", of=self.application.organisation)
        return {
            "text": text,
            "person": people[0].pk if people else None,
            "due": due.day if due else None,
        }

    @cached_property
    def _handles(self) -> bool:
        return policies.may(self.reader, policies.HANDLE, self.application)

    @cached_property
    def _decides(self) -> bool:
        return self._handles and "decide" in self.course.allowed

    def _to_decide(self) -> Choice:
        title = "拟办答复"
        if self.is_in_review:
            title = "查看送审的答复"
        elif self.decision is not None and self.decision.status != DecisionStatus.MADE:
            title = "继续拟办答复"
        return Choice("decide", title, self.href("decision"))

    def form(self, act: str, *args: Any) -> ActForm:
        """Return the form for *act*, or say that there is none now.

        Raises:
            NotThere: It cannot be done now, or not by this reader.
        """
        known = lifecycle.acts()
        if act not in known or act in ELSEWHERE or not self.may_do(act):
            raise NotThere(what="这项办理")
        form = form_of(self.application, act, self.asked(act), *args)
        if "unit" in form.fields:
            form.fields["unit"].reader = self.reader  # type: ignore[attr-defined]  # an OrganisationField
        return form

    # -- what is shown -------------------------------------------------------------------------------

    @cached_property
    def timeline(self) -> list[dict[str, Any]]:
        """Return the facts by day, what was struck marked, with who noted it and when."""
        struck = {fact.about_id: fact for fact in self.facts if fact.act == STRIKE}
        may_strike = policies.may(self.reader, policies.STRIKE, self.application)
        first = min((fact.pk for fact in self.facts), default=0)
        shown = []
        for fact in self.facts:
            if fact.act == STRIKE:
                continue
            gone = struck.get(fact.pk)
            shown.append(
                {
                    "fact": fact,
                    "struck": gone,
                    "facts": self._facts_of(fact),
                    "papers": [paper for paper in self.documents if paper.fact_id == fact.pk],
                    "strike": self.href("strike", fact.pk)
                    if may_strike and gone is None and fact.pk != first
                    else "",
                }
            )
        return shown

    def _facts_of(self, fact: Fact) -> list[str]:
        told = []
        if fact.until:
            told.append(f"期限 {fact.until}")
        if unit := fact.unit or (fact.about.unit if fact.about else None):
            told.append(str(unit))
        if fact.whom:
            name = str(fact.party.name) if fact.party and self.sees_identity else ""
            told.append(f"{fact.get_whom_display()}{'：' if name else ''}{name}")
        if fact.working_days:
            told.append(f"{fact.working_days} 个工作日")
        if fact.approved:
            told.append(f"{fact.approved} 批准")
        if fact.amount is not None:
            told.append(f"{fact.amount} 元")
        if fact.means:
            told.append(fact.get_means_display())
        if fact.tracking and self.sees_identity:
            told.append(f"邮件号 {fact.tracking}")
        if fact.consents is not None:
            told.append("同意公开" if fact.consents else "不同意公开")
        told += [codes.ground(key).label for key in fact.grounds]
        return told

    @cached_property
    def running(self) -> list[dict[str, Any]]:
        """Return what is owed now, the nearest first, with the articles of days that nobody has read in the original."""
        rows = self.application.terms.filter(ended=None).select_related("organisation", "person")
        found = sorted(rows, key=lambda term: (term.due or date.max, term.pk))
        doubts = {
            term.duty: "；".join(
                str(step.reference)
                for step in term.deadline.steps
                if step.reference and not step.confirmed
            )
            for term in self.course.terms
            if term.is_running and term.deadline
        }
        return [
            {
                "term": term,
                "title": term.facts.title,
                "signal": signal_of(term.due, self.today),
                "doubt": doubts.get(term.duty, ""),
            }
            for term in found
            if term.due or term.duty != "reply"
        ]

    @cached_property
    def facts_of_request(self) -> list[tuple[str, Any]]:
        """Return how it was asked, without who asks."""
        row = self.application
        return [
            ("申请人类型", row.kind_title),
            ("申请渠道", receipt.channels()[row.channel].label),
            ("获取方式", row.get_delivery_display()),
            ("受理机关", row.organisation),
            ("收到日期", row.received or "待确认"),
        ]

    @property
    def tone(self) -> str:
        """Return the colour of its state."""
        return state_tone(self.application.state)


class CaseScreen(DeskView):
    """A screen about one case that the reader may know of."""

    act = policies.VIEW

    @cached_property
    def case(self) -> Case:
        """Return it."""
        return Case(policies.fetch(self.reader, self.kwargs["key"]), self.reader)

    @property
    def application(self) -> Application:
        """Return the row."""
        return self.case.application

    def get_title(self) -> str:
        """Return its number."""
        return f"公开申请 {self.application.number}"

    def get_crumbs(self) -> Sequence[Crumb]:
        """Return the way here."""
        return [HOME]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the case."""
        return super().get_context_data(case=self.case, application=self.application, **kwargs)


class PartOfCase(CaseScreen):
    """A screen below the page of a case."""

    def get_title(self) -> str:
        """Return what is done, where the screen says it."""
        return self.title or super().get_title()

    def get_crumbs(self) -> Sequence[Crumb]:
        """Return the way here."""
        row = self.application
        return [HOME, Crumb(row.number, row.get_absolute_url())]
