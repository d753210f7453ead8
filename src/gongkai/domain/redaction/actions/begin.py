"""A document is opened to be redacted."""

from django.db import transaction

from gongkai.core.redaction.errors import NotRedactable
from gongkai.domain.organisations.models import Organisation
from gongkai.domain.redaction import policies
from gongkai.domain.redaction.events import BEGUN
from gongkai.domain.redaction.jobs import prepare
from gongkai.domain.redaction.models import RedactedFor, Redaction
from gongkai.foundation.attachments import StoredFile
from gongkai.foundation.jobs.actions import start
from gongkai.foundation.permissions import Reader
from gongkai.foundation.trail import record

KINDS = frozenset({"pdf", "docx", "png", "jpeg", "txt"})
"""Kinds of files that can be redacted."""


def begin(  # noqa: PLR0913  # what it belongs to, all by name
    source: StoredFile,
    *,
    subject: str,
    key: int,
    organisation: Organisation,
    audience: RedactedFor | str,
    by: Reader,
    title: str = "",
) -> Redaction:
    """Open *source* for one audience; its pages and proposals are made ready in the background.

    Args:
        source: The document.
        subject: ``app.model`` of what it belongs to, registered.
        key: Which one.
        organisation: The unit that redacts.
        audience: Whom the output is for; each audience has a redaction of its own.
        by: Who opens it.
        title: What it is called; the name of the file if left out.

    Raises:
        NotAllowed: The post does not allow it.
        NotRedactable: Such a file cannot be redacted.
    """
    if source.kind not in KINDS:
        raise NotRedactable(kind=source.kind_facts.title)
    redaction = Redaction(
        organisation=organisation,
        subject_type=subject,
        subject_id=key,
        audience=RedactedFor(audience),
        title=(title or source.name)[:200],
        source=source,
        source_digest=source.digest,
        made_by=by.user,
    )
    policies.must_mark(by, redaction)
    with transaction.atomic():
        redaction.save()
        redaction.job = start(
            prepare, by=by, arguments={"redaction": redaction.pk}, title="打开文件，查找个人信息"
        )
        Redaction.objects.filter(pk=redaction.pk).update(job=redaction.job)
        record(
            BEGUN,
            by=by,
            act=policies.MARK,
            path=str(organisation.path),
            on=redaction,
            facts={
                "source": f"sha256:{source.digest}",
                "for": redaction.audience,
                "of": f"{subject}:{key}",
            },
        )
    redaction.refresh_from_db()
    return redaction
