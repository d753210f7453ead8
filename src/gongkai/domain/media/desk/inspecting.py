"""Having something inspected, and the result sheet."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongkai.core.refusal import Refusal
from gongkai.domain.media import actions, policies, sheets
from gongkai.domain.media.desk.register import HOME, workbook
from gongkai.domain.media.models import Account, Inspection, Site
from gongkai.foundation.desk import DeskView
from gongkai.foundation.desk.views import Crumb
from gongkai.foundation.permissions import behind
from gongkai.foundation.permissions.guard import reader_of


@behind(policies.INSPECT)
@require_POST
def ask(request: HttpRequest, key: int) -> HttpResponse:
    """Have a site looked at in the background."""
    site = policies.fetch(reader_of(request), Site, key)
    try:
        job = actions.ask(site, by=reader_of(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(site.get_absolute_url())
    return redirect(job.get_absolute_url())


@behind(policies.INSPECT)
@require_POST
def ask_account(request: HttpRequest, key: int) -> HttpResponse:
    """Write a sheet for an account."""
    account = policies.fetch(reader_of(request), Account, key)
    try:
        inspection = actions.inspect_account(account, by=reader_of(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(account.get_absolute_url())
    return redirect(inspection.get_absolute_url())


class Sheet(DeskView):
    """One result sheet."""

    act = policies.VIEW
    template_name = "media/inspection.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Find it."""
        super().setup(request, *args, **kwargs)
        self.inspection: Inspection = policies.fetch_inspection(self.reader, kwargs["key"])

    def get_title(self) -> str:
        """Return what it is."""
        return f"检查结果单（{self.inspection.day:%Y年%-m月%-d日}）"

    def get_crumbs(self) -> list[Crumb]:
        """Lead back."""
        subject = self.inspection.subject
        return [HOME, Crumb(str(subject), subject.get_absolute_url())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rows, the worst first within the order of the criteria."""
        inspection = self.inspection
        path = str(inspection.subject.organisation.path)
        return super().get_context_data(
            inspection=inspection,
            subject=inspection.subject,
            rows=inspection.sheet,
            columns=inspection.columns,
            may_judge=inspection.concluded is None and self.reader.may(policies.INSPECT, path),
            **kwargs,
        )


@behind(policies.INSPECT)
@require_POST
def judge(request: HttpRequest, key: int) -> HttpResponse:
    """Write down what a person says to one check."""
    reader = reader_of(request)
    inspection = policies.fetch_inspection(reader, key)
    check = request.POST.get("check", "")
    try:
        actions.judge(
            inspection,
            key=check,
            failed=request.POST.get("state") == "failed",
            note=request.POST.get("note", ""),
            by=reader,
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect(
        f"{inspection.get_absolute_url()}#{check}"
        if check.isidentifier() or "-" in check
        else inspection.get_absolute_url()
    )


@behind(policies.INSPECT)
@require_POST
def conclude(request: HttpRequest, key: int) -> HttpResponse:
    """Let the sheet stand."""
    reader = reader_of(request)
    inspection = policies.fetch_inspection(reader, key)
    try:
        actions.conclude(inspection, by=reader)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "已定稿。")
    return redirect(inspection.get_absolute_url())


@behind(policies.VIEW)
def export(request: HttpRequest, key: int) -> HttpResponse:
    """Return the sheet as a workbook."""
    inspection = policies.fetch_inspection(reader_of(request), key)
    return workbook(
        sheets.result(inspection), f"检查结果单-{inspection.subject}-{inspection.day:%Y%m%d}.xlsx"
    )
