"""The forms: what article 29 asks for, in words that everybody knows."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.validators import RegexValidator

from gongkai.core import codes
from gongkai.core.identifiers import compact
from gongkai.core.refusal import Refusal
from gongkai.domain.applications.identities import IdentityKind, checked_number
from gongkai.domain.applications.models import Delivery
from gongkai.domain.applications.portal import drafts, sms, telling
from gongkai.domain.applications.portal.models import Role
from gongkai.foundation.attachments import scans
from gongkai.foundation.attachments.kinds import KINDS, accept, accepted

KIND_WORDS = {"natural": "我自己（个人）", "other_org": "其他单位"}
PHONE = RegexValidator(r"^[+\d][\d\s（）()-]{5,24}$", "电话号码只能有数字、空格和“-”，请检查。")
POSTCODE = RegexValidator(r"^\d{6}$", "邮政编码是 6 位数字；不记得可以不填。")
DELIVERY_WORDS = {
    Delivery.ONLINE: "在网上看和下载（最快）",
    Delivery.EMAIL: "发到我的电子邮箱",
    Delivery.POST: "寄纸质件给我",
    Delivery.IN_PERSON: "我自己去取",
    Delivery.INSPECT: "我去现场看、抄",
}


def applicant_kinds() -> list[tuple[str, str]]:
    """Return the kinds of applicants, in words for applicants."""
    return [(key, KIND_WORDS.get(key, f"{kind.label}")) for key, kind in codes.applicants().items()]


def is_person(kind: str) -> bool:
    """Tell whether applicants of *kind* are natural persons."""
    known = codes.applicants().get(kind)
    return known is None or known.group == "natural"


class ManyFilesInput(forms.FileInput):
    """A plain input for several files."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:  # noqa: ARG002  # Django's signature
        """Return all that were chosen."""
        return files.getlist(name)


class FilesField(forms.Field):
    """Files as they were brought; what they are is judged when they are taken in."""

    widget = ManyFilesInput

    def __init__(self, *, role: Role, multiple: bool, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        wanted = {key: KINDS[key] for key in drafts.KINDS[role]}
        self.widget.attrs["accept"] = ",".join((accept(wanted), *scans.ENDINGS))
        self.widget.allow_multiple_selected = multiple
        if not multiple:
            self.widget.attrs.pop("multiple", None)
        most = drafts.LIMITS[role] // drafts.MEGABYTE
        self.limits = f"可以是 {accepted(wanted)}，扫描件也可以是 TIFF，每个不超过 {most} MB"


class PlainForm(forms.Form):
    """A form that marks what is wrong and says which help belongs to a field."""

    def values(self) -> dict[str, Any]:
        """Return what was typed, also where it is wrong, without files."""
        typed: dict[str, Any] = {}
        for name, field in self.fields.items():
            if isinstance(field, FilesField):
                continue
            value = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            typed[name] = value if isinstance(value, bool) else str(value or "")[:5000]
        return typed


class ContentForm(PlainForm):
    """What is wanted."""

    matter = forms.CharField(
        label="您想要什么信息？",
        max_length=2000,
        min_length=5,
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
        help_text="写名称、文件号，或者能让工作人员找到它的特征：什么事、哪一年、在什么地方、谁发的。"
        "不用写为什么要。例如：2025 年石桥路道路改造工程的施工合同。",
        error_messages={
            "required": "请写明您想要的信息，一两句话就可以。",
            "min_length": "写得太短，工作人员可能找不到。请再补充一点，例如是哪一年、哪个地方的。",
            "max_length": "写得太长了，请缩短到 2000 字以内；一份申请只写一件事。",
        },
    )
    materials = FilesField(role=Role.MATERIAL, multiple=True, label="附上能说明的材料")


class ApplicantForm(PlainForm):
    """Who applies, and how to reach them."""

    kind = forms.ChoiceField(
        label="您以谁的名义申请？",
        widget=forms.RadioSelect,
        error_messages={"required": "请选一项。", "invalid_choice": "请选一项。"},
    )
    name = forms.CharField(
        label="姓名或者单位名称",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text="和证件上的一样。",
        error_messages={"required": "请填写姓名；单位申请的，填写单位名称。"},
    )
    contact = forms.CharField(
        label="联系人",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        help_text="单位申请的，填写由谁联系；个人申请的不用填。",
    )
    document_kind = forms.ChoiceField(
        label="用什么证明身份？",
        choices=IdentityKind.choices,
        error_messages={"required": "请选一种证件。"},
    )
    document_number = forms.CharField(
        label="证件号码",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="号码和证件照片，给一样就可以。加密保存，只有办理的人能看。",
    )
    identity = FilesField(role=Role.IDENTITY, multiple=False, label="证件照片或者扫描件")
    telephone = forms.CharField(
        label="电话",
        max_length=40,
        required=False,
        validators=[PHONE],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        help_text="电话、电子邮箱、通信地址至少填一样。有电话最好：收到申请后，工作人员要和您确认。",
    )
    email = forms.EmailField(
        label="电子邮箱",
        max_length=120,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "这不像电子邮箱，应当像 name@example.com 这样，请检查。"},
    )
    address = forms.CharField(
        label="通信地址",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = forms.CharField(
        label="邮政编码",
        max_length=6,
        required=False,
        validators=[POSTCODE],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "postal-code"}),
    )

    def __init__(self, *args: Any, has_identity: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_identity = has_identity
        self.fields["kind"].choices = applicant_kinds()  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """Check what belongs together."""
        told = super().clean() or {}
        self._clean_number(told)
        if "kind" in told and not is_person(told["kind"]) and not told.get("contact"):
            self.add_error("contact", "请填写联系人：单位申请的，工作人员要知道找谁。")
        ways = ("telephone", "email", "address")
        if not any(told.get(way) for way in ways) and not any(way in self.errors for way in ways):
            self.add_error("telephone", "请至少留一种联系方式：电话、电子邮箱或者通信地址。")
        return told

    def _clean_number(self, told: dict[str, Any]) -> None:
        number = told.get("document_number", "")
        if number and "document_kind" in told:
            try:
                told["document_number"] = checked_number(told["document_kind"], number)
            except Refusal as refusal:
                self.add_error("document_number", str(refusal))
        elif not compact(number) and not self.has_identity and not self.files.get("identity"):
            self.add_error("document_number", "请填写证件号码，或者在下面附上证件照片。")


class DeliveryForm(PlainForm):
    """How to have it, and how to be told."""

    delivery = forms.ChoiceField(
        label="您希望怎样拿到信息？",
        widget=forms.RadioSelect,
        choices=list(DELIVERY_WORDS.items()),
        error_messages={"required": "请选一项。"},
    )
    tell_email = forms.BooleanField(label="有进展时发电子邮件告诉我", required=False)
    tell_sms = forms.BooleanField(label="有进展时发短信告诉我", required=False)

    def __init__(self, *args: Any, content: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.content = content
        if not (content.get("email") and telling.can_mail()):
            del self.fields["tell_email"]
        if not (content.get("telephone") and sms.is_set_up()):
            del self.fields["tell_sms"]

    def clean_delivery(self) -> str:
        """Want the address that the way needs."""
        way: str = self.cleaned_data["delivery"]
        if way == Delivery.EMAIL and not self.content.get("email"):
            raise forms.ValidationError("您没有留电子邮箱。请返回上一步填写，或者选别的方式。")
        if way == Delivery.POST and not self.content.get("address"):
            raise forms.ValidationError("您没有留通信地址。请返回上一步填写，或者选别的方式。")
        return way


class TrackForm(PlainForm):
    """Number and secret code."""

    number = forms.CharField(
        label="受理编号",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="在回执的最上面，像 2026-00002-00015 这样。",
        error_messages={"required": "请填写受理编号。"},
    )
    code = forms.CharField(
        label="查询码",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="8 个字母和数字，大写小写都可以。",
        error_messages={"required": "请填写查询码。"},
    )


class DraftCodeForm(PlainForm):
    """The code of a draft."""

    code = forms.CharField(
        label="草稿码",
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text="12 个字母和数字，大写小写都可以。",
        error_messages={"required": "请填写草稿码。"},
    )


class AnswerForm(PlainForm):
    """Something that the applicant sends afterwards."""

    text = forms.CharField(
        label="您要说的",
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={"required": "请写明内容。"},
    )
    materials = FilesField(role=Role.MATERIAL, multiple=True, label="附上材料")


class WithdrawForm(PlainForm):
    """The application is taken back."""

    text = forms.CharField(
        label="原因",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        help_text="可以不写。",
    )
    sure = forms.BooleanField(
        label="我确定不要了。撤回以后不再办理；还想要的话，要重新申请。",
        error_messages={"required": "确定要撤回的，请先在这里打勾。"},
    )


LEAST = "至少 10 位，不要全是数字。"


def _password(label: str, help_text: str = "", autocomplete: str = "current-password") -> Any:
    return forms.CharField(
        label=label,
        max_length=200,
        strip=False,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
        error_messages={"required": "请填写密码。"},
    )


def _the_same(told: Mapping[str, Any], first: str) -> str:
    """Return the password that was typed again, where it is the one in the field *first*."""
    again: str = told["again"]
    if told.get(first) and told[first] != again:
        raise forms.ValidationError("两次输入的密码不一样，请重新输入。")
    return again


class SignInForm(PlainForm):
    """The name of an account and its password."""

    name = forms.CharField(
        label="电子邮箱或者手机号",
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
        error_messages={"required": "请填写注册时用的电子邮箱或者手机号。"},
    )
    password = _password("密码")


class RegisterForm(SignInForm):
    """A new account."""

    password = _password("设一个密码", LEAST, "new-password")
    again = _password("密码再输一遍", "", "new-password")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = LEAST + (
            "用邮箱注册、登录以后确认过邮箱的，忘了密码可以找回。"
            if telling.can_mail()
            else "忘了密码不能找回，用编号和查询码仍然可以查每一件申请。"
        )

    def clean_again(self) -> str:
        """Want the same twice."""
        return _the_same(self.cleaned_data, "password")


class PasswordForm(PlainForm):
    """Another password."""

    old = _password("现在的密码")
    new = _password("新密码", LEAST, "new-password")


class ForgotForm(PlainForm):
    """To whom the link to a new password goes."""

    name = forms.CharField(
        label="注册时用的电子邮箱",
        max_length=120,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "inputmode": "email", "spellcheck": "false"}
        ),
        error_messages={"required": "请填写注册时用的电子邮箱。"},
    )


class NewPasswordForm(PlainForm):
    """A new password in the place of one that was forgotten."""

    new = _password("新密码", LEAST, "new-password")
    again = _password("新密码再输一遍", "", "new-password")

    def clean_again(self) -> str:
        """Want the same twice."""
        return _the_same(self.cleaned_data, "new")


class ConfirmForm(PlainForm):
    """The code that was sent to the mailbox."""

    code = forms.CharField(
        label="邮件里的六位确认码",
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        error_messages={"required": "请填写邮件里的六位确认码。"},
    )


class CloseForm(PlainForm):
    """No account any more."""

    password = _password("密码")
