"""Browsing the trail."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.core.chain import BrokenChain
from gongkai.foundation.desk.forms import DateInput
from gongkai.foundation.desk.paging import page_of
from gongkai.foundation.desk.views import Crumb, DeskView
from gongkai.foundation.permissions import NotThere, behind, roles
from gongkai.foundation.trail import queries
from gongkai.foundation.trail.event import known_events
from gongkai.foundation.trail.models import Record

VIEW = "trail.view"


class Filters(forms.Form):
    """What to look for."""

    event = forms.ChoiceField(label="事项", required=False)
    since = forms.DateField(label="从", required=False, widget=DateInput)
    until = forms.DateField(label="到", required=False, widget=DateInput)
    subject = forms.CharField(label="对象", required=False, max_length=160)
    actor = forms.CharField(label="经办", required=False, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        events = [(event.name, event.title) for event in known_events().values()]
        self.fields["event"].choices = [("", "全部"), *events]  # type: ignore[attr-defined]  # a choice field


def role_in_words(authority: str) -> str:
    """Return the role of ``office@12`` as people call it."""
    key = authority.partition("@")[0]
    special = {
        "system": "系统",
        "self": "本人",
        "public": "公众",
        "unlimited": "应急账号",
        "none": "—",
    }
    role = roles().get(key)
    return role.title if role else special.get(key, key)


def _named(asked: str | None, names: Mapping[str, str]) -> str:
    """Return in words which object or person the list is narrowed to."""
    return names.get(asked, "所选的一个") if asked else ""


class TrailView(DeskView):
    """The records within reach, newest first."""

    act = VIEW
    title = "操作留痕"
    template_name = "trail/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the page of records."""
        filters = Filters(self.request.GET)
        records = queries.visible_to(self.reader)
        if filters.is_valid():
            wanted = filters.cleaned_data
            records = records.filter(queries.between(wanted["since"], wanted["until"]))
            for name in ("event", "subject", "actor"):
                if wanted[name]:
                    records = records.filter(**{name: wanted[name]})
        page = page_of(self.request, records)
        names = queries.actors(page.object_list)
        things = queries.subjects(page.object_list)
        rows = [
            (r, names.get(r.actor, ""), role_in_words(r.authority), things.get(r.subject, ""))
            for r in page.object_list
        ]
        return super().get_context_data(
            filters=filters,
            page=page,
            rows=rows,
            only_subject=_named(filters["subject"].value(), things),
            only_actor=_named(filters["actor"].value(), names),
            **kwargs,
        )


class RecordView(DeskView):
    """One record, with its place in the chain."""

    act = VIEW
    template_name = "trail/record.html"
    crumbs = (Crumb("操作留痕", "/desk/trail/"),)

    @property
    def record(self) -> Record:
        """Return it, or say that it is not there."""
        found = queries.visible_to(self.reader).filter(pk=self.kwargs["number"]).first()
        if found is None:
            raise NotThere(what="这条留痕")
        return found

    def get_title(self) -> str:
        """Return its number."""
        return f"第 {self.kwargs['number']} 条留痕"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the record and what it says."""
        record = self.record
        return super().get_context_data(
            record=record,
            actor=queries.actors([record]).get(record.actor, record.actor),
            role=role_in_words(record.authority),
            facts=json.dumps(json.loads(record.facts), ensure_ascii=False, indent=2),
            **kwargs,
        )


@behind(VIEW)
def verify(request: HttpRequest) -> HttpResponse:
    """Walk over the chain and say whether it holds."""
    try:
        seal, problem = queries.verify(), ""
    except BrokenChain as broken:
        seal, problem = None, str(broken)
    return render(request, "trail/verdict.html", {"seal": seal, "problem": problem})
