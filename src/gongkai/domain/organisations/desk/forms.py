"""The forms of the screens."""

from typing import Any

from django import forms

from gongkai.domain.organisations import codes
from gongkai.domain.organisations.desk.fields import OrganisationField
from gongkai.domain.organisations.kinds import kind_choices, level_choices
from gongkai.domain.organisations.models import Guide
from gongkai.domain.organisations.models.post import role_choices
from gongkai.foundation import clock
from gongkai.foundation.desk.forms import DateInput
from gongkai.foundation.permissions import Reader

CODE_HELP = "18 位。校验位不对时会提示，但仍可保存。"


class ReaderForm(forms.Form):
    """A form that knows who fills it, for the organisations it may name."""

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, OrganisationField):
                field.reader = reader


class FactsForm(forms.Form):
    """Facts that are no reform."""

    short = forms.CharField(
        label="简称", max_length=40, required=False, help_text="列表里使用，如“市财政局”。"
    )
    kind = forms.ChoiceField(label="类别", choices=kind_choices)
    level = forms.ChoiceField(label="层级", choices=level_choices)
    code = forms.CharField(
        label="统一社会信用代码", max_length=18, required=False, help_text=CODE_HELP
    )
    division = forms.CharField(label="行政区划代码", max_length=12, required=False)
    founded = forms.DateField(label="成立日期", required=False, widget=DateInput)

    def clean_code(self) -> str:
        """Write letters large."""
        return str(self.cleaned_data["code"]).strip().upper()

    @property
    def doubt(self) -> str:
        """Return what is doubtful about the code."""
        return codes.doubt(self.cleaned_data.get("code", ""))


class FoundForm(FactsForm):
    """A new organisation."""

    name = forms.CharField(label="全称", max_length=120)
    ground = forms.CharField(
        label="依据", max_length=200, required=False, help_text="批准成立的文件和文号。"
    )
    field_order = ("name", "short", "kind", "level", "code", "division", "founded", "ground")


class RenameForm(forms.Form):
    """A new name from a day."""

    name = forms.CharField(label="新名称", max_length=120)
    short = forms.CharField(label="新简称", max_length=40, required=False)
    day = forms.DateField(label="启用日期", widget=DateInput, initial=clock.today)
    ground = forms.CharField(label="依据", max_length=200, help_text="批准更名的文件和文号。")


class MergeForm(ReaderForm):
    """Into what, from when."""

    into = OrganisationField(label="并入", help_text="输入名称的一部分，从提示中选择。")
    day = forms.DateField(label="生效日期", widget=DateInput, initial=clock.today)
    ground = forms.CharField(label="依据", max_length=200, help_text="批准合并的文件和文号。")


class MoveForm(ReaderForm):
    """Under what, from when."""

    under = OrganisationField(label="新的上级机构", help_text="输入名称的一部分，从提示中选择。")
    day = forms.DateField(label="生效日期", widget=DateInput, initial=clock.today)
    ground = forms.CharField(label="依据", max_length=200)


class CloseForm(ReaderForm):
    """From when, and who takes over."""

    successor = OrganisationField(
        label="承接机构",
        required=False,
        help_text="没有承接机构的，公开义务随之免除，渠道发布交给上级机构。",
    )
    day = forms.DateField(label="撤销日期", widget=DateInput, initial=clock.today)
    ground = forms.CharField(label="依据", max_length=200, help_text="批准撤销的文件和文号。")


class GuideForm(forms.ModelForm[Guide]):
    """What the public is told."""

    website = forms.URLField(label="网址", required=False, assume_scheme="https")

    class Meta:
        model = Guide
        fields = (
            "office",
            "address",
            "hours",
            "telephone",
            "fax",
            "postcode",
            "email",
            "website",
            "classification",
            "access",
        )


class EngageForm(forms.Form):
    """A new account with its first post."""

    name = forms.CharField(label="姓名", max_length=40)
    username = forms.CharField(
        label="用户名", max_length=60, help_text="登录时使用，建议用姓名拼音。"
    )
    role = forms.ChoiceField(label="角色", choices=role_choices)
    since = forms.DateField(label="任职日期", widget=DateInput, initial=clock.today)
    phone = forms.CharField(label="办公电话", max_length=40, required=False)
    email = forms.EmailField(label="电子邮箱", required=False)
    password = forms.CharField(
        label="初始密码",
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少 10 位，不能全是数字。只用统一身份认证登录的人员可以不填。",
    )


class AppointForm(ReaderForm):
    """A further post."""

    organisation = OrganisationField(label="机构")
    role = forms.ChoiceField(label="角色", choices=role_choices)
    since = forms.DateField(label="任职日期", widget=DateInput, initial=clock.today)


class RelieveForm(forms.Form):
    """The end of a post."""

    day = forms.DateField(
        label="离任日期",
        widget=DateInput,
        initial=clock.today,
        help_text="从这一天起不再有此岗位的权限。",
    )


class PasswordForm(forms.Form):
    """A new password."""

    password = forms.CharField(
        label="新密码",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="至少 10 位，不能全是数字。请当面或电话告知本人，并请其登录后修改。",
    )


class SuspendForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="理由", max_length=200, help_text="会留痕，请不要写个人隐私。")


class ImportForm(forms.Form):
    """A spreadsheet."""

    file = forms.FileField(
        label="文件",
        help_text="XLSX 或 CSV，第一行是表头。不超过 5 MB、5000 行。",
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
