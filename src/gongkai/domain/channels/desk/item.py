"""The outlets of one item: where it went, where it is to go, and planning more."""

from typing import Any

from django import forms
from django.http import HttpResponse

from gongkai.core.codes import outlets
from gongkai.domain.channels.actions import plan
from gongkai.domain.channels.desk.board import row_of
from gongkai.domain.channels.models import Release, State
from gongkai.domain.channels.models.release import WEBSITE
from gongkai.domain.information.desk.screen import ItemScreen
from gongkai.domain.information.models import Item
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.desk.forms import DateInput, FormView, RowField


class PlanForm(forms.Form):
    """Where, by whom, by when."""

    outlets = forms.MultipleChoiceField(
        label="公开渠道",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一个渠道。"},
    )
    responsible = RowField(label="责任单位", queryset=Organisation.objects.none())
    due = forms.DateField(
        label="办理期限",
        required=False,
        widget=DateInput,
        help_text="不填的，按各渠道的默认工作日计算。",
    )

    def __init__(self, *args: Any, item: Item, taken: set[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outlets"].choices = [  # type: ignore[attr-defined]  # of the field declared
            (key, facts.label)
            for key, facts in outlets().items()
            if key not in taken and key != WEBSITE
        ]
        unit = item.organisation
        units = Organisation.objects.filter(path__in=[*unit.ancestor_paths, str(unit.path)])
        self.fields["responsible"].queryset = units  # type: ignore[attr-defined]  # of the field declared
        self.fields["responsible"].initial = unit.pk


class ItemView(ItemScreen, FormView):
    """An item's outlets, a tab of its screens."""

    act = "channels.view"
    tab = "channels:item"
    template_name = "channels/item.html"
    form_class = PlanForm
    submit = "布置发布"
    done = "已布置，责任单位会收到提醒。"

    def releases(self) -> list[Release]:
        """Return its releases, in the order of outlets."""
        order = list(outlets())
        found = Release.objects.filter(item=self.item).select_related(
            "responsible", "by", "photo", "item", "item__organisation"
        )
        return sorted(found, key=lambda release: order.index(release.outlet))

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer what is not planned or done."""
        again = {State.GIVEN_UP, State.TAKEN_DOWN}
        taken = {release.outlet for release in self.releases() if release.state not in again}
        return {"item": self.item, "taken": taken}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the releases."""
        releases = self.releases()
        alone = any(release.outlet == WEBSITE for release in releases)
        return super().get_context_data(
            releases=[(r, row_of(r)) for r in releases if r.outlet != WEBSITE],
            on_site=self.item.published_on is not None and not alone,
            may_plan=self.reader.may("channels.plan", str(self.item.organisation.path)),
            **kwargs,
        )

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Plan."""
        self.reader.must("channels.plan", str(self.item.organisation.path))
        return super().post(*args, **kwargs)

    def act_on(self, data: dict[str, Any]) -> str:
        """Plan what was chosen."""
        plan(
            self.item,
            data["outlets"],
            by=self.reader,
            responsible=data["responsible"],
            due=data["due"],
        )
        return f"/desk/channels/items/{self.item.pk}/"
