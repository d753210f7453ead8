"""Following a case with number and secret code."""

from collections.abc import Callable
from functools import wraps
from typing import IO, Any

from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.core.refusal import Refusal
from gongkai.domain.applications.actions import open_letter, suggest_publication
from gongkai.domain.applications.models import Application
from gongkai.domain.applications.portal import acting, following
from gongkai.domain.applications.portal.errors import NoSuchCase
from gongkai.domain.applications.portal.forms import AnswerForm, TrackForm, WithdrawForm
from gongkai.domain.applications.portal.publishing import publishing_of
from gongkai.domain.applications.portal.views.steps import reply_days, wrong_in
from gongkai.foundation.challenge import Gate
from gongkai.foundation.citizens import sessions
from gongkai.foundation.confidential import confidential

ASK = Gate("apply.track", free=6, most=60, seconds=3600)
SENT = "apply.sent"
CaseView = Callable[..., HttpResponseBase]
ANSWERS = {
    "supplement": ("补充说明", "已经收到您的补充说明。"),
    "reasons": ("说明理由", "已经收到您说明的理由。"),
    "objection": ("有话要说", "已经转给办理的工作人员。"),
    "publication": ("建议主动公开", "已经收到您的建议，结果会显示在这一页上。"),
}
"""What the applicant may send: title and what is said afterwards."""


def with_case(view: CaseView) -> CaseView:
    """Give *view* the application that the session follows, or ask for number and code."""

    @confidential
    @wraps(view)
    def found(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        application = following.followed(request.session)
        if application is None:
            return HttpResponseRedirect(reverse("apply:track"))
        return view(request, application, **kwargs)

    return found


@require_http_methods(["GET", "HEAD", "POST"])
@confidential
def track(request: HttpRequest) -> HttpResponse:
    """Ask for number and code."""
    form, status = TrackForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        try:
            ASK.enter(request)
            if form.is_valid():
                told = form.cleaned_data
                application = following.recognise(told["number"], told["code"])
                following.enter(request.session, application)
                return HttpResponseRedirect(reverse("apply:case"))
        except NoSuchCase as refusal:
            form.add_error(None, str(refusal))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            status = 429
    wrong = wrong_in(form) if form.is_bound else []
    context = {
        "form": form,
        "challenge": ASK.challenge(request),
        "wrong": wrong,
        "citizen": sessions.signed_in(request.session),
    }
    return render(request, "apply/track.html", context, status=status)


@require_safe
@with_case
def case(request: HttpRequest, application: Application) -> HttpResponse:
    """Show where it stands."""
    return _page(request, application)


@require_POST
@with_case
def send(request: HttpRequest, application: Application, act: str) -> HttpResponse:
    """Take in a supplement, reasons, or what the applicant has to say."""
    if act not in ANSWERS:
        raise Http404
    form = AnswerForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            if act == "objection":
                acting.object_to(application, form.cleaned_data["text"])
            elif act == "publication":
                suggest_publication(application, form.cleaned_data["text"])
            else:
                acting.answer(
                    application,
                    act,
                    about=following.story(application).asked.get(act),
                    text=form.cleaned_data["text"],
                    files=request.FILES.getlist("materials"),
                )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, ANSWERS[act][1])
    return _page(request, application, forms={act: form}, status=422)


@require_POST
@with_case
def withdraw(request: HttpRequest, application: Application) -> HttpResponse:
    """The application is taken back."""
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            acting.answer(application, "withdraw", about=None, text=form.cleaned_data["text"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, "已经收到您撤回申请的说明。")
    return _page(request, application, forms={"withdraw": form}, status=422)


@require_POST
@with_case
def letter(request: HttpRequest, application: Application, key: int) -> HttpResponseBase:  # noqa: ARG001  # a view
    """Hand over a letter; opening it the first time is on record."""
    found = application.letters.to_applicant().filter(pk=key).first()
    file = (found.pdf or found.docx) if found else None
    if found is None or file is None:
        raise Http404
    stream = file.open()
    open_letter(found)
    return _file(stream, f"{found.title}.{file.kind_facts.ending}", file.kind_facts.media_type)


@require_POST
@with_case
def document(request: HttpRequest, application: Application, key: int) -> HttpResponseBase:  # noqa: ARG001  # a view
    """Hand over a file that goes with the reply."""
    wanted = [d for d in following.story(application).documents if d.pk == key]
    if not wanted:
        raise Http404
    [found] = wanted
    if found.sealed is not None:
        kind = found.sealed.kind_facts
        return _file(found.sealed.open(), str(found.sealed.name), kind.media_type)
    stored = found.stored
    if stored is None:  # the database does not allow it
        raise Http404
    stream = stored.open_public() if stored.is_ready else stored.open_original()
    return _file(stream, stored.name, stored.media_type)


@require_POST
@with_case
def keep(request: HttpRequest, application: Application) -> HttpResponse:
    """Put it into the list of the account that is signed in; the code was shown on the way here."""
    citizen = sessions.signed_in(request.session)
    if citizen is None:
        return HttpResponseRedirect(reverse("apply:sign-in"))
    following.keep(application, citizen)
    return _done(request, "已经放进“我的申请”。")


@require_POST
@confidential
def leave(request: HttpRequest) -> HttpResponse:
    """Follow nothing any more on this computer; whoever is signed in goes back to the list."""
    if sessions.signed_in(request.session) is not None:
        following.leave(request.session)
        return HttpResponseRedirect(reverse("apply:mine"))
    request.session.flush()
    return HttpResponseRedirect(reverse("apply:track"))


def _page(
    request: HttpRequest,
    application: Application,
    *,
    forms: dict[str, Form] | None = None,
    status: int = 200,
) -> HttpResponse:
    story = following.story(application)
    citizen = sessions.signed_in(request.session)
    forms = forms or {}
    open_acts = [act for act in ("supplement", "reasons") if act in story.asked]
    answers = [
        {"act": act, "title": ANSWERS[act][0], "form": forms.get(act, AnswerForm(prefix=""))}
        for act in open_acts
    ]
    context = {
        "story": story,
        "answers": answers,
        "objection": forms.get("objection", AnswerForm(auto_id="o_%s")),
        "withdrawal": forms.get("withdraw", WithdrawForm(auto_id="w_%s"))
        if story.may("withdraw")
        else None,
        "publishing": publishing_of(application),
        "suggestion": forms.get("publication", AnswerForm(auto_id="s_%s")),
        "may_keep": citizen is not None and application.account_id != citizen.pk,
        "is_kept": citizen is not None and application.account_id == citizen.pk,
        "opened": next(iter(forms), ""),
        "wrong": [each for form in forms.values() for each in wrong_in(form)],
        "sent": request.session.pop(SENT, ""),
        "guide": getattr(application.organisation, "guide", None),
        "minutes": following.MINUTES,
        "days": reply_days(),
    }
    return render(request, "apply/case.html", context, status=status)


def _done(request: HttpRequest, sentence: str) -> HttpResponse:
    request.session[SENT] = sentence
    return HttpResponseRedirect(reverse("apply:case"))


def _file(stream: IO[bytes], name: str, media_type: str) -> FileResponse:
    response = FileResponse(stream, as_attachment=True, filename=name, content_type=media_type)
    response["Content-Security-Policy"] = "sandbox"
    return response
