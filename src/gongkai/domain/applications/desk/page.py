"""The page of a case, and the acts on it in place."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from gongkai.core import codes
from gongkai.core.lifecycle import states
from gongkai.core.refusal import Refusal
from gongkai.domain.applications import policies
from gongkai.domain.applications.actions import attach, proceed, strike
from gongkai.domain.applications.courses import course_of
from gongkai.domain.applications.desk.acting import ActForm
from gongkai.domain.applications.desk.blocks import blocks_for
from gongkai.domain.applications.desk.case import CaseScreen, PartOfCase
from gongkai.domain.applications.desk.forms import (
    AssignForm,
    DocumentForm,
    NoteForm,
    StrikeForm,
    UrgeForm,
)
from gongkai.domain.applications.desk.signals import signal_of
from gongkai.domain.applications.models import Fact
from gongkai.foundation.permissions import NotAllowed, NotThere


class CaseView(CaseScreen):
    """Everything about one case."""

    template_name = "applications/case.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what its parts show."""
        case, row, reader = self.case, self.application, self.reader
        may_assign = policies.may(reader, policies.ASSIGN, row)
        may_write = policies.may_write(reader, row)
        asks = bool(case.asks_to_extend) and self.request.GET.get("ask") == "extend"
        blocks = blocks_for(reader, row, self.request)
        return super().get_context_data(
            outcome=codes.ground(row.outcome).label if row.outcome else "",
            documents=case.documents,
            notes=list(row.notes.select_related("by", "person").order_by("-pk")),
            may_write=may_write,
            may_urge=policies.may(reader, policies.URGE, row) and row.is_open,
            may_handle=policies.may(reader, policies.HANDLE, row),
            assign_form=AssignForm(case) if may_assign else None,
            document_form=DocumentForm() if may_write else None,
            note_form=NoteForm(case, initial=case.request_to_extend() if asks else None)
            if may_write
            else None,
            asks=asks,
            urge_form=UrgeForm(),
            blocks=blocks,
            first=next((block.first for block in blocks if block.first), None),
            **kwargs,
        )


class ActView(PartOfCase):
    """One act: its form in place, what follows from it, and doing it."""

    template_name = "applications/act.html"

    def get_title(self) -> str:
        """Return what is done."""
        return str(self._form().act_facts.title)

    def _form(self, *args: Any) -> ActForm:
        return self.case.form(self.kwargs["act_key"], *args)

    def get_template_names(self) -> list[str]:
        """Return the fragment where the page asked for it."""
        if self.request.headers.get("HX-Request"):
            return ["applications/act_form.html"]
        return [self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form and, as far as it can be told, what follows."""
        form = kwargs.pop("form", None) or self._form()
        effect = kwargs.pop("effect", None) or effect_of(self, form)
        return super().get_context_data(form=form, effect=effect, **kwargs)

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Do it, or say why not and what to do next."""
        form = self._form(request.POST, request.FILES)
        effect = None
        if form.is_valid():
            try:
                carry_out(self, form)
            except (NotThere, NotAllowed):
                raise
            except Refusal as refusal:
                effect = effect_of(
                    self, form
                )  # it cleans the form anew: what is refused comes after
                form.add_error(None, str(refusal))
            else:
                messages.success(request, f"已登记：{form.act_facts.title}。")
                where = self.application.get_absolute_url()
                if request.headers.get("HX-Request"):
                    answer = HttpResponse(status=204)
                    answer["HX-Redirect"] = where
                    return answer
                return HttpResponseRedirect(where)
        status = 200 if request.headers.get("HX-Request") else 422
        return self.render_to_response(
            self.get_context_data(form=form, effect=effect), status=status
        )


class EffectView(PartOfCase):
    """What would follow from an act: the day before and after."""

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Say it."""
        form = self.case.form(self.kwargs["act_key"], request.POST)
        return render(request, "applications/effect.html", {"effect": effect_of(self, form)})


def effect_of(screen: CaseScreen, form: ActForm) -> dict[str, Any]:
    """Return state and last day before and after the act, or why it is refused."""
    case = screen.case
    before = case.course
    told: dict[str, Any] = {"before": before.due, "state": _state(before.state)}
    bound = form
    if not form.is_bound:
        values = {name: form.get_initial_for_field(f, name) for name, f in form.fields.items()}
        bound = case.form(form.act, {k: v for k, v in values.items() if v is not None})
    bound.full_clean()
    moving = {"day", "about", "__all__", "method", "count", "before", *bound.takes} - {"unit"}
    wrong = {name: said for name, said in bound.errors.as_data().items() if name in moving}
    if wrong:
        missing = any(error.code == "required" for said in wrong.values() for error in said)
        if missing or not form.is_bound:
            return told | {"incomplete": True}
        return told | {"refusal": "".join(str(e) for n in wrong for e in bound.errors[n])}
    fee = getattr(bound, "fee", None)
    try:
        after = course_of(case.application, beside=[bound.fact()], today=case.today)
    except Refusal as refusal:
        return told | {"refusal": str(refusal), "fee": fee}
    return told | {
        "after": after.due,
        "after_signal": signal_of(after.due.day, case.today) if after.due else None,
        "moves": (after.due and after.due.day) != (before.due and before.due.day),
        "after_state": _state(after.state),
        "new": [term for term in after.terms if term.is_running and term.about == 0 and term.due],
        "fee": fee,
    }


def _state(key: str) -> str:
    return states()[key].label


def carry_out(screen: CaseScreen, form: ActForm) -> Fact:
    """Do what *form* says, with the paper that shows it, in one transaction."""
    application, reader = screen.application, screen.reader
    with transaction.atomic():
        details = form.details() | form.save_beside()
        day = form.cleaned_data["day"]
        fact = proceed(application, form.act, by=reader, day=day, about=form.about(), **details)
        if paper := form.cleaned_data.get("paper"):
            attach(application, paper, by=reader, kind=form.document_kind, fact=fact)
    return fact


class StrikeView(PartOfCase):
    """A fact that was noted down wrongly is left out."""

    act = policies.STRIKE
    title = "更正办理记录"
    template_name = "applications/strike.html"

    @property
    def fact(self) -> Fact:
        """Return it, or say that it is not there."""
        found = next((f for f in self.case.facts if f.pk == self.kwargs["fact"]), None)
        if found is None or not policies.may(self.reader, policies.STRIKE, self.application):
            raise NotThere(what="这条办理记录")
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form and what follows."""
        kwargs.setdefault("form", StrikeForm())
        fact, case = self.fact, self.case
        kwargs["fact"] = fact
        beside = Fact(application=case.application, act="strike", day=case.today, about=fact)
        effect: dict[str, Any] = {"before": case.course.due, "state": _state(case.course.state)}
        try:
            after = course_of(case.application, beside=[beside], today=case.today)
        except Refusal as refusal:
            effect["refusal"] = str(refusal)
        else:
            effect |= {
                "after": after.due,
                "after_signal": signal_of(after.due.day, case.today) if after.due else None,
                "moves": (after.due and after.due.day) != (case.course.due and case.course.due.day),
                "after_state": _state(after.state),
            }
        return super().get_context_data(effect=effect, **kwargs)

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Strike it."""
        form = StrikeForm(request.POST)
        if form.is_valid():
            try:
                strike(self.fact, by=self.reader, reason=form.cleaned_data["reason"])
            except (NotThere, NotAllowed):
                raise
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, "已更正；原来的记录仍然看得到。")
                return HttpResponseRedirect(self.application.get_absolute_url())
        return self.render_to_response(self.get_context_data(form=form), status=422)
