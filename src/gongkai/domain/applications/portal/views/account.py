"""Accounts of the public: optional, and good for one thing, a list of one's cases."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.core.refusal import Refusal
from gongkai.domain.applications.models import Application
from gongkai.domain.applications.portal import following
from gongkai.domain.applications.portal.errors import NoSuchCase
from gongkai.domain.applications.portal.forms import (
    CloseForm,
    ConfirmForm,
    ForgotForm,
    NewPasswordForm,
    PasswordForm,
    RegisterForm,
    SignInForm,
    TrackForm,
)
from gongkai.domain.applications.portal.jobs import send_reset
from gongkai.domain.applications.portal.telling import can_mail, mail_confirmation
from gongkai.domain.applications.portal.views.follow import ASK
from gongkai.domain.applications.portal.views.steps import wrong_in
from gongkai.foundation.challenge import Gate
from gongkai.foundation.citizens import actions, recovery, sessions
from gongkai.foundation.citizens.errors import LinkSpent
from gongkai.foundation.citizens.models import Citizen
from gongkai.foundation.confidential import confidential
from gongkai.foundation.jobs.actions import start
from gongkai.foundation.keys import BIGGEST

SIGN_IN = Gate("apply.sign-in", free=6, most=60, seconds=3600)
REGISTER = Gate("apply.register", free=2, most=20, seconds=3600)
FORGOT = Gate("apply.forgot", free=2, most=20, seconds=3600)
CONFIRM = Gate("apply.confirm", free=6, most=60, seconds=3600)
SHOWN = 200
"""The newest cases of a list."""
SENT = "apply.mine"
LINK = "apply.reset"
"""Where the session keeps the secret of a link, so that the page with the form has none in its address."""
both = require_http_methods(["GET", "HEAD", "POST"])
MyView = Callable[..., HttpResponse]


def with_citizen(view: MyView) -> MyView:
    """Give *view* who is signed in, or ask for that."""

    @confidential
    @wraps(view)
    def found(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        citizen = sessions.signed_in(request.session)
        if citizen is None:
            return HttpResponseRedirect(reverse("apply:sign-in"))
        return view(request, citizen, **kwargs)

    return found


@both
@confidential
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password."""
    if sessions.signed_in(request.session) is not None:
        return HttpResponseRedirect(reverse("apply:mine"))
    form = SignInForm(request.POST or None)
    return _entered(request, form, SIGN_IN, actions.recognise, "apply/sign_in.html")


@both
@confidential
def register(request: HttpRequest) -> HttpResponse:
    """Make an account."""
    form = RegisterForm(request.POST or None)
    return _entered(request, form, REGISTER, actions.register, "apply/register.html")


@both
@confidential
def forgot(request: HttpRequest) -> HttpResponse:
    """Send the link to a new password; the answer is the same whether there is such an account or not."""
    form = ForgotForm(request.POST or None)
    status = 200
    if request.method == "POST" and can_mail():
        status = 422
        try:
            FORGOT.enter(request)
            if form.is_valid():
                start(
                    send_reset, arguments={"citizen": recovery.asked_for(form.cleaned_data["name"])}
                )
                hours = recovery.LINK_LASTS.seconds // 3600
                return render(request, "apply/forgot_sent.html", {"hours": hours})
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _asked(request, form, FORGOT, "apply/forgot.html", status, can_mail=can_mail())


@require_safe
@confidential
def reset(request: HttpRequest, secret: str) -> HttpResponse:
    """Take the secret of a link out of the address, where it would end in histories."""
    request.session[LINK] = secret[:200]
    return HttpResponseRedirect(reverse("apply:new-password"))


@both
@confidential
def new_password(request: HttpRequest) -> HttpResponse:
    """Set a new password behind a link."""
    secret = request.session.get(LINK, "")
    form = NewPasswordForm(request.POST or None)
    status = 200
    try:
        recovery.behind_link(secret)
        if request.method == "POST":
            status = 422
            SIGN_IN.enter(request)
            if form.is_valid():
                citizen = recovery.reset(secret, form.cleaned_data["new"])
                request.session.pop(LINK)
                sessions.enter(request.session, citizen)
                request.session[SENT] = "新密码已经设好，别处的登录已经退出。"
                return HttpResponseRedirect(reverse("apply:mine"))
    except LinkSpent as refusal:
        return render(request, "apply/link_spent.html", {"why": str(refusal)}, status=410)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    return _asked(request, form, SIGN_IN, "apply/new_password.html", status)


@both
@with_citizen
def confirm(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """Confirm the mailbox: have a code sent, type it in."""
    if citizen.confirmed or not can_mail() or not recovery.is_mailbox(citizen):
        return HttpResponseRedirect(reverse("apply:account"))
    form, said = ConfirmForm(), ""
    status = 200
    if request.method == "POST":
        status = 422
        is_sending = "send" in request.POST
        form = form if is_sending else ConfirmForm(request.POST)
        try:
            CONFIRM.enter(request)
            if is_sending:
                went = mail_confirmation(
                    str(citizen.name), recovery.new_code(citizen, request.session)
                )
                said = "确认码已经发到您的邮箱。" if went else "邮件没有发出去，请过一会儿再试。"
                status = 200
            elif form.is_valid():
                recovery.confirm(citizen, form.cleaned_data["code"], request.session)
                request.session[SENT] = "邮箱已经确认，忘了密码可以用它找回。"
                return HttpResponseRedirect(reverse("apply:mine"))
        except Refusal as refusal:
            form = form if form.is_bound else ConfirmForm({})
            form.full_clean()
            form.errors.clear()
            form.add_error(None, str(refusal))
    more = {"said": said, "sent_before": recovery.CODE in request.session, "citizen": citizen}
    return _asked(request, form, CONFIRM, "apply/confirm.html", status, **more)


@require_safe
@with_citizen
def mine(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """Show what stands in the list, the newest first."""
    return _list(request, citizen)


@require_POST
@with_citizen
def attach(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """Put a case into the list; its number and code are the proof, here as everywhere."""
    form = TrackForm(request.POST)
    status = 422
    try:
        ASK.enter(request)
        if form.is_valid():
            told = form.cleaned_data
            application = following.recognise(told["number"], told["code"])
            following.keep(application, citizen)
            request.session[SENT] = f"已经把 {application.number} 放进列表。"
            return HttpResponseRedirect(reverse("apply:mine"))
    except NoSuchCase as refusal:
        form.add_error(None, str(refusal))
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        status = 429
    return _list(request, citizen, form=form, status=status)


@require_POST
@with_citizen
def open_case(request: HttpRequest, citizen: Citizen, key: int) -> HttpResponse:
    """Follow a case of the list without typing its code."""
    following.enter(request.session, _own(citizen, key))
    return HttpResponseRedirect(reverse("apply:case"))


@require_POST
@with_citizen
def detach(request: HttpRequest, citizen: Citizen, key: int) -> HttpResponse:
    """Take a case out of the list; it goes on, with number and code."""
    application = _own(citizen, key)
    Application.objects.filter(pk=application.pk, account=citizen).update(account=None)
    request.session[SENT] = f"已经把 {application.number} 移出列表；用编号和查询码仍然可以查。"
    return HttpResponseRedirect(reverse("apply:mine"))


@both
@with_citizen
def settings(request: HttpRequest, citizen: Citizen) -> HttpResponse:
    """Another password, or no account any more."""
    password, closing = PasswordForm(prefix="p"), CloseForm(prefix="c")
    status = 200
    if request.method == "POST":
        status = 422
        try:
            SIGN_IN.enter(request)
            if "close" in request.POST:
                closing = CloseForm(request.POST, prefix="c")
                if closing.is_valid():
                    actions.close(citizen, closing.cleaned_data["password"])
                    sessions.leave(request.session)
                    return render(request, "apply/closed.html")
            else:
                password = PasswordForm(request.POST, prefix="p")
                if password.is_valid():
                    told = password.cleaned_data
                    actions.change_password(citizen, told["old"], told["new"])
                    sessions.enter(request.session, citizen)
                    request.session[SENT] = "密码已经修改，别处的登录已经退出。"
                    return HttpResponseRedirect(reverse("apply:mine"))
        except Refusal as refusal:
            (closing if closing.is_bound else password).add_error(None, str(refusal))
    context = {
        "password": password,
        "closing": closing,
        "wrong": [*wrong_in(password), *wrong_in(closing)],
        "challenge": SIGN_IN.challenge(request),
        "citizen": citizen,
        "may_confirm": _may_confirm(citizen),
    }
    return render(request, "apply/settings.html", context, status=status)


@require_POST
@confidential
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out, and follow nothing any more."""
    following.leave(request.session)
    sessions.leave(request.session)
    request.session.cycle_key()
    return HttpResponseRedirect(reverse("apply:start"))


def _may_confirm(citizen: Citizen) -> bool:
    """Tell whether the mailbox of *citizen* waits to be confirmed, and can be."""
    return can_mail() and recovery.is_mailbox(citizen) and citizen.confirmed is None


def _own(citizen: Citizen, key: int) -> Application:
    """Return a case of the list; what is not in it is not there."""
    found = Application.objects.filter(account=citizen, pk=min(key, BIGGEST)).first()
    if found is None:
        raise Http404
    return found


def _entered(
    request: HttpRequest,
    form: Any,
    gate: Gate,
    who: Callable[[str, str], Citizen],
    template: str,
) -> HttpResponse:
    status = 200
    if request.method == "POST":
        status = 422
        try:
            gate.enter(request)
            if form.is_valid():
                citizen = who(form.cleaned_data["name"], form.cleaned_data["password"])
                sessions.enter(request.session, citizen)
                return HttpResponseRedirect(reverse("apply:mine"))
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return _asked(request, form, gate, template, status)


def _asked(  # the parts of every page with one form behind a gate
    request: HttpRequest, form: Any, gate: Gate, template: str, status: int, **more: Any
) -> HttpResponse:
    """Show *form*, what is wrong in it, and what *gate* asks of the caller."""
    wrong = wrong_in(form) if form.is_bound else []
    context = {"form": form, "challenge": gate.challenge(request), "wrong": wrong, **more}
    return render(request, template, context, status=status)


def _list(
    request: HttpRequest, citizen: Citizen, *, form: Any = None, status: int = 200
) -> HttpResponse:
    rows = Application.objects.filter(account=citizen).select_related("organisation")
    context = {
        "rows": list(rows.order_by("-pk")[:SHOWN]),
        "form": form or TrackForm(),
        "wrong": wrong_in(form) if form is not None else [],
        "sent": request.session.pop(SENT, ""),
        "challenge": ASK.challenge(request),
        "citizen": citizen,
        "minutes": sessions.MINUTES,
        "may_confirm": _may_confirm(citizen),
    }
    return render(request, "apply/mine.html", context, status=status)
