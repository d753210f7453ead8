"""Forms of the reading room."""

from typing import Any

from django import forms
from django.forms.utils import ErrorDict

from gongkai.foundation import clock


class FactsForm(forms.Form):
    """Whose report, of what year, from where."""

    title = forms.CharField(label="标题", max_length=300, required=False)
    agency = forms.CharField(label="机关", max_length=120, required=False)
    year = forms.IntegerField(label="年度", required=False)
    source = forms.CharField(
        label="出处", max_length=500, required=False, help_text="网址或文号，便于核对原件。"
    )

    def clean_year(self) -> int | None:
        """Refuse a year before the Regulations or after this one."""
        year: int | None = self.cleaned_data["year"]
        if year is not None and not 2008 <= year <= clock.today().year:
            raise forms.ValidationError(f"年度应在 2008 至 {clock.today().year} 之间。")
        return year


class CorrectionForm(forms.Form):
    """A cell, what it should hold, and why."""

    cell = forms.CharField(max_length=300, widget=forms.HiddenInput)
    value = forms.CharField(label="更正为", max_length=40, required=False)
    blank = forms.BooleanField(label="原文是空白", required=False)
    reason = forms.CharField(label="理由", max_length=500)

    def clean(self) -> dict[str, Any]:
        """Ask for a value or for the blank, not both and not neither."""
        data = super().clean() or {}
        value, blank = (data.get("value") or "").strip(), data.get("blank")
        if blank and value:
            raise forms.ValidationError("填了数值就不要勾选“原文是空白”，请二选一。")
        if not blank and not value:
            raise forms.ValidationError("请填写数值；原文空白的，请勾选“原文是空白”。")
        return data


class DecisionForm(forms.Form):
    """What a person makes of a finding."""

    state = forms.ChoiceField(choices=[("accepted", ""), ("dismissed", ""), ("open", "")])
    reason = forms.CharField(max_length=500, required=False)


def first_error(errors: ErrorDict) -> str:
    """Return the first sentence that is wrong with a form."""
    for messages in errors.values():
        for message in messages:
            return str(message)
    return "提交的内容不完整，请检查后重试。"
