"""An application that came on paper, by telephone line or by mail is registered."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone

from gongkai.core import codes
from gongkai.core.deadlines import Deadline, due, receipt
from gongkai.core.deadlines.errors import MissingConfirmation
from gongkai.core.refusal import Refusal
from gongkai.domain.applications import policies
from gongkai.domain.applications.actions.register import TYPED
from gongkai.domain.applications.identities import IdentityKind, checked_number
from gongkai.domain.applications.models import Delivery
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.desk.forms import DateInput
from gongkai.foundation.permissions import Reader

ONLINE = "web"
"""The channel that nobody types in at the desk."""
REPLY = "application.reply"
MORNING = time(9)


def offices(reader: Reader) -> list[Organisation]:
    """Return the units for which *reader* may register."""
    reach = reader.reach(policies.REGISTER)
    return (
        list(Organisation.objects.filter(reach.q("path")).order_by("path")[:100]) if reach else []
    )


class TimeInput(forms.TimeInput):
    """A time of day, with the browser's clock."""

    input_type = "time"


class RegisterForm(forms.Form):
    """Everything of an application that article 29 asks for, and how it came."""

    use_required_attribute = False

    organisation = forms.ChoiceField(label="受理机关")
    channel = forms.ChoiceField(
        label="申请渠道",
        help_text="书写有困难、当面口头提出的，也选“当面”：由您代为填写，念给申请人听，打印登记表请申请人签字，扫描后放进申请材料。",
    )
    day = forms.DateField(
        label="送到日期", widget=DateInput, help_text="当面提交、签收、收到传真或者邮件的日期。"
    )
    at = forms.TimeField(label="送到时间", required=False, widget=TimeInput(format="%H:%M"))
    confirmed = forms.DateField(
        label="与申请人确认的日期",
        required=False,
        widget=DateInput,
        help_text="还没有确认的先不填，登记后可以补。",
    )
    kind = forms.ChoiceField(label="申请人类型")
    name = forms.CharField(label="姓名或者名称", max_length=100)
    contact = forms.CharField(label="联系人", required=False, max_length=60)
    document_kind = forms.ChoiceField(label="证件", required=False)
    document_number = forms.CharField(label="证件号码", required=False, max_length=40)
    telephone = forms.CharField(label="联系电话", required=False, max_length=40)
    email = forms.EmailField(label="电子邮箱", required=False, max_length=120)
    address = forms.CharField(label="通信地址", required=False, max_length=200)
    postcode = forms.CharField(label="邮政编码", required=False, max_length=10)
    matter = forms.CharField(
        label="申请公开的内容",
        max_length=4000,
        widget=forms.Textarea({"rows": 5}),
        help_text="按申请人的原话填写。",
    )
    delivery = forms.ChoiceField(label="获取方式", choices=Delivery, initial=Delivery.POST)
    scan = forms.FileField(label="申请材料", required=False)

    def __init__(self, *args: Any, units: list[Organisation]) -> None:
        super().__init__(*args)
        now = clock.now()
        self.units = {str(unit.pk): unit for unit in units}
        self.initial = {"day": now.date(), "at": now.time().replace(second=0, microsecond=0)}
        channels = receipt.channels().items()
        offered = {
            "organisation": [(key, str(unit)) for key, unit in self.units.items()],
            "channel": [(key, facts.label) for key, facts in channels if key != ONLINE],
            "kind": [(key, facts.label) for key, facts in codes.applicants().items()],
            "document_kind": [("", "没有写明"), *IdentityKind.choices],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]  # a choice field
        if len(self.units) == 1:
            self.initial["organisation"] = next(iter(self.units))

    def clean(self) -> dict[str, Any]:
        """Check the number against its kind, and put day and time together."""
        data = super().clean() or self.cleaned_data
        if data.get("document_number"):
            try:
                data["document_number"] = checked_number(
                    data.get("document_kind", ""), data["document_number"]
                )
            except Refusal as refusal:
                self.add_error("document_number", str(refusal))
        if data.get("day"):
            at = data.get("at") or MORNING
            data["arrived"] = timezone.make_aware(datetime.combine(data["day"], at))
            now = clock.now()
            if data["day"] == now.date() and data["arrived"] > now:
                data["arrived"] = now
        return data

    @property
    def office(self) -> Organisation:
        """Return the unit that is asked."""
        return self.units[self.cleaned_data["organisation"]]

    def given(self) -> dict[str, Any]:
        """Return what goes into the application as it is."""
        return {name: self.cleaned_data[name] for name in TYPED}


def told_of_receipt(channel: str, day: str, confirmed: str) -> dict[str, Any]:
    """Return on which day it counts as received by the rule of the channel, and when the reply is due."""
    try:
        arrived = date.fromisoformat(day)
        sure = date.fromisoformat(confirmed) if confirmed else None
    except ValueError:
        return {}
    try:
        received = receipt.receive(channel, arrived, sure)
        last: Deadline = due(REPLY, received.day)
    except MissingConfirmation as missing:
        return {"missing": str(missing)}
    except Refusal as refusal:
        return {"refusal": str(refusal)}
    return {"receipt": received, "last": last}
