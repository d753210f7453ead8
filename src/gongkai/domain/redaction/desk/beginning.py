"""Choosing a document and whom the redacted version is for."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.urls import reverse

from gongkai.domain.redaction import policies
from gongkai.domain.redaction.actions import begin
from gongkai.domain.redaction.actions.begin import KINDS
from gongkai.domain.redaction.models import RedactedFor
from gongkai.domain.redaction.subjects import Source, Subject, find_subject
from gongkai.foundation.desk.forms import FormView
from gongkai.foundation.desk.views import Crumb
from gongkai.foundation.permissions import NotThere


class NewForm(forms.Form):
    """Which document, for whom."""

    source = forms.TypedChoiceField(label="文件", coerce=int, widget=forms.RadioSelect)
    audiences = forms.MultipleChoiceField(
        label="给谁",
        choices=RedactedFor.choices,
        initial=[RedactedFor.APPLICANT],
        widget=forms.CheckboxSelectMultiple,
        help_text="对不同的人遮盖的内容可以不同；选几种就分别处理几份。",
    )

    def __init__(self, *args: Any, sources: Sequence[Source], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(each.stored.pk, f"{each.title}（{each.stored.ending}）") for each in sources]
        self.fields["source"].choices = choices  # type: ignore[attr-defined]  # of a choice field
        if len(choices) == 1:
            self.fields["source"].initial = choices[0][0]


class NewView(FormView):
    """Begin."""

    act = policies.MARK
    title = "区分处理：选择文件"
    template_name = "redaction/new.html"
    form_class = NewForm
    submit = "开始"
    done = "已经开始：正在打开文件，查找个人信息。"

    @cached_property
    def subject(self) -> Subject:
        """Return the kind of what the document belongs to, where the reader may know of it."""
        found = find_subject(self.kwargs["model"])
        if found is None or not found.may_mark(self.reader, self.kwargs["key"]):
            raise NotThere(what="这件事项")
        return found

    @cached_property
    def sources(self) -> list[Source]:
        """Return what may be chosen."""
        every = self.subject.sources(self.reader, self.kwargs["key"])
        return [each for each in every if each.stored.kind in KINDS]

    def get_crumbs(self) -> Sequence[Crumb]:
        """Return the way here."""
        key = self.kwargs["key"]
        return [Crumb(self.subject.title(key), self.subject.href(key))]

    def get_back(self) -> str:
        """Return where 取消 leads."""
        return self.subject.href(self.kwargs["key"])

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the documents."""
        return {"sources": self.sources}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say what there is to choose from."""
        return super().get_context_data(sources=self.sources, **kwargs)

    def act_on(self, data: dict[str, Any]) -> str:
        """Begin one for each audience; go to the only one, or to the list."""
        key = self.kwargs["key"]
        chosen = next(each for each in self.sources if each.stored.pk == data["source"])
        made = [
            begin(
                chosen.stored,
                subject=self.subject.model,
                key=key,
                organisation=self.subject.unit(key),
                audience=audience,
                by=self.reader,
                title=chosen.title,
            )
            for audience in data["audiences"]
        ]
        return made[0].get_absolute_url() if len(made) == 1 else reverse("redaction:index")
