"""Beginning an item: with a file, from which its facts are proposed, or with an empty form."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.core.refusal import Refusal
from gongkai.domain.information.actions import Attached, draft
from gongkai.domain.information.desk.items import own_units
from gongkai.domain.information.desk.proposing import READABLE
from gongkai.domain.information.desk.screen import HOME
from gongkai.domain.information.from_word import bring_pictures
from gongkai.domain.organisations.desk.fields import OrganisationField
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.attachments.examining import examine
from gongkai.foundation.attachments.fields import StoredFilesField
from gongkai.foundation.attachments.models import StoredFile
from gongkai.foundation.desk.forms import RowField
from gongkai.foundation.desk.views import DeskView
from gongkai.foundation.permissions import Reader

ACT = "information.edit"


class NewForm(forms.Form):
    """For whom, and from what file."""

    use_required_attribute = False

    organisation = OrganisationField(label="发布机构")
    file = StoredFilesField(label="文件", required=False, multiple=False, kinds=READABLE)

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Organisation.objects.filter(pk__in=own_units(reader)).in_being()
        self.units = list(units)
        organisation: Any = self.fields["organisation"]
        organisation.reader = reader
        reach = reader.reach(ACT)
        if not (reach.everywhere or reach.trees):
            # whoever drafts for own units alone picks one of them
            self.fields["organisation"] = organisation = RowField(
                label="发布机构", queryset=units, empty_label=None
            )
        if self.units:
            organisation.initial = self.units[0]
        file: Any = self.fields["file"]
        file.reader = reader

    @property
    def asks_for_unit(self) -> bool:
        """Tell whether there is anything to choose from."""
        return isinstance(self.fields["organisation"], OrganisationField) or len(self.units) != 1


class NewView(DeskView):
    """Choose how to begin."""

    act = ACT
    title = "新建信息"
    template_name = "information/new.html"
    crumbs = (HOME,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form."""
        kwargs.setdefault("form", NewForm(reader=self.reader))
        return super().get_context_data(**kwargs)

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Begin the draft and lead to its form."""
        form = NewForm(request.POST, request.FILES, reader=self.reader)
        from_file = request.POST.get("from") == "file"
        if form.is_valid():
            stored = next(iter(form.cleaned_data["file"]), None)
            if from_file and stored is None:
                form.add_error("file", "请先选择文件；没有文件的，请用“直接填写”。")
            else:
                try:
                    return self._begin(form.cleaned_data["organisation"], stored)
                except Refusal as refusal:
                    form.add_error(None, str(refusal))
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _begin(self, organisation: Organisation, stored: Any) -> HttpResponse:
        if stored:
            if stored.state == StoredFile.State.WAITING:
                examine(stored)  # what it says is proposed on the next page
            bring_pictures(stored, by=self.reader)
        stem = stored.name.rpartition(".")[0] if stored else ""
        item = draft(
            organisation,
            by=self.reader,
            files=[Attached(stored, stem)] if stored else (),
            title=stem,
            editor=self.reader.user.name if self.reader.user else "",
            source=organisation.name,
        )
        where = reverse("information:edit", args=[item.pk])
        return HttpResponseRedirect(f"{where}?propose={stored.pk}" if stored else where)
