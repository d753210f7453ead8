"""One organisation: facts, guide, history, people, and what can be done to it."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django import forms as django_forms
from django.contrib import messages

from gongkai.domain.organisations import actions, codes, policies
from gongkai.domain.organisations.desk import forms
from gongkai.domain.organisations.models import Organisation, Post
from gongkai.domain.organisations.queries import ancestors
from gongkai.foundation.desk.forms import FormView
from gongkai.foundation.desk.views import Crumb, DeskView

HOME = Crumb("机构", "/desk/organisations/")
HANDED_OVER = (
    "从这一天起，没有履行的公开义务、待办的渠道发布由承接机构接手。"
    "正在办理的公开申请、复议诉讼、送审中的信息和年度报告不会自动转移，"
    "仍在本机构名下，由本机构的人员和上级公开办办结；请先办结，再让人员离任。"
)


class OrganisationScreen(DeskView):
    """A screen about one organisation, which the reader may know of."""

    @cached_property
    def organisation(self) -> Organisation:
        """Return it."""
        return policies.fetch(self.reader, self.kwargs["key"])

    def get_crumbs(self) -> Sequence[Crumb]:
        """Return the way down the tree."""
        above = ancestors([self.organisation])
        way = [Crumb(str(o), o.get_absolute_url()) for _, o in sorted(above.items())]
        return [HOME, *way]


class OrganisationView(OrganisationScreen):
    """The page of one organisation."""

    act = "organisations.view"
    template_name = "organisations/organisation.html"

    def get_title(self) -> str:
        """Return its name."""
        return self.organisation.name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the page shows."""
        here = self.organisation
        below = policies.visible_to(self.reader).in_being().below(here)
        sees_people = policies.may(self.reader, "organisations.people", here)
        posts = (
            Post.objects.held_on().filter(organisation=here).select_related("user")
            if sees_people
            else Post.objects.none()
        )
        return super().get_context_data(
            organisation=here,
            doubt=codes.doubt(here.code),
            guide=getattr(here, "guide", None),
            names=here.names.all(),
            changes=here.changes.select_related("other").order_by("-day", "-pk"),
            predecessors=here.predecessors.all(),
            children=below.filter(depth=here.depth + 1)[:200],
            below_count=below.count() - here.is_in_being(),
            posts=posts,
            sees_people=sees_people,
            may_edit=policies.may(self.reader, "organisations.edit", here) and not here.closed,
            may_guide=policies.may(self.reader, "organisations.guide", here),
            may_appoint=policies.may(self.reader, "organisations.appoint", here),
            sees_trail=self.reader.may("trail.view"),
            **kwargs,
        )


class ActionScreen(OrganisationScreen, FormView):
    """A form that does one thing to one organisation."""

    def get_crumbs(self) -> Sequence[Crumb]:
        """Add the organisation itself."""
        here = self.organisation
        return [*super().get_crumbs(), Crumb(str(here), here.get_absolute_url())]

    def get_back(self) -> str:
        """Lead back to its page."""
        return self.organisation.get_absolute_url()

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form who asks, where it wants to know."""
        kwargs = super().get_form_kwargs()
        return kwargs | (
            {"reader": self.reader} if issubclass(self.form_class, forms.ReaderForm) else {}
        )


class FoundView(ActionScreen):
    """A new organisation below this one."""

    act = "organisations.edit"
    title = "新增下级机构"
    form_class = forms.FoundForm
    submit = "登记"
    done = "已登记。"

    def act_on(self, data: dict[str, Any]) -> str:
        """Enter it."""
        made = actions.found(parent=self.organisation, by=self.reader, **data)
        if doubt := codes.doubt(made.code):
            messages.warning(self.request, f"{doubt}。已照填写保存。")
        return made.get_absolute_url()


class AmendView(ActionScreen):
    """Facts put right."""

    act = "organisations.edit"
    title = "修改资料"
    form_class = forms.FactsForm
    intro = "更正录错的资料。名称、隶属的变化请用“更名”“调整隶属”办理，以便留下沿革。"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Start from what stands."""
        here = self.organisation
        return {"initial": {name: getattr(here, name) for name in forms.FactsForm.base_fields}}

    def act_on(self, data: dict[str, Any]) -> str:
        """Amend."""
        actions.amend(self.organisation, facts=data, by=self.reader)
        if doubt := codes.doubt(self.organisation.code):
            messages.warning(self.request, f"{doubt}。已照填写保存。")
        return self.organisation.get_absolute_url()


class RenameView(ActionScreen):
    """A new name."""

    act = "organisations.edit"
    title = "更名"
    form_class = forms.RenameForm
    submit = "更名"
    done = "已更名，原名称保留在沿革里。"

    def act_on(self, data: dict[str, Any]) -> str:
        """Rename."""
        actions.rename(self.organisation, by=self.reader, **data)
        return self.organisation.get_absolute_url()


class MergeView(ActionScreen):
    """Into another."""

    act = "organisations.edit"
    title = "并入其他机构"
    form_class = forms.MergeForm
    submit = "并入"
    intro = HANDED_OVER
    done = "已并入。"

    def act_on(self, data: dict[str, Any]) -> str:
        """Merge."""
        actions.merge(self.organisation, by=self.reader, **data)
        return self.organisation.get_absolute_url()


class MoveView(ActionScreen):
    """Under another."""

    act = "organisations.edit"
    title = "调整隶属"
    form_class = forms.MoveForm
    submit = "调整"
    done = "已调整隶属。"

    def act_on(self, data: dict[str, Any]) -> str:
        """Move."""
        actions.move(self.organisation, by=self.reader, **data)
        return self.organisation.get_absolute_url()


class CloseView(ActionScreen):
    """No more."""

    act = "organisations.edit"
    title = "撤销"
    form_class = forms.CloseForm
    submit = "撤销机构"
    intro = HANDED_OVER
    done = "已撤销，历史资料照旧可查。"

    def act_on(self, data: dict[str, Any]) -> str:
        """Close."""
        actions.close(self.organisation, by=self.reader, **data)
        return self.organisation.get_absolute_url()


class GuideView(ActionScreen):
    """What the public is told."""

    act = "organisations.guide"
    title = "公开指南要素"
    form_class = forms.GuideForm  # type: ignore[assignment]  # a model form is a form where it matters
    intro = "《条例》第十二条：公开指南应当包括的机构名称、办公地址、办公时间、联系电话等，变更后请及时更新。"

    def get_form(self) -> django_forms.Form:
        """Edit a copy, so that the action sees what stood."""
        guide = self.organisation.guide
        data = self.request.POST if self.request.method == "POST" else None
        return forms.GuideForm(data, instance=guide)  # type: ignore[return-value]  # see above

    def act_on(self, data: dict[str, Any]) -> str:
        """Amend the guide."""
        actions.amend_guide(self.organisation.guide, facts=data, by=self.reader)
        return self.organisation.get_absolute_url()
