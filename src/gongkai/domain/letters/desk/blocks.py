"""Letters and the case file on the page of a case."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from gongkai.domain.applications import policies as applications
from gongkai.domain.applications.desk.blocks import FirstStep
from gongkai.domain.applications.models import Application, Letter
from gongkai.domain.letters import policies
from gongkai.domain.letters.actions.assemble import last_assembling
from gongkai.domain.letters.deriving import Case
from gongkai.domain.letters.models import CaseFile
from gongkai.domain.letters.suggesting import Suggestion, suggestions
from gongkai.foundation.jobs.models import Job
from gongkai.foundation.jobs.policies import may_steer
from gongkai.foundation.permissions import Reader

WAITS = {"supplementing": "ask-supplement", "explaining": "ask-reasons", "charged": "charge"}
"""The states in which the applicant cannot go on without a letter, and the fact that it tells of."""
TOLD_IN = WAITS | {"decided": "decide"}


def letters_of(reader: Reader, application: Application) -> Mapping[str, Any] | None:
    """Return the letters of a case and those that it asks for; nothing for whoever may not know who applies."""
    if not applications.may_see_identity(reader, application):
        return None
    may_handle = applications.may(reader, policies.HANDLE, application)
    visible = policies.letters_visible_to(reader, application)
    letters = list(visible.select_related("fact").order_by("-pk"))
    asked = suggestions(application) if may_handle else []
    new = reverse("letters:new", args=[application.pk])
    return {
        "letters": letters,
        "suggestions": asked,
        "may_handle": may_handle,
        "new": new,
        "first": _next_letter(application, letters, asked, new) if may_handle else None,
    }


def _next_letter(
    application: Application, letters: list[Letter], asked: list[Suggestion], new: str
) -> FirstStep | None:
    """Return the step to the letter that the state waits for, as long as it has not gone out or been served."""
    act = TOLD_IN.get(str(application.state))
    case = Case(application)
    fact = case.last(act) if act else None
    if fact is None or any(f.act == "serve" and f.about_id == fact.pk for f in case.facts):
        return None
    for one in asked:
        if one.fact == fact:
            data = {"template": one.key, "fact": str(fact.pk)}
            return FirstStep(f"制作{one.template.name}", new, data)
    for letter in letters:
        if letter.fact_id == fact.pk and not letter.issued:
            return FirstStep(f"接着写{letter.title}", reverse("letters:letter", args=[letter.pk]))
    return None


def case_files_of(reader: Reader, application: Application) -> Mapping[str, Any] | None:
    """Return the case files, and whether one can be made."""
    if not applications.may_see_identity(reader, application):
        return None
    job = last_assembling(application)
    return {
        "job": job if job and job.state != Job.State.DONE else None,
        "may_steer": job is not None and may_steer(reader, job),
        "to_applicant": bool(application.address),
        "files": list(CaseFile.objects.filter(application=application).select_related("pdf")),
        "may_assemble": application.decided is not None
        and applications.may(reader, policies.HANDLE, application),
    }
