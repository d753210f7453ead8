"""Documents of a case that are redacted, and what becomes of the output."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from wagtail import hooks

from gongkai.domain.applications import policies
from gongkai.domain.applications.desk.blocks import HOOK, CaseBlock
from gongkai.domain.applications.events import DOCUMENT_ADDED
from gongkai.domain.applications.models import Application, Audience, Document, DocumentKind
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.redaction import queries
from gongkai.domain.redaction.models import RedactedFor, Redaction
from gongkai.domain.redaction.subjects import Source, Subject, register_subject
from gongkai.foundation.permissions import NotThere, Reader
from gongkai.foundation.trail import record

MODEL = "applications.application"
AUDIENCES = {RedactedFor.APPLICANT: Audience.APPLICANT, RedactedFor.PARTY: Audience.PARTY}
"""Whom a version is for in the case; what is for everybody stays with the office until it is published."""


def register() -> None:
    """Have documents of applications redacted, and show it on the page of the case."""
    register_subject(
        Subject(
            model=MODEL,
            title=_title,
            href=lambda key: Application(pk=key).get_absolute_url(),
            may_see=_may_see,
            may_mark=_may_mark,
            unit=_unit,
            sources=_sources,
            released=_released,
        )
    )
    hooks.register(HOOK, lambda: CaseBlock("区分处理", "redaction/case.html", block, order=220))


def block(reader: Reader, application: Application) -> Mapping[str, Any] | None:
    """Return what the page of a case shows of redaction."""
    if not reader.may("redaction.view", str(application.organisation.path)):
        return None
    made = list(queries.of_subject(MODEL, application.pk))
    may = _may_mark(reader, application.pk) and bool(_sources(reader, application.pk))
    if not made and not may:
        return None
    return {
        "redactions": made,
        "begin": reverse("redaction:new", args=[MODEL, application.pk]) if may else "",
    }


def _title(key: int) -> str:
    return str(Application.objects.only("pk", "number").get(pk=key))


def _may_see(reader: Reader, key: int) -> bool:
    try:
        policies.fetch(reader, key)
    except NotThere:
        return False
    return True


def _may_mark(reader: Reader, key: int) -> bool:
    found = policies.visible_to(reader).select_related("organisation").filter(pk=key).first()
    return found is not None and policies.may_write(reader, found)


def _unit(key: int) -> Organisation:
    return Application.objects.select_related("organisation").get(pk=key).organisation


def _sources(reader: Reader, key: int) -> Sequence[Source]:
    application = policies.fetch(reader, key)
    rows = policies.documents_visible_to(reader, application).filter(
        kind=DocumentKind.SOURCE, stored__isnull=False
    )
    return [Source(row.title, row.stored) for row in rows.select_related("stored") if row.stored]


def _released(redaction: Redaction, by: Reader) -> None:
    """Put the output into the case."""
    application = Application.objects.select_related("organisation").get(pk=redaction.subject_id)
    audience = AUDIENCES.get(RedactedFor(redaction.audience), Audience.OFFICE)
    document = Document.objects.create(
        application=application,
        kind=DocumentKind.REDACTED,
        audience=audience,
        title=redaction.output.name[:200] if redaction.output else "",
        stored=redaction.output,
        added_by=by.user,
    )
    record(
        DOCUMENT_ADDED,
        by=by,
        path=str(application.organisation.path),
        act=policies.VIEW,
        on=application,
        facts={"document": document.pk, "kind": DocumentKind.REDACTED.value},
    )
