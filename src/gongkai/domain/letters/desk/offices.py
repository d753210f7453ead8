"""How offices sign, and their templates."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.core.letters import (
    Facts,
    Part,
    Template,
    UnknownTemplate,
    adapted,
    by_stage,
    compose,
    flaws,
    slots,
    template,
    templates,
)
from gongkai.core.letters import used as used_in
from gongkai.core.refusal import Refusal
from gongkai.core.rendering.letter_paper import letter_pdf
from gongkai.domain.letters import policies
from gongkai.domain.letters.actions import adapt, revert, set_office, set_seal
from gongkai.domain.letters.desk.forms import OfficeForm, SealForm, WordingForm
from gongkai.domain.letters.models import Adaptation, LetterOffice
from gongkai.domain.letters.offices import (
    adaptation_of,
    adaptations_of,
    office_of,
    settings_of,
    template_of,
)
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.desk.forms import FormView
from gongkai.foundation.desk.paging import page_of
from gongkai.foundation.desk.views import Crumb, DeskView
from gongkai.foundation.permissions import NotThere

HOME = Crumb("文书设置", "/desk/letters/")


class IndexView(DeskView):
    """Every office whose letters the reader may set up."""

    act = policies.SETTINGS
    title = "文书设置"
    template_name = "letters/offices.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add one page of offices, each with what is set."""
        rows = Organisation.objects.filter(self.reader.reach(policies.SETTINGS).q("path"))
        page = page_of(self.request, rows)
        known = LetterOffice.objects.filter(organisation__in=[row.pk for row in page])
        told = {row.organisation_id: row for row in known}
        listed = [(row, told.get(row.pk)) for row in page]
        return super().get_context_data(page=page, listed=listed, **kwargs)


class OfficeScreen(FormView):
    """A screen about the letters of one office."""

    act = policies.SETTINGS

    @property
    def organisation(self) -> Organisation:
        """Return it, or say that it is not there."""
        if not hasattr(self, "_organisation"):
            self._organisation = policies.fetch_office(self.reader, self.kwargs["key"])
        return self._organisation

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        name = self.organisation.name
        return [HOME, Crumb(name, reverse("letter_offices:office", args=[self.organisation.pk]))]

    def get_back(self) -> str:
        """Return where 取消 leads."""
        return reverse("letter_offices:office", args=[self.organisation.pk])


class OfficeView(OfficeScreen):
    """How it signs: mark, reconsideration, contact; its seal; its templates."""

    template_name = "letters/office.html"
    form_class = OfficeForm  # type: ignore[assignment]  # a form all the same

    def get_title(self) -> str:
        """Return the heading."""
        return f"{self.organisation}的文书设置"

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [HOME]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return what is set."""
        return {"instance": settings_of(self.organisation)}

    def act_on(self, data: dict[str, Any]) -> str:
        """Set it."""
        set_office(self.organisation, by=self.reader, **data)
        return self.get_back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add seal and templates."""
        organisation = self.organisation
        used = adaptations_of(organisation)
        day = clock.today()
        listed = [(key, made) for key, made in templates().items() if made.in_force(day)]
        groups = [
            (stage, [(key, made, used.get(key)) for key, made in found])
            for stage, found in by_stage(listed)
        ]
        kwargs.setdefault("seal_form", SealForm())
        return super().get_context_data(
            organisation=organisation,
            settings=settings_of(organisation),
            may_seal=self.reader.may(policies.SEAL, str(organisation.path)),
            groups=groups,
            count=len(listed),
            adapted=sum(key in used for key, _ in listed),
            **kwargs,
        )


class SealView(OfficeScreen):
    """The picture of the seal is set, or taken away."""

    act = policies.SEAL

    def get(self, *_: Any, **__: Any) -> HttpResponse:
        """Lead back: the form stands on the office's page."""
        return HttpResponseRedirect(self.get_back())

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Set it."""
        form = SealForm(request.POST, request.FILES)
        away = "away" in request.POST
        try:
            if away or form.is_valid():
                upload = None if away else form.cleaned_data["seal"]
                set_seal(self.organisation, upload, by=self.reader)
                messages.success(request, "印章图片已去掉。" if away else "印章图片已更换。")
            else:
                messages.error(request, "请选择印章图片。")
        except Refusal as refusal:
            messages.error(request, str(refusal))
        return HttpResponseRedirect(self.get_back())


class WordingView(OfficeScreen):
    """A template in the words of the office: edited, checked, looked at."""

    template_name = "letters/wording.html"
    form_class = WordingForm
    submit = "保存为新的一版"
    done = "已保存，从现在起使用。"

    @property
    def key(self) -> str:
        """Return the key of the template, or say that it is not there."""
        key = str(self.kwargs["template"])
        try:
            template(key)
        except UnknownTemplate:
            raise NotThere(what="这种文书") from None
        return key

    def get_title(self) -> str:
        """Return the heading."""
        return template(self.key).name

    def get_form_kwargs(self) -> dict[str, Any]:
        """Return the words as they are now."""
        made = template_of(self.organisation, self.key)
        body = "\n".join(passage.text for passage in made.on(clock.today()))
        return {"initial": {"title": made.title, "body": body}}

    def act_on(self, data: dict[str, Any]) -> str:
        """Save it as a new version."""
        adapt(self.organisation, self.key, **data, by=self.reader)
        return self.request.path

    def post(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, or go back to the law's wording."""
        if "revert" in self.request.POST:
            revert(self.organisation, self.key, by=self.reader)
            messages.success(self.request, "已恢复为法规数据里的模板。")
            return HttpResponseRedirect(self.request.path)
        return super().post(*args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add versions, slots and what the wording lacks."""
        key = self.key
        kwargs.setdefault("form", self.get_form())
        form = kwargs["form"]
        shown = template_of(self.organisation, key)
        if form.is_bound and form.is_valid():
            shown = adapted(template(key), **form.cleaned_data)
        versions = Adaptation.objects.filter(organisation=self.organisation, template=key)
        of_letters = {
            name
            for one in templates().values()
            if one.class_ != "form"
            for name in used_in(one.text())
        }
        known = [(name, slot) for name, slot in slots().items() if name in of_letters]
        mine = set(used_in(shown.text()))
        return super().get_context_data(
            organisation=self.organisation,
            template_key=key,
            flaws=flaws(shown, clock.today()),
            versions=versions.select_related("by"),
            inherited=adaptation_of(self.organisation, key),
            slots=sorted(
                ((name, slot, name in mine) for name, slot in known), key=lambda one: not one[2]
            ),
            law="\n".join(passage.text for passage in template(key).on(clock.today())),
            **kwargs,
        )


class SampleView(WordingView):
    """The template with made-up facts, as PDF."""

    def get(self, request: HttpRequest, *_: Any, **__: Any) -> HttpResponse:
        """Send it; words that are being edited come with the request."""
        made = template_of(self.organisation, self.key)
        try:
            page = letter_pdf(sample_of(self.organisation, made))
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(self.get_back())
        answer = HttpResponse(page, content_type="application/pdf")
        answer["X-Frame-Options"] = "SAMEORIGIN"
        return answer


def sample_of(organisation: Organisation, made: Template) -> Any:
    """Return a letter of *made* with the examples of the law data, dated today."""
    day = clock.today()
    values = {
        name: slot.example
        for name, slot in slots().items()
        if slot.from_ == "case" and slot.example != ""
    }
    facts = Facts(
        office=office_of(organisation),
        addressee="林示例",
        values={**values, "收到日期": day - timedelta(days=14)},
        number=f"{settings_of(organisation).mark or '〇〇'}〔{day.year}〕12号",
        parts=(
            Part(matter="施工合同", ground="granted"),
            Part(matter="评标的讨论记录", ground="process"),
        ),
    )
    return compose(made, facts, day, draft=True)
