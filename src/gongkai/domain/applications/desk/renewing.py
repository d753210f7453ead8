"""Another secret code for somebody who lost theirs."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from gongkai.core.refusal import Refusal
from gongkai.domain.applications import policies
from gongkai.domain.applications.actions.renew_code import EMAIL, PRINT, renew_code
from gongkai.domain.applications.desk.case import PartOfCase
from gongkai.domain.applications.models import Application, Proof
from gongkai.domain.applications.portal.telling import can_mail, mail_code
from gongkai.foundation.permissions import NotAllowed, NotThere, Reader


class RenewalForm(forms.Form):
    """How it was made sure that it is the applicant, and how they get the code."""

    use_required_attribute = False

    proof = forms.ChoiceField(label="怎样核对的身份", choices=Proof, widget=forms.RadioSelect)
    checked = forms.CharField(
        label="核对了什么",
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text="例如：身份证原件，姓名和号码与申请时一致。加密保存。",
    )
    sent = forms.ChoiceField(label="新码怎样交给申请人", widget=forms.RadioSelect, initial=PRINT)

    def __init__(self, *args: Any, case: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(PRINT, "打印出来，当面交给或者寄给申请人")]
        if can_mail() and case.email:
            offered.append((EMAIL, "发到申请时留下的电子邮箱"))
        self.fields["sent"].choices = offered  # type: ignore[attr-defined]  # a choice field


class RenewalView(PartOfCase):
    """The form, and the page to print."""

    act = policies.RENEW_CODE
    title = "换发查询码"
    template_name = "applications/renew_code.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form."""
        if not policies.may(self.reader, policies.RENEW_CODE, self.application):
            raise NotThere(what="这件申请")
        kwargs.setdefault("form", RenewalForm(case=self.application))
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Replace it."""
        row = self.application
        form = RenewalForm(request.POST, case=row)
        context = self.get_context_data(form=form)
        if form.is_valid():
            try:
                code = renew_code(row, by=self.reader, **form.cleaned_data)
            except (NotThere, NotAllowed):
                raise
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                if form.cleaned_data["sent"] == EMAIL:
                    return self._mailed(row, code)
                answer = render(request, "applications/code_renewed.html", context | {"code": code})
                answer["Cache-Control"] = "no-store"
                return answer
        return self.render_to_response(context, status=422)

    def _mailed(self, row: Application, code: str) -> HttpResponse:
        if mail_code(row, code):
            messages.success(self.request, "新的查询码已经发到申请人的电子邮箱，原来的作废。")
        else:
            messages.error(
                self.request,
                "邮件没有发出去，原来的查询码已经作废。请再换发一次，打印出来交给申请人。",
            )
        return HttpResponseRedirect(row.get_absolute_url())


def renewals(reader: Reader, application: Application) -> Mapping[str, Any] | None:
    """Return what the page of a case says of its secret code."""
    if not policies.may(reader, policies.RENEW_CODE, application) or application.erased_at:
        return None
    return {"renewals": list(application.code_renewals.select_related("by")[:5])}
