"""Screens and kiosks at the desk: which there are, which are silent, what they show."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from gongkai.domain.channels import displaying, policies
from gongkai.domain.channels.actions.screens import ACT, change, put_up, switch
from gongkai.domain.channels.desk.board import HOME
from gongkai.domain.channels.models import Screen
from gongkai.domain.channels.printing import absolute
from gongkai.domain.directory.models import Column
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.desk.forms import FormView, PickManyInput
from gongkai.foundation.desk.views import Crumb, DeskView

SCREENS = Crumb("显示屏", "/desk/channels/screens/")


class IndexView(DeskView):
    """Every screen, with when it was last on."""

    act = "channels.view"
    title = "电子屏和触摸屏"
    template_name = "channels/desk_screens.html"
    crumbs = (HOME,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the screens."""
        screens = list(policies.screens_visible_to(self.reader).prefetch_related("columns"))
        return super().get_context_data(
            screens=[(screen, absolute(screen.address)) for screen in screens],
            silent=sum(screen.is_silent for screen in screens),
            may=self.reader.may(ACT),
            **kwargs,
        )


class ScreenForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """What is said of a screen."""

    class Meta:
        model = Screen
        fields = (
            "organisation",
            "kind",
            "name",
            "orientation",
            "columns",
            "seconds",
            "count",
            "line",
            "may_print",
        )
        widgets = {"columns": PickManyInput(nothing="还没有栏目")}
        help_texts = {
            "name": "装在哪里，例如：政务服务大厅一楼东侧",
            "columns": "不选的，显示本机构及下级的全部公开信息。",
            "line": "显示在屏幕下方，例如：咨询电话 0000-1234567",
        }

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = units  # type: ignore[attr-defined]  # of the field declared
        columns = Column.objects.open().filter(organisation__in=units).exclude(key="top")
        self.fields["columns"].queryset = columns.select_related("organisation")  # type: ignore[attr-defined]  # of the field declared
        self.fields["columns"].label_from_instance = _named  # type: ignore[attr-defined]  # of the field declared


def _named(column: Column) -> str:
    return f"{column.organisation} · {'　' * (column.depth - Column.SECTION_DEPTH)}{column.title}"


class NewView(FormView):
    """Put one up."""

    act = ACT
    title = "新设显示屏"
    form_class = ScreenForm  # type: ignore[assignment]  # a form all the same
    submit = "设置"
    done = "已设置。请在屏幕的浏览器里打开它的地址。"
    crumbs = (HOME, SCREENS)
    back = "/desk/channels/screens/"

    def units(self) -> Any:
        """Return the units whose screens one may put up."""
        return Organisation.objects.filter(self.reader.reach(ACT).q()).in_being()

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the units within reach."""
        first = self.units().first()
        return {"units": self.units(), "initial": {"organisation": first.pk if first else None}}

    def act_on(self, data: dict[str, Any]) -> str:
        """Put it up."""
        return put_up(data.pop("organisation"), by=self.reader, **data).get_absolute_url()


class ScreenView(NewView):
    """One screen: its address, when it was on, what it shows now; and changing it."""

    act = "channels.view"
    template_name = "channels/desk_screen.html"
    submit = "保存"
    done = "已保存，屏幕一分钟内更新。"

    @property
    def screen(self) -> Screen:
        """Return the screen."""
        if not hasattr(self, "_screen"):
            self._screen = policies.fetch_screen(self.reader, self.kwargs["key"])
        return self._screen

    def get_title(self) -> str:
        """Return the heading."""
        return str(self.screen)

    def get_form(self) -> forms.Form:
        """Take the unit for given: the address of a screen stays with it."""
        form = super().get_form()
        del form.fields["organisation"]
        return form

    def get_form_kwargs(self) -> dict[str, Any]:
        """Begin with what is known."""
        known = {name: getattr(self.screen, name) for name in ScreenForm.Meta.fields}
        known["columns"] = list(self.screen.columns.all())
        below = Organisation.objects.below(self.screen.organisation)
        return {"units": below, "initial": known}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the address and what is shown."""
        return super().get_context_data(
            screen=self.screen,
            address=absolute(self.screen.address),
            items=displaying.newest(self.screen, self.screen.count),
            may=self.reader.may(ACT, str(self.screen.organisation.path)),
            **kwargs,
        )

    def act_on(self, data: dict[str, Any]) -> str:
        """Change it."""
        return change(self.screen, by=self.reader, **data).get_absolute_url()


class SwitchView(DeskView):
    """Switch one off or on."""

    act = ACT
    http_method_names = ("post",)

    def post(self, *_: Any, **__: Any) -> HttpResponse:
        """Switch it."""
        screen = policies.fetch_screen(self.reader, self.kwargs["key"])
        switch(screen, on=not screen.is_on, by=self.reader)
        messages.success(
            self.request, "已启用。" if screen.is_on else "已停用，屏幕一分钟内停止显示。"
        )
        return HttpResponseRedirect(screen.get_absolute_url())
