"""Who works on a case, notes and tasks, urging; one case or many at once."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import cached_property

from gongkai.core.refusal import Refusal
from gongkai.domain.applications import policies
from gongkai.domain.applications.actions import assign, finish, hand_over, remark, urge
from gongkai.domain.applications.desk.case import HOME, PartOfCase
from gongkai.domain.applications.desk.forms import AssignForm, NoteForm, PersonField, UrgeForm
from gongkai.domain.applications.models import Application
from gongkai.domain.applications.queries import HANDLERS
from gongkai.domain.organisations.models import Post
from gongkai.foundation.accounts.models import User
from gongkai.foundation.desk.forms import FormView
from gongkai.foundation.keys import keys_of
from gongkai.foundation.permissions import NotAllowed, NotThere

MOST = 500
"""Cases that are handed over at once."""


class Move(PartOfCase):
    """A small form of the page of a case: done, and back to the page."""

    template_name = "applications/move.html"
    anchor = ""
    http_method_names = ["post", "head", "options"]  # Django's own

    def make_form(self) -> forms.Form | None:
        """Return the form, bound."""
        return None

    def do(self, data: dict[str, Any]) -> str:
        """Do it; return the sentence afterwards."""
        raise NotImplementedError

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Do it, or say why not; nothing typed is lost."""
        self._must_be_allowed()
        form = self.make_form()
        if form is None or form.is_valid():
            try:
                done = self.do(form.cleaned_data if form else {})
            except (NotThere, NotAllowed):
                raise
            except Refusal as refusal:
                if form is None:
                    messages.error(request, str(refusal))
                    return self._back()
                form.add_error(None, str(refusal))
            else:
                messages.success(request, done)
                return self._back()
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _must_be_allowed(self) -> None:
        """Look first: whoever may not do it learns nothing else."""
        row = self.application
        may = (
            policies.may(self.reader, self.act, row)
            if self.act != policies.VIEW
            else policies.may_write(self.reader, row)
        )
        if not may:
            raise NotThere(what="这项办理")

    def _back(self) -> HttpResponse:
        return HttpResponseRedirect(f"{self.application.get_absolute_url()}{self.anchor}")


class AssignView(Move):
    """Give it to a colleague."""

    act = policies.ASSIGN
    title = "指定经办人"

    def make_form(self) -> forms.Form:
        """Return the form."""
        return AssignForm(self.case, self.request.POST)

    def do(self, data: dict[str, Any]) -> str:
        """Do it."""
        unit, handler = data.get("unit"), data["handler"]
        assign(self.application, by=self.reader, handler=handler, unit=unit)
        where = f"由{unit}承办，" if unit else ""
        return f"已交办：{where}{handler or '单位里的人都可以办'}。"


class NoteView(Move):
    """Leave a note or a task."""

    title = "备注"
    anchor = "#notes"

    def make_form(self) -> forms.Form:
        """Return the form."""
        return NoteForm(self.case, self.request.POST)

    def do(self, data: dict[str, Any]) -> str:
        """Do it."""
        remark(self.application, by=self.reader, **data)
        return "任务已经交办。" if data["person"] else "备注已保存。"


class FinishView(Move):
    """A task is done."""

    anchor = "#notes"

    def do(self, data: dict[str, Any]) -> str:  # noqa: ARG002  # nothing is asked
        """Do it."""
        note = self.application.notes.filter(pk=self.kwargs["note"]).first()
        if note is None:
            raise NotThere(what="这项任务")
        finish(note, self.application, by=self.reader)
        return "已记为做完。"


class UrgeView(Move):
    """Urge whoever owes something."""

    act = policies.URGE
    title = "催办"

    def make_form(self) -> forms.Form:
        """Return the form."""
        return UrgeForm(self.request.POST)

    def do(self, data: dict[str, Any]) -> str:
        """Do it."""
        told = urge(self.application, by=self.reader, text=data["text"])
        return f"已催办：{'、'.join(map(str, told))}。"


class HandOverForm(forms.Form):
    """To whom, and why."""

    to = PersonField(label="交给谁", queryset=User.objects.none(), empty_label="请选择")
    reason = forms.CharField(label="原因", required=False, max_length=200)

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]  # a model choice


class HandOverView(FormView):
    """Many cases are given to a colleague."""

    act = policies.ASSIGN
    title = "批量交办"
    template_name = "applications/hand_over.html"
    submit = "交办"
    back = HOME.href
    crumbs = (HOME,)
    form_class = HandOverForm

    @cached_property
    def chosen(self) -> list[Application]:
        """Return the ticked cases that the reader may give away."""
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        keys = keys_of(asked.getlist("case"))[:MOST]
        rows = policies.visible_to(self.reader).filter(pk__in=keys)
        return [
            row
            for row in rows.select_related("organisation", "unit", "handler").order_by("due", "pk")
            if policies.may(self.reader, policies.ASSIGN, row)
        ]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer who works at these offices."""
        units = {row.organisation_id for row in self.chosen}
        posts = Post.objects.held_on().filter(role__in=HANDLERS, organisation__in=units)
        people = User.objects.filter(is_active=True, pk__in=posts.values("user"))
        return {"people": people.order_by("username")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the cases."""
        return super().get_context_data(chosen=self.chosen, **kwargs)

    def act_on(self, data: dict[str, Any]) -> str:
        """Give them all."""
        hand_over(self.chosen, by=self.reader, to=data["to"], reason=data["reason"])
        return HOME.href

    def get_done(self) -> str:
        """Say how many."""
        return f"已交办 {len(self.chosen)} 件。"
