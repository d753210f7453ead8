"""The forms of letters."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from gongkai.core import codes
from gongkai.core.letters import Part, Slot, Template, Value, for_ground, needed, template
from gongkai.domain.applications.models import Means
from gongkai.domain.letters.models import LetterOffice
from gongkai.foundation import clock
from gongkai.foundation.desk.forms import DateInput

LINES = forms.Textarea(attrs={"rows": 4})
SHORT = forms.Textarea(attrs={"rows": 2})


ONE_LINE = 20
"""Characters of the example of a slot that is stated on one line."""


def field_of(name: str, slot: Slot, *, label: str = "") -> forms.Field:
    """Return the field in which *slot* is stated."""
    told: dict[str, Any] = {
        "label": label or name,
        "help_text": slot.asks,
        "required": not slot.optional,
    }
    match slot.kind:
        case "date":
            return forms.DateField(widget=DateInput, **told)
        case "number":
            return forms.IntegerField(min_value=1, max_value=999, **told)
        case "money":
            return forms.DecimalField(min_value=0, max_digits=12, decimal_places=2, **told)
        case "lines":
            return forms.CharField(widget=LINES, max_length=4000, **told)
        case _:
            short = len(str(slot.example)) <= ONE_LINE and slot.example != ""
            return forms.CharField(
                widget=forms.TextInput() if short else SHORT, max_length=2000, **told
            )


class LetterForm(forms.Form):
    """What the case does not say by itself: a field for each slot, and for each slot of each matter.

    A draft may have gaps: fields are shown as required, and what is missing the letter says when it is sent.
    """

    addressee = forms.CharField(label="抬头", max_length=100, help_text="文书写给谁")

    def __init__(
        self,
        *args: Any,
        made: Template,
        law: date,
        values: Mapping[str, Value],
        parts: Sequence[Part] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, tuple[int | None, str]] = {}
        self.known: set[str] = set()
        for number, (name, slot) in enumerate(needed(made, law).items()):
            self._add(f"s{number}", None, name, slot, values.get(name))
        for place, part in enumerate(parts if made.combines else ()):
            asked = needed(template(for_ground(part.ground) or "other"), law)
            ground = codes.ground(part.ground).label
            for number, (name, slot) in enumerate(asked.items()):
                if name in values and name not in part.values:
                    continue
                label = f"{place + 1}.{ground}：{name}"
                key = f"p{place}-{number}"
                self._add(key, place, name, slot, part.values.get(name), label=label)
        self.fields["attachments"] = forms.CharField(
            label="附件", required=False, widget=LINES, max_length=1000, help_text="一件一行"
        )
        self.fields["online"] = forms.BooleanField(
            label="通过互联网送达",
            required=False,
            help_text="要写明可以提交行政复议申请的互联网渠道",
        )

    def _add(  # noqa: PLR0913, PLR0917  # a field and where its value goes
        self,
        key: str,
        place: int | None,
        name: str,
        slot: Slot,
        value: Value | None,
        label: str = "",
    ) -> None:
        self.fields[key] = field_of(name, slot, label=label)
        self.fields[key].initial = "\n".join(value) if isinstance(value, tuple) else value
        self.places[key] = (place, name)
        if value not in (None, "", ()):
            self.known.add(key)

    def full_clean(self) -> None:
        """Take what is there, gaps and all."""
        wanted = [field for field in self.fields.values() if field.required]
        for field in wanted:
            field.required = False
        super().full_clean()
        for field in wanted:
            field.required = True

    @property
    def asked(self) -> list[forms.BoundField]:
        """Return the fields that the case leaves open."""
        return [self[name] for name in self.fields if name not in self.known]

    @property
    def taken(self) -> list[forms.BoundField]:
        """Return the fields that the case has filled."""
        return [self[name] for name in self.fields if name in self.known]

    def told(self, place: int | None = None) -> dict[str, Value]:
        """Return what was stated for the matter *place*, or for the letter as a whole."""
        return {
            name: tuple(value.splitlines()) if self._is_list(key) else value
            for key, (where, name) in self.places.items()
            if where == place and (value := self.cleaned_data.get(key)) not in (None, "")
        }

    def _is_list(self, key: str) -> bool:
        return bool(self.fields[key].widget.attrs.get("rows") == LINES.attrs["rows"])


class DeliverForm(forms.Form):
    """How and when it arrived."""

    way = forms.ChoiceField(label="送达方式", choices=Means)
    day = forms.DateField(label="送达日期", widget=DateInput)
    tracking = forms.CharField(label="邮件号", max_length=40, required=False)
    proof = forms.FileField(
        label="送达证明", required=False, help_text="签收单、回执的扫描件或者照片，加密保存"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = clock.today()


class OfficeForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """What letters of an office say of it."""

    class Meta:
        model = LetterOffice
        fields = ("mark", "kind", "reviewers", "court", "online", "contact", "retention")
        widgets = {"reviewers": SHORT, "contact": SHORT}
        help_texts = {
            "mark": "编文号用，例如“云公复”，编成“云公复〔2026〕12号”",
            "kind": "决定向谁申请行政复议",
            "reviewers": "写全称；申请人可以选择的，一行一个。省级人民政府和国务院部门不用填",
            "court": "不填时写“有管辖权的人民法院”",
            "online": "网址或者应用；通过互联网送达的文书必须写明",
            "contact": "电话和地址，写在文书的末尾",
            "retention": "没有全国专门的规定，按本机关的期限表选用；不选时按10年",
        }


class SealForm(forms.Form):
    """The picture of the seal."""

    seal = forms.FileField(
        label="印章图片",
        help_text="PNG 或者 JPEG，正方形，背景透明或者白色，不超过2MB；加密保存，每次使用都随文书留痕",
    )


class WordingForm(forms.Form):
    """A template in an office's own words."""

    title = forms.CharField(label="标题", max_length=60)
    body = forms.CharField(
        label="正文",
        widget=forms.Textarea(attrs={"rows": 16}),
        max_length=8000,
        help_text="一行一段",
    )
