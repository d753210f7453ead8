"""Writing an edition: its content, sealed, and its files."""

import hashlib
from collections.abc import Sequence

from django.core.files.base import ContentFile

from gongkai.core import chain
from gongkai.core.rendering import render
from gongkai.foundation.accounts.models import User
from gongkai.oversight.reports.models import Correction, Edition, EditionFile, Report
from gongkai.oversight.reports.models.edition import Format
from gongkai.oversight.reports.printing import content, printed


def publish(
    report: Report, *, number: int, user: User | None, corrections: Sequence[Correction]
) -> Edition:
    """Write the edition *number* of *report* inside the caller's transaction.

    Args:
        report: Held by the caller.
        number: 1 for the first.
        user: Who publishes.
        corrections: Not yet saved; their edition is set.
    """
    last = report.editions.order_by("-number").first()
    told = content(
        report,
        number=number,
        corrections=corrections,
        earlier=last.content["corrections"] if last else (),
    )
    edition = Edition(
        report=report, number=number, content=told, digest=chain.digest(told), issued_by=user
    )
    edition.save()
    for correction in corrections:
        correction.edition = edition
    paper = printed(told)
    for kind in Format:
        _store(edition, kind, render(paper, kind.value))
    return edition


def _store(edition: Edition, kind: Format, data: bytes) -> None:
    file = EditionFile(
        edition=edition,
        format=kind,
        size=len(data),
        digest=f"sha256:{hashlib.sha256(data).hexdigest()}",
    )
    # an ASCII name in storage; what the public saves is named by the portal
    file.file.save(f"report.{kind.value}", ContentFile(data), save=False)
    file.save()
