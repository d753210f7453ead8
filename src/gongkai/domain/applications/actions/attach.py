"""A file is put into a case."""

from typing import Any

from django.db import transaction

from gongkai.domain.applications import policies
from gongkai.domain.applications.errors import NotOfThisCase
from gongkai.domain.applications.events import DOCUMENT_ADDED
from gongkai.domain.applications.models import (
    Application,
    Audience,
    Document,
    DocumentKind,
    Fact,
)
from gongkai.foundation.attachments import receive
from gongkai.foundation.attachments.scans import readable
from gongkai.foundation.permissions import NotAllowed, Reader
from gongkai.foundation.sealing import receive_sealed
from gongkai.foundation.trail import record

OWN = {DocumentKind.SOURCE, DocumentKind.REDACTED}
"""What the office has of its own and may give out: examined attachments. All else is sealed."""


def attach(  # noqa: PLR0913  # the facts of an act, all by name
    application: Application,
    upload: Any,
    *,
    by: Reader,
    kind: DocumentKind | str,
    title: str = "",
    fact: Fact | None = None,
) -> Document:
    """Put *upload* into the case: sealed where it comes from outside, else as an examined attachment.

    Raises:
        NotAllowed: The post does not allow it.
        NotTaken, Unreadable: The file is not taken, and why.
        NotOfThisCase: *fact* is of another one.
    """
    kind = DocumentKind(kind)
    if not policies.may_write(by, application):
        raise NotAllowed(act="放入案卷材料")
    if fact is not None and fact.application_id != application.pk:
        raise NotOfThisCase
    own, upload = kind in OWN, readable(upload)
    file = receive(upload, by) if own else receive_sealed(upload, by)
    with transaction.atomic():
        document = Document.objects.create(
            application=application,
            kind=kind,
            audience=Audience.OFFICE,
            title=(title.strip() or str(file.name))[:200],
            fact=fact,
            added_by=by.user,
            **{"stored" if own else "sealed": file},
        )
        record(
            DOCUMENT_ADDED,
            by=by,
            path=str(application.organisation.path),
            act=policies.VIEW,
            on=application,
            facts={"document": document.pk, "kind": kind.value},
        )
    return document
