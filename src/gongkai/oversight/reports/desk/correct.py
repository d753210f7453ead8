"""Correcting a published report."""

from collections.abc import Sequence
from typing import Any

from django import forms

from gongkai.core.forms import Form, Place
from gongkai.foundation.desk.forms import FormView
from gongkai.foundation.desk.views import Crumb
from gongkai.oversight.reports.actions import Amendment, correct
from gongkai.oversight.reports.desk.screen import ReportScreen
from gongkai.oversight.reports.models import Report


class CorrectForm(forms.Form):
    """One cell or one chapter, and why."""

    place = forms.ChoiceField(label="更正哪一格", required=False)
    value = forms.CharField(
        label="更正为", required=False, max_length=40, help_text="留空表示这一格改为空白。"
    )
    heading = forms.ChoiceField(label="或者更正哪一章", required=False)
    text = forms.CharField(label="更正后的全文", required=False, widget=forms.Textarea({"rows": 8}))
    reason = forms.CharField(
        label="更正理由",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="理由会随更正说明向社会公开。",
        error_messages={"required": "请写明更正理由，它会随更正说明公开。"},
    )

    def __init__(self, *args: Any, form_facts: Form, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [
            (
                table.title,
                [(str(p), form_facts.label(p)) for p in form_facts.places if p.table == table.key],
            )
            for table in form_facts.tables
        ]
        self.fields["place"].choices = [("", "不更正数据"), *groups]  # type: ignore[attr-defined]
        headings = [(h.key, h.label) for h in form_facts.headings]
        self.fields["heading"].choices = [("", "不更正文字"), *headings]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for something to correct."""
        data = super().clean() or {}
        if not data.get("place") and not data.get("heading"):
            raise forms.ValidationError("请选择要更正的数据，或者要更正的章节。")
        return data


class CorrectView(ReportScreen, FormView):
    """A correction, which the public will see."""

    act = "reports.correct"
    form_class = CorrectForm
    submit = "公开更正"
    done = "已更正并发布新的版本，原版本保留可查。"
    intro = (
        "更正会生成新的版本，并在报告标题下注明更正了什么、为什么、什么时候；原来的版本照旧可查。"
    )

    def get_title(self) -> str:
        """Return what is being done."""
        return f"更正：{self.report.organisation}{self.report.year}年度报告"

    def get_crumbs(self) -> Sequence[Crumb]:
        """Add the report itself."""
        here = Crumb(str(self.report.organisation), self.report.get_absolute_url())
        return [*super().get_crumbs(), here]

    def get_back(self) -> str:
        """Lead back to the report."""
        return self.report.get_absolute_url()

    def get_form_kwargs(self) -> dict[str, Any]:
        """Start from the chapter or cell that the link named."""
        self.reader.must("reports.correct", str(self.report.organisation.path))
        return {
            "form_facts": self.report.form_facts,
            "initial": _initial(self.report, self.request.GET),
        }

    def act_on(self, data: dict[str, Any]) -> str:
        """Correct."""
        amendments = []
        if data["place"]:
            amendments.append(Amendment(data["value"], place=Place(*data["place"].split("/"))))
        if data["heading"]:
            amendments.append(Amendment(data["text"], heading=data["heading"]))
        correct(self.report, amendments, reason=data["reason"], by=self.reader)
        return self.report.get_absolute_url()


def _initial(report: Report, asked: Any) -> dict[str, str]:
    place, heading = asked.get("place", ""), asked.get("heading", "")
    cell = report.cells.filter(place=place).first() if place else None
    chapter = report.chapters.filter(heading=heading).first() if heading else None
    return {
        "place": place,
        "value": cell.text if cell else "",
        "heading": heading,
        "text": chapter.text if chapter else "",
    }
