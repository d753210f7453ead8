"""Who applies is looked at, and that is noted."""

from django.db import transaction

from gongkai.domain.applications import policies
from gongkai.domain.applications.events import DOCUMENT_SEEN, IDENTITY_SEEN
from gongkai.domain.applications.models import Application, Document
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record


def see_identity(application: Application, *, by: Reader) -> Application:
    """Return *application* for who applies to be read, and note that *by* has seen it.

    Raises:
        NotAllowed: The post does not allow it.
    """
    path = str(application.organisation.path)
    by.must(policies.IDENTITY, path)
    with transaction.atomic():
        record(IDENTITY_SEEN, by=by, act=policies.IDENTITY, path=path, on=application)
    return application


def see_document(document: Document, application: Application, *, by: Reader) -> Document:
    """Return *document* to be read; that a sealed one was opened is noted."""
    if document.sealed_id:
        with transaction.atomic():
            record(
                DOCUMENT_SEEN,
                by=by,
                act=policies.VIEW,
                path=str(application.organisation.path),
                on=application,
                facts={"document": document.pk},
            )
    return document
