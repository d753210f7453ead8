"""What the steps of applying have in common."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from gongkai.core.deadlines import limit_of
from gongkai.core.refusal import Refusal
from gongkai.domain.applications.portal import drafts
from gongkai.domain.applications.portal.forms import ApplicantForm, ContentForm, DeliveryForm
from gongkai.domain.applications.portal.models import Draft, Role
from gongkai.foundation import clock
from gongkai.foundation.challenge import Gate
from gongkai.foundation.confidential import confidential

STEPS = {
    "content": "要什么",
    "published": "看看有没有",
    "applicant": "您是谁",
    "delivery": "怎样拿到",
    "check": "核对提交",
}
WRITE = Gate("apply.write", free=30, most=400, seconds=3600)
"""Pages sent while filling in; files come with them."""
SUBMIT = Gate("apply.submit", free=3, most=60, seconds=3600)
DraftView = Callable[[HttpRequest, Draft], HttpResponse]


def with_draft(view: DraftView) -> Callable[[HttpRequest], HttpResponse]:
    """Give *view* the draft of the session, or lead to the beginning."""

    @confidential
    @wraps(view)
    def found(request: HttpRequest) -> HttpResponse:
        draft = drafts.current(request.session)
        if draft is None:
            return render(request, "apply/gone.html", status=404)
        return view(request, draft)

    return found


def show(
    request: HttpRequest,
    step: str,
    draft: Draft | None,
    *,
    template: str = "",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Render the page of *step*, or another *template* that belongs to it."""
    form = context.get("form")
    files = list(draft.files.select_related("sealed")) if draft else []
    context |= {
        "step": step,
        "steps": [(key, title, key == step) for key, title in STEPS.items()],
        "place": list(STEPS).index(step) + 1,
        "draft": draft,
        "proofs": [f for f in files if f.role == Role.IDENTITY],
        "materials": [f for f in files if f.role == Role.MATERIAL],
        "wrong": wrong_in(form) if form is not None else [],
    }
    context.setdefault("challenge", WRITE.challenge(request))
    return render(request, f"apply/{template or step}.html", context, status=status)


def wrong_in(form: Form) -> list[tuple[str, str]]:
    """Return what is wrong: the place on the page and the sentence."""
    found = []
    for name, sentences in form.errors.items():
        where = form[name].id_for_label if name in form.fields else ""
        if name in form.fields and not where:  # a group of choices has no one place
            where = f"{form[name].auto_id}_0"
        found += [(where, str(sentence)) for sentence in sentences]
    return found


def take_in(draft: Draft, form: Form, uploads: Iterable[Any], field: str, role: Role) -> None:
    """Take in files; what is wrong with one is said at its field."""
    for upload in uploads:
        try:
            drafts.bring(draft, upload, role)
        except Refusal as refusal:
            form.add_error(field, str(refusal))


def go(step: str, draft: Draft) -> HttpResponse:
    """Lead to the page of *step*."""
    if step == "content":
        return HttpResponseRedirect(reverse("apply:content", args=[draft.organisation_id]))
    return HttpResponseRedirect(reverse(f"apply:{step}"))


def first_open(draft: Draft) -> str:
    """Return the first step that is not complete; the last one if all are."""
    content = draft.content
    if not ContentForm(content).is_valid():
        return "content"
    if not content.get("seen"):
        return "published"
    has_identity = draft.files.filter(role=Role.IDENTITY).exists()
    if not ApplicantForm(content, has_identity=has_identity).is_valid():
        return "applicant"
    if not DeliveryForm(content, content=content).is_valid():
        return "delivery"
    return "check"


def reply_days() -> int:
    """Return within how many working days the law wants a reply today."""
    return int(limit_of("application.reply").values.on(clock.today()).value)
