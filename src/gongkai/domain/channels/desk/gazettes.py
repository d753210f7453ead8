"""Gazettes: the list, an issue while it is put together, its appearance."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongkai.core.refusal import Refusal
from gongkai.core.rendering.gazette import gazette_file
from gongkai.domain.channels import policies, printing, queries
from gongkai.domain.channels.actions import arrange, compose, drop, include, issue, revise
from gongkai.domain.channels.actions.gazettes import FACTS
from gongkai.domain.channels.desk.board import HOME
from gongkai.domain.channels.models import Gazette
from gongkai.domain.channels.sections import sections
from gongkai.domain.information.models import Item
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.desk.forms import DateInput, FormView, RowField
from gongkai.foundation.desk.paging import page_of
from gongkai.foundation.desk.views import Crumb, DeskView
from gongkai.foundation.keys import key_of, keys_of
from gongkai.foundation.permissions import Reader, behind
from gongkai.foundation.permissions.guard import reader_of

ACT = "channels.gazette"
SHELF = Crumb("政府公报", "/desk/channels/gazettes/")
OFFERED = 40


class IndexView(DeskView):
    """Every issue, newest first."""

    act = "channels.view"
    title = "政府公报"
    template_name = "channels/desk_gazettes.html"
    crumbs = (HOME,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add one page of issues."""
        page = page_of(self.request, policies.gazettes_visible_to(self.reader))
        return super().get_context_data(page=page, may=self.reader.may(ACT), **kwargs)


class FactsForm(forms.ModelForm):  # type: ignore[type-arg]  # not generic at run time
    """What is said of an issue as a whole."""

    class Meta:
        model = Gazette
        fields = FACTS
        widgets = {"day": DateInput}

    def validate_unique(self) -> None:
        """Leave it to the action, which says it in one sentence."""

    def validate_constraints(self) -> None:
        """Likewise."""


class NewForm(FactsForm):
    """The same, with the publisher."""

    organisation = RowField(label="主办机关", queryset=Organisation.objects.none())
    field_order = ("organisation",)

    def __init__(self, *args: Any, publishers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = publishers  # type: ignore[attr-defined]  # of the field declared


class NewView(FormView):
    """Begin an issue."""

    act = ACT
    title = "新建一期公报"
    form_class = NewForm  # type: ignore[assignment]  # a form all the same
    submit = "新建"
    done = "已新建。请选入文件。"
    crumbs = (HOME, SHELF)
    back = "/desk/channels/gazettes/"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Propose what follows from the last issue."""
        publishers = publishers_of(self.reader)
        publisher = publishers.first()
        initial: dict[str, Any] = {"day": clock.today(), "year": clock.today().year}
        if publisher is not None:
            number, total = queries.following(publisher, clock.today().year)
            last = Gazette.objects.filter(organisation=publisher).first()
            initial |= {
                "organisation": publisher.pk,
                "number": number,
                "total": total,
                "title": last.title if last else f"{publisher.name}公报",
            }
            if last:
                kept = ("print_run", "serial", "editor", "contact")
                initial |= {name: getattr(last, name) for name in kept}
        return {"publishers": publishers, "initial": initial}

    def act_on(self, data: dict[str, Any]) -> str:
        """Begin it."""
        organisation = data.pop("organisation")
        return compose(organisation, by=self.reader, **data).get_absolute_url()


def publishers_of(reader: Reader) -> Any:
    """Return the governments whose gazettes *reader* may put together."""
    return Organisation.objects.filter(reader.reach(ACT).q(), kind="government")


class _OneGazette(DeskView):
    """A screen about one issue."""

    act = ACT

    @property
    def gazette(self) -> Gazette:
        """Return the issue."""
        if not hasattr(self, "_gazette"):
            self._gazette = policies.fetch_gazette(self.reader, self.kwargs["key"])
        return self._gazette

    def get_title(self) -> str:
        """Return the heading."""
        return str(self.gazette)

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [HOME, SHELF]


class GazetteView(_OneGazette):
    """An issue: its documents in order, and what could go in."""

    act = "channels.view"
    template_name = "channels/desk_gazette.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add documents and candidates."""
        gazette = self.gazette
        may = not gazette.is_issued and self.reader.may(ACT, str(gazette.organisation.path))
        text = self.request.GET.get("q", "").strip()[:80]
        offered = list(queries.candidates(gazette, text=text)[: OFFERED + 1]) if may else []
        documents = printing.shown(gazette)
        used = {document.entry.section for document in documents}
        return super().get_context_data(
            gazette=gazette,
            documents=documents,
            sections=printing.by_section(documents),
            headings=[
                *(s.title for s in sections()),
                *sorted(used - {s.title for s in sections()}),
            ],
            may=may,
            text=text,
            offered=offered[:OFFERED],
            more=len(offered) > OFFERED,
            **kwargs,
        )


class _Doing(_OneGazette):
    """A form that does one thing and goes back to the issue."""

    http_method_names = ("post",)
    done = ""

    def post(self, *_: Any, **__: Any) -> HttpResponse:
        """Do it, or say what is wrong."""
        where = self.gazette.get_absolute_url()
        try:
            with transaction.atomic():
                where = self.do() or where
        except Refusal as refusal:
            messages.error(self.request, str(refusal))
        else:
            if self.done:
                messages.success(self.request, self.done)
        return HttpResponseRedirect(where)

    def do(self) -> str:
        """Do it; return where to go instead of back."""
        raise NotImplementedError

    def put_in_order(self) -> None:
        """Keep the order that the page showed when the button was pressed, saved before or not."""
        keys = self.request.POST.getlist("entry")
        headings = self.request.POST.getlist("section")
        gone = set(self.request.POST.getlist("remove"))
        order = [
            (key, heading)
            for told, heading in zip(keys, headings, strict=False)
            if (key := key_of(told)) and told not in gone
        ]
        if keys:
            arrange(self.gazette, order, by=self.reader)


class IncludeView(_Doing):
    """Take documents in."""

    done = "已选入，排在所属栏目末尾。"

    def do(self) -> str:
        """Take in what was ticked."""
        keys = keys_of(self.request.POST.getlist("item"))
        self.put_in_order()
        include(self.gazette, list(Item.objects.filter(pk__in=keys).order_by("pk")), by=self.reader)
        return ""


class OrderView(_Doing):
    """Put the documents in order."""

    done = "顺序已保存。"

    def do(self) -> str:
        """Take the order in which they came."""
        self.put_in_order()
        return ""


class IssueView(_Doing):
    """Let it appear."""

    done = "已出版：公报页面和 PDF 已公开，各篇的公报发布已登记。"

    def do(self) -> str:
        """Issue it."""
        self.put_in_order()
        issue(self.gazette, by=self.reader)
        return ""


class DropView(_Doing):
    """Throw it away."""

    done = "已删除。"

    def do(self) -> str:
        """Drop it."""
        drop(self.gazette, by=self.reader)
        return reverse("channels:gazettes")


class FactsView(_OneGazette, FormView):
    """What is said of it as a whole."""

    form_class = FactsForm  # type: ignore[assignment]  # a form all the same
    done = "已保存。"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Begin with what is known; the form writes nothing itself."""
        names = FactsForm.Meta.fields
        return {"initial": {name: getattr(self.gazette, name) for name in names}}

    def get_back(self) -> str:
        """Return where 取消 leads."""
        return self.gazette.get_absolute_url()

    def act_on(self, data: dict[str, Any]) -> str:
        """Keep it."""
        return revise(self.gazette, by=self.reader, **data).get_absolute_url()


@behind("channels.view")
@require_safe
def preview(request: HttpRequest, key: int) -> HttpResponse:
    """Give the issue as it would be printed now."""
    gazette = policies.fetch_gazette(reader_of(request), key)
    return HttpResponse(gazette_file(printing.printed(gazette)), content_type="application/pdf")
