"""One letter at the desk: written, looked at, sent, delivered."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from gongkai.core.letters import by_stage, wanting
from gongkai.core.refusal import Refusal
from gongkai.core.rendering.letter_paper import letter_pdf
from gongkai.core.rendering.letter_word import letter_docx
from gongkai.domain.applications import policies as applications
from gongkai.domain.applications.models import Application, Letter, Means
from gongkai.domain.letters import policies
from gongkai.domain.letters.actions import deliver, discard, draft, issue, rewrite
from gongkai.domain.letters.deriving import Case, derived
from gongkai.domain.letters.desk.forms import DeliverForm, LetterForm
from gongkai.domain.letters.desk.labels import addressed, sheet
from gongkai.domain.letters.events import SEEN
from gongkai.domain.letters.offices import template_of
from gongkai.domain.letters.suggesting import offered, suggestions
from gongkai.domain.letters.writing import composed, facts_of
from gongkai.foundation import clock
from gongkai.foundation.desk.views import Crumb, DeskView
from gongkai.foundation.keys import key_of
from gongkai.foundation.trail import record

HOME = Crumb("依申请公开", "/desk/applications/")
PLACEHOLDER = "〔〕"


class NewView(DeskView):
    """Which letter is to be written in a case."""

    act = policies.HANDLE
    title = "制作文书"
    template_name = "letters/new.html"

    @property
    def application(self) -> Application:
        """Return the case."""
        return applications.fetch(self.reader, self.kwargs["key"])

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        return [HOME, Crumb(str(self.application), self.application.get_absolute_url())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what the case asks for, and everything else."""
        application = self.application
        return super().get_context_data(
            application=application,
            suggestions=suggestions(application),
            groups=by_stage(offered(application)),
            **kwargs,
        )

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Begin the letter that was chosen."""
        application = self.application
        told = request.POST.get("fact", "")
        fact = application.facts.filter(pk=key_of(told)).first()
        try:
            letter = draft(application, request.POST.get("template", ""), by=self.reader, fact=fact)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.path)
        return HttpResponseRedirect(reverse("letters:letter", args=[letter.pk]))


class LetterScreen(DeskView):
    """A screen about one letter."""

    act = applications.IDENTITY

    @property
    def letter(self) -> Letter:
        """Return it, or say that it is not there."""
        if not hasattr(self, "_letter"):
            self._letter = policies.fetch_letter(self.reader, self.kwargs["key"])
        return self._letter

    @property
    def may_handle(self) -> bool:
        """Whether the reader may write and send it."""
        return applications.may(self.reader, policies.HANDLE, self.letter.application)

    def get_title(self) -> str:
        """Return the heading."""
        return self.letter.title

    def get_crumbs(self) -> list[Crumb]:
        """Return the way here."""
        application = self.letter.application
        return [HOME, Crumb(str(application), application.get_absolute_url())]

    def back(self) -> HttpResponse:
        """Return to the letter."""
        return HttpResponseRedirect(reverse("letters:letter", args=[self.letter.pk]))


class LetterView(LetterScreen):
    """The letter: a form beside what it will say, or what was sent and whether it arrived."""

    template_name = "letters/letter.html"

    def get_form(self) -> LetterForm:
        """Return the form of a draft, with what the case says."""
        letter = self.letter
        application = letter.application
        made = template_of(application.organisation, letter.template)
        facts = facts_of(letter)
        return LetterForm(
            self.request.POST if self.request.method == "POST" else None,
            made=made,
            law=application.received or application.arrived.date(),
            values=facts.values,
            parts=facts.parts,
            initial={
                "addressee": facts.addressee,
                "attachments": "\n".join(facts.attachments),
                "online": facts.online,
            },
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words, and either the form or how it was sent."""
        letter = self.letter
        day = clock.today()
        said: Any = None
        missing: tuple[Refusal, ...] = ()
        try:
            said = composed(letter, day, draft=True)
        except Refusal as refusal:
            missing = (refusal,)
        if not letter.issued:
            kwargs.setdefault("form", self.get_form() if self.may_handle else None)
            made = template_of(letter.application.organisation, letter.template)
            number = PLACEHOLDER if made.has_number else ""
            missing = missing or wanting(made, facts_of(letter, number=number), day)
        elif self.may_handle:
            kwargs.setdefault(
                "deliver_form", DeliverForm(initial={"way": letter.delivery or _way_of(letter)})
            )
        return super().get_context_data(
            letter=letter,
            said=said,
            missing=missing,
            way=letter.delivery and Means(letter.delivery).label,
            may_handle=self.may_handle,
            **kwargs,
        )

    def get(self, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show it; that an issued one was looked at is noted."""
        letter = self.letter
        if letter.issued:
            record(
                SEEN,
                by=self.reader,
                act=applications.IDENTITY,
                path=str(letter.application.organisation.path),
                on=letter,
            )
        return super().get(*args, **kwargs)

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Write the draft anew; with 发出 send it."""
        form = self.get_form()
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        known = derived(Case(self.letter.application, self.letter.fact))
        own = {name: value for name, value in form.told().items() if value != known.get(name)}
        count = 1 + max(
            (place for place, _ in form.places.values() if place is not None), default=-1
        )
        data = form.cleaned_data
        try:
            rewrite(
                self.letter,
                by=self.reader,
                values=own,
                parts=[form.told(place) for place in range(count)],
                addressee=data["addressee"],
                online=data["online"],
                attachments=data["attachments"].splitlines(),
            )
            if "issue" in request.POST:
                issue(self.letter, by=self.reader)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form), status=422)
        if self.letter.issued:
            messages.success(
                request, f"{self.letter.title}{self.letter.number}已发出。请登记送达。"
            )
        else:
            messages.success(request, "草稿已保存。")
        return self.back()


class DiscardView(LetterScreen):
    """A draft is taken away."""

    act = policies.HANDLE

    def get(self, *_: Any, **__: Any) -> HttpResponse:
        """Lead back: it needs a click."""
        return self.back()

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Take it away."""
        where = self.letter.application.get_absolute_url()
        try:
            discard(self.letter, by=self.reader)
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return self.back()
        messages.success(request, "草稿已删除。")
        return HttpResponseRedirect(where)


class DeliverView(LetterScreen):
    """It arrived."""

    act = policies.HANDLE
    template_name = "letters/letter.html"

    def get(self, *_: Any, **__: Any) -> HttpResponse:
        """Lead back: the form stands on the letter's page."""
        return self.back()

    def post(self, request: HttpRequest, **_: Any) -> HttpResponse:
        """Note it down."""
        form = DeliverForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                deliver(self.letter, by=self.reader, **form.cleaned_data)
            except Refusal as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, "送达已登记。")
        else:
            messages.error(request, "送达方式和日期要填写完整。")
        return self.back()


class PaperView(LetterScreen):
    """The letter as PDF or DOCX: as it went out, or as the draft would."""

    def get(self, *_: Any, **__: Any) -> HttpResponse:
        """Send the file; what went out is sent as it was frozen."""
        letter, kind = self.letter, self.kwargs["kind"]
        file = letter.pdf if kind == "pdf" else letter.docx
        if letter.issued and file is not None:
            record(
                SEEN,
                by=self.reader,
                act=applications.IDENTITY,
                path=str(letter.application.organisation.path),
                on=letter,
                facts={"file": kind},
            )
            return _sent(
                FileResponse(file.open(), filename=str(file.name)), file.kind_facts.media_type
            )
        try:
            said = composed(letter, clock.today(), draft=True)
            made = letter_pdf(said) if kind == "pdf" else letter_docx(said)
        except Refusal as refusal:
            messages.error(self.request, str(refusal))
            return self.back()
        answer = HttpResponse(made)
        name = f"draft-{letter.pk}.{kind}"
        answer["Content-Disposition"] = (
            f'{"inline" if kind == "pdf" else "attachment"}; filename="{name}"'
        )
        media = "application/pdf" if kind == "pdf" else "application/octet-stream"
        return _sent(answer, media)


class EnvelopeView(LetterScreen):
    """A label for the envelope."""

    act = policies.HANDLE

    def get(self, *_: Any, **__: Any) -> HttpResponse:
        """Send it as a sheet of labels with one label."""
        row = self.letter.application
        party = self.letter.fact.party if self.letter.fact else None
        address = str(party.address if party else row.address)
        post = str(row.postcode) if not party else ""
        who = str((self.letter.content.get("letter") or self.letter.content).get("addressee", ""))
        try:
            return sheet(self.request, addressed(row, who, address, post))
        except Refusal as refusal:
            messages.error(self.request, str(refusal))
            return self.back()


def _way_of(letter: Letter) -> str:
    """Return the way in which the applicant wants to have it, as far as it is one of delivery."""
    wanted = str(letter.application.delivery)
    return wanted if wanted in Means else Means.IN_PERSON.value


def _sent(answer: Any, media: str) -> HttpResponse:
    answer["Content-Type"] = media
    answer["Cache-Control"] = "no-store"
    answer["X-Frame-Options"] = "SAMEORIGIN"
    told: HttpResponse = answer
    return told
