"""Rounds: the list, opening one, and the overview of all its units."""

import io
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import Any

import xlsxwriter
from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.core.forms import forms as all_forms
from gongkai.core.refusal import Refusal
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.desk.forms import DateInput, FormView, RowField
from gongkai.foundation.desk.views import Crumb, DeskView
from gongkai.foundation.keys import key_of
from gongkai.oversight.reports import policies
from gongkai.oversight.reports.actions import open_round, urge
from gongkai.oversight.reports.desk.screen import HOME, TONES
from gongkai.oversight.reports.models import Report, Round, Status, Tier
from gongkai.oversight.reports.models.report import ReportQuerySet
from gongkai.oversight.reports.queries import FORWARD, progress, rounds_progress
from gongkai.oversight.reports.roundbook import round_workbook
from gongkai.oversight.reports.tiers import tier_title

PAGE = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class IndexView(DeskView):
    """The rounds, newest first, and one's own reports."""

    act = "reports.view"
    title = "年度报告"
    template_name = "reports/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add rounds with their progress, and the reports of one's own units."""
        rounds = list(policies.rounds_visible_to(self.reader)[:50])
        counts = rounds_progress(rounds)
        units = [standing.unit for standing in self.reader.standings]
        mine = (
            policies.visible_to(self.reader)
            .filter(organisation__in=units)
            .select_related("organisation")
            .order_by("-year", "organisation__path")[:20]
        )
        return super().get_context_data(
            rounds=[(one, counts.get(one.pk, {})) for one in rounds],
            mine=[(one, TONES.get(Status(one.status), "")) for one in mine],
            may_open=self.reader.may("reports.open"),
            today=clock.today(),
            **kwargs,
        )


class OpenForm(forms.Form):
    """Which year, which units, by when."""

    organisation = RowField(
        label="牵头单位", queryset=Organisation.objects.none(), empty_label=None
    )
    year = forms.TypedChoiceField(label="报告年度", coerce=int)
    form_key = forms.ChoiceField(
        label="报告格式",
        required=False,
        help_text="不选就用国家为这一年规定的格式。当地仍用旧格式的，可以另选。",
    )
    collect_by = forms.DateField(
        label="内部报送日期",
        required=False,
        widget=DateInput(),
        help_text="请各单位在这一天前确认数据。法定公布日期由系统按《条例》另行计算。",
    )
    enterprises = forms.BooleanField(
        label="公共企事业单位也参加",
        required=False,
        help_text="《条例》第五十五条的公共企事业单位不单独编制年度报告，需要它们报数的再选。",
    )
    note = forms.CharField(label="填报要求", required=False, widget=forms.Textarea({"rows": 4}))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = units  # type: ignore[attr-defined]  # a choice field
        last = clock.today().year
        self.fields["year"].choices = [(y, f"{y}年") for y in range(last, 2007, -1)]  # type: ignore[attr-defined]
        self.fields["year"].initial = last - 1
        told = [("", "按年度规定的格式"), *((f.key, f.title) for f in reversed(all_forms()))]
        self.fields["form_key"].choices = told  # type: ignore[attr-defined]


class OpenView(FormView):
    """A new round."""

    act = "reports.open"
    title = "布置年度报告"
    form_class = OpenForm
    submit = "布置"
    crumbs = (HOME,)
    back = "/desk/reports/"
    done = "已布置，各单位可以开始填报。"
    intro = "布置后，牵头单位及其下级中需要编制年度报告的单位各得到一份待填的报告。"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the units that the reader may open a round for."""
        reach = self.reader.reach("reports.open")
        return {"units": Organisation.objects.filter(reach.q()).in_being().exclude(kind="section")}

    def act_on(self, data: dict[str, Any]) -> str:
        """Open it."""
        top = data["organisation"]
        units = None
        if data["enterprises"]:
            day = date(data["year"], 12, 31)
            below = Organisation.objects.below(top).in_being(day).exclude(kind="section")
            units = list(below.values_list("pk", flat=True))
        made = open_round(
            top,
            data["year"],
            by=self.reader,
            form_key=data["form_key"],
            units=units,
            collect_by=data["collect_by"],
            note=data["note"],
        )
        return made.get_absolute_url()


class RoundScreen(DeskView):
    """A screen about one round."""

    act = "reports.view"

    @cached_property
    def round(self) -> Round:
        """Return it."""
        return policies.fetch_round(self.reader, self.kwargs["key"])

    @property
    def reports(self) -> ReportQuerySet:
        """Return the reports of the round that the reader may see."""
        return policies.visible_to(self.reader).filter(round=self.round)

    def get_title(self) -> str:
        """Return the round's name."""
        return str(self.round)

    def get_crumbs(self) -> Sequence[Crumb]:
        """Return the way here."""
        return [HOME]


class RoundView(RoundScreen):
    """All units of a round: state, day, errors."""

    template_name = "reports/round.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the reports that the filters leave, and how far the round is."""
        asked = self.request.GET
        day = clock.today()
        found = _filtered(self.reports, asked, day).select_related(
            "organisation", "above__organisation"
        )
        page = Paginator(found.order_by("organisation__path"), PAGE).get_page(asked.get("page"))
        top = len(str(self.round.organisation.path))
        made = self.round
        return super().get_context_data(
            round=made,
            form_facts=made.form_facts,
            progress=progress(self.reports, day),
            page=page,
            rows=[
                {
                    "report": r,
                    "depth": (len(str(r.organisation.path)) - top) // Organisation.steplen,
                    "tone": TONES.get(Status(r.status), ""),
                    "tier": _tier(r),
                    "late": r.days_late,
                }
                for r in page
            ],
            states=[(s.value, s.label) for s in FORWARD],
            asked=asked,
            query=_query_without_page(self.request),
            may_urge=self.reader.may("reports.urge", str(made.organisation.path)),
            today=day,
            **kwargs,
        )


def _tier(report: Report) -> str:
    above = report.above
    return tier_title(above.organisation.level, Tier(report.tier)) if above else "牵头"


def _filtered(reports: ReportQuerySet, asked: Any, day: date) -> ReportQuerySet:
    if asked.get("status") in Status.values:
        reports = reports.filter(status=asked["status"])
    match asked.get("only"):
        case "overdue":
            reports = reports.overdue(day)
        case "errors":
            reports = reports.filter(errors__gt=0)
        case "empty":
            reports = reports.filter(filled=0, status=Status.FILLING)
    if text := asked.get("q", "").strip():
        reports = reports.filter(
            Q(organisation__name__icontains=text) | Q(organisation__short__icontains=text)
        )
    return reports


def _query_without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()


class UrgeView(RoundScreen):
    """A reminder to those who have not confirmed."""

    act = "reports.urge"

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Remind one unit, or all that are late."""
        late = self.reports.filter(status=Status.FILLING).select_related("organisation", "round")
        if one := request.POST.get("report", ""):
            late = late.filter(pk=key_of(one))
        try:
            told = urge(list(late), by=self.reader, comment=request.POST.get("comment", ""))
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"已提醒 {told} 人。" if told else "没有需要催报的单位。")
        back = request.POST.get("back", "")
        return HttpResponseRedirect(_safe(back) or self.round.get_absolute_url())

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:  # noqa: ARG002  # Django's signature
        """Lead back: reminding is a matter of POST."""
        return HttpResponseRedirect(self.round.get_absolute_url())


def _safe(back: str) -> str:
    return back if back.startswith("/desk/reports/") else ""


class ExportView(RoundScreen):
    """The whole round as a workbook."""

    def get(self, request: HttpRequest, **_: Any) -> HttpResponse:  # noqa: ARG002  # Django's signature
        """Write the sheets: who is how far, and every table with a line for each unit."""
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False}) as book:
            round_workbook(book, self.round, self.reports)
        response = HttpResponse(stream.getvalue(), content_type=XLSX)
        response.headers["Content-Disposition"] = (
            f'attachment; filename="round-{self.round.year}.xlsx"'
        )
        return response


def report_href(report: Report) -> str:
    """Return the page of *report*."""
    return reverse("reports:report", args=[report.pk])
