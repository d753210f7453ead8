"""Recurring answers of an office."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.core import codes
from gongkai.domain.applications import policies
from gongkai.domain.applications.actions import drop_wording, keep_wording
from gongkai.domain.applications.desk.case import HOME
from gongkai.domain.applications.desk.deciding import GROUPS
from gongkai.domain.applications.models import Wording
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.desk.forms import FormView
from gongkai.foundation.desk.views import Crumb, DeskView
from gongkai.foundation.permissions import NotThere, Reader


def offices(reader: Reader) -> list[Organisation]:
    """Return the units whose texts *reader* keeps."""
    reach = reader.reach(policies.HANDLE)
    return (
        list(Organisation.objects.filter(reach.q("path")).order_by("path")[:100]) if reach else []
    )


def wordings(reader: Reader) -> Any:
    """Return the texts that *reader* may change."""
    reach = reader.reach(policies.HANDLE)
    rows = (
        Wording.objects.filter(reach.q("organisation__path")) if reach else Wording.objects.none()
    )
    return rows.select_related("organisation").order_by("organisation__path", "ground", "title")


class WordingForm(forms.Form):
    """A text."""

    organisation = forms.ChoiceField(label="单位", help_text="下级单位也可以套用。")
    ground = forms.ChoiceField(label="用于哪种处理结果", required=False)
    title = forms.CharField(label="名称", max_length=60)
    text = forms.CharField(label="内容", max_length=3000, widget=forms.Textarea({"rows": 8}))

    def __init__(self, *args: Any, units: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [(str(u.pk), str(u)) for u in units]  # type: ignore[attr-defined]  # a choice field
        self.fields["ground"].choices = [("", "都可以用"), *_grouped()]  # type: ignore[attr-defined]


def _grouped() -> list[tuple[str, list[tuple[str, str]]]]:
    known = codes.grounds()
    return [
        (title, [(key, ground.label) for key, ground in known.items() if ground.group == group])
        for group, title in GROUPS.items()
    ]


class WordingsView(DeskView):
    """All texts."""

    act = policies.HANDLE
    title = "常用答复"
    template_name = "applications/wordings.html"
    crumbs = (HOME,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add them."""
        known = codes.grounds()
        rows = [
            (row, known[row.ground].label if row.ground in known else "都可以用")
            for row in wordings(self.reader)
        ]
        return super().get_context_data(rows=rows, **kwargs)


class WordingView(FormView):
    """One text, a new one without a key."""

    act = policies.HANDLE
    title = "常用答复"
    crumbs = (HOME, Crumb("常用答复", f"{HOME.href}wordings/"))
    form_class = WordingForm
    back = f"{HOME.href}wordings/"
    template_name = "applications/wording.html"

    @property
    def wording(self) -> Wording | None:
        """Return it, or say that it is not there."""
        if "key" not in self.kwargs:
            return None
        found: Wording | None = wordings(self.reader).filter(pk=self.kwargs["key"]).first()
        if found is None:
            raise NotThere(what="这条常用答复")
        return found

    def get_title(self) -> str:
        """Return what is being done."""
        return self.wording.title if self.wording else "新增常用答复"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Fill it."""
        row = self.wording
        initial = {}
        if row is not None:
            initial = {
                "organisation": row.organisation_id,
                "ground": row.ground,
                "title": row.title,
                "text": row.text,
            }
        return {"units": offices(self.reader), "initial": initial}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add it."""
        return super().get_context_data(wording=self.wording, **kwargs)

    def act_on(self, data: dict[str, Any]) -> str:
        """Keep it."""
        unit = next(u for u in offices(self.reader) if str(u.pk) == data["organisation"])
        keep_wording(
            unit,
            by=self.reader,
            title=data["title"],
            text=data["text"],
            ground=data["ground"],
            wording=self.wording,
        )
        return self.back

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep it, or take it away."""
        if "drop" in request.POST and (row := self.wording) is not None:
            drop_wording(row, by=self.reader)
            messages.success(request, "已删除。")
            return HttpResponseRedirect(reverse("applications:wordings"))
        return super().post(request, *args, **kwargs)
