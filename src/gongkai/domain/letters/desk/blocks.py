"""Letters and the case file on the page of a case."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from gongkai.domain.applications import policies as applications
from gongkai.domain.applications.models import Application
from gongkai.domain.letters import policies
from gongkai.domain.letters.actions.assemble import last_assembling
from gongkai.domain.letters.models import CaseFile
from gongkai.domain.letters.suggesting import suggestions
from gongkai.foundation.jobs.models import Job
from gongkai.foundation.permissions import Reader


def letters_of(reader: Reader, application: Application) -> Mapping[str, Any] | None:
    """Return the letters of a case and those that it asks for; nothing for whoever may not know who applies."""
    if not applications.may_see_identity(reader, application):
        return None
    may_handle = applications.may(reader, policies.HANDLE, application)
    return {
        "letters": list(policies.letters_visible_to(reader, application).order_by("-pk")),
        "suggestions": suggestions(application) if may_handle else [],
        "may_handle": may_handle,
        "new": reverse("letters:new", args=[application.pk]),
    }


def case_files_of(reader: Reader, application: Application) -> Mapping[str, Any] | None:
    """Return the case files, and whether one can be made."""
    if not applications.may_see_identity(reader, application):
        return None
    job = last_assembling(application, reader)
    return {
        "job": job if job and job.state != Job.State.DONE else None,
        "to_applicant": bool(application.address),
        "files": list(CaseFile.objects.filter(application=application).select_related("pdf")),
        "may_assemble": application.decided is not None
        and applications.may(reader, policies.HANDLE, application),
    }
