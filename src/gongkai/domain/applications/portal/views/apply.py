"""Applying, step by step."""

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.core import codes, deadlines
from gongkai.core.refusal import Refusal
from gongkai.domain.applications.errors import ApplicationRefused
from gongkai.domain.applications.identities import IdentityKind
from gongkai.domain.applications.portal import drafts
from gongkai.domain.applications.portal.errors import NoSuchDraft
from gongkai.domain.applications.portal.forms import (
    DELIVERY_WORDS,
    ApplicantForm,
    ContentForm,
    DeliveryForm,
    DraftCodeForm,
    is_person,
)
from gongkai.domain.applications.portal.models import Draft, Role
from gongkai.domain.applications.portal.published import already_published, subject_of
from gongkai.domain.applications.portal.splitting import matters
from gongkai.domain.applications.portal.submitting import Submitted, submit
from gongkai.domain.applications.portal.views.steps import (
    SUBMIT,
    WRITE,
    first_open,
    go,
    reply_days,
    show,
    take_in,
    with_draft,
    wrong_in,
)
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.organisations.queries import ancestors
from gongkai.foundation import clock
from gongkai.foundation.challenge import Gate
from gongkai.foundation.citizens import sessions
from gongkai.foundation.confidential import confidential

LISTED = 40
SEEN = 300
"""Of so many that match, the closest are listed first; who writes less has to write more."""
both = require_http_methods(["GET", "HEAD", "POST"])
ANEW: dict[str, Any] = {"seen": False, "whole": False, "rest": []}
"""What was looked up and decided for a matter is for that matter only."""
OPEN_DRAFT = Gate("apply.draft", free=5, most=40, seconds=3600)


def organs() -> Any:
    """Return the organisations that one may apply to."""
    return Organisation.objects.in_being().reporting()


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Say how it goes, and find the organisation to ask."""
    text = request.GET.get("q", "").replace("\x00", "").strip()[:40]
    found = organs().matching(text) if text else organs().filter(depth__lte=2)
    rows = list(found.select_related("guide").order_by("path")[:SEEN])
    if text:
        rows.sort(key=partial(_distance, text))
    above = ancestors(rows)
    listed = [
        {
            "organisation": one,
            "guide": getattr(one, "guide", None),
            "above": above.get(one.parent_path),
        }
        for one in rows[:LISTED]
    ]
    draft = drafts.current(request.session)
    context = {
        "text": text,
        "listed": listed,
        "more": len(rows) > LISTED,
        "draft": draft if draft and not draft.application_id else None,
        "days": reply_days(),
        "citizen": sessions.signed_in(request.session),
    }
    response = render(request, "apply/start.html", context)
    response["Cache-Control"] = "no-store"
    return response


@both
@confidential
def content(request: HttpRequest, key: int) -> HttpResponse:
    """What is wanted."""
    organisation = get_object_or_404(organs().select_related("guide"), pk=key)
    draft = drafts.current(request.session)
    if draft is not None and (draft.application_id or not _may_be_for(draft, organisation)):
        draft = None
    facts = {"organisation": organisation, "guide": getattr(organisation, "guide", None)}
    if request.method != "POST":
        form = ContentForm(initial=draft.content if draft else None)
        return show(request, "content", draft, form=form, **facts)
    form = ContentForm(request.POST, request.FILES)
    if refused := _refused(request, form, WRITE):
        return show(request, "content", draft, form=form, status=refused, **facts)
    if draft is None:
        kept = _person_in(drafts.current(request.session))
        draft = drafts.begin(organisation, request.session, **kept)
    drafts.address(draft, organisation)
    changed = draft.content.get("matter") != form.values()["matter"]
    drafts.write(draft, form.values() | (ANEW if changed else {}))
    if left := _aside(request, draft, "content"):
        return left
    form.is_valid()
    take_in(draft, form, request.FILES.getlist("materials"), "materials", Role.MATERIAL)
    if form.errors:
        return show(request, "content", draft, form=form, status=422, **facts)
    if not draft.content.get("whole") and len(matters(form.cleaned_data["matter"])) > 1:
        return HttpResponseRedirect(reverse("apply:split"))
    return go("published", draft)


@both
@with_draft
def split(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Several matters: one application each, or all in one."""
    parts = matters(draft.content.get("matter", ""))
    if request.method != "POST":
        if len(parts) < 2:
            return go("published", draft)
        return show(request, "content", draft, template="split", parts=parts)
    if request.POST.get("how") == "split" and len(parts) > 1:
        drafts.write(draft, ANEW | {"matter": parts[0], "rest": parts[1:]})
    else:
        drafts.write(draft, {"whole": True})
    return go("published", draft)


@both
@with_draft
def published(request: HttpRequest, draft: Draft) -> HttpResponse:
    """What has been published already; it may be taken instead."""
    if not ContentForm(draft.content).is_valid():
        return go("content", draft)
    matter = str(draft.content["matter"])
    if request.method == "POST":
        if request.POST.get("found"):
            drafts.forget(request.session)
            return render(request, "apply/found.html", {"organisation": draft.organisation})
        drafts.write(draft, {"seen": True})
        return go("applicant", draft)
    known = already_published(matter, draft.organisation)
    subject = subject_of(matter)
    return show(request, "published", draft, known=known, matter=matter, subject=subject)


@both
@with_draft
def applicant(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Who applies."""
    has_identity = draft.files.filter(role=Role.IDENTITY).exists()
    if request.method != "POST":
        form = ApplicantForm(initial=draft.content, has_identity=has_identity)
        return show(request, "applicant", draft, form=form)
    form = ApplicantForm(request.POST, request.FILES, has_identity=has_identity)
    if refused := _refused(request, form, WRITE):
        return show(request, "applicant", draft, form=form, status=refused)
    drafts.write(draft, form.values())
    if left := _aside(request, draft, "applicant"):
        return left
    form.is_valid()
    take_in(draft, form, request.FILES.getlist("identity")[:1], "identity", Role.IDENTITY)
    if form.errors:
        return show(request, "applicant", draft, form=form, status=422)
    drafts.write(draft, {"document_number": form.cleaned_data["document_number"]})
    return go("delivery", draft)


@both
@with_draft
def delivery(request: HttpRequest, draft: Draft) -> HttpResponse:
    """How to have it."""
    if request.method != "POST":
        form = DeliveryForm(initial={"delivery": "online"} | draft.content, content=draft.content)
        return show(request, "delivery", draft, form=form)
    form = DeliveryForm(request.POST, content=draft.content)
    drafts.write(draft, form.values())
    if left := _aside(request, draft, "delivery"):
        return left
    if not form.is_valid():
        return show(request, "delivery", draft, form=form, status=422)
    return go("check", draft)


@both
@with_draft
def check(request: HttpRequest, draft: Draft) -> HttpResponse:
    """Everything once more, and off it goes."""
    if draft.application_id is None and (step := first_open(draft)) != "check":
        return go(step, draft)
    if request.method == "POST":
        try:
            if draft.application_id is None:
                SUBMIT.enter(request)
            citizen = sessions.signed_in(request.session)
            return _receipt(request, submit(draft, account=citizen))
        except (Refusal, ApplicationRefused) as refusal:
            return _check_page(request, draft, sentence=str(refusal), status=422)
    if draft.application_id is not None:
        return render(request, "apply/gone.html", {"is_submitted": True}, status=404)
    return _check_page(request, draft)


@both
@confidential
def resume(request: HttpRequest) -> HttpResponse:
    """Go on with a draft that was put away."""
    if request.method != "POST":
        challenge = OPEN_DRAFT.challenge(request)
        return render(
            request, "apply/draft.html", {"form": DraftCodeForm(), "challenge": challenge}
        )
    form = DraftCodeForm(request.POST)
    if not (refused := _refused(request, form, OPEN_DRAFT)) and form.is_valid():
        try:
            draft = drafts.find(form.cleaned_data["code"])
        except NoSuchDraft as refusal:
            form.add_error("code", str(refusal))
        else:
            request.session.cycle_key()
            request.session[drafts.SESSION] = draft.pk
            return go(first_open(draft), draft)
    challenge = OPEN_DRAFT.challenge(request)
    context = {"form": form, "challenge": challenge, "wrong": wrong_in(form)}
    return render(request, "apply/draft.html", context, status=refused or 422)


@require_POST
@confidential
def leave(request: HttpRequest) -> HttpResponse:
    """Leave nothing on this computer."""
    drafts.forget(request.session)
    request.session.flush()
    return HttpResponseRedirect(reverse("apply:start"))


def _check_page(
    request: HttpRequest, draft: Draft, *, sentence: str = "", status: int = 200
) -> HttpResponse:
    told = draft.content
    words = {
        "kind": codes.applicants()[told["kind"]].label,
        "document": IdentityKind(told["document_kind"]).label,
        "delivery": dict(DELIVERY_WORDS).get(told["delivery"], ""),
    }
    return show(
        request,
        "check",
        draft,
        told=told,
        words=words,
        is_person=is_person(told["kind"]),
        sentence=sentence,
        status=status,
        challenge=SUBMIT.challenge(request),
    )


def _receipt(request: HttpRequest, done: Submitted) -> HttpResponse:
    if done.following is not None:
        request.session[drafts.SESSION] = done.following.pk
    rest = 1 + len(done.following.content.get("rest", [])) if done.following else 0
    guide = getattr(done.application.organisation, "guide", None)
    due = deadlines.due("application.reply", clock.today())
    context = {"done": done, "rest": rest, "guide": guide, "due": due, "days": reply_days()}
    return render(request, "apply/receipt.html", context)


def _refused(request: HttpRequest, form: Any, gate: Gate) -> int:
    """Count the request at *gate*; where it may not pass, say so in *form* and return the status."""
    try:
        gate.enter(request)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return 429
    return 0


def _aside(request: HttpRequest, draft: Draft, step: str) -> HttpResponse | None:
    """Do what else the buttons of a form ask for: take a file away, put the draft away."""
    if key := request.POST.get("remove", ""):
        if key.isdecimal() and len(key) < 18:
            draft.files.filter(pk=int(key)).delete()
        return go(step, draft)
    if "save" in request.POST:
        code = drafts.put_away(draft)
        return render(request, "apply/saved.html", {"draft": draft, "code": code})
    return None


def _may_be_for(draft: Draft, organisation: Organisation) -> bool:
    """Tell whether what was written may go to *organisation*: what was put away waits for the one it names."""
    return not draft.code_mark or draft.organisation_id == organisation.pk


def _person_in(draft: Draft | None) -> dict[str, Any]:
    """Return who applies, from a draft to another organisation that waits under its code."""
    if draft is None or draft.application_id:
        return {}
    names = [name for name in ApplicantForm.base_fields if name in draft.content]
    return {name: draft.content[name] for name in names}


def _distance(text: str, organisation: Organisation) -> float:
    """Return how much of its name is not *text*: 民政 is 民政局 before it is 人民政府."""
    names = [name for name in (organisation.short, organisation.name) if text in name]
    return min((1 - len(text) / len(name) for name in names), default=1)
