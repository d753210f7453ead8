"""Correcting cells, deciding on findings, and keeping the facts of a reading right."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.views.decorators.http import require_POST

from gongkai.core.refusal import Refusal
from gongkai.core.rendering.cleaning import one_line
from gongkai.core.titles import quoted
from gongkai.foundation.desk import DeskView
from gongkai.foundation.desk.views import Crumb
from gongkai.foundation.permissions import NotThere, behind
from gongkai.foundation.permissions.guard import reader_of
from gongkai.oversight.readings import actions, policies
from gongkai.oversight.readings.contract import place_from
from gongkai.oversight.readings.desk.forms import (
    CorrectionForm,
    DecisionForm,
    FactsForm,
    first_error,
)
from gongkai.oversight.readings.models import Finding, Reading

DONE = {
    Finding.State.ACCEPTED: "已确认这条发现。",
    Finding.State.DISMISSED: "已排除这条发现，理由已记录。",
    Finding.State.OPEN: "这条发现重新待处理。",
}


@require_POST
@behind(policies.JUDGE)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a cell."""
    reader = reader_of(request)
    reading = policies.fetch(reader, pk)
    form = CorrectionForm(request.POST)
    spelled = request.POST.get("cell", "")[:300]
    back = _back(request, reading)
    if not form.is_valid():
        messages.error(request, first_error(form.errors))
        return redirect(f"{back}&{urlencode({'cell': spelled})}#correct")
    place = place_from(form.cleaned_data["cell"])
    if place is None:
        raise NotThere(what="这一格")
    value = "" if form.cleaned_data["blank"] else form.cleaned_data["value"]
    try:
        done = actions.correct(
            reading, place, value=value, by=reader, reason=form.cleaned_data["reason"]
        )
    except NotThere:
        raise
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{back}&{urlencode({'cell': spelled})}#correct")
    messages.success(
        request, f"已更正“{done.label}”：{done.old_in_words} → {done.new_in_words}，并重新核对。"
    )
    return redirect(f"{back}#findings")


@require_POST
@behind(policies.JUDGE)
def decide(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Accept or dismiss a finding."""
    reader = reader_of(request)
    finding = policies.fetch_finding(reader, pk, number)
    form = DecisionForm(request.POST)
    back = f"{_back(request, finding.reading)}#finding-{number}"
    if not form.is_valid():
        messages.error(request, first_error(form.errors))
        return redirect(back)
    try:
        made = actions.decide(
            finding, form.cleaned_data["state"], by=reader, reason=form.cleaned_data["reason"]
        )
    except Refusal as refusal:
        if isinstance(refusal, NotThere):
            raise
        messages.error(request, str(refusal))
    else:
        messages.success(request, DONE[Finding.State(made.state)])
    return redirect(back)


class Facts(DeskView):
    """Whose report it is, of what year, from where."""

    act = policies.JUDGE
    title = "年报资料"
    template_name = "readings/facts.html"

    @cached_property
    def reading(self) -> Reading:
        """The reading, if this reader may judge it."""
        reading = policies.fetch(self.reader, self.kwargs["pk"])
        policies.must(self.reader, policies.JUDGE, reading)
        return reading

    def get_crumbs(self) -> list[Crumb]:
        """Lead back to the reading."""
        return [
            Crumb("年报审校", reverse("readings:index")),
            Crumb(str(self.reading), self.reading.get_absolute_url()),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form."""
        reading = self.reading
        initial = {name: getattr(reading, name) for name in ("title", "agency", "year", "source")}
        kwargs.setdefault("form", FactsForm(initial=initial))
        return super().get_context_data(reading=reading, **kwargs)

    def post(self, request: HttpRequest, **_: Any) -> HttpResponseBase:
        """Write the facts down."""
        form = FactsForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        actions.describe(self.reading, by=self.reader, **form.cleaned_data)
        messages.success(request, "资料已保存。")
        return redirect(self.reading.get_absolute_url())


@require_POST
@behind(policies.JUDGE)
def read_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the file anew."""
    reader = reader_of(request)
    reading = policies.fetch(reader, pk)
    if not reading.file:
        raise NotThere(what="这份年报的文件")
    actions.read_again(reading, by=reader)
    messages.success(request, "已安排重新读取；更正和处理意见会保留。")
    return redirect(reading.get_absolute_url())


@require_POST
@behind(policies.JUDGE)
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a reading out of the room."""
    reader = reader_of(request)
    reading = policies.fetch(reader, pk)
    title = str(reading)
    actions.discard(reading, by=reader, reason=one_line(request.POST.get("reason", ""))[:500])
    messages.success(request, f"已移除{quoted(title)}，留痕中保留记录。")
    return redirect("readings:index")


def _back(request: HttpRequest, reading: Reading) -> str:
    """Return the page of the reading in the view that the person had open."""
    view, page = request.POST.get("view", "text"), request.POST.get("page", "1")
    query = {"view": view if view in ("text", "form", "figures") else "text"}
    if page.isascii() and page.isdigit() and len(page) < 6 and page != "1":
        query["page"] = page
    return f"{reading.get_absolute_url()}?{urlencode(query)}"
