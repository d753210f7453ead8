"""How index numbers and registration numbers are made, by organisation, with what they will look like."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongkai.core.refusal import Refusal
from gongkai.domain.information import numbering
from gongkai.domain.information.actions import set_index_rule
from gongkai.domain.information.desk.screen import HOME
from gongkai.domain.information.models import IndexRule
from gongkai.domain.organisations.desk.fields import OrganisationField
from gongkai.foundation.desk.views import DeskView
from gongkai.foundation.permissions import Reader

GAPS = (
    ("{code}", "统一社会信用代码"),
    ("{division}", "行政区划代码"),
    ("{unit:05}", "机构编号，五位"),
    ("{year}", "年"),
    ("{month:02}", "月，两位"),
    ("{topic}", "主题分类"),
    ("{serial:05}", "流水号，五位，必须有"),
)
MOST = 200


class RuleForm(forms.Form):
    """An organisation and its patterns."""

    use_required_attribute = False

    organisation = OrganisationField(
        label="机构", help_text="没有另设规则的下级机构也用这个规则，各自从 1 开始编流水。"
    )
    template = forms.CharField(
        label="索引号规则", max_length=120, initial="{code}/{year}-{serial:05}"
    )
    registration = forms.CharField(
        label="规范性文件统一登记号规则",
        max_length=120,
        required=False,
        help_text="例如 YCDR-{year}-{serial:05}。不填的，登记号由人工填写。",
    )

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].reader = reader  # type: ignore[attr-defined]  # our own field


class RulesView(DeskView):
    """The rules in use, and the form for one of them with a preview."""

    act = "information.number"
    title = "索引号规则"
    template_name = "information/rules.html"
    crumbs = (HOME,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rules within reach, each with a number as it would be made today."""
        reach = self.reader.reach(self.act).q("organisation__path")
        rules = IndexRule.objects.filter(reach).select_related("organisation")
        rules = rules.order_by("organisation__path")[:MOST]
        chosen = self.request.GET.get("organisation", "")
        initial = {}
        for rule in rules:
            if str(rule.organisation_id) == chosen:
                initial = {
                    "organisation": rule.organisation,
                    "template": rule.template,
                    "registration": rule.registration,
                }
        if not initial and (top := next(iter(self.reader.standings), None)):
            initial = {"organisation": top.name}
        kwargs.setdefault("form", RuleForm(reader=self.reader, initial=initial))
        return super().get_context_data(
            rules=[
                {
                    "rule": rule,
                    "number": numbering.preview(rule.organisation, rule.template),
                    "registration": numbering.preview(
                        rule.organisation, rule.registration, apart=False
                    )
                    if rule.registration
                    else "",
                }
                for rule in rules
            ],
            gaps=GAPS,
            default=numbering.DEFAULT,
            **kwargs,
        )

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Set the rule, or only show what it gives."""
        form = RuleForm(request.POST, reader=self.reader)
        shown: list[tuple[str, str]] = []
        if form.is_valid():
            told = form.cleaned_data
            try:
                if request.POST.get("do") == "preview":
                    shown = _previews(told)
                else:
                    set_index_rule(
                        told["organisation"],
                        template=told["template"],
                        registration=told["registration"],
                        by=self.reader,
                    )
                    messages.success(request, "规则已设置，以后新建的信息按它编号。")
                    return HttpResponseRedirect(request.path)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
        context = self.get_context_data(form=form, shown=shown)
        return self.render_to_response(context, status=200 if shown else 422)


def _previews(told: dict[str, Any]) -> list[tuple[str, str]]:
    unit = told["organisation"]
    found = [("索引号", numbering.preview(unit, told["template"]))]
    if told["registration"]:
        number = numbering.preview(unit, told["registration"], apart=False)
        found.append(("统一登记号", number))
    return found
