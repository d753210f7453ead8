"""Questions about releases and gazettes."""

from collections.abc import Mapping
from datetime import timedelta

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from gongkai.core.codes import outlets
from gongkai.domain.channels import policies
from gongkai.domain.channels.models import Gazette, GazetteEntry
from gongkai.domain.information.models import Item
from gongkai.domain.information.models.item import ItemQuerySet
from gongkai.domain.organisations.models import Organisation
from gongkai.foundation import clock
from gongkai.foundation.permissions import Reader

RECENT = timedelta(days=400)
"""How long back documents are proposed for a gazette."""


def counts_to_do(reader: Reader) -> Mapping[str, int]:
    """Return how many releases are open in each outlet, for *reader*, one query."""
    rows = policies.visible_to(reader).open().order_by().values_list("outlet")
    found = dict(rows.annotate(n=Count("pk")))
    return {key: found[key] for key in outlets() if key in found}


def served_by(publisher: Organisation) -> QuerySet[Organisation]:
    """Return the organisations whose documents the gazette of *publisher* prints.

    Those below it, as far as no lower government has a gazette of its own.
    """
    below = Organisation.objects.filter(path__startswith=publisher.path)
    others = (
        Organisation.objects.filter(kind="government", path__startswith=publisher.path)
        .exclude(pk=publisher.pk)
        .values_list("path", flat=True)
    )
    # only the highest of them matter
    tops: list[str] = []
    for path in sorted(others, key=len):
        if not path.startswith(tuple(tops)):
            tops.append(path)
    apart = Q()
    for path in tops:
        apart |= Q(path__startswith=path)
    found: QuerySet[Organisation] = below.exclude(apart) if apart else below
    return found


def candidates(gazette: Gazette, *, text: str = "") -> ItemQuerySet:
    """Return what may be taken into *gazette*: public, in no issue of this gazette yet, newest first.

    Without *text* the recent rules and normative documents; with it, anything public of that title or number.
    """
    printed = GazetteEntry.objects.filter(
        item=OuterRef("pk"), gazette__organisation=gazette.organisation_id
    )
    found: ItemQuerySet = Item.objects.public().filter(~Exists(printed))
    if text:
        found = found.filter(
            Q(title__icontains=text) | Q(document_number__icontains=text) | Q(index_number=text),
            organisation__path__startswith=gazette.organisation.path,
        )
    else:
        units = served_by(gazette.organisation)
        since = min(gazette.day, clock.today()) - RECENT
        found = found.documents().filter(organisation__in=units, published_on__gte=since)
    return found.select_related("organisation").order_by("-published_on", "-pk")


def following(organisation: Organisation, year: int) -> tuple[int, int]:
    """Return number in the year and total number that the next issue would have."""
    issues = Gazette.objects.filter(organisation=organisation)
    number = issues.filter(year=year).aggregate(last=Max("number"))["last"] or 0
    total = issues.aggregate(last=Max("total"))["last"] or 0
    return number + 1, total + 1
