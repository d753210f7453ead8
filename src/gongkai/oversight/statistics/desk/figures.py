"""Figures of a unit and a period: the list, one figure's history, declaring and withdrawing."""

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms
from django.http import FileResponse, HttpRequest
from django.urls import reverse

from gongkai.core.indicators import Indicator, UnknownIndicator, indicator, indicators
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.desk.forms import FormView
from gongkai.foundation.desk.paging import page_of
from gongkai.foundation.desk.views import Crumb, DeskView
from gongkai.foundation.figures import Answer, Period, Record, sources
from gongkai.foundation.permissions import NotThere, Reader
from gongkai.oversight.statistics import policies
from gongkai.oversight.statistics.actions import declare, withdraw
from gongkai.oversight.statistics.desk.indicators import HOME
from gongkai.oversight.statistics.models import Declaration
from gongkai.oversight.statistics.queries import figures_of, history

FIRST_YEAR = 2008


def asked_period(asked: Any) -> Period:
    """Return the period that the query names; the last whole year where it names none."""
    year, month = str(asked.get("year", "")), str(asked.get("month", ""))
    told = int(year) if year.isdecimal() and len(year) == 4 else clock.today().year - 1
    return Period(
        min(max(told, FIRST_YEAR), clock.today().year),
        int(month) if month.isdecimal() and int(month) <= 12 else 0,
    )


class IndexView(DeskView):
    """The figures of one unit for a year or month."""

    act = "statistics.view"
    title = "统计数"
    crumbs = (HOME,)
    template_name = "statistics/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the unit, the period and every indicator with its figure."""
        unit, period = unit_asked(self.reader, self.request.GET), asked_period(self.request.GET)
        found = figures_of(unit.pk, period) if unit else {}
        show = self.request.GET.get("show", "")
        rows = [{"item": i, "figure": found.get(i.key)} for i in indicators()]
        if show == "known":
            rows = [row for row in rows if row["figure"]]
        return super().get_context_data(
            unit=unit,
            period=period,
            rows=rows,
            known=len(found),
            show=show,
            units=choices(self),
            years=range(clock.today().year, FIRST_YEAR - 1, -1),
            months=range(1, 13),
            may_declare=unit is not None and policies.may(self.reader, "statistics.declare", unit),
            **kwargs,
        )


def unit_asked(reader: Reader, asked: Any) -> Organisation | None:
    """Return the unit that the query names, one's own where it names none, else the first one may see."""
    key = asked.get("unit", "")
    if key.isdecimal():
        return policies.fetch_unit(reader, int(key))
    own = [standing.unit for standing in reader.standings]
    found = policies.units_visible_to(reader)
    return found.filter(pk__in=own).first() or found.first()


def choices(view: DeskView) -> Sequence[Organisation]:
    """Return the units that one may choose from."""
    # a list of hundreds is no list to choose from: the round's page leads to the others
    return list(policies.units_visible_to(view.reader)[:300])


class FigureScreen(DeskView):
    """A screen about one indicator of one unit."""

    act = "statistics.view"

    @cached_property
    def unit(self) -> Organisation:
        """Return the unit."""
        return policies.fetch_unit(self.reader, self.kwargs["unit"])

    @property
    def indicator(self) -> Indicator:
        """Return the indicator."""
        try:
            return indicator(self.kwargs["indicator"])
        except UnknownIndicator:
            raise NotThere(what="这个指标") from None

    @property
    def period(self) -> Period:
        """Return the year or month."""
        return asked_period(self.request.GET)

    def get_title(self) -> str:
        """Return what, whose and when."""
        return f"{self.indicator.title} · {self.unit} · {self.period}"

    def get_crumbs(self) -> Sequence[Crumb]:
        """Return the way here."""
        return [HOME]

    def address(self, name: str) -> str:
        """Return the address of the screen *name* about the same figure."""
        where = reverse(f"statistics:{name}", args=[self.unit.pk, self.indicator.key])
        return f"{where}?year={self.period.year}&month={self.period.month}"


class HistoryView(FigureScreen):
    """One figure: what counts, the records behind it, and everything that was ever declared."""

    template_name = "statistics/history.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the figure and its history."""
        item, unit, period = self.indicator, self.unit, self.period
        source = sources().get(item.key)
        answer = source.ask([unit.pk], period).get(unit.pk) if source else None
        declared = history(unit.pk, item.key, period)
        shown = {
            "item": item,
            "unit": unit,
            "period": period,
            "source": source,
            "answer": answer,
            "page": page_of(self.request, _records(answer)),
            "declared": declared,
            "current": declared[0] if declared and declared[0].value is not None else None,
            "may_declare": policies.may(self.reader, "statistics.declare", unit),
            "declare_href": self.address("declare"),
        }
        return super().get_context_data(**kwargs | shown)


def _records(answer: Answer | None) -> Sequence[Record]:
    found = answer.records() if answer else ()
    return found if isinstance(found, Sequence) else list(found)


class DeclareForm(forms.Form):
    """A figure and its ground."""

    value = forms.DecimalField(
        label="数值",
        max_digits=15,
        decimal_places=4,
        error_messages={
            "invalid": "请填写阿拉伯数字，例如 12 或 76.1。",
            "required": "请填写数值；没有发生请填 0。",
        },
    )
    ground = forms.CharField(
        label="依据",
        widget=forms.Textarea({"rows": 4}),
        help_text="怎么知道的：台账、登记表、清点时间、文号。以后打开这个数的人要靠它核对。",
        error_messages={"required": "请写明依据。没有依据的申报数不能用于年度报告。"},
    )
    attachment = forms.FileField(
        label="附件", required=False, help_text="台账、照片、扫描件等，最大 20 MB。"
    )
    after = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def clean_attachment(self) -> Any:
        """Refuse what is too large to keep."""
        file = self.cleaned_data["attachment"]
        if file and file.size > 20 * 2**20:
            raise forms.ValidationError("附件超过 20 MB，请压缩后再上传。")
        return file


class DeclareView(FigureScreen, FormView):
    """Say a figure, or say it anew."""

    act = "statistics.declare"
    form_class = DeclareForm
    submit = "申报"
    done = "已申报。原来的申报保留在历史中。"

    def get_title(self) -> str:
        """Return what is being done."""
        return f"申报：{super().get_title()}"

    def get_back(self) -> str:
        """Lead back to the figure."""
        return self.address("history")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Start from what stands."""
        self.reader.must("statistics.declare", str(self.unit.path))
        told = history(self.unit.pk, self.indicator.key, self.period)
        last = told[0] if told else None
        return {
            "initial": {
                "value": last.value.normalize() if last and last.value is not None else None,
                "after": last.pk if last else None,
            }
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what is counted, above the form."""
        context = super().get_context_data(**kwargs)
        context["intro"] = f"{self.indicator.definition}（单位：{self.indicator.unit}）"
        return context

    def act_on(self, data: dict[str, Any]) -> str:
        """Declare."""
        declare(
            self.unit,
            self.indicator.key,
            self.period,
            Decimal(data["value"]),
            ground=data["ground"],
            attachment=data["attachment"],
            after=data["after"],
            by=self.reader,
        )
        return self.address("history")


class GroundForm(forms.Form):
    """Why."""

    ground = forms.CharField(
        label="撤回理由",
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "请写明为什么撤回。"},
    )


class WithdrawView(FormView):
    """Take a declaration back."""

    act = "statistics.declare"
    form_class = GroundForm
    title = "撤回申报数"
    submit = "撤回"
    done = "已撤回。申报和撤回都保留在历史中。"
    crumbs = (HOME,)

    @property
    def declaration(self) -> Declaration:
        """Return it."""
        return policies.fetch(self.reader, self.kwargs["key"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """Look before asking: not yours is not there."""
        self.reader.must("statistics.declare", str(self.declaration.organisation.path))
        return {}

    def act_on(self, data: dict[str, Any]) -> str:
        """Withdraw."""
        told = self.declaration
        withdraw(told, ground=data["ground"], by=self.reader)
        where = reverse("statistics:history", args=[told.organisation_id, told.indicator])
        return f"{where}?year={told.year}&month={told.month}"


class AttachmentView(DeskView):
    """What proves a declaration."""

    act = "statistics.view"

    def get(self, request: HttpRequest, **_: Any) -> FileResponse:  # type: ignore[override]  # noqa: ARG002  # a file is an answer, too
        """Send it as a download, never to be shown."""
        told = policies.fetch(self.reader, self.kwargs["key"])
        if not told.attachment:
            raise NotThere(what="这个附件")
        return FileResponse(
            told.attachment.open(), as_attachment=True, filename=told.attachment_name
        )
