"""One act on a remedy: its form in place, and doing it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from gongkai.core.refusal import Refusal
from gongkai.domain.remedies import policies
from gongkai.domain.remedies.desk.forms import FORMS, ActForm
from gongkai.domain.remedies.desk.page import HOME, RemedyScreen
from gongkai.foundation.desk.views import Crumb
from gongkai.foundation.permissions import NotThere


class ActView(RemedyScreen):
    """Whatever can be done now."""

    act = policies.HANDLE
    template_name = "remedies/act.html"

    def get_title(self) -> str:
        """Return what is done."""
        return self.make_form().title

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [HOME, Crumb(str(self.remedy), self.remedy.get_absolute_url())]

    def get_template_names(self) -> list[str]:
        """Return the fragment where the page asked for it."""
        is_part = self.request.headers.get("HX-Request")
        return ["remedies/act_form.html"] if is_part else super().get_template_names()

    def make_form(self, *args: Any) -> ActForm:
        """Return the form, or say that there is none now.

        Raises:
            NotThere: It cannot be done now, or not by this reader.
        """
        form = FORMS.get(self.kwargs["act_key"])
        remedy = self.remedy
        if form is None or not form.fits(remedy) or not policies.may_handle(self.reader, remedy):
            raise NotThere(what="这项办理")
        return form(remedy, *args)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the form."""
        form = kwargs.pop("form", None) or self.make_form()
        told = {**kwargs, "act_key": self.kwargs["act_key"]}
        return super().get_context_data(form=form, remedy=self.remedy, **told)

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Do it, or say why not and what to do next."""
        form = self.make_form(request.POST, request.FILES)
        is_part = bool(request.headers.get("HX-Request"))
        if form.is_valid():
            try:
                form.carry_out_with_paper(self.reader)
            except Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, form.done)
                where = self.remedy.get_absolute_url()
                if not is_part:
                    return HttpResponseRedirect(where)
                answer = HttpResponse(status=204)
                answer["HX-Redirect"] = where
                return answer
        context = self.get_context_data(form=form)
        return self.render_to_response(context, status=200 if is_part else 422)
