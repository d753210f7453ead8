"""The public log at the desk: a case is put into it in an official's words, or taken out."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property

from gongkai.core.refusal import Refusal
from gongkai.domain.applications import policies
from gongkai.domain.applications.actions import put_into_log, set_log, take_out_of_log
from gongkai.domain.applications.actions.log import LONGEST, is_open
from gongkai.domain.applications.desk.case import HOME, PartOfCase
from gongkai.domain.applications.models import Application, LogEntry, PublicLog
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.desk.paging import page_of
from gongkai.foundation.desk.views import DeskView
from gongkai.foundation.keys import key_of
from gongkai.foundation.permissions import NotAllowed, NotThere, Reader


class SummaryForm(forms.Form):
    """What was asked for, in an official's words."""

    use_required_attribute = False

    summary = forms.CharField(
        label="申请内容的概括",
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 2}),
        help_text="用自己的话写，例如“某路段道路改造的施工合同”。不写申请人的原话，不写人名、住址、门牌、联系方式。",
    )


class LogView(PartOfCase):
    """The form, with what everybody will read beside it."""

    act = policies.LOG
    title = "列入公布的办理情况"
    template_name = "applications/log.html"

    def must_be_allowed(self) -> None:
        """Look first: for whoever may not there is nothing here."""
        if not policies.may(self.reader, policies.LOG, self.application):
            raise NotThere(what="这件申请")

    @cached_property
    def entry(self) -> LogEntry | None:
        """Return what stands in the log."""
        return LogEntry.objects.filter(application=self.application).first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form."""
        self.must_be_allowed()
        told = {"summary": self.entry.summary} if self.entry else {}
        kwargs.setdefault("form", SummaryForm(initial=told))
        return super().get_context_data(entry=self.entry, **kwargs)

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Put it in, or take it out."""
        self.must_be_allowed()
        row = self.application
        if "withdraw" in request.POST:
            take_out_of_log(row, by=self.reader)
            messages.success(request, "已从公布的办理情况撤下。")
            return HttpResponseRedirect(row.get_absolute_url())
        form = SummaryForm(request.POST)
        if form.is_valid():
            try:
                put_into_log(row, by=self.reader, summary=form.cleaned_data["summary"])
            except (NotThere, NotAllowed):
                raise
            except Refusal as refusal:
                form.add_error("summary", str(refusal))
            else:
                messages.success(request, "已列入公布的办理情况。")
                return HttpResponseRedirect(row.get_absolute_url())
        return self.render_to_response(self.get_context_data(form=form), status=422)


class LogSettingsView(DeskView):
    """Which organisations keep a public log: off, until somebody says otherwise."""

    act = policies.LOG_SETTING
    title = "公布申请的办理情况"
    subtitle = (
        "打开以后，工作人员逐件概括、列入的申请在“依申请公开”栏目公布；不列申请人，不列原话。"
    )
    crumbs = (HOME,)
    template_name = "applications/log_settings.html"

    @property
    def organisations(self) -> Any:
        """Return those within reach that answer applications."""
        reach = self.reader.reach(policies.LOG_SETTING)
        return Organisation.objects.filter(reach.q("path")).in_being().reporting()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a page of them: first those that keep a log, then in the order of the tree."""
        text = self.request.GET.get("q", "").replace("\x00", "").strip()[:40]
        kept = PublicLog.objects.filter(organisation=OuterRef("pk"), is_open=True)
        rows = self.organisations.matching(text) if text else self.organisations
        page = page_of(
            self.request, rows.annotate(keeps_log=Exists(kept)).order_by("-keeps_log", "path")
        )
        return super().get_context_data(page=page, text=text, **kwargs)

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Open or close one."""
        key = key_of(request.POST.get("organisation", ""))
        organisation = self.organisations.filter(pk=key).first()
        if organisation is None:
            raise NotThere(what="这个机关")
        opens = request.POST.get("open") == "1"
        set_log(organisation, by=self.reader, is_open=opens)
        done = "公布" if opens else "不再公布"
        messages.success(request, f"{organisation.name}{done}申请的办理情况。")
        return HttpResponseRedirect(reverse("applications:log-settings"))


def log_of(reader: Reader, application: Application) -> Mapping[str, Any] | None:
    """Return what the page of a case says of the public log; nothing where none is kept."""
    if not application.decided or not policies.may(reader, policies.LOG, application):
        return None
    if not is_open(application.organisation_id):
        return None
    entry = LogEntry.objects.filter(application=application).first()
    return {"entry": entry, "is_shown": entry is not None and entry.withdrawn_at is None}
