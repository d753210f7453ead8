"""Opening, amending, renaming, moving, merging, closing: a form each."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.contrib import messages

from gongkai.domain.media import actions, policies
from gongkai.domain.media.actions.open import others_on
from gongkai.domain.media.desk import forms
from gongkai.domain.media.desk.register import HOME
from gongkai.domain.media.models import Account, Site
from gongkai.foundation.desk.forms import FormView
from gongkai.foundation.desk.views import Crumb
from gongkai.foundation.permissions import NotThere

MODELS = {"sites": Site, "accounts": Account}


class KeepView(FormView):
    """A form of the register."""

    act = policies.KEEP
    crumbs = (HOME,)
    back = "/desk/media/"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form who asks."""
        return {"reader": self.reader} if issubclass(self.form_class, forms.ReaderForm) else {}


class OpenSite(KeepView):
    """A new site."""

    title = "登记网站"
    form_class = forms.OpenSiteForm
    submit = "登记"
    done = "已登记。可以马上检查一次。"

    def act_on(self, data: dict[str, Any]) -> str:
        """Enter it."""
        unit = data.pop("unit")
        return actions.open_site(unit, by=self.reader, **data).get_absolute_url()


class OpenAccount(KeepView):
    """A new account."""

    title = "登记新媒体账号"
    form_class = forms.OpenAccountForm
    submit = "登记"
    done = "已登记。"

    def act_on(self, data: dict[str, Any]) -> str:
        """Enter it; say so where the unit has one there already."""
        unit = data.pop("unit")
        account = actions.open_account(unit, by=self.reader, **data)
        if others := others_on(account.platform, unit, but=account.pk):
            messages.warning(
                self.request,
                f"{unit}在{account.platform_title}上已有 {others} 个账号。一个单位原则上在同一平台只开设一个，请考虑整合。",
            )
        return account.get_absolute_url()


class ThingView(KeepView):
    """A form about one site or account."""

    model: type[Site] | type[Account] | None = None

    @cached_property
    def thing(self) -> Any:
        """Return it."""
        model = self.model or MODELS.get(self.kwargs.get("kind", ""))
        if model is None:
            raise NotThere(what="这个页面")
        return policies.fetch(self.reader, model, self.kwargs["key"])

    def get_crumbs(self) -> Sequence[Crumb]:
        """Lead back to it."""
        return [HOME, Crumb(str(self.thing), self.thing.get_absolute_url())]

    def get_back(self) -> str:
        """Likewise."""
        return str(self.thing.get_absolute_url())

    def act_on(self, data: dict[str, Any]) -> str:
        """Do it, and lead back."""
        self.carry_out(data)
        return self.get_back()

    def carry_out(self, data: dict[str, Any]) -> None:
        """Do what the form is for."""
        raise NotImplementedError


class AmendSite(ThingView):
    """Facts put right."""

    model = Site
    title = "修改资料"
    form_class = forms.SiteFacts
    intro = "更正录错的资料。名称、主办单位的变化请用“更名”“变更主办单位”办理，以便留下记录。"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Start from what stands."""
        site = self.thing
        return {
            "initial": {
                name: getattr(site, name) for name in ("address", "mark", "offers_services", "note")
            }
            | {"hosts": " ".join(site.hosts)}
        }

    def carry_out(self, data: dict[str, Any]) -> None:
        """Amend."""
        actions.amend_site(self.thing, facts=data, by=self.reader)


class AmendAccount(ThingView):
    """Facts put right, or the last update noted."""

    model = Account
    title = "修改资料"
    form_class = forms.AccountFacts
    intro = "更正录错的资料，或者记下最近更新日期。"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Start from what stands."""
        return {
            "initial": {name: getattr(self.thing, name) for name in forms.AccountFacts.base_fields}
        }

    def carry_out(self, data: dict[str, Any]) -> None:
        """Amend."""
        actions.amend_account(self.thing, facts=data, by=self.reader)


class Columns(ThingView):
    """The columns that are looked at."""

    model = Site
    title = "受检栏目"
    form_class = forms.ColumnsForm
    intro = "没有登记栏目时，检查会从首页的链接里认出栏目；上次认出的已填在下面，请核对类别后保存。"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Start from what stands, or from what the last inspection recognised."""
        words = {kind.value: word for word, kind in forms.ColumnsForm.WORDS.items()}
        known = [(c.name, c.address, c.freshness) for c in self.thing.columns.all()]
        last = self.thing.inspections.first()
        if not known and last is not None:
            known = [(c["name"], c["address"], c["freshness"]) for c in last.columns]
        lines = [
            f"{name} {address} {words.get(freshness, '其他')}" for name, address, freshness in known
        ]
        return {"reader": self.reader, "initial": {"columns": "\n".join(lines)}}

    def carry_out(self, data: dict[str, Any]) -> None:
        """Set them."""
        actions.set_columns(self.thing, data["columns"], by=self.reader)


class Rename(ThingView):
    """A new name."""

    title = "更名"
    form_class = forms.RenameForm
    submit = "更名"
    done = "已更名，原名称保留在记录里。"

    def carry_out(self, data: dict[str, Any]) -> None:
        """Rename."""
        actions.rename(self.thing, by=self.reader, **data)


class Move(ThingView):
    """To another unit."""

    title = "变更主办单位"
    form_class = forms.MoveForm
    submit = "变更"
    done = "已变更主办单位。"

    def act_on(self, data: dict[str, Any]) -> str:
        """Move, and lead back where one may still look."""
        actions.move(self.thing, by=self.reader, **data)
        sees = self.reader.may(policies.VIEW, str(self.thing.organisation.path))
        return self.get_back() if sees else self.back


class Merge(ThingView):
    """Into another account."""

    model = Account
    title = "整合到另一个账号"
    form_class = forms.MergeForm
    submit = "整合"
    done = "已整合。这个账号从所填日期起关停。"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the accounts on the same platform."""
        return super().get_form_kwargs() | {"account": self.thing}

    def carry_out(self, data: dict[str, Any]) -> None:
        """Merge."""
        actions.merge(self.thing, by=self.reader, **data)


class Close(ThingView):
    """No more."""

    title = "关停"
    form_class = forms.DayForm
    submit = "关停"
    done = "已关停，历次记录照旧可查。"

    def carry_out(self, data: dict[str, Any]) -> None:
        """Close."""
        actions.close(self.thing, by=self.reader, **data)
