"""The forms of the register."""

from typing import Any

from django import forms

from gongkai.domain.media import policies
from gongkai.domain.media.models import Account, Freshness
from gongkai.domain.media.models.site import host_of
from gongkai.domain.media.platforms import platform_choices
from gongkai.domain.organisations.desk.fields import OrganisationField
from gongkai.foundation import clock
from gongkai.foundation.desk.forms import DateInput, RowField
from gongkai.foundation.permissions import Reader

GROUND = "批准的文件和文号，或者说明。"


class ReaderForm(forms.Form):
    """A form that knows who fills it."""

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reader = reader
        for field in self.fields.values():
            if isinstance(field, OrganisationField):
                field.reader = reader


class SiteFacts(forms.Form):
    """Facts of a site that are no act."""

    address = forms.CharField(
        label="首页地址", max_length=300, help_text="如 https://www.example.gov.cn/"
    )
    hosts = forms.CharField(
        label="其他域名",
        required=False,
        max_length=500,
        help_text="同一网站的其他域名，用空格隔开，如不带 www 的。检查时也会访问。",
    )
    mark = forms.CharField(label="网站标识码", max_length=20, required=False)
    offers_services = forms.BooleanField(
        label="有对外办事服务",
        required=False,
        initial=True,
        help_text="没有对外服务职能的部门不检查办事服务。",
    )
    note = forms.CharField(label="备注", max_length=300, required=False)

    def clean_address(self) -> str:
        """Refuse what is no address."""
        address = str(self.cleaned_data["address"]).strip()
        if not host_of(address):
            raise forms.ValidationError("请写成 https://www.example.gov.cn/ 这样的地址。")
        return address

    def clean_hosts(self) -> list[str]:
        """Return the hosts one by one."""
        return str(self.cleaned_data["hosts"]).replace("，", " ").replace(",", " ").split()


class OpenSiteForm(ReaderForm, SiteFacts):
    """A new site."""

    unit = OrganisationField(label="主办单位", help_text="输入名称的一部分，从提示中选择。")
    name = forms.CharField(label="网站名称", max_length=100)
    opened = forms.DateField(label="开设日期", required=False, widget=DateInput)
    ground = forms.CharField(label="依据", max_length=200, required=False, help_text=GROUND)
    field_order = (
        "unit",
        "name",
        "address",
        "hosts",
        "mark",
        "offers_services",
        "opened",
        "ground",
        "note",
    )


class AccountFacts(forms.Form):
    """Facts of an account that are no act."""

    identifier = forms.CharField(
        label="账号", max_length=100, required=False, help_text="平台上的账号或编号。"
    )
    address = forms.URLField(
        label="主页地址", max_length=300, required=False, assume_scheme="https"
    )
    last_update = forms.DateField(
        label="最近更新日期",
        required=False,
        widget=DateInput,
        help_text="最近一次发布内容的日期；检查前请看一看。",
    )
    note = forms.CharField(label="备注", max_length=300, required=False)

    def clean_last_update(self) -> Any:
        """Refuse a day to come."""
        day = self.cleaned_data["last_update"]
        if day and day > clock.today():
            raise forms.ValidationError("最近更新日期不能晚于今天。")
        return day


class OpenAccountForm(ReaderForm, AccountFacts):
    """A new account."""

    unit = OrganisationField(label="主办单位", help_text="输入名称的一部分，从提示中选择。")
    platform = forms.ChoiceField(label="平台", choices=platform_choices)
    name = forms.CharField(label="账号名称", max_length=100)
    opened = forms.DateField(label="开设日期", required=False, widget=DateInput)
    ground = forms.CharField(label="依据", max_length=200, required=False, help_text=GROUND)
    field_order = (
        "unit",
        "platform",
        "name",
        "identifier",
        "address",
        "opened",
        "ground",
        "last_update",
        "note",
    )


class DayForm(ReaderForm):
    """When, and on what ground."""

    day = forms.DateField(label="日期", widget=DateInput, initial=clock.today)
    ground = forms.CharField(label="依据", max_length=200, help_text=GROUND)


class RenameForm(DayForm):
    """A new name from a day."""

    name = forms.CharField(label="新名称", max_length=100)
    field_order = ("name", "day", "ground")


class MoveForm(DayForm):
    """Who runs it from a day."""

    to = OrganisationField(label="新的主办单位", help_text="输入名称的一部分，从提示中选择。")
    field_order = ("to", "day", "ground")


class MergeForm(DayForm):
    """Where it goes on."""

    into = RowField(label="并入", queryset=Account.objects.none(), empty_label="请选择")
    field_order = ("into", "day", "ground")

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = policies.accounts(self.reader).open_on().filter(platform=account.platform)  # type: ignore[attr-defined]  # of RegisteredQuerySet
        self.fields["into"].queryset = others.exclude(pk=account.pk)  # type: ignore[attr-defined]  # of ModelChoiceField


class ColumnsForm(ReaderForm):
    """The columns that are looked at, a line each."""

    WORDS = {"动态": Freshness.DYNAMIC, "通知": Freshness.NOTICE, "其他": Freshness.OTHER}

    columns = forms.CharField(
        label="受检栏目",
        required=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false"}),
        help_text="每行一个：名称、地址、类别，用空格隔开。类别写“动态”（动态、要闻类）、“通知”（通知公告、政策文件类）或“其他”。",
    )

    def clean_columns(self) -> list[tuple[str, str, str]]:
        """Return name, address and period of each line."""
        found = []
        for number, line in enumerate(str(self.cleaned_data["columns"]).splitlines(), start=1):
            words = line.split()
            if not words:
                continue
            at = next(
                (i for i, word in enumerate(words) if word.startswith(("http://", "https://"))),
                None,
            )
            if not at:
                raise forms.ValidationError(
                    f"第 {number} 行要有名称和地址，如“通知公告 https://… 通知”。"
                )
            kind = words[at + 1] if at + 1 < len(words) else "其他"
            if kind not in self.WORDS:
                raise forms.ValidationError(f"第 {number} 行的类别“{kind}”应是动态、通知或其他。")
            found.append((" ".join(words[:at])[:60], words[at][:500], self.WORDS[kind].value))
        return found
