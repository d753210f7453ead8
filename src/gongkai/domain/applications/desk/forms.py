"""The small forms on the page of a case and above the list."""

from typing import Any

from django import forms

from gongkai.domain.applications.desk.case import Case
from gongkai.domain.applications.models import DocumentKind
from gongkai.domain.applications.queries import colleagues, given_units
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.accounts.models import User
from gongkai.foundation.desk.forms import DateInput, RowField


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """One of the colleagues."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name."""
        return str(obj)


class AssignForm(forms.Form):
    """Who works on it, and in which unit."""

    unit = RowField(
        label="承办单位",
        queryset=Organisation.objects.none(),
        required=False,
        empty_label="（受理机关自己办）",
        help_text="接到交办的单位才能选。",
    )
    handler = PersonField(
        label="经办人",
        queryset=User.objects.none(),
        required=False,
        empty_label="（本单位的人都可以办）",
    )

    prefix = "assign"

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        row = case.application
        kwargs.setdefault("initial", {"handler": row.handler_id, "unit": row.unit_id})
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = colleagues(row)  # type: ignore[attr-defined]  # a model choice
        given = given_units(row)
        self.fields["unit"].queryset = given  # type: ignore[attr-defined]  # a model choice
        if not given:
            del self.fields["unit"]


class NoteForm(forms.Form):
    """A note, or a task for a colleague."""

    text = forms.CharField(
        label="备注",
        max_length=1000,
        widget=forms.Textarea({"rows": 2, "placeholder": "只在机关内部看"}),
    )
    person = PersonField(
        label="交给谁办", queryset=User.objects.none(), required=False, empty_label="（只是备注）"
    )
    due = forms.DateField(label="哪天以前", required=False, widget=DateInput)

    prefix = "note"

    def __init__(self, case: Case, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = colleagues(case.application)  # type: ignore[attr-defined]  # a model choice


class DocumentForm(forms.Form):
    """A file for the case."""

    kind = forms.ChoiceField(
        label="类型",
        choices=DocumentKind,
        initial=DocumentKind.SOURCE,
        help_text="申请人和第三方给的加密保存；查到的信息先清理、预检，可以随答复提供。",
    )
    title = forms.CharField(label="名称", required=False, max_length=200)
    file = forms.FileField(label="文件")

    prefix = "document"


class StrikeForm(forms.Form):
    """Why it is left out."""

    reason = forms.CharField(label="更正的原因", max_length=500, widget=forms.Textarea({"rows": 3}))


class UrgeForm(forms.Form):
    """What is said while urging."""

    text = forms.CharField(label="附言", required=False, max_length=150)

    prefix = "urge"
