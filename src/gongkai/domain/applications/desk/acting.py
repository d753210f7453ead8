"""The acts of the life cycle as small forms: exactly the fields that each one needs."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms

from gongkai.core import fees, lifecycle
from gongkai.core.deadlines.events import Whom
from gongkai.core.deadlines.limits import limit_of
from gongkai.core.refusal import Refusal
from gongkai.domain.applications.models import Application, DocumentKind, Fact, Means, Party
from gongkai.domain.applications.queries import of_same_person
from gongkai.domain.organisations.desk.fields import OrganisationField
from gongkai.foundation import clock
from gongkai.foundation.desk.forms import DateInput

REPLY = "application.reply"


class ActForm(forms.Form):
    """What every act is told: the day, a few words, a paper that shows it."""

    day = forms.DateField(label="日期", widget=DateInput)
    text = forms.CharField(
        label="说明",
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text="给本机关看的，申请人看不到。",
    )
    paper = forms.FileField(label="材料", required=False)
    document_kind: ClassVar[DocumentKind] = DocumentKind.OTHER
    takes: ClassVar[tuple[str, ...]] = ()
    """Fields that go into the fact as they are."""
    ordered: ClassVar[tuple[str, ...]] = ("day", "text", "paper")

    use_required_attribute = False

    def __init__(self, *args: Any, case: Application, act: str, asked: list[Fact]) -> None:
        super().__init__(*args)
        self.initial = {"day": clock.today()}
        self.case, self.act, self.asked = case, act, asked
        self.act_facts = lifecycle.acts()[act]
        if len(asked) > 1:
            self.fields["about"] = forms.ChoiceField(
                label="针对哪一件", choices=[(str(fact.pk), _told(fact)) for fact in asked]
            )
        self.order_fields(["about", *self.ordered])
        self.set_up()

    def set_up(self) -> None:
        """Adjust the fields to the case."""

    def about(self) -> Fact | None:
        """Return what the act answers."""
        if not self.act_facts.answers:
            return None
        chosen = str(self.cleaned_data.get("about", ""))
        return next((fact for fact in self.asked if str(fact.pk) == chosen), None) or (
            self.asked[0] if len(self.asked) == 1 else None
        )

    def details(self) -> dict[str, Any]:
        """Return what else goes into the fact."""
        told = {name: self.cleaned_data.get(name) for name in self.takes}
        return {**told, "text": self.words()}

    def words(self) -> str:
        """Return the explanation that is kept."""
        return str(self.cleaned_data.get("text", "")).strip()

    def fact(self) -> Fact:
        """Return the fact as it would be, unsaved, to see what follows from it."""
        details = {k: v for k, v in self.details().items() if k not in {"party", "unit"}}
        return Fact(
            application=self.case,
            act=self.act,
            day=self.cleaned_data["day"],
            about=self.about(),
            **details,
        )

    def save_beside(self) -> dict[str, Any]:
        """Create what the fact refers to; inside the transaction of the act."""
        return {}


def _told(fact: Fact) -> str:
    whom = f"（{fact.get_whom_display()}）" if fact.whom else ""
    unit = f"（{fact.unit}）" if fact.unit else ""
    return f"{fact.day} {fact.title}{whom}{unit}"


class UntilForm(ActForm):
    """An act that sets a day."""

    until = forms.DateField(label="期限", widget=DateInput, help_text="到这一天为止，含当天。")
    takes: ClassVar[tuple[str, ...]] = ("until",)
    ordered: ClassVar[tuple[str, ...]] = ("day", "until", "text", "paper")


class DispatchForm(UntilForm):
    """A unit is given the case."""

    unit = OrganisationField(label="承办单位")
    takes: ClassVar[tuple[str, ...]] = ("until", "unit")
    ordered: ClassVar[tuple[str, ...]] = ("unit", "until", "day", "text", "paper")

    def set_up(self) -> None:
        """Say what the day has to stay within."""
        if self.case.due and self.case.due > clock.today():
            self.fields[
                "until"
            ].help_text = f"含当天。答复期限是 {self.case.due}，请留出拟办和审签的时间。"


class ReportForm(ActForm):
    """The unit answers."""

    document_kind = DocumentKind.REPORT

    def set_up(self) -> None:
        """The answer itself is wanted."""
        self.fields["text"].required = True
        self.fields["text"].label = "回复意见"
        self.fields["text"].help_text = ""


class ConsultForm(ActForm):
    """An opinion is asked for."""

    whom = forms.ChoiceField(
        label="征求谁的意见", choices=[(whom.value, whom.chinese) for whom in Whom]
    )
    name = forms.CharField(label="名称", max_length=100, help_text="加密保存，只给经办人看。")
    address = forms.CharField(label="通信地址", required=False, max_length=200)
    telephone = forms.CharField(label="联系电话", required=False, max_length=40)
    until = forms.DateField(label="答复意见的期限", required=False, widget=DateInput)
    takes: ClassVar[tuple[str, ...]] = ("whom", "until")
    ordered: ClassVar[tuple[str, ...]] = (
        "whom",
        "name",
        "address",
        "telephone",
        "until",
        "day",
        "text",
        "paper",
    )

    def set_up(self) -> None:
        """Where the law of the day of receipt sets the limit, nobody else does."""
        self.fields["whom"].initial = Whom.THIRD_PARTY.value
        received = self.case.received
        law = limit_of("application.third-party").values.get(received) if received else None
        if law is not None:
            del self.fields["until"]
            self.fields["whom"].help_text = f"收到征求意见书之日起 {law.value} 个工作日内答复。"

    def save_beside(self) -> dict[str, Any]:
        """Create the party."""
        data = self.cleaned_data
        party = Party.objects.create(
            application=self.case,
            whom=data["whom"],
            name=data["name"],
            address=data["address"],
            telephone=data["telephone"],
        )
        return {"party": party}


class OpinionForm(ActForm):
    """The opinion has come."""

    consents = forms.TypedChoiceField(
        label="是否同意公开",
        required=False,
        choices=[("", "没有表示"), ("yes", "同意公开"), ("no", "不同意公开")],
        coerce=lambda value: value == "yes",
        empty_value=None,
    )
    takes: ClassVar[tuple[str, ...]] = ("consents",)
    document_kind = DocumentKind.OPINION
    ordered: ClassVar[tuple[str, ...]] = ("day", "consents", "text", "paper")


class ExtendForm(ActForm):
    """More time, with who agreed to it."""

    working_days = forms.IntegerField(label="延长多少个工作日", min_value=1)
    approved = forms.DateField(label="批准日期", widget=DateInput)
    takes: ClassVar[tuple[str, ...]] = ("working_days", "approved")
    ordered: ClassVar[tuple[str, ...]] = ("working_days", "approved", "day", "text", "paper")

    def set_up(self) -> None:
        """Propose what the law of the day of receipt allows at most."""
        law = limit_of(REPLY)
        extension = (
            law.extension.values.get(self.case.received or clock.today()) if law.extension else None
        )
        field = self.fields["working_days"]
        if extension:
            field.initial = extension.value
            field.help_text = f"不超过 {extension.value} 个工作日（{extension.reference}）。"
        self.fields["approved"].initial = clock.today()
        self.fields["day"].label = "告知申请人的日期"
        self.fields["day"].help_text = "要在原来的期限以内告知。"
        self.fields["text"].label = "批准人和理由"
        self.fields["text"].required = True


class ChargeForm(ActForm):
    """A fee, worked out by the tariff of the day."""

    method = forms.ChoiceField(
        label="计费方式", choices=[(fees.BY_ITEM, "按件"), (fees.BY_PAGE, "按量（页）")]
    )
    count = forms.IntegerField(label="件数或者页数", min_value=1, max_value=1_000_000)
    before = forms.IntegerField(label="当月此前已经申请的件数", min_value=0, initial=0)
    ordered: ClassVar[tuple[str, ...]] = ("method", "count", "before", "day", "text", "paper")
    fee: fees.Fee | None = None

    def set_up(self) -> None:
        """Count what the same person has applied for in the same month."""
        received = self.case.received
        if received:
            same = of_same_person(self.case).filter(
                received__year=received.year, received__month=received.month
            )
            self.fields["before"].initial = same.count()
        self.fields["count"].initial = 1
        self.fields["method"].initial = fees.BY_ITEM
        self.fields[
            "before"
        ].help_text = "按件计费时累计；按同一申请人的证件号码、电话查出，请核对。"
        self.fields["day"].label = "发出收费通知的日期"

    def clean(self) -> dict[str, Any]:
        """Work out the amount."""
        data = super().clean() or self.cleaned_data
        if not {"method", "count", "before", "day"} <= set(data):
            return data
        try:
            if data["method"] == fees.BY_ITEM:
                self.fee = fees.by_item(data["count"], data["day"], before=data["before"])
            else:
                self.fee = fees.by_page(data["count"], data["day"])
        except Refusal as refusal:
            raise forms.ValidationError(str(refusal)) from None
        if not self.fee.yuan:
            raise forms.ValidationError("按收费标准算出来是零元，不用收费；请核对件数或者页数。")
        return data

    def details(self) -> dict[str, Any]:
        """Return the amount and how it comes about."""
        fee = self.fee
        if fee is None:
            return super().details()
        steps = "；".join(step.text for step in fee.steps)
        text = f"{steps}。合计 {fee.yuan} 元。{self.words()}"
        return {"amount": Decimal(fee.yuan), "text": text}


class PayForm(ActForm):
    """What was asked for is paid."""

    document_kind = DocumentKind.PROOF

    def set_up(self) -> None:
        """Say how much it is."""
        if self.asked and self.asked[0].amount is not None:
            self.fields["day"].help_text = f"应缴 {self.asked[0].amount} 元，按全额缴清的日期填。"


class DeliverForm(ActForm):
    """The reply reaches the applicant."""

    means = forms.ChoiceField(label="送达方式", choices=Means)
    tracking = forms.CharField(label="邮件号", required=False, max_length=40)
    takes: ClassVar[tuple[str, ...]] = ("means", "tracking")
    document_kind = DocumentKind.PROOF
    ordered: ClassVar[tuple[str, ...]] = ("means", "tracking", "day", "text", "paper")

    def set_up(self) -> None:
        """Propose what the applicant asked for."""
        self.fields["means"].initial = self.case.delivery
        self.fields["text"].label = "送达情况"
        self.fields["text"].help_text = "例如谁签收的；给本机关看的。"
        self.fields["paper"].label = "送达证明"
        self.fields["paper"].help_text = "签收单、回执的扫描件或者照片，加密保存。"


class OutsideForm(ActForm):
    """Something comes from the applicant."""

    document_kind = DocumentKind.SUPPLEMENT


class ReasonedForm(ActForm):
    """An act whose reason must be told."""

    def set_up(self) -> None:
        """Want the reason."""
        self.fields["text"].required = True
        self.fields["text"].label = "理由"


class RenewForm(ReasonedForm):
    """It is taken up again."""

    until = forms.DateField(
        label="答复的期限",
        required=False,
        widget=DateInput,
        help_text="复议决定或者裁判写明了期限的填写；没有写明的，从头计算。",
    )
    takes: ClassVar[tuple[str, ...]] = ("until",)
    ordered: ClassVar[tuple[str, ...]] = ("day", "until", "text", "paper")

    def set_up(self) -> None:
        """Want the order where nothing was answered: without one a missed day would begin anew."""
        super().set_up()
        if self.case.state not in self.act_facts.late:
            return
        self.fields["day"].label = "收到决定、判决的日期"
        for name, label, help_text in (
            ("until", "责令答复的最后一天", "复议决定、判决要求在哪一天以前答复。"),
            ("paper", "复议决定、判决", "逾期没有答复的，只有责令限期答复的才重新办理。"),
        ):
            field = self.fields[name]
            field.required, field.label, field.help_text = True, label, help_text


FORMS: dict[str, type[ActForm]] = {
    "ask-supplement": UntilForm,
    "supplement": OutsideForm,
    "dispatch": DispatchForm,
    "report": ReportForm,
    "consult": ConsultForm,
    "opinion": OpinionForm,
    "extend": ExtendForm,
    "ask-reasons": UntilForm,
    "reasons": OutsideForm,
    "delay": UntilForm,
    "charge": ChargeForm,
    "pay": PayForm,
    "waive": ReasonedForm,
    "withdraw": OutsideForm,
    "deliver": DeliverForm,
    "serve": DeliverForm,
    "correct": ReasonedForm,
    "renew": RenewForm,
}
"""The form of each act that needs more than a day."""
ELSEWHERE = {"decide", "receive", "arrive"}
"""Acts that have a screen of their own."""


def form_of(application: Application, act: str, asked: list[Fact], *args: Any) -> ActForm:
    """Return the form for *act*; *asked* are the facts that it may answer."""
    return FORMS.get(act, ActForm)(*args, case=application, act=act, asked=asked)
