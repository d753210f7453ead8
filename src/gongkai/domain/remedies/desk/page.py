"""The page of a remedy: what happened, which terms run, what can be done."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property

from gongkai.core.codes import ground as ground_of
from gongkai.core.deadlines import Deadline
from gongkai.domain.applications.desk.files import sent
from gongkai.domain.applications.desk.signals import Signal, signal_of
from gongkai.domain.remedies import policies, queries, terms
from gongkai.domain.remedies.actions import see_claimant, see_paper
from gongkai.domain.remedies.desk.forms import FORMS
from gongkai.domain.remedies.desk.rows import is_waiting, outcome_words, row_of
from gongkai.domain.remedies.models import Kind, Remedy
from gongkai.foundation import clock
from gongkai.foundation.desk.views import Crumb, DeskView
from gongkai.foundation.permissions import NotAllowed, NotThere

HOME = Crumb("复议、诉讼和举报投诉", "/desk/remedies/")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something on the time line: a day on which something happened, or by which it must."""

    day: date
    text: str
    note: str = ""
    tone: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """A term with how it is worked out."""

    title: str
    deadline: Deadline
    tone: str = ""
    words: str = ""


class RemedyScreen(DeskView):
    """A screen about one remedy that the reader may know of."""

    act = policies.VIEW

    @cached_property
    def remedy(self) -> Remedy:
        """Return it."""
        return policies.fetch(self.reader, self.kwargs["key"])

    def get_title(self) -> str:
        """Return its kind and number."""
        return str(self.remedy)

    def get_crumbs(self) -> Sequence[Crumb]:
        """Return the way here."""
        return [HOME]


class RemedyView(RemedyScreen):
    """Everything about one remedy."""

    template_name = "remedies/remedy.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add its time line, its terms and what can be done."""
        remedy, today = self.remedy, clock.today()
        may = policies.may_handle(self.reader, remedy)
        acts = [
            (key, form.title, reverse("remedies:act", args=[remedy.pk, key]))
            for key, form in FORMS.items()
            if may and form.fits(remedy)
        ]
        limits = list(limits_of(remedy, today))
        return super().get_context_data(
            remedy=remedy,
            row=row_of(remedy, today),
            outcome=outcome_words(remedy),
            against=ground_of(remedy.ground).label,
            first=queries.first_reconsideration(remedy),
            timeline=sorted(entries_of(remedy), key=lambda entry: entry.day),
            limits=limits,
            acts=acts,
            may_follow=may and remedy.decided is not None and remedy.kind != Kind.COMPLAINT,
            has_claimant=bool(remedy.claimant) and policies.may_see_claimant(self.reader, remedy),
            papers=list(policies.papers_visible_to(self.reader, remedy)),
            after=list(remedy.followed_by.order_by("pk")),
            **kwargs,
        )


def limits_of(remedy: Remedy, today: date) -> Iterator[Limit]:
    """Yield the terms of *remedy*, those still running with how near they are."""
    answer = "提出答复的期限" if remedy.kind == Kind.RECONSIDERATION else "提交答辩的期限"
    onward = "起诉期限" if remedy.kind == Kind.RECONSIDERATION else "上诉期限"
    found = (
        (answer, terms.defence(remedy), is_waiting(remedy)),
        ("审理期限", terms.decision(remedy), False),
        (onward, terms.next_step(remedy), False),
    )
    for title, deadline, is_ours in found:
        if deadline is not None:
            signal = signal_of(deadline.day, today) if is_ours else Signal("is-plain", "")
            yield Limit(title, deadline, signal.tone, signal.words)


def entries_of(remedy: Remedy) -> Iterator[Entry]:
    """Yield what happened, day by day."""
    if remedy.against:
        yield Entry(remedy.against.day, f"作出答复：{ground_of(remedy.ground).label}")
    yield Entry(
        remedy.filed, f"{remedy.body}{'立案' if remedy.kind == Kind.LITIGATION else '受理'}"
    )
    if remedy.notified:
        yield Entry(remedy.notified, "收到副本")
    if remedy.defended:
        is_late = remedy.defence_due is not None and remedy.defended > remedy.defence_due
        yield Entry(
            remedy.defended,
            "提出答复" if remedy.kind == Kind.RECONSIDERATION else "提交答辩",
            tone="is-bad" if is_late else "is-good" if remedy.defence_due else "",
            words="逾期" if is_late else "按期" if remedy.defence_due else "",
        )
    if remedy.decided:
        tone = {"upheld": "is-good", "corrected": "is-bad"}.get(remedy.column, "is-plain")
        yield Entry(remedy.decided, "作出结果", remedy.result, tone, outcome_words(remedy))
    if remedy.received:
        yield Entry(remedy.received, "收到结果")
    if remedy.renewed:
        until = f"最迟 {remedy.renewed.until}" if remedy.renewed.until else ""
        yield Entry(remedy.renewed.day, "重新办理", until)


class PaperView(RemedyScreen):
    """A paper itself; that it was opened is noted."""

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> FileResponse:  # type: ignore[override]  # noqa: ARG002  # a file instead of a page
        """Send it."""
        paper = policies.fetch_paper(self.reader, self.remedy, self.kwargs["paper"])
        return sent(see_paper(paper, by=self.reader).sealed)


class ClaimantView(RemedyScreen):
    """Whose claim it is: shown when asked for, and that is noted in the trail."""

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Show it."""
        try:
            remedy = see_claimant(self.remedy, by=self.reader)
        except NotAllowed:
            raise NotThere(what="这件的申请人、原告") from None
        answer = render(request, "remedies/claimant.html", {"remedy": remedy})
        answer["Cache-Control"] = "no-store"
        return answer

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:  # noqa: ARG002  # Django's signature
        """Lead back: looking needs a click."""
        return HttpResponseRedirect(self.remedy.get_absolute_url())
