"""Screens with a form whose submission is one action."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect

from gongkai.core.refusal import Refusal
from gongkai.foundation.desk.views import DeskView


class DateInput(forms.DateInput):
    """A day, with the browser's calendar."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class RowField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic when it runs
    """One row out of many; a key that no database can keep is a wrong choice like any other."""

    def clean(self, value: Any) -> Any:
        """Return the row."""
        return _clean(super().clean, value)


class RowsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # likewise
    """Some rows out of many, likewise."""

    def clean(self, value: Any) -> Any:
        """Return the rows."""
        return _clean(super().clean, value)


def _clean(clean: Callable[[Any], Any], value: Any) -> Any:
    try:
        return clean(value)
    except OverflowError as error:
        raise forms.ValidationError("选的这一项已经不在了，请重新选择。") from error


class PickManyInput(forms.CheckboxSelectMultiple):
    """Some of many: boxes in a list that scrolls, what is chosen first; a long list is narrowed by typing.

    A ``select`` of several wants Ctrl held down, loses all of it at one click, and cannot be used on a telephone.
    """

    template_name = "desk/pick_many.html"
    SHORT = 8
    """So many are seen at a glance."""

    def __init__(self, *, nothing: str = "没有可以选的", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.nothing = nothing

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add the options as one list, and whether it is long."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        options = [one for _, group, _ in context["widget"]["optgroups"] for one in group]
        return context | {
            "options": sorted(options, key=lambda one: not one["selected"]),
            "is_long": len(options) > self.SHORT,
            "of": f"{context['widget']['attrs'].get('id') or name}-list",
            "nothing": self.nothing,
        }


class FormView(DeskView):
    """A screen with one form and one primary action.

    Subclasses set ``form_class``, ``submit`` (the button's word) and ``done`` (the sentence
    afterwards), and write ``act_on(data)``, which calls the action and returns where to go. What the
    action refuses is shown above the form, and nothing typed is lost.
    """

    template_name = "desk/form.html"
    form_class: type[forms.Form] = forms.Form
    submit = "保存"
    done = "已保存。"
    back = ""
    """Where 取消 leads."""
    intro = ""

    def get_form(self) -> forms.Form:
        """Return the form, filled with what was sent."""
        kwargs = self.get_form_kwargs()
        if self.request.method == "POST":
            kwargs |= {"data": self.request.POST, "files": self.request.FILES}
        return self.form_class(**kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return what the form is made with; ``initial`` among them."""
        return {}

    def act_on(self, data: dict[str, Any]) -> str:
        """Call the action with the cleaned *data*; return the address to go to."""
        raise NotImplementedError

    def get_done(self) -> str:
        """Return the sentence afterwards."""
        return self.done

    def get_back(self) -> str:
        """Return where 取消 leads."""
        return self.back

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form and the words around it."""
        kwargs.setdefault("form", self.get_form())
        return super().get_context_data(
            submit=self.submit, back=self.get_back(), intro=self.intro, **kwargs
        )

    def post(self, *_: Any, **__: Any) -> HttpResponse:
        """Do it, or say what is wrong."""
        form = self.get_form()
        if form.is_valid():
            try:
                where = self.act_on(form.cleaned_data)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(self.request, self.get_done())
                return HttpResponseRedirect(where)
        return self.render_to_response(self.get_context_data(form=form), status=422)
