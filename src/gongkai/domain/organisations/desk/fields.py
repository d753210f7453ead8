"""Choosing an organisation by typing a part of its name."""

from typing import Any

from django import forms
from django.urls import reverse_lazy

from gongkai.domain.organisations import policies
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.permissions import Reader

FEW = 5


class OrganisationInput(forms.TextInput):
    """A text field that proposes organisations while one types."""

    template_name = "organisations/input.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Show the name of an organisation given as a value."""
        if isinstance(value, Organisation):
            value = value.name
        attrs = dict(attrs or {})
        attrs |= {
            "data-suggest": str(reverse_lazy("organisations:suggest")),
            "list": f"{attrs.get('id', name)}-list",
            "autocomplete": "off",
        }
        return super().get_context(name, value, attrs)


class OrganisationField(forms.CharField):
    """Takes a full name, a short name or a code, and gives the organisation.

    The form has to be told who asks: ``form.fields["into"].reader = reader``.
    """

    widget = OrganisationInput
    reader = Reader()

    def clean(self, value: Any) -> Organisation | None:
        """Return the one organisation meant, or say why it is none or several."""
        text = super().clean(value)
        if not text:
            return None
        visible = policies.visible_to(self.reader).in_being()
        for lookup in ({"name": text}, {"code": text}, {"short": text}):
            found: list[Organisation] = list(visible.filter(**lookup)[:2])
            if len(found) == 1:
                return found[0]
        similar: list[Organisation] = list(visible.matching(text)[: FEW + 1])
        if len(similar) == 1:
            return similar[0]
        if not similar:
            raise forms.ValidationError(
                f"没有找到“{text}”。请输入机构全称、简称或统一社会信用代码。"
            )
        names = "、".join(o.name for o in similar[:FEW])
        more = "等" if len(similar) > FEW else ""
        raise forms.ValidationError(f"“{text}”对应多个机构：{names}{more}。请写全称。")
