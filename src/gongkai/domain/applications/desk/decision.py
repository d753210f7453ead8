"""The screens of a decision: drafting, handing in, taking back."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from gongkai.core.refusal import Refusal
from gongkai.core.titles import quoted
from gongkai.domain.applications import policies
from gongkai.domain.applications.actions import draft_decision, hand_in, recall
from gongkai.domain.applications.desk import deciding
from gongkai.domain.applications.desk.case import PartOfCase
from gongkai.domain.applications.desk.deciding import Typed
from gongkai.domain.applications.models import Document
from gongkai.domain.applications.models.decision import DecisionStatus
from gongkai.domain.applications.queries import wordings_of
from gongkai.domain.review.models import Importance
from gongkai.domain.review.standing import steps_of
from gongkai.foundation.keys import keys_of
from gongkai.foundation.permissions import NotAllowed, NotThere


class DecisionScreen(PartOfCase):
    """A screen about what is to be decided."""

    act = policies.HANDLE
    title = "拟办答复"

    def must_handle(self) -> None:
        """Refuse whoever does not handle the case, as if it were not there."""
        if not policies.may(self.reader, policies.HANDLE, self.application):
            raise NotThere(what="这件申请的答复")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Look at the case first."""
        self.request, self.args, self.kwargs = request, args, kwargs
        self.must_handle()
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def releasable(self) -> list[Document]:
        """Return the files of the case that may go with the reply."""
        rows = policies.documents_visible_to(self.reader, self.application)
        kinds = ("source", "redacted")
        return list(rows.filter(kind__in=kinds).select_related("stored", "sealed"))


class DecisionView(DecisionScreen):
    """The draft: part by part."""

    template_name = "applications/decision.html"

    @property
    def is_open(self) -> bool:
        """Tell whether it may be written on."""
        decision = self.case.decision
        closed = {DecisionStatus.REVIEW, DecisionStatus.MADE}
        return "decide" in self.case.course.allowed and (
            decision is None or decision.status not in closed
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add parts, grounds and what follows."""
        case = self.case
        parts: list[Typed] = kwargs.pop("parts", None) or self._proposed()
        chosen = kwargs.pop("chosen", None)
        decision = case.decision
        if chosen is None:
            chosen = set(decision.documents) if decision else set()
        importance = kwargs.pop("importance", None)
        if importance is None:
            importance = decision.importance if decision else ""
        return super().get_context_data(
            decision=decision,
            review=case.review,
            steps=steps_of(case.review) if case.review else [],
            is_open=self.is_open,
            parts=list(enumerate(parts)),
            groups=deciding.grounds_for(case),
            withholding=deciding.withholding_for(case),
            wordings=list(wordings_of(self.application.organisation)),
            documents=[(row, row.pk in chosen) for row in self.releasable],
            importance=importance,
            importances=Importance.choices,
            follows=deciding.consequences(
                [part.ground for part in parts],
                organisation=self.application.organisation,
                day=case.today,
                by=self.reader,
                at_least=importance,
                withheld=[key for part in parts for key in part.exemptions],
            ),
            **kwargs,
        )

    def _proposed(self) -> list[Typed]:
        parts = deciding.drafted_parts(self.case)
        title, url = (self.request.GET.get(name, "")[:300] for name in ("title", "url"))
        if title and url.startswith("/") and self.is_open:
            where = self.request.build_absolute_uri(url)
            parts[0].ground = "already-public"
            parts[
                0
            ].reasons = f"您申请公开的信息已经主动公开，题为{quoted(title)}，可以在 {where} 查阅。"
        return parts

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Add or remove a part, keep the draft, or hand it in."""
        parts = deciding.typed_parts(request.POST)
        keys = set(keys_of(request.POST.getlist("documents")))
        importance = request.POST.get("importance", "")
        typed = {"parts": parts, "chosen": keys, "importance": importance}
        if "add" in request.POST:
            parts.append(Typed())
            return self.render_to_response(self.get_context_data(**typed))
        if any(name.startswith("remove-") for name in request.POST):
            return self.render_to_response(self.get_context_data(**typed))
        missing = next((place for place, p in enumerate(parts) if not p.ground), None)
        if missing is not None:
            refusal = f"请为第 {missing + 1} 项选择处理依据。"
            context = self.get_context_data(**typed, refusal=refusal)
            return self.render_to_response(context, status=422)
        try:
            decision = draft_decision(
                self.application,
                by=self.reader,
                parts=[part.answered() for part in parts],
                documents=[row for row in self.releasable if row.pk in keys],
                importance=importance if importance in Importance.values else None,
            )
            if "hand_in" in request.POST:
                hand_in(decision, by=self.reader)
        except (NotThere, NotAllowed):
            raise
        except Refusal as refusal:
            context = self.get_context_data(**typed, refusal=str(refusal))
            return self.render_to_response(context, status=422)
        if "hand_in" in request.POST:
            messages.success(request, "答复已送审；签完以后自动登记为作出决定。")
            return HttpResponseRedirect(self.application.get_absolute_url())
        messages.success(request, "拟办稿已保存。")
        return HttpResponseRedirect(self.case.href("decision"))


class ConsequencesView(DecisionScreen):
    """What would follow from what is typed, as a part of the page."""

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Say it."""
        parts = deciding.typed_parts(request.POST)
        follows = deciding.consequences(
            [part.ground for part in parts],
            organisation=self.application.organisation,
            day=self.case.today,
            by=self.reader,
            at_least=request.POST.get("importance", ""),
            withheld=[key for part in parts for key in part.exemptions],
        )
        return render(request, "applications/consequences.html", {"follows": follows})


class RecallView(DecisionScreen):
    """Taken back from those who sign."""

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Do it."""
        decision = self.case.decision
        if decision is None:
            raise NotThere(what="这件申请的答复")
        try:
            recall(decision, by=self.reader)
        except (NotThere, NotAllowed):
            raise
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, "已撤回，可以修改后重新送审。")
        return HttpResponseRedirect(self.case.href("decision"))
