"""A file is put to a remedy, and looked at."""

from typing import Any

from django.db import transaction

from gongkai.domain.applications.policies import IDENTITY
from gongkai.domain.remedies import policies
from gongkai.domain.remedies.actions.holding import held
from gongkai.domain.remedies.events import PAPER_FILED, PAPER_SEEN
from gongkai.domain.remedies.models import Paper, PaperKind, Remedy
from gongkai.foundation.attachments.scans import readable
from gongkai.foundation.permissions import Reader
from gongkai.foundation.sealing import receive_sealed
from gongkai.foundation.trail import record


def file_paper(
    remedy: Remedy, upload: Any, *, by: Reader, kind: PaperKind | str, title: str = ""
) -> Paper:
    """Put *upload* to *remedy*, sealed.

    Raises:
        NotAllowed: The post does not allow it.
        NotTaken, Unreadable: The file is not taken, and why.
    """
    kind = PaperKind(kind)
    path = str(remedy.organisation.path)
    by.must(policies.HANDLE, path)
    sealed = receive_sealed(readable(upload), by)
    with transaction.atomic():
        row = held(remedy, by=by)
        paper = Paper.objects.create(
            remedy=row,
            kind=kind,
            title=(title.strip() or str(sealed.name))[:200],
            sealed=sealed,
            added_by=by.user,
        )
        record(
            PAPER_FILED,
            by=by,
            act=policies.HANDLE,
            path=path,
            on=row,
            facts={"paper": paper.pk, "kind": kind.value},
        )
    return paper


def see_paper(paper: Paper, *, by: Reader) -> Paper:
    """Return *paper* to be read, and note that *by* has opened it.

    Raises:
        NotAllowed: The post does not allow it.
    """
    path = str(paper.remedy.organisation.path)
    by.must(IDENTITY, path)
    with transaction.atomic():
        facts = {"paper": paper.pk}
        record(PAPER_SEEN, by=by, act=IDENTITY, path=path, on=paper.remedy, facts=facts)
    return paper
