"""Writing an edition: its content, sealed, and its files.

Rendering takes a second or more and needs nothing from the database, so that it comes first: the caller makes
the :class:`Papers`, holds the report, and publishes them if the report still says what they say.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile

from gongkai.core import chain
from gongkai.core.rendering import render
from gongkai.foundation.accounts.models import User
from gongkai.oversight.reports.errors import MovedMeanwhile
from gongkai.oversight.reports.models import Correction, Edition, EditionFile, Report
from gongkai.oversight.reports.models.edition import Format
from gongkai.oversight.reports.printing import content, printed


@dataclass(frozen=True, slots=True)
class Papers:
    """The files of an edition that is not yet published.

    Attributes:
        digest: Of the content that they show.
        files: The bytes of each.
    """

    digest: str
    files: Mapping[Format, bytes]

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "Papers":
        """Render the content *told*; to be called while no transaction is open."""
        paper = printed(told)
        return cls(chain.digest(told), {kind: render(paper, kind.value) for kind in Format})


def to_be_published(
    report: Report, *, number: int, corrections: Sequence[Correction] = ()
) -> dict[str, Any]:
    """Return what the edition *number* of *report* will say, with what earlier editions put right."""
    last = report.editions.order_by("-number").first()
    earlier = last.content["corrections"] if last else ()
    return content(report, number=number, corrections=corrections, earlier=earlier)


def publish(
    report: Report,
    papers: Papers,
    *,
    number: int,
    user: User | None,
    corrections: Sequence[Correction] = (),
) -> Edition:
    """Write the edition *number* of *report* inside the caller's transaction.

    Args:
        report: Held by the caller.
        papers: Rendered before.
        number: 1 for the first.
        user: Who publishes.
        corrections: Not yet saved; their edition is set.

    Raises:
        MovedMeanwhile: The report no longer says what *papers* say.
    """
    told = to_be_published(report, number=number, corrections=corrections)
    digest = chain.digest(told)
    if digest != papers.digest:
        raise MovedMeanwhile
    edition = Edition(report=report, number=number, content=told, digest=digest, issued_by=user)
    edition.save()
    for correction in corrections:
        correction.edition = edition
    for kind, data in papers.files.items():
        _store(edition, kind, data)
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
