"""Questions about remedies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from gongkai.core import codes
from gongkai.core.codes import ground as ground_of
from gongkai.domain.remedies.models import Kind, Remedy
from gongkai.foundation import clock

OFTEN = 2
"""Corrections of a ground from which on somebody should look: one may be chance."""
YEARS = 3
AGAIN = ("recon-revoked", "recon-ordered", "suit-revoked", "suit-ordered")
"""Results after which the agency has to decide again; after the others nothing is left to decide."""
WAITING = Q(defended=None, decided=None) & ~Q(kind=Kind.COMPLAINT)
"""The agency has not answered the claim."""
APPEALED = Q(Exists(Remedy.objects.filter(follows=OuterRef("pk"), instance__gt=1)))
"""An appeal was lodged: the judgment is not in force, and the next instance says what is."""
TO_RENEW = Q(outcome__in=AGAIN, renewed=None, against__isnull=False) & ~APPEALED
"""The agency has to decide again and has not begun."""
NEXT = Prefetch("followed_by", queryset=Remedy.objects.only("follows", "instance"))
"""What came after several remedies, which rows ask for; one query."""
CORRECTED = Q(
    outcome__in=[
        key for key, found in codes.remedy_outcomes().items() if found.column == "corrected"
    ]
)


@dataclass(frozen=True, slots=True)
class Reversed:
    """A ground on which this office is corrected more than once."""

    ground: str
    corrected: int
    concluded: int

    @property
    def label(self) -> str:
        """Return what the ground is called."""
        return ground_of(self.ground).label

    @property
    def sentence(self) -> str:
        """Return what should make somebody look."""
        return f"近{YEARS}年审结 {self.concluded} 件，被纠正 {self.corrected} 件"


def reversed_often(units: Iterable[int], day: date | None = None) -> Sequence[Reversed]:
    """Return the grounds on which remedies of the last years corrected *units* again and again; one query."""
    return often_among(Remedy.objects.filter(organisation__in=list(units)), day)


def often_among(remedies: QuerySet[Remedy], day: date | None = None) -> Sequence[Reversed]:
    """Return the grounds that were corrected again and again among *remedies*, the most frequent first; one query."""
    day = day or clock.today()
    rows = (
        remedies.filter(
            kind__in=(Kind.RECONSIDERATION, Kind.LITIGATION),
            decided__range=(date(day.year - YEARS, 1, 1), day),
        )
        .order_by()
        .values_list("ground")
        .annotate(lost=Count("pk", filter=CORRECTED), n=Count("pk"))
        .filter(lost__gte=OFTEN)
    )
    found = [Reversed(ground, lost, n) for ground, lost, n in rows]
    return sorted(found, key=lambda one: -one.corrected)


def to_defend(units: Iterable[int]) -> QuerySet[Remedy]:
    """Return what waits for an answer of *units*, the most urgent first."""
    return (
        Remedy.objects.filter(WAITING, organisation__in=list(units))
        .select_related("application", "organisation")
        .order_by(F("defence_due").asc(nulls_last=True), "pk")
    )


def first_reconsideration(remedy: Remedy) -> str:
    """Return why reconsideration should have come first; nothing where it need not."""
    if remedy.row != "lit_direct":
        return ""
    rule = ground_of(remedy.ground).reconsideration_first(remedy.filed)
    if rule is None:
        return ""
    doubt = "" if rule.confirmed else "（待核）"
    return f"以“{ground_of(remedy.ground).label}”不公开的，应当先申请行政复议（{rule.reference}）{doubt}"
