"""Noting down that a reconsideration, a law suit or a complaint was begun."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.functional import cached_property

from gongkai.domain.applications import policies as applications
from gongkai.domain.applications.models import Application
from gongkai.domain.remedies import policies, queries
from gongkai.domain.remedies.actions import file_paper, lodge
from gongkai.domain.remedies.desk.forms import paper_field
from gongkai.domain.remedies.desk.page import HOME
from gongkai.domain.remedies.desk.rows import kind_words, outcome_words
from gongkai.domain.remedies.models import Kind, PaperKind, Remedy
from gongkai.foundation import clock
from gongkai.foundation.desk.forms import DateInput, FormView, RowField
from gongkai.foundation.permissions import NotThere


class WhichForm(forms.Form):
    """Which application it is about."""

    application = forms.CharField(
        label="公开申请的受理编号", max_length=40, help_text="也可以从公开申请的页面登记。"
    )


class NewForm(forms.Form):
    """What the notice of the body says."""

    kind = forms.ChoiceField(label="种类", choices=Kind.choices)
    body = forms.CharField(label="复议机关、法院或者受理机关", max_length=120)
    number = forms.CharField(label="案号", max_length=80, required=False)
    filed = forms.DateField(label="受理、立案日期", widget=DateInput)
    notified = forms.DateField(
        label="收到副本的日期",
        required=False,
        widget=DateInput,
        help_text="收到复议申请书副本、起诉状副本的日期，答复、答辩的期限从这一天起算。",
    )
    is_summary = forms.BooleanField(label="适用简易程序", required=False)
    follows = RowField(
        label="前一程序",
        queryset=Remedy.objects.none(),
        required=False,
        empty_label="没有（直接提起）",
        help_text="复议以后起诉、一审以后上诉的，选前一件。",
    )
    claimant = forms.CharField(
        label="申请人、原告",
        max_length=100,
        required=False,
        help_text="不是公开申请的申请人、而是第三方提起的才填；加密保存。",
    )
    claims = forms.CharField(
        label="请求和理由", required=False, max_length=4000, widget=forms.Textarea({"rows": 4})
    )

    paper = paper_field(PaperKind.CLAIM)

    use_required_attribute = False

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        before = application.remedies.exclude(kind=Kind.COMPLAINT).exclude(decided=None)
        field = self.fields["follows"]
        field.queryset = before.order_by("pk")  # type: ignore[attr-defined]  # a model choice
        field.label_from_instance = _told  # type: ignore[attr-defined]  # a model choice
        if not before.exists():
            del self.fields["follows"]


def _told(remedy: Remedy) -> str:
    return f"{kind_words(remedy)} {remedy.number} {remedy.body}：{outcome_words(remedy)}"


class NewView(FormView):
    """One form; from the page of an application, or with its number."""

    act = policies.HANDLE
    title = "登记复议、诉讼或者举报投诉"
    crumbs = (HOME,)
    form_class = NewForm
    template_name = "remedies/new.html"
    submit = "登记"

    @cached_property
    def application(self) -> Application | None:
        """Return the application asked for.

        Raises:
            NotThere: It is not, or not for this reader.
        """
        key = self.request.GET.get("application", "")
        if not (key.isascii() and key.isdigit() and len(key) < 19):
            return None
        row = applications.fetch(self.reader, int(key))
        if not self.reader.may(policies.HANDLE, str(row.organisation.path)):
            raise NotThere(what="这件申请")
        return row

    @property
    def known(self) -> Application:
        """Return the application, which must have been asked for.

        Raises:
            NotThere: It was not.
        """
        if self.application is None:
            raise NotThere(what="这件申请")
        return self.application

    def get_form(self) -> forms.Form:
        """Return the form, or the question which application it is about."""
        if self.application is None:
            return WhichForm(self.request.POST if self.request.method == "POST" else None)
        return super().get_form()

    def get_form_kwargs(self) -> dict[str, Any]:
        """Propose the body that usually hears it."""
        row = self.known
        follows = self.request.GET.get("follows", "")
        initial: dict[str, Any] = {"filed": clock.today()}
        if follows:
            return {
                "application": row,
                "initial": initial | {"kind": "litigation", "follows": follows},
            }
        above = row.organisation.get_parent() if row.organisation.kind == "department" else None
        return {"application": row, "initial": initial | {"body": above.name if above else ""}}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the application."""
        return super().get_context_data(application=self.application, **kwargs)

    def get_back(self) -> str:
        """Return where 取消 leads."""
        return self.application.get_absolute_url() if self.application else HOME.href

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the application, or note it down."""
        if self.application is not None:
            return super().post(request, *args, **kwargs)
        form = self.get_form()
        if form.is_valid():
            number = form.cleaned_data["application"].strip()
            row = applications.visible_to(self.reader).filter(number=number).first()
            if row is not None:
                return HttpResponseRedirect(f"{reverse('remedies:new')}?application={row.pk}")
            form.add_error("application", "没有找到这个编号的公开申请，请核对。")
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def act_on(self, data: dict[str, Any]) -> str:
        """Note it down; warn where it came too early."""
        paper = data.pop("paper", None)
        with transaction.atomic():
            remedy = lodge(self.known, by=self.reader, **data)
            if paper:
                file_paper(remedy, paper, by=self.reader, kind=PaperKind.CLAIM)
        if why := queries.first_reconsideration(remedy):
            messages.warning(self.request, f"{why}。可以在答辩时提出。")
        return remedy.get_absolute_url()

    def get_done(self) -> str:
        """Say so."""
        return "已登记。"
