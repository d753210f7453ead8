"""Earlier cases like this one: of the same person, or about the same.

What is compared stays in the database: nothing of an application goes into an index.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from gongkai.core import codes
from gongkai.core.fingerprints import share
from gongkai.domain.applications import policies
from gongkai.domain.applications.models import Application
from gongkai.domain.applications.queries import of_same_person
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation.permissions import Reader
from gongkai.foundation.sealing import fingerprints

SHOWN = 6
LOOKED_AT = 500
"""The newest cases of the same office that are compared word by word."""
ENOUGH = 0.25
"""The share of three-letter pieces from which on two matters are told to be alike."""


@dataclass(frozen=True, slots=True)
class Like:
    """An earlier case.

    Attributes:
        why: 同一申请人, 内容相近, or both.
        outcome: What became of it; empty while that is open.
    """

    application: Application
    why: str
    outcome: str
    share: float


def alike(application: Application, reader: Reader) -> list[Like]:
    """Return the cases within *reader*'s reach that are like *application*, the closest first."""
    same: set[int] = set()
    visible = policies.visible_to(reader)
    if policies.may_see_identity(reader, application):
        found = of_same_person(application).filter(organisation=application.organisation_id)
        same = set(found.values_list("pk", flat=True)[:SHOWN])
    return _told(visible, application.matter, application.organisation_id, same, application.pk)


def alike_to(
    organisation: Organisation,
    reader: Reader,
    *,
    matter: str,
    document_number: str = "",
    telephone: str = "",
) -> list[Like]:
    """Return what is like an application that is being typed in."""
    visible = policies.visible_to(reader)
    rows = visible.filter(organisation=organisation)
    same: set[int] = set()
    if reader.may(policies.IDENTITY, str(organisation.path)):
        for name, value in (("document_mark", document_number), ("telephone_mark", telephone)):
            if value.strip():
                marked = rows.filter(**{f"{name}__in": fingerprints(value.strip())})
                same |= set(marked.values_list("pk", flat=True)[:SHOWN])
    return _told(visible, matter, organisation.pk, same, 0)


def _told(
    visible: QuerySet[Application], matter: str, organisation: int, same: set[int], but: int
) -> list[Like]:
    recent = visible.filter(organisation=organisation).exclude(pk=but).order_by("-pk")
    shares = {
        key: like
        for key, text in recent.values_list("pk", "matter")[:LOOKED_AT]
        if (like := share(matter, text)) >= ENOUGH
    }
    best = sorted({*shares, *same}, key=lambda key: (-shares.get(key, 0), -key))[:SHOWN]
    rows = visible.select_related("organisation").in_bulk(best)
    return list(_likes((rows[key] for key in best if key in rows), shares, same))


def _likes(rows: Iterable[Application], shares: dict[int, float], same: set[int]) -> Iterable[Like]:
    known = codes.grounds()
    for row in rows:
        said = [
            "同一申请人" if row.pk in same else "",
            f"内容相近 {shares[row.pk]:.0%}" if row.pk in shares else "",
        ]
        outcome = known[row.outcome].label if row.outcome in known else ""
        yield Like(row, "，".join(filter(None, said)), outcome, shares.get(row.pk, 0.0))
